import * as v from 'valibot';
import { ChallengeConfigSchema } from './answers.ts';
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
  /** With `challenge_failed`, where none was passed: the one to pass before the same request is made again. */
  challenge: v.optional(ChallengeConfigSchema),
});

export type Problem = Omit<v.InferOutput<typeof ProblemSchema>, 'code'> & { code: ErrorCode };
