import type { Channel } from '../../shared/channel.ts';
import type { OtpErrorCode } from '../../shared/otp-error.ts';

export interface DescribedCode {
  /** Digits. */
  length: number;
  /** The masked number. */
  to: string;
  channel: Channel;
}

/** What the element says before a visitor has begun. */
export interface FirstWords {
  /** BCP 47, for `lang`, numbers and the names of countries. */
  lang: string;
  /** Names the whole control. */
  control: string;
  /** What a form says that asks for the confirmation and lacks it. */
  required: string;
  phoneLabel: string;
  phoneHint: Record<Channel, string>;
  send: string;
  sending: string;
  /** A file of the element did not arrive. */
  notLoaded: string;
}

/** Every sentence that the element says. A language that lacks one does not compile. */
export interface Words extends FirstWords {
  country: string;
  chooseCountry: string;

  codeLabel: string;
  codeHint(code: DescribedCode): string;
  verify: string;
  verifying: string;
  resend: string;
  resendIn(time: string): string;
  /** Once the session is over: a new one begins, for the same number. */
  newCode: string;
  newCodeIn(time: string): string;
  /** The other way for the next code to travel. */
  insteadBy: Record<Channel, string>;
  changeNumber: string;

  verified: string;
  proofExpired: string;
  renew: string;

  /** Beside the challenge, when there is something to do in it. */
  challenge: string;
  challengeNotLoaded: string;
  challengeTimedOut: string;

  /** Said by the live region alone. */
  sent(code: DescribedCode): string;
  resendReady: string;
  retryReady: string;

  phoneMissing: string;
  countryMissing: string;
  codeIncomplete(length: number): string;
  tryAgainIn(time: string): string;
  attemptsLeft(count: number): string;
  errors: Record<OtpErrorCode, string>;
}
