import * as fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { createReplayCache } from './replay-cache.ts';

vi.setConfig({ testTimeout: 30_000 });

describe('the memory of nonces', () => {
  it('takes each once, as long as it could be shown again', () => {
    const memory = createReplayCache(10);
    expect(memory.spend('a', 1_000, 0)).toBe('fresh');
    expect(memory.spend('a', 1_000, 0)).toBe('replayed');
    expect(memory.spend('a', 1_000, 1_000)).toBe('replayed');
    expect(memory.spend('a', 2_000, 1_001)).toBe('fresh');
  });

  it('when full takes no more, and forgets nothing', () => {
    const memory = createReplayCache(2);
    for (const nonce of ['a', 'b']) expect(memory.spend(nonce, 1_000, 0)).toBe('fresh');
    expect(memory.spend('c', 1_000, 0)).toBe('full');
    expect(memory.spend('a', 1_000, 0)).toBe('replayed');
    expect(memory.spend('c', 2_000, 1_001)).toBe('fresh');
  });

  it('never takes one twice that has not expired, whatever the order and the dates', () => {
    const use = fc.record({ nonce: fc.nat(5), aheadMs: fc.nat(120), passedMs: fc.nat(60) });
    fc.assert(
      fc.property(fc.array(use, { maxLength: 60 }), (uses) => {
        const memory = createReplayCache(4);
        const expiries = new Map<number, number>();
        let nowMs = 0;
        for (const { nonce, aheadMs, passedMs } of uses) {
          nowMs += passedMs;
          const verdict = memory.spend(String(nonce), nowMs + aheadMs, nowMs);
          if ((expiries.get(nonce) ?? -1) >= nowMs) expect(verdict).toBe('replayed');
          if (verdict === 'fresh') expiries.set(nonce, nowMs + aheadMs);
        }
      }),
    );
  });
});
