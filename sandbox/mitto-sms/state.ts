import type { BoundedMap } from '../bounded-collections.ts';
import type { SandboxState } from '../sandbox-state.ts';

/** What the calls of the SMS API work on. */
export interface SmsState extends SandboxState {
  /** The messages that were sent, by id without dashes. */
  readonly sent: BoundedMap<string, SentSms>;
}

export interface SentSms {
  readonly id: string;
  readonly to: string;
  readonly reference: string | undefined;
  /** Where its delivery reports go, before the account's URL: documented. */
  readonly callback: string | undefined;
  readonly sentAtMs: number;
}
