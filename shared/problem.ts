import * as v from 'valibot';
import type { ErrorCode } from './error-codes.ts';

/** An error on the wire: `application/problem+json` (RFC 9457). */
export const ProblemSchema = v.object({
  type: v.string(),
  title: v.string(),
  status: v.number(),
  /** One of `ERROR_CODES`; a newer Worker may know one that this client does not. */
  code: v.string(),
  /** What to mend, for a developer; never for a visitor. */
  detail: v.optional(v.string()),
  /** With `incorrect_code`: how many codes the session may still try. */
  attemptsLeft: v.optional(v.number()),
});

export type Problem = Omit<v.InferOutput<typeof ProblemSchema>, 'code'> & { code: ErrorCode };
