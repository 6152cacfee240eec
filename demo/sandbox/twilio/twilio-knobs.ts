/** What can be switched about Twilio's API. How to read it: see `knobs.ts`. */
import * as v from 'valibot';

export interface TwilioKnobs {
  /**
   * Parameters of a status callback besides those that are known. Documented: new ones come without notice, and
   * the signature covers them.
   */
  readonly twilioCallbackExtras: Readonly<Record<string, string>>;
  /** Whether a status callback is signed as documented, with another token, or not at all. As documented. */
  readonly twilioSignature: 'right' | 'wrong_token' | 'missing';
}

export const TWILIO_DEFAULTS: TwilioKnobs = {
  // With all that an encoding can get wrong.
  twilioCallbackExtras: { SandboxExtra: 'a+b & ä = 100 %' },
  twilioSignature: 'right',
};

export const TWILIO_SCHEMAS = {
  twilioCallbackExtras: v.exactOptional(v.record(v.string(), v.string())),
  twilioSignature: v.exactOptional(v.picklist(['right', 'wrong_token', 'missing'])),
};
