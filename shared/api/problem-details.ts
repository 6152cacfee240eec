import * as v from 'valibot';
import type { ErrorCode } from './error-codes.ts';
import { ChallengeConfigSchema } from './responses.ts';

/** An error on the wire: `application/problem+json` (RFC 9457). */
export const ProblemSchema = v.object({
  type: v.string(),
  title: v.string(),
  status: v.number(),
  /** One of `ERROR_CODES`, or a code of a newer Worker. */
  code: v.string(),
  /** What to fix, for developers; never for visitors. */
  detail: v.optional(v.string()),
  /** With `incorrect_code`: the remaining attempts of the session. */
  attemptsLeft: v.optional(v.number()),
  /** With `challenge_failed`: the challenge to pass before retrying the request. */
  challenge: v.optional(ChallengeConfigSchema),
});

export type Problem = Omit<v.InferOutput<typeof ProblemSchema>, 'code'> & { code: ErrorCode };
