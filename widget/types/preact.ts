/**
 * Types of `<mitto-otp>` for Preact: `import type {} from 'mitto-otp/types/preact'`, once in a project. Preact sets
 * properties where there are any, so both `nonce-value` and `nonceValue` will do; of names with a hyphen TypeScript
 * does not notice when they are misspelt. There are none before the element is defined: on a page of a server's, or
 * where it is loaded later, only `nonce-value` will do.
 */
import type { ClassAttributes, HTMLAttributes } from 'preact';
import type { MittoOtpElement } from '../mitto-otp-element.ts';
import type { MittoOtpAttributes, MittoOtpProperties } from './attributes.ts';
import type { MittoOtpListeners } from './listeners.ts';

type Common = HTMLAttributes<MittoOtpElement> & ClassAttributes<MittoOtpElement>;

export type MittoOtpProps = Omit<Common, keyof MittoOtpAttributes> &
  MittoOtpAttributes &
  MittoOtpProperties &
  MittoOtpListeners<'on'>;

declare module 'preact' {
  namespace JSX {
    interface IntrinsicElements {
      'mitto-otp': MittoOtpProps;
    }
  }
}
