import { describe, expect, it } from 'vitest';
import { ERROR_CODES } from '../shared/api/error-codes.ts';
import { type ErrorReason, RequestError, toProblem } from './errors.ts';

const SECRET = 'what only the log may see';

/** One of each kind. The compiler asks for a new one here as soon as there is a new kind. */
const REASONS: {
  [Kind in ErrorReason['kind']]: Omit<Extract<ErrorReason, { kind: Kind }>, 'kind'>;
} = {
  body_malformed: { detail: 'phone: string expected' },
  body_too_large: {},
  media_type: {},
  idempotency_key_malformed: {},
  unknown_flow: {},
  unauthorized: {},
  channel_not_offered: {},
  no_such_route: {},
  signature_wrong: {},
  method_not_allowed: { allow: ['POST'] },
  origin_not_listed: {},
  phone_unreadable: { detail: SECRET },
  phone_type: { type: SECRET },
  country_not_listed: { country: SECRET },
  code_format: {},
  burst: { waitMs: 1_000 },
  client_limit: { waitMs: 1_000 },
  cooldown: { waitMs: 1_000 },
  send_limit: { waitMs: 1_000 },
  failure_limit: { waitMs: 1_000 },
  guard_blocked: { waitMs: 1_000 },
  rule_blocked: { waitMs: 1_000 },
  budget_exhausted: { budget: `total ${SECRET}`, waitMs: 1_000 },
  attempts_exhausted: { waitMs: 1_000 },
  challenge_required: {
    challenge: { provider: 'turnstile', siteKey: 'key', action: 'send', script: 'https://x' },
  },
  challenge_failed: {},
  challenge_unavailable: {},
  session_unreadable: {},
  session_of_other_site: {},
  session_unknown: {},
  session_expired: {},
  session_superseded: {},
  session_cancelled: {},
  session_verified: {},
  session_unverified: {},
  session_redeemed: {},
  renewal_over: {},
  code_wrong: { attemptsLeft: 3 },
  in_progress: {},
  key_reused: {},
  provider_refused: { detail: SECRET },
  provider_failed: { detail: SECRET },
  provider_unreached: { detail: SECRET },
  provider_bad_number: { detail: SECRET },
  provider_bad_sender: { detail: SECRET },
  provider_unintelligible: { detail: SECRET },
  provider_blocked: { detail: SECRET, isFinal: true },
  provider_unauthorized: { detail: SECRET },
  provider_throttled: { waitMs: 1_000 },
  delivery_unknown: { detail: SECRET },
  provider_silent: { detail: SECRET },
  provider_down: { waitMs: 1_000 },
  misconfigured: { problems: [{ setting: 'OTP_SECRET', problem: SECRET }] },
  store_unavailable: { cause: new Error(SECRET) },
  unexpected: { cause: new Error(SECRET) },
};

const reasons = Object.entries(REASONS).map(([kind, data]) => ({ kind, ...data }) as ErrorReason);

describe('a reason', () => {
  it.each(reasons)('$kind is one of the codes of the API', (reason) => {
    expect(ERROR_CODES).toHaveProperty(toProblem(reason).code);
  });

  it.each(reasons)('$kind says nothing that is for the log', (reason) => {
    expect(JSON.stringify(toProblem(reason))).not.toContain(SECRET);
  });

  it.each(reasons)(
    '$kind has a waiting time where the status asks for one, and only there',
    (reason) => {
      const { code, waitMs } = toProblem(reason);
      const { status } = ERROR_CODES[code];
      if (status === 429 || status === 503) expect(waitMs).toBeGreaterThan(0);
      else expect(waitMs).toBeUndefined();
    },
  );
});

describe('the reasons', () => {
  it('between them reach every code of the API', () => {
    const prefix = toProblem({ kind: 'budget_exhausted', budget: 'prefix:x', waitMs: 1 });
    const reached = new Set([prefix.code, ...reasons.map((reason) => toProblem(reason).code)]);
    expect([...reached].sort()).toEqual(Object.keys(ERROR_CODES).sort());
  });

  it('of limits are identical, so that they do not reveal which limit it was', () => {
    const limits = ['client_limit', 'cooldown', 'send_limit', 'failure_limit'] as const;
    const problems = limits.map((kind) => toProblem({ kind, waitMs: 7_000 }));
    problems.push(toProblem({ kind: 'budget_exhausted', budget: 'prefix:abc', waitMs: 7_000 }));
    for (const problem of problems)
      expect(problem).toEqual({ code: 'rate_limited', waitMs: 7_000 });
  });

  it('for which a session is not valid all look alike, and so do those for which it is over', () => {
    for (const kind of ['session_unreadable', 'session_of_other_site', 'session_unknown'] as const)
      expect(toProblem({ kind })).toEqual({ code: 'invalid_session' });
    for (const kind of ['session_expired', 'session_superseded', 'session_cancelled'] as const)
      expect(toProblem({ kind })).toEqual({ code: 'session_expired' });
  });

  it("name the deployment's own ceilings as such", () => {
    for (const budget of ['total', 'country:DE'])
      expect(toProblem({ kind: 'budget_exhausted', budget, waitMs: 1 }).code).toBe('capacity');
  });

  it('carry what a client goes on with', () => {
    expect(toProblem({ kind: 'code_wrong', attemptsLeft: 0 })).toEqual({
      code: 'incorrect_code',
      attemptsLeft: 0,
    });
    expect(toProblem({ kind: 'method_not_allowed', allow: ['GET', 'POST'] }).allow).toEqual([
      'GET',
      'POST',
    ]);
  });
});

describe('a refusal', () => {
  it('keeps the cause for the log', () => {
    const cause = new Error('KV GET failed');
    const refusal = new RequestError({ kind: 'store_unavailable', cause });
    expect(refusal).toMatchObject({ name: 'RequestError', message: 'store_unavailable', cause });
    expect(new RequestError({ kind: 'media_type' }).cause).toBeUndefined();
  });
});
