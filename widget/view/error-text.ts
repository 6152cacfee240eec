import type { Channel } from '../../shared/api/channel.ts';
import type { OtpErrorCode } from '../../shared/otp-error.ts';
import type { FlowState, Problem } from '../flow/state.ts';
import { secondsUntil } from '../flow/timers.ts';
import { formatMessage } from '../i18n/format-message.ts';
import type { Messages } from '../i18n/messages.ts';
import { inOneLine } from './code-hint.ts';
import { inSteps, relativeTime } from './format-duration.ts';

/** Shows the remaining attempts only when few are left; before, it would sound like a threat. */
const FEW_ATTEMPTS = 2;

/**
 * What a problem is in words: what happened, what to do, and how long to wait or how often one may still try.
 *
 * @param as - `said` once, by a screen reader, which is to hear of a wait that is `shown` by a countdown elsewhere.
 */
export function errorText(
  problem: Problem,
  state: FlowState,
  words: Messages,
  at: number,
  ways: readonly Channel[],
  as: 'shown' | 'said' = 'shown',
): string {
  const { lang } = words;
  const sentences = [baseSentence(problem, state, words)];
  if (problem.code === 'blocked_by_provider') sentences.push(...otherWay(ways, words));
  const wait = secondsUntil(problem.until, at);
  const isCounted = isCountedDown(problem, state);
  if (wait > 0 && (as === 'said' || !isCounted)) {
    // What the countdown says is said to the second.
    const when = relativeTime(isCounted ? wait : inSteps(wait), lang);
    sentences.push(formatMessage(words.tryAgainIn, { when }, lang));
  }
  if (problem.attemptsLeft !== null && problem.attemptsLeft <= FEW_ATTEMPTS)
    sentences.push(formatMessage(words.attemptsLeft, { count: problem.attemptsLeft }, lang));
  return sentences.join(words.gap);
}

/** What is asked of a visitor whose number is refused, and is another one but for a slip. */
export function suggestionInWords(number: string, { didYouMean, lang }: Messages): string {
  return formatMessage(didYouMean, { number: inOneLine(number) }, lang);
}

/** The countdown beside the button shows the wait for the next code. Shown twice, the two would differ. */
function isCountedDown({ until }: Problem, state: FlowState): boolean {
  return state.step === 'code' && until !== null && until !== state.verifyAt;
}

/** The message was reported as lost. A code that comes all the same is taken. */
export function isUndelivered(state: FlowState): boolean {
  return state.step === 'code' && state.session !== null && state.delivery === 'not_delivered';
}

/** That the message did not arrive, and what can be done. */
export function notDelivered(ways: readonly Channel[], words: Messages): string {
  return [words.notDelivered, ...otherWay(ways, words)].join(words.gap);
}

/** Said only where there is one. */
function otherWay(ways: readonly Channel[], words: Messages): string[] {
  return ways.length > 1 ? [words.otherWay] : [];
}

/** What is wrong with the input of a step. A number that a further code cannot reach is no fault of the code's. */
const ABOUT_INPUT: Record<FlowState['step'], readonly OtpErrorCode[]> = {
  phone: ['invalid_phone', 'destination_not_allowed', 'blocked_by_provider'],
  code: ['invalid_code_format', 'incorrect_code'],
  verified: [],
};

/** Whether there is an error that the visitor can fix in the step's input. */
export function isInputInvalid({ step, problem }: FlowState): boolean {
  return problem !== null && ABOUT_INPUT[step].includes(problem.code);
}

function baseSentence(problem: Problem, state: FlowState, words: Messages): string {
  switch (problem.reason) {
    case 'empty':
      return words.phoneMissing;
    case 'no_country':
      return words.countryMissing;
    case 'too_short':
      return words.phoneTooShort;
    case 'too_long':
      return words.phoneTooLong;
    case 'not_mobile':
      return words.phoneNotMobile;
    case 'challenge_not_loaded':
      return words.challengeNotLoaded;
    case 'challenge_timed_out':
      return words.challengeTimedOut;
    case 'offline':
      return words.offline;
    case 'not_set_up':
      return words.errors.misconfigured;
    case null:
      break;
    default:
      return problem.reason satisfies never;
  }
  if (problem.code === 'invalid_code_format' && state.step === 'code')
    return formatMessage(words.codeIncomplete, { length: state.codeLength }, words.lang);
  // A newer Worker may send a code that this table does not have.
  return words.errors[problem.code] ?? words.errors.unexpected_answer;
}
