import type { OtpErrorCode } from '../shared/otp-error.ts';
import { spokenTime } from './duration.ts';
import { type FlowState, type Problem, secondsUntil } from './flow.ts';
import type { Words } from './words/words.ts';

/** A remaining count is said only when it starts to matter; before, it would sound like a threat. */
const FEW_ATTEMPTS = 2;

/** What a problem is in words: what happened, what to do, and how long to wait or how often one may still try. */
export function problemInWords(
  problem: Problem,
  state: FlowState,
  words: Words,
  at: number,
): string {
  const sentences = [baseSentence(problem, state, words)];
  const wait = secondsUntil(problem.until, at);
  if (wait > 0) sentences.push(words.tryAgainIn(spokenTime(wait, words.lang)));
  if (problem.attemptsLeft !== null && problem.attemptsLeft <= FEW_ATTEMPTS)
    sentences.push(words.attemptsLeft(problem.attemptsLeft));
  return sentences.join(' ');
}

/** Whether the problem is in what was typed. */
export function isAboutInput(code: OtpErrorCode): boolean {
  return (
    code === 'invalid_phone' ||
    code === 'destination_not_allowed' ||
    code === 'blocked_by_provider' ||
    code === 'invalid_code_format' ||
    code === 'incorrect_code'
  );
}

function baseSentence(problem: Problem, state: FlowState, words: Words): string {
  switch (problem.reason) {
    case 'empty':
      return words.phoneMissing;
    case 'no_country':
      return words.countryMissing;
    case 'challenge_not_loaded':
      return words.challengeNotLoaded;
    case 'challenge_timed_out':
      return words.challengeTimedOut;
    case null:
      break;
    default:
      return problem.reason satisfies never;
  }
  if (problem.code === 'invalid_code_format' && state.step === 'code')
    return words.codeIncomplete(state.codeLength);
  // A newer Worker may send a code that this table does not have.
  return words.errors[problem.code] ?? words.errors.unexpected_answer;
}
