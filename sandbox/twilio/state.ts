import type { Fields } from '../request-body.ts';
import type { SandboxState } from '../sandbox-state.ts';

/** Both pairs are taken: of the account and its auth token, and of an API key and its secret. */
export interface TwilioCredentials {
  /** `AC` and 32 hex digits; stands in the path as well. */
  readonly accountSid: string;
  /** Signs the status callbacks, too. */
  readonly authToken: string;
  /** `SK` and 32 hex digits. */
  readonly apiKeySid: string;
  readonly apiKeySecret: string;
}

/** What the calls of Twilio's API work on. */
export interface TwilioState extends SandboxState {
  readonly credentials: TwilioCredentials;
}

/** A parameter of a form; `undefined` where it is absent, empty, or given more than once. */
export function parameter(fields: Fields, name: string): string | undefined {
  const value = fields[name];
  return typeof value === 'string' && value !== '' ? value : undefined;
}
