/** What the client throws. */
import type { MittoFailure, MittoSaid } from './failure.ts';

/** The call was not made: something that was handed in is wrong. */
export class MittoInputError extends TypeError {
  override readonly name = 'MittoInputError';
  readonly code = 'invalid_input';
  /** The option, field or parameter at fault. */
  readonly field: string;

  /** @param problem in words that do not repeat the value */
  constructor(field: string, problem: string) {
    super(`${field}: ${problem}`);
    this.field = field;
  }
}

/**
 * - `unauthorized`: a wrong key, or an address that Mitto has not allow-listed (assumed: HTTP 401 and 403)
 * - `throttled`: see `retryAfterSeconds`
 * - `refused`: Mitto said no
 * - `unintelligible`: an answer that is not of this API
 * - `unanswered`: no answer; Mitto may have acted all the same
 * - `unsent`: Mitto was certainly not asked; see `why`
 */
export type MittoErrorKind = MittoFailure['kind'];

/** A failed call. */
export class MittoApiError extends Error {
  override readonly name = 'MittoApiError';
  readonly kind: MittoErrorKind;
  /** As in `limits.create`. */
  readonly operation: string;
  /** HTTP status; 0 where there was no answer. */
  readonly status: number;
  /** `code` of the envelope, where it is a status. */
  readonly code: number | undefined;
  /** Whole seconds to wait, where Mitto asks to. */
  readonly retryAfterSeconds: number | undefined;
  /** Of what is `unsent`: whose turn it is. */
  readonly why: 'misconfigured' | 'busy' | 'provider_unreachable' | undefined;
  /**
   * The answer as it came. Not enumerable, so that it is in no log by accident: it may name phone numbers. The
   * `message` of this error repeats Mitto's words without them.
   */
  declare readonly body: string | undefined;
  /** The same as a value to switch on, as `createMittoOutcomes` has it. Not enumerable. */
  declare readonly failure: MittoFailure;

  constructor(operation: string, failure: MittoFailure, secrets: readonly string[] = []) {
    super(messageOf(operation, failure, secrets));
    this.operation = operation;
    this.kind = failure.kind;
    this.status = failure.said?.httpStatus ?? failure.status;
    this.code = failure.said?.code;
    this.retryAfterSeconds = failure.kind === 'throttled' ? failure.retryAfterSeconds : undefined;
    this.why = failure.kind === 'unsent' ? failure.why : undefined;
    Object.defineProperty(this, 'body', { value: failure.said?.body });
    Object.defineProperty(this, 'failure', { value: failure });
  }
}

function messageOf(operation: string, failure: MittoFailure, secrets: readonly string[]): string {
  const words = `Mitto, ${operation}: ${failure.kind} (${failure.detail})`;
  const said = quotable(failure.said, secrets);
  return said === '' ? words : `${words}: ${said}`;
}

const MAX_QUOTED_CHARACTERS = 200;

/** Mitto's own words on one line, without what looks like a number, a code, an address or our secrets. */
function quotable(said: MittoSaid | undefined, secrets: readonly string[]): string {
  let words = said?.message ?? '';
  for (const secret of secrets) words = words.replaceAll(secret, '…');
  return words
    .slice(0, 10 * MAX_QUOTED_CHARACTERS)
    .replace(/[^\s@]+@[^\s@]+/gu, '…')
    .replace(/\+?\p{Nd}[\p{Nd}\s().+-]{2,}\p{Nd}/gu, '…')
    .replace(/[\p{Cc}\p{Cf}\u2028\u2029\s]+/gu, ' ')
    .trim()
    .slice(0, MAX_QUOTED_CHARACTERS);
}
