/**
 * Who carries a code and who checks it. One connector a provider; the rest of the Worker speaks to this interface.
 * Which of a provider's answers means what is decided here, once.
 */
import type { Channel } from '../../shared/channel.ts';
import type { E164 } from '../otp/phone-number.ts';
import type { Reason } from '../reason.ts';

export interface CodeMessage {
  to: E164;
  channel: Channel;
  /** Number or sender ID. */
  from: string;
  service: string;
  /** The text, with `{code}` where the code goes. */
  text: string;
  /** Primary language subtag, for a voice. */
  language: string;
}

/** A message that the provider took. */
export interface SentCode {
  requestId: string;
}

export interface CodeCheck extends SentCode {
  to: E164;
  service: string;
  code: string;
}

export type SendResult =
  | { kind: 'accepted'; requestId: string }
  | { kind: 'failed'; reason: Reason };

export type CheckResult =
  | { kind: 'right' }
  | { kind: 'wrong' }
  /** The provider never said. */
  | { kind: 'not_evaluated'; reason: Reason };

export interface Connector {
  readonly name: string;
  send(message: CodeMessage): Promise<SendResult>;
  check(check: CodeCheck): Promise<CheckResult>;
  /** Best effort: our own record has ended the session already. */
  cancel(sent: SentCode): Promise<void>;
}
