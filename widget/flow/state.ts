/** The states of one verification, and what may happen in it. Times are milliseconds of the caller's clock. */

import type { Channel } from '../../shared/api/channel.ts';
import type { SendAnswer, VerifyAnswer } from '../../shared/api/responses.ts';
import type { OtpErrorCode } from '../../shared/otp-error.ts';
import type { HandedBackProof } from '../proof/handed-back-proof.ts';
import type { ChallengeStage } from './challenge.ts';

/** A number for the API: digits, with a plus or with their country. */
export interface PhoneNumber {
  phone: string;
  country: string | null;
}

/** Errors of the widget's own validation, before a request. */
export type LocalReason =
  | 'empty'
  | 'no_country'
  | 'too_short'
  | 'too_long'
  | 'not_mobile'
  | 'challenge_not_loaded'
  | 'challenge_timed_out'
  | 'offline'
  /** The page or its Worker is not set up: nothing that a visitor could do about it. */
  | 'not_set_up';

export interface Problem {
  code: OtpErrorCode;
  reason: LocalReason | null;
  attemptsLeft: number | null;
  /** The action is blocked until then; `null` if it can be repeated at once. */
  until: number | null;
}

/** The request that is out. Answers to any other call are late, and are dropped. */
export type Call =
  | { doing: 'send'; id: number; challenge?: ChallengeStage }
  | { doing: 'verify'; id: number; code: string }
  /** The visitor waits for the renewal of the proof. Automatic renewals are invisible. */
  | { doing: 'renew'; id: number };

export interface PhoneState {
  step: 'phone';
  busy: Call | null;
  problem: Problem | null;
  /** The code step that the visitor left for the number: its code stays valid until another one is sent. */
  kept?: CodeState;
}

export interface CodeState {
  step: 'code';
  busy: Call | null;
  problem: Problem | null;
  number: PhoneNumber;
  /** `null` once the session has ended; the number stays, so a new code takes one action. */
  session: string | null;
  to: string;
  channel: Channel;
  channels: readonly Channel[];
  codeLength: number;
  expiresAt: number;
  /** When the next code can be requested. */
  resendAt: number;
  /** Whether that time has come and is shown and announced. */
  resendOpen: boolean;
  /** What is known of the message; `awaited` while its provider may still report. */
  delivery: 'unreported' | 'awaited' | 'delivered' | 'not_delivered';
  /** The message was reported as not delivered: a channel that has not failed need not wait for `resendAt`. */
  isOtherWayFree: boolean;
  /** Ways by which a message of this session was reported as not delivered. */
  failedWays: readonly Channel[];
  /** The code is overdue: its wait is over. */
  isLate: boolean;
  /** The code is a resend. */
  isAnother: boolean;
  /** The page was restored: another person may see it, so the number is masked. */
  isRestored: boolean;
  /** No code is checked before. */
  verifyAt: number;
  /** A code that the Worker called wrong: to ask again would only cost one of the few attempts. */
  wrong: { code: string; problem: Problem } | null;
}

export interface VerifiedState {
  step: 'verified';
  busy: Call | null;
  /** Why the proof could not be renewed just now, though the visitor waited for it. */
  problem: Problem | null;
  to: string;
  channel: Channel;
  /** `null` once it has expired. */
  proof: string | null;
  expiresAt: number;
  /** What the proof is renewed by; `null` once that is over. */
  session: string | null;
  /**
   * The proof has expired and could not be renewed: visitor and page are told. A proof that expired while the page slept
   * is not told of; it is renewed as soon as somebody looks, or sends the form.
   */
  expired: boolean;
}

export type FlowState = PhoneState | CodeState | VerifiedState;

export type FlowEvent =
  /** `channel` where it was chosen. */
  | { type: 'send'; id: number; at: number; channel?: Channel | undefined }
  | { type: 'challenge'; id: number; stage: ChallengeStage | 'over' }
  | { type: 'sent'; id: number; number: PhoneNumber; answer: SendAnswer; at: number }
  | { type: 'verify'; id: number; code: string; at: number }
  /** `askedAt` is the time of the request: counted from there, a slow network does not extend the proof's lifetime. */
  | { type: 'verified'; id: number; answer: VerifyAnswer; askedAt: number }
  /** The visitor requests the renewal, or waits for it. */
  | { type: 'renew'; id: number }
  | { type: 'renewed'; session: string; answer: VerifyAnswer; askedAt: number }
  /** `isFinal`: this session renews no proof any more. */
  | { type: 'unrenewed'; session: string; isFinal: boolean; failure: Failure; at: number }
  | { type: 'failed'; id: number; failure: Failure; at: number }
  /** The widget rejects the input without a request. */
  | { type: 'refused'; failure: Failure }
  /** The same, when the visitor moved on without an action. */
  | { type: 'noticed'; failure: Failure }
  /** The request was called off; no answer will come. */
  | { type: 'stopped' }
  | { type: 'edited' }
  | { type: 'change_number' }
  /** A server has rendered the page again, with the proof that the form had sent. */
  | { type: 'handed_back'; proof: HandedBackProof }
  /** Back to the code that was sent to the number, which is the same again. */
  | { type: 'resumed'; at: number }
  /** The browser has lost its connection, or found it again. */
  | { type: 'offline' }
  | { type: 'online' }
  /** The browser has taken the page out of its cache. */
  | { type: 'restored' }
  /** The provider has reported what became of the message. */
  | { type: 'delivery'; session: string; state: 'delivered' | 'not_delivered' }
  | { type: 'tick'; at: number }
  | { type: 'reset' };

export interface Failure {
  code: OtpErrorCode;
  reason?: LocalReason | undefined;
  /** Seconds. */
  retryAfter?: number | undefined;
  attemptsLeft?: number | undefined;
}
