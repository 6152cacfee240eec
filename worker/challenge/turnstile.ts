/**
 * Cloudflare Turnstile's siteverify. A token is good when Cloudflare says so, for the action that we named, on the
 * host that asks; Cloudflare takes each token once. Whatever else comes back, the challenge was not passed.
 */
import * as v from 'valibot';
import type { ChallengeConfig } from '../../shared/answers.ts';
import type { Egress } from '../egress/egress.ts';
import { Refusal } from '../reason.ts';

export interface Turnstile {
  config: NonNullable<ChallengeConfig>;
  /** @throws Refusal `challenge_failed`, `challenge_unavailable` when nobody answers, or `misconfigured` */
  check(token: string, site: string): Promise<void>;
}

/** Keeps a token of another form of the site from paying for a message. */
const ACTION = 'mitto-otp-send';

const AnswerSchema = v.object({
  success: v.boolean(),
  hostname: v.optional(v.string()),
  action: v.optional(v.string()),
  'error-codes': v.optional(v.array(v.string()), []),
});

export function createTurnstile(options: {
  siteKey: string;
  secret: string;
  /** `https://challenges.cloudflare.com` */
  baseUrl: string;
  egress: Egress;
}): Turnstile {
  const { siteKey, secret, baseUrl, egress } = options;
  return {
    config: {
      provider: 'turnstile',
      siteKey,
      action: ACTION,
      script: `${baseUrl}/turnstile/v0/api.js`,
    },
    async check(token, site) {
      const answer = await egress.call({
        url: `${baseUrl}/turnstile/v0/siteverify`,
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({ secret, response: token }),
      });
      if (answer.kind !== 'answered' || answer.status >= 500)
        throw new Refusal({ kind: 'challenge_unavailable' });
      const verdict = v.safeParse(AnswerSchema, parseJson(answer.text));
      if (!verdict.success) throw new Refusal({ kind: 'challenge_unavailable' });
      const { success, hostname, action, 'error-codes': errorCodes } = verdict.output;
      // Ours to mend, and no visitor's failure: otherwise nobody would hear why every send is refused.
      if (errorCodes.includes('invalid-input-secret'))
        throw new Refusal({
          kind: 'misconfigured',
          problems: [{ setting: 'TURNSTILE_SECRET', problem: 'is not what Turnstile knows' }],
        });
      if (!success || action !== ACTION || hostname !== new URL(site).hostname)
        throw new Refusal({ kind: 'challenge_failed' });
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
