import type { RateLimiter } from '../bindings.ts';
import { Refusal } from '../errors.ts';
import { deadline } from '../util/with-timeout.ts';
import type { Policy } from './policy.ts';

/** The burst limiter: rejects a flood before any store is read. */
export type BurstShield = (client: string) => Promise<void>;

/** As in `wrangler.toml`. The binding reports neither the policy nor the wait: one period is always enough. */
export const BURST_POLICY: Policy = { count: 30, windowMs: 10_000 };

const BURST_DEADLINE_MS = 1_000;

/** @throws Refusal `burst`, or `store_unavailable` when the binding does not answer */
export function createBurstShield(binding: RateLimiter): BurstShield {
  return async (client) => {
    let outcome: { success: boolean };
    try {
      outcome = await deadline(binding.limit({ key: client }), BURST_DEADLINE_MS);
    } catch (cause) {
      throw new Refusal({ kind: 'store_unavailable', cause });
    }
    if (!outcome.success) throw new Refusal({ kind: 'burst', waitMs: BURST_POLICY.windowMs });
  };
}
