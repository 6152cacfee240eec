/**
 * Types of `<mitto-otp>` for Svelte 5: `import type {} from 'mitto-otp/types/svelte'`, once in a project. Listeners
 * are attributes, `onmitto-verified`.
 */
import type { HTMLAttributes } from 'svelte/elements';
import type { MittoOtpElement } from '../mitto-otp-element.ts';
import type { MittoOtpAttributes, MittoOtpProperties } from './attributes.ts';
import type { MittoOtpListeners } from './listeners.ts';

export type MittoOtpProps = Omit<HTMLAttributes<MittoOtpElement>, keyof MittoOtpAttributes> &
  MittoOtpAttributes &
  MittoOtpProperties &
  MittoOtpListeners<'on'>;

declare module 'svelte/elements' {
  interface SvelteHTMLElements {
    'mitto-otp': MittoOtpProps;
  }
}
