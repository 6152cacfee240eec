import type { RateLimiter } from '../../bindings.ts';
import { BURST_POLICY } from '../../rate-limit/burst-limiter.ts';
import type { Policy } from '../../rate-limit/policy.ts';

/** Callers that are remembered within one period. One more, and all are counted anew: it is a shield, not a limit. */
const MAX_KEYS = 100_000;

/** The shield against bursts in this process's memory, as the binding of `wrangler.toml` counts: by fixed periods. */
export function createRateLimiter(
  policy: Policy = BURST_POLICY,
  now: () => number = Date.now,
): RateLimiter {
  const counts = new Map<string, number>();
  let period = 0;
  return {
    async limit({ key }) {
      const current = Math.floor(now() / policy.windowMs);
      if (current !== period || counts.size >= MAX_KEYS) counts.clear();
      period = current;
      const count = (counts.get(key) ?? 0) + 1;
      counts.set(key, count);
      return { success: count <= policy.count };
    },
  };
}
