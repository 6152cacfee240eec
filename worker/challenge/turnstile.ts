/**
 * Cloudflare Turnstile's siteverify. A token is good when Cloudflare says so, for the action that we named, on the
 * host that asks; Cloudflare takes each token once. Whatever else comes back, the challenge was not passed.
 * https://developers.cloudflare.com/turnstile/get-started/server-side-validation/
 */
import * as v from 'valibot';
import type { Egress } from '../../providers/egress/egress.ts';
import type { ChallengeConfig } from '../../shared/api/responses.ts';
import { RequestError } from '../errors.ts';

export interface Turnstile {
  config: NonNullable<ChallengeConfig>;
  /** @throws RequestError `challenge_failed`, `challenge_unavailable` if Turnstile does not respond, or `misconfigured` */
  check(token: string, site: string): Promise<void>;
}

/** What Cloudflare documents as a fault of its own, after which the same request may be sent again. */
const INTERNAL_ERROR = 'internal-error';
/** For the operator to fix, not a visitor's failure: otherwise every send would fail without a visible cause. */
const SECRET_ERRORS = ['invalid-input-secret', 'missing-input-secret'];

/** Keeps a token of another form of the site from paying for a message. */
const ACTION = 'mitto-otp-send';

const AnswerSchema = v.object({
  success: v.boolean(),
  hostname: v.optional(v.string()),
  action: v.optional(v.string()),
  'error-codes': v.optional(v.array(v.string()), []),
});

type Verdict = v.InferOutput<typeof AnswerSchema>;

export function createTurnstile(options: {
  siteKey: string;
  secret: string;
  /** `https://challenges.cloudflare.com` */
  baseUrl: string;
  egress: Egress;
}): Turnstile {
  const { siteKey, secret, baseUrl, egress } = options;

  /** `undefined` where Turnstile gave no verdict. */
  async function ask(body: string): Promise<Verdict | undefined> {
    const answer = await egress.call({
      url: `${baseUrl}/turnstile/v0/siteverify`,
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body,
    });
    // After a silence there is no time left for another try.
    if (answer.kind !== 'answered') throw new RequestError({ kind: 'challenge_unavailable' });
    if (answer.status >= 500) return undefined;
    const verdict = v.safeParse(AnswerSchema, parseJson(answer.text));
    if (!verdict.success) throw new RequestError({ kind: 'challenge_unavailable' });
    return verdict.output['error-codes'].includes(INTERNAL_ERROR) ? undefined : verdict.output;
  }

  return {
    config: {
      provider: 'turnstile',
      siteKey,
      action: ACTION,
      script: `${baseUrl}/turnstile/v0/api.js`,
    },
    async check(token, site) {
      // The key lets a retry validate the token that the first try may already have used up.
      const body = JSON.stringify({
        secret,
        response: token,
        idempotency_key: crypto.randomUUID(),
      });
      const verdict = (await ask(body)) ?? (await ask(body));
      if (!verdict) throw new RequestError({ kind: 'challenge_unavailable' });
      const { success, hostname, action, 'error-codes': errorCodes } = verdict;
      if (errorCodes.some((code) => SECRET_ERRORS.includes(code)))
        throw new RequestError({
          kind: 'misconfigured',
          problems: [{ setting: 'TURNSTILE_SECRET', problem: 'is not what Turnstile knows' }],
        });
      if (!success || action !== ACTION || hostname !== new URL(site).hostname)
        throw new RequestError({ kind: 'challenge_failed' });
    },
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
