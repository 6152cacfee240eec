/**
 * The arithmetic of every limit: a sliding window, never a fixed one, which would admit twice its count around
 * its edge. Pure: counts and a clock in, a waiting time out.
 */
import type { Policy } from './policy.ts';

/** So many events in the stretch that begins at `startMs` and lasts one `quantumMs` of the policy. */
export type Slot = readonly [startMs: number, count: number];

/** Up to this count each event is kept to the millisecond; above it a window is kept in this many slots. */
const MAX_SLOTS = 128;

/**
 * The resolution in which a policy's events are kept. A large ceiling is counted in slots so that its state is
 * bounded; a slot's events are held to have happened at its end, so the limit is never exceeded, only kept up to
 * a 128th of the window longer.
 */
export function quantumMs({ count, windowMs }: Policy): number {
  return count <= MAX_SLOTS ? 1 : Math.ceil(windowMs / MAX_SLOTS);
}

export function slotStartMs(policy: Policy, nowMs: number): number {
  const quantum = quantumMs(policy);
  return Math.floor(nowMs / quantum) * quantum;
}

/** The first moment at which a slot's events no longer count. */
export function slotExpiryMs(policy: Policy, startMs: number): number {
  return startMs + quantumMs(policy) - 1 + policy.windowMs;
}

/** Milliseconds until one more event fits under the policy; 0 when it fits now. */
export function waitMs(policy: Policy, slots: readonly Slot[], nowMs: number): number {
  const live = slots
    .map(([startMs, count]) => ({ expiryMs: slotExpiryMs(policy, startMs), count }))
    .filter(({ expiryMs }) => expiryMs > nowMs)
    .sort((a, b) => a.expiryMs - b.expiryMs);
  let total = live.reduce((sum, { count }) => sum + count, 0);
  let readyMs = nowMs;
  for (const { expiryMs, count } of live) {
    if (total < policy.count) break;
    total -= count;
    readyMs = expiryMs;
  }
  return readyMs - nowMs;
}

/** As `waitMs`, over several policies and single events kept to the millisecond. */
export function waitForAllMs(
  policies: readonly Policy[],
  eventsMs: readonly number[],
  nowMs: number,
): number {
  const slots = eventsMs.map((atMs): Slot => [atMs, 1]);
  return Math.max(0, ...policies.map((policy) => waitMs({ ...policy }, slots, nowMs)));
}
