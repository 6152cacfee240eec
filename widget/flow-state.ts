/** The states of one verification, and what may happen in it. Times are milliseconds of the caller's clock. */
import type { SendAnswer, VerifyAnswer } from '../shared/answers.ts';
import type { Channel } from '../shared/channel.ts';
import type { OtpErrorCode } from '../shared/otp-error.ts';
import type { ChallengeStage } from './challenge.ts';
import type { HandedBackProof } from './handed-back-proof.ts';

/** A number as the API takes it: digits, with a plus or with the country that they belong to. */
export interface PhoneNumber {
  phone: string;
  country: string | null;
}

/** What the widget found amiss by itself, before it asked the Worker. */
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
  /** The same gesture is refused until then; `null` when it may be repeated at once. */
  until: number | null;
}

/** The request that is out. Answers to any other call are late, and are dropped. */
export type Call =
  | { doing: 'send'; id: number; challenge?: ChallengeStage }
  | { doing: 'verify'; id: number; code: string }
  /** The visitor waits for the renewal of the proof. One that nobody has asked for is not seen. */
  | { doing: 'renew'; id: number };

export interface PhoneState {
  step: 'phone';
  busy: Call | null;
  problem: Problem | null;
  /** The code step that the visitor left to look at the number: its code is good until another one is sent. */
  kept?: CodeState;
}

export interface CodeState {
  step: 'code';
  busy: Call | null;
  problem: Problem | null;
  number: PhoneNumber;
  /** `null` once the session can give no proof any more; the number stays, so a new code is one gesture away. */
  session: string | null;
  to: string;
  channel: Channel;
  channels: readonly Channel[];
  codeLength: number;
  expiresAt: number;
  /** When the next code may be asked for. */
  resendAt: number;
  /** Whether that time has come and was noticed: what the screen shows and the live region has said. */
  resendOpen: boolean;
  /** What is known of the message; `awaited` while its provider may still report. */
  delivery: 'unreported' | 'awaited' | 'delivered' | 'not_delivered';
  /** The message was reported as not delivered: a way that has not failed need not wait for `resendAt`. */
  isOtherWayFree: boolean;
  /** Ways by which a message of this session was reported as not delivered. */
  failedWays: readonly Channel[];
  /** A code should have come by now: its wait is over. */
  isLate: boolean;
  /** The code is not the first that was asked for in this step. */
  isAnother: boolean;
  /** The page was left and came back: whoever sees it now may be somebody else, and sees the number masked. */
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
  /** `askedAt` is when the request left: counted from there, no delay on the way lengthens the proof's life. */
  | { type: 'verified'; id: number; answer: VerifyAnswer; askedAt: number }
  /** The visitor asks for the renewal, or waits for it. */
  | { type: 'renew'; id: number }
  | { type: 'renewed'; session: string; answer: VerifyAnswer; askedAt: number }
  /** `isFinal`: this session renews no proof any more. */
  | { type: 'unrenewed'; session: string; isFinal: boolean; failure: Failure; at: number }
  | { type: 'failed'; id: number; failure: Failure; at: number }
  /** The widget refuses by itself; nothing was asked. */
  | { type: 'refused'; failure: Failure }
  /** The same, when the visitor has gone on without any gesture. */
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
