/** The error of a call, as received. */
import * as v from 'valibot';
import { type Upstream, UpstreamSchema } from '../shared/api/admin-responses.ts';

/** `application/problem+json` (RFC 9457), with the provider's response if it was called. */
const ProblemSchema = v.object({
  title: v.string(),
  status: v.number(),
  code: v.string(),
  detail: v.optional(v.string()),
  upstream: v.optional(UpstreamSchema),
});

/** A failed call. */
export class ConsoleProblem extends Error {
  override readonly name = 'ConsoleProblem';
  /** HTTP status; 0 without a response. */
  readonly status: number;
  /** The stable code; `no_answer` and `unintelligible` are this page's own. */
  readonly code: string;
  readonly detail: string | undefined;
  readonly upstream: Upstream | undefined;
  /** Whole seconds to wait before a retry. */
  readonly retryAfterSeconds: number | undefined;

  constructor(problem: {
    title: string;
    status: number;
    code: string;
    detail?: string | undefined;
    upstream?: Upstream | undefined;
    retryAfterSeconds?: number | undefined;
  }) {
    super(problem.title);
    this.status = problem.status;
    this.code = problem.code;
    this.detail = problem.detail;
    this.upstream = problem.upstream;
    this.retryAfterSeconds = problem.retryAfterSeconds;
  }
}

export function noAnswer(): ConsoleProblem {
  return new ConsoleProblem({
    title: 'No response',
    status: 0,
    code: 'no_answer',
    detail: 'Check your network connection, then try again.',
  });
}

export function unintelligible(status: number, detail: string): ConsoleProblem {
  return new ConsoleProblem({
    title: 'Unexpected response',
    status,
    code: 'unintelligible',
    detail,
  });
}

export async function problemIn(response: Response): Promise<ConsoleProblem> {
  const body: unknown = await response.json().catch(() => undefined);
  const { success, output } = v.safeParse(ProblemSchema, body);
  if (!success)
    return unintelligible(response.status, `HTTP ${response.status}, without a problem document.`);
  const retryAfter = Number(response.headers.get('Retry-After') ?? Number.NaN);
  return new ConsoleProblem({
    ...output,
    status: response.status,
    retryAfterSeconds: Number.isInteger(retryAfter) ? retryAfter : undefined,
  });
}

/** Converts a thrown value to a problem that can be shown. */
export function toProblem(error: unknown): ConsoleProblem {
  return error instanceof ConsoleProblem ? error : unintelligible(0, String(error));
}
