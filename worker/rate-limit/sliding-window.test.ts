import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Policy } from './policy.ts';
import {
  quantumMs,
  type Slot,
  slotExpiryMs,
  slotStartMs,
  waitForAllMs,
  waitMs,
} from './sliding-window.ts';

/** Up to 128 events a window each is kept by itself. */
const exactPolicy = fc.record({
  count: fc.integer({ min: 1, max: 128 }),
  windowMs: fc.integer({ min: 1, max: 10_000 }),
});
const largePolicy = fc.record({
  count: fc.integer({ min: 129, max: 500 }),
  windowMs: fc.integer({ min: 1_000, max: 100_000 }),
});
const pauses = (maxMs: number, maxLength: number) =>
  fc.array(fc.oneof(fc.constant(0), fc.constant(1), fc.nat(maxMs)), { maxLength });

/** Lets events in as a limiter would, and keeps them in slots. */
class Limiter {
  readonly admittedMs: number[] = [];
  readonly #slots = new Map<number, number>();
  readonly #policy: Policy;

  constructor(policy: Policy) {
    this.#policy = policy;
  }

  slots(): Slot[] {
    return [...this.#slots];
  }

  offer(nowMs: number): number {
    for (const startMs of this.#slots.keys())
      if (slotExpiryMs(this.#policy, startMs) <= nowMs) this.#slots.delete(startMs);
    const wait = waitMs(this.#policy, this.slots(), nowMs);
    if (wait > 0) return wait;
    const startMs = slotStartMs(this.#policy, nowMs);
    this.#slots.set(startMs, (this.#slots.get(startMs) ?? 0) + 1);
    this.admittedMs.push(nowMs);
    return 0;
  }
}

/** The definition, counted by hand: the events of the stretch that ends now. */
const inWindow = (eventsMs: readonly number[], { windowMs }: Policy, nowMs: number) =>
  eventsMs.filter((atMs) => atMs > nowMs - windowMs && atMs <= nowMs).length;

function mostInAnyWindow(eventsMs: readonly number[], policy: Policy): number {
  return Math.max(0, ...eventsMs.map((endMs) => inWindow(eventsMs, policy, endMs)));
}

describe('a sliding window', () => {
  it('lets in exactly what a count by hand lets in', () => {
    fc.assert(
      fc.property(exactPolicy, pauses(3_000, 200), (policy, gaps) => {
        const limiter = new Limiter(policy);
        const admittedMs: number[] = [];
        let nowMs = 1_000_000;
        for (const gap of gaps) {
          nowMs += gap;
          const fits = inWindow(admittedMs, policy, nowMs) < policy.count;
          expect(limiter.offer(nowMs) === 0).toBe(fits);
          if (fits) admittedMs.push(nowMs);
        }
      }),
    );
  });

  it('never holds more than its count, in any stretch of its length, small or large', () => {
    fc.assert(
      fc.property(fc.oneof(exactPolicy, largePolicy), pauses(50, 800), (policy, gaps) => {
        const limiter = new Limiter(policy);
        let nowMs = 1_000_000;
        for (const gap of gaps) {
          nowMs += gap;
          limiter.offer(nowMs);
        }
        expect(mostInAnyWindow(limiter.admittedMs, policy)).toBeLessThanOrEqual(policy.count);
      }),
      { numRuns: 60 },
    );
  });

  it('tells the truth: one more fits after the wait, and one millisecond before it none', () => {
    const eventsMs = fc.array(fc.nat(5_000), { minLength: 1, maxLength: 150 });
    fc.assert(
      fc.property(exactPolicy, eventsMs, fc.nat(6_000), (policy, agosMs, extraMs) => {
        const nowMs = 1_000_000 + extraMs;
        const slots = agosMs.map((agoMs): Slot => [1_000_000 - agoMs, 1]);
        const wait = waitMs(policy, slots, nowMs);
        expect(waitMs(policy, slots, nowMs + wait)).toBe(0);
        expect(
          inWindow(
            slots.map(([atMs]) => atMs),
            policy,
            nowMs + wait,
          ),
        ).toBeLessThan(policy.count);
        if (wait > 0) expect(waitMs(policy, slots, nowMs + wait - 1)).toBe(1);
      }),
    );
  });

  it('lets its first event go at the very end of the window, whatever the order it is kept in', () => {
    const policy = { count: 3, windowMs: 600_000 };
    const slots: Slot[] = [
      [60_000, 1],
      [0, 1],
      [30_000, 1],
    ];
    expect(waitMs(policy, slots, 60_000)).toBe(540_000);
    expect(waitMs(policy, slots, 599_999)).toBe(1);
    expect(waitMs(policy, slots, 600_000)).toBe(0);
    // Two at once have to go before one more fits twice.
    expect(waitMs({ count: 2, windowMs: 600_000 }, slots, 60_000)).toBe(570_000);
  });

  it('has room for one at once when nothing has happened', () => {
    expect(waitMs({ count: 1, windowMs: 1_000 }, [], 0)).toBe(0);
    expect(waitForAllMs([], [1, 2, 3], 3)).toBe(0);
  });
});

describe('the slots of a large ceiling', () => {
  const policy: Policy = { count: 100_000, windowMs: 86_400_000 };

  it('are few, however many events there are', () => {
    fc.assert(
      fc.property(largePolicy, pauses(400, 1_000), (large, gaps) => {
        const limiter = new Limiter(large);
        let nowMs = 1_000_000;
        for (const gap of gaps) {
          nowMs += gap;
          limiter.offer(nowMs);
          expect(limiter.slots().length).toBeLessThanOrEqual(130);
        }
      }),
      { numRuns: 20 },
    );
  });

  it('keep an event at most a 128th of the window longer than it counts', () => {
    const quantum = quantumMs(policy);
    expect(quantum).toBe(86_400_000 / 128);
    fc.assert(
      fc.property(fc.nat(2 ** 40), (atMs) => {
        const startMs = slotStartMs(policy, atMs);
        expect(startMs).toBeLessThanOrEqual(atMs);
        expect(startMs).toBeGreaterThan(atMs - quantum);
        const expiryMs = slotExpiryMs(policy, startMs);
        expect(expiryMs).toBeGreaterThanOrEqual(atMs + policy.windowMs);
        expect(expiryMs).toBeLessThan(atMs + policy.windowMs + quantum);
      }),
    );
  });

  it('are single milliseconds for a small limit', () => {
    const small = { count: 128, windowMs: 86_400_000 };
    expect(quantumMs(small)).toBe(1);
    expect(slotStartMs(small, 1_234_567)).toBe(1_234_567);
    expect(slotExpiryMs(small, 1_234_567)).toBe(1_234_567 + 86_400_000);
  });
});

describe('several limits at once', () => {
  it('wait for the one that takes longest', () => {
    const policies = [
      { count: 3, windowMs: 600_000 },
      { count: 5, windowMs: 3_600_000 },
    ];
    const eventsMs = [0, 1_000, 2_000, 1_200_000, 1_300_000];
    expect(waitForAllMs(policies, eventsMs.slice(0, 3), 2_000)).toBe(598_000);
    expect(waitForAllMs(policies, eventsMs, 1_300_000)).toBe(2_300_000);
  });

  it('wait as the longest of them would alone', () => {
    const times = fc.array(fc.nat(10_000), { maxLength: 40 });
    fc.assert(
      fc.property(
        fc.array(exactPolicy, { minLength: 1, maxLength: 4 }),
        times,
        (policies, eventsMs) => {
          const slots = eventsMs.map((atMs): Slot => [atMs, 1]);
          expect(waitForAllMs(policies, eventsMs, 10_000)).toBe(
            Math.max(...policies.map((policy) => waitMs(policy, slots, 10_000))),
          );
        },
      ),
    );
  });
});
