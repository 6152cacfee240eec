/**
 * Types of `<mitto-otp>` for React 19 and later: `import type {} from 'mitto-otp/types/react'`, once in a project.
 * React sets properties where there are any, so both `nonce-value` and `nonceValue` will do; of names with a hyphen
 * TypeScript does not notice when they are misspelt. There are none before the element is defined: on a page of a
 * server's, or where it is loaded later, only `nonce-value` will do.
 */
import type { DetailedHTMLProps, HTMLAttributes } from 'react';
import type { MittoOtpElement } from '../mitto-otp-element.ts';
import type { MittoOtpAttributes, MittoOtpProperties } from './attributes.ts';
import type { MittoOtpListeners } from './listeners.ts';

type Common = DetailedHTMLProps<HTMLAttributes<MittoOtpElement>, MittoOtpElement>;

export type MittoOtpProps = Omit<Common, keyof MittoOtpAttributes> &
  MittoOtpAttributes &
  MittoOtpProperties &
  MittoOtpListeners<'on'>;

declare module 'react' {
  namespace JSX {
    interface IntrinsicElements {
      'mitto-otp': MittoOtpProps;
    }
  }
}
