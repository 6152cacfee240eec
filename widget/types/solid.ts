/**
 * Types of `<mitto-otp>` for Solid: `import type {} from 'mitto-otp/types/solid'`, once in a project. Listeners are
 * written `on:mitto-verified`. Of names with a hyphen TypeScript does not notice when they are misspelt.
 */
import type { JSX } from 'solid-js';
import type { MittoOtpElement } from '../mitto-otp-element.ts';
import type { MittoOtpAttributes, MittoOtpProperties } from './attributes.ts';
import type { MittoOtpListeners } from './listeners.ts';

export type MittoOtpProps = Omit<JSX.HTMLAttributes<MittoOtpElement>, keyof MittoOtpAttributes> &
  MittoOtpAttributes &
  MittoOtpProperties &
  MittoOtpListeners<'on:'>;

declare module 'solid-js' {
  namespace JSX {
    interface IntrinsicElements {
      'mitto-otp': MittoOtpProps;
    }
  }
}
