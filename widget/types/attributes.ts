/** Made from the source of the element by `npm run manifest`. */
import type { MittoOtpElement } from '../../widget/mitto-otp-element.ts';

/** As a page writes them. */
export interface MittoOtpAttributes {
  /** Origin of the Worker; https, or http on loopback. By default the origin of the script. */
  endpoint?: string | undefined;
  /** The name under which the form submits the proof. */
  name?: string | undefined;
  /** The form is invalid until a number is verified. */
  required?: boolean | undefined;
  /** Excludes the element from the form, and disables its inputs and buttons. */
  disabled?: boolean | undefined;
  /** ISO 3166-1 alpha-2: the preselected country. By default the visitor's. */
  country?: string | undefined;
  /** Channel of the first code. By default the Worker's. */
  channel?: 'sms' | 'voice' | undefined;
  /** The name of one of the Worker's `FLOWS`. */
  flow?: string | undefined;
  /** BCP 47. By default the language of the page. */
  lang?: string | undefined;
  /** The site server's nonce, which the proof will contain. */
  'nonce-value'?: string | undefined;
  /** Number of digits of a code, overriding the Worker's. */
  'code-length'?: number | `${number}` | undefined;
  /** Takes the focus on load, unless another element has it. */
  autofocus?: boolean | undefined;
  /** Waits for the button or Enter instead of verifying at the last digit. */
  'no-auto-submit'?: boolean | undefined;
  /** Writes the proof into a hidden input among the element's children, under `name`, for scripts that collect a form's inputs by themselves. A server can render such an input to hand a proof back. */
  'proof-input'?: boolean | undefined;
}

/** What an attribute is called as a property, where that is something else, and what is a property alone. */
export type MittoOtpProperties = {
  [Name in keyof Pick<
    MittoOtpElement,
    'nonceValue' | 'codeLength' | 'noAutoSubmit' | 'proofInput' | 'words'
  >]?: MittoOtpElement[Name] | undefined;
};
