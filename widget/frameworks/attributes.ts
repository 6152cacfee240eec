/** Made from the source of the element by `npm run manifest`. */
import type { MittoOtpElement } from '../mitto-otp-element.ts';

/** As a page writes them. */
export interface MittoOtpAttributes {
  /** Origin of the Worker; https, or http on loopback. By default the origin of the script. */
  endpoint?: string | undefined;
  /** The name under which the form submits the proof. */
  name?: string | undefined;
  /** The form is invalid until a number is confirmed. */
  required?: boolean | undefined;
  /** Takes no part in the form, and nothing can be typed or pressed. */
  disabled?: boolean | undefined;
  /** ISO 3166-1 alpha-2: the country to begin with. By default the visitor's. */
  country?: string | undefined;
  /** How the first code travels. By default as the Worker is set. */
  channel?: 'sms' | 'voice' | undefined;
  /** The name of one of the Worker's `FLOWS`. */
  flow?: string | undefined;
  /** BCP 47. By default the language of the page. */
  lang?: string | undefined;
  /** A value that the site's server made and will look for in the proof. */
  'nonce-value'?: string | undefined;
  /** Digits of a code, where the Worker's figure is not to be followed. */
  'code-length'?: number | `${number}` | undefined;
  /** Takes the focus when the page has given it to nothing else. */
  autofocus?: boolean | undefined;
  /** A complete code waits for the button or Enter. */
  'no-auto-submit'?: boolean | undefined;
  /** Writes the proof into a hidden input among the element's children, under `name`, for scripts that collect a form's inputs by themselves. A server that renders such an input hands its proof back. */
  'proof-input'?: boolean | undefined;
}

/** What an attribute is called as a property, where that is something else, and what is a property alone. */
export type MittoOtpProperties = {
  [Name in keyof Pick<
    MittoOtpElement,
    'nonceValue' | 'codeLength' | 'noAutoSubmit' | 'proofInput' | 'words'
  >]?: MittoOtpElement[Name] | undefined;
};
