import type { RateLimiter } from '../bindings.ts';
import { RequestError } from '../errors.ts';
import { withTimeout } from '../util/with-timeout.ts';
import type { Policy } from './policy.ts';

/** The burst limiter: rejects a flood before any store is read. */
export type BurstLimiter = (client: string) => Promise<void>;

/** As in `wrangler.toml`. The binding reports neither the policy nor the wait: one period is always enough. */
export const BURST_POLICY: Policy = { count: 30, windowMs: 10_000 };

const BURST_DEADLINE_MS = 1_000;

/** @throws RequestError `burst`, or `store_unavailable` when the binding does not answer */
export function createBurstLimiter(binding: RateLimiter): BurstLimiter {
  return async (client) => {
    let outcome: { success: boolean };
    try {
      outcome = await withTimeout(binding.limit({ key: client }), BURST_DEADLINE_MS);
    } catch (cause) {
      throw new RequestError({ kind: 'store_unavailable', cause });
    }
    if (!outcome.success) throw new RequestError({ kind: 'burst', waitMs: BURST_POLICY.windowMs });
  };
}
