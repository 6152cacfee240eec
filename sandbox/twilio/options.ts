/** What can be switched about Twilio's API. How to read it: see `options.ts`. */
import * as v from 'valibot';

export interface TwilioOptions {
  /**
   * Parameters of a status callback besides those that are known. Documented: new ones come without notice, and
   * the signature covers them. A list is a parameter that comes more than once.
   */
  readonly twilioCallbackExtras: Readonly<Record<string, string | readonly string[]>>;
  /** Whether a status callback is signed as documented, with another token, or not at all. As documented. */
  readonly twilioSignature: 'right' | 'wrong_token' | 'missing';
  /**
   * Whether the URL is signed as it was given, or with its port, or without. Twilio's libraries try both, because what
   * signs at Twilio is not of one mind.
   */
  readonly twilioSignedPort: 'as_given' | 'there' | 'left_out';
}

export const TWILIO_DEFAULTS: TwilioOptions = {
  // With all that an encoding can get wrong.
  twilioCallbackExtras: { SandboxExtra: 'a+b & ä = 100 %' },
  twilioSignature: 'right',
  twilioSignedPort: 'as_given',
};

export const TWILIO_SCHEMAS = {
  twilioCallbackExtras: v.exactOptional(
    v.record(v.string(), v.union([v.string(), v.array(v.string())])),
  ),
  twilioSignature: v.exactOptional(v.picklist(['right', 'wrong_token', 'missing'])),
  twilioSignedPort: v.exactOptional(v.picklist(['as_given', 'there', 'left_out'])),
};
