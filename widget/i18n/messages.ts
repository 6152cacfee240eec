import type { Channel } from '../../shared/api/channel.ts';
import type { OtpErrorCode } from '../../shared/otp-error.ts';
import type { CountedSentence, Sentence } from './format-message.ts';

/** What the element says before a visitor has begun. */
export interface InitialMessages {
  /** BCP 47: for `lang`, plural forms, times and the names of countries. */
  lang: string;
  dir: 'ltr' | 'rtl';
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

/**
 * Every sentence that the element says. A language of the element that lacks one, or one of the plural categories that
 * it names here, does not compile.
 */
export interface Messages<Category extends Intl.LDMLPluralRule = never> extends InitialMessages {
  /** What stands between two sentences: a space, or nothing where the full stop brings its own. */
  gap: string;

  country: string;
  /** `{country}` is its name, its code and its calling code. */
  countryChosen: Sentence<'country'>;
  chooseCountry: string;
  countrySearch: string;
  countryNotFound: string;

  codeLabel: string;
  codeHint: Record<Channel, CountedSentence<'length' | 'to', Category>>;
  verify: string;
  verifying: string;
  resend: string;
  /** `{time}` is a countdown, `0:27`. */
  resendIn: Sentence<'time'>;
  /** Once the session is over: a new one begins, for the same number. */
  newCode: string;
  newCodeIn: Sentence<'time'>;
  /** The other way for the next code to travel. */
  insteadBy: Record<Channel, string>;
  changeNumber: string;
  /** In place of `send`, while the number is the one whose code still holds: nothing is sent. */
  backToCode: string;
  /** After a text message that was asked for again; a call says it in its hint. */
  newCodeSent: string;
  /** When a code has had its time, and another one may be sent. */
  noCodeHelp: string;
  /** The phone's network has the message. Not said of a call. */
  delivered: string;
  notDelivered: string;
  /** After what is amiss with one way, where there is another. */
  otherWay: string;

  verified: string;
  proofExpired: string;
  renew: string;

  /** Beside the challenge, when there is something to do in it. */
  challenge: string;
  /** On the button that waits for the visitor to pass it. */
  challengeWaits: string;
  challengeNotLoaded: string;
  challengeTimedOut: string;

  offline: string;
  backOnline: string;

  /** Said by the live region alone. */
  sent: Record<Channel, CountedSentence<'length' | 'to', Category>>;
  resendReady: string;
  retryReady: string;

  phoneMissing: string;
  countryMissing: string;
  phoneTooShort: string;
  phoneTooLong: string;
  phoneNotMobile: string;
  codeIncomplete: CountedSentence<'length', Category>;
  /** `{when}` is relative and whole: `in 27 seconds`. */
  tryAgainIn: Sentence<'when'>;
  attemptsLeft: CountedSentence<'count', Category>;
  errors: Record<OtpErrorCode, string>;
  /** A button that writes the number, after one was refused that is a slip away from it. */
  didYouMean: Sentence<'number'>;
  /** Said to a form that is to be sent while a whole code is there that nobody has checked yet. */
  codeUnconfirmed: string;
}

/** Some of the words, for a page that says them its own way. What is missing is said as before. */
export type PartialMessages = Some<Messages>;

/** Loose where `Words` is strict, because a page's sentences come from its own tables; the console tells of faults. */
type Some<Part> = Part extends string ? string : { [Key in keyof Part]?: Some<Part[Key]> };

/** What is said in one language. */
export interface LanguagePack {
  readonly first: InitialMessages;
  /** All words, with those of English where it lacks one. */
  over(english: Messages): Messages;
}
