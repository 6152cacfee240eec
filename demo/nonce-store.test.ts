import { describe, expect, it } from 'vitest';
import { createNonceStore } from './nonce-store.ts';

describe('the nonces of a site', () => {
  it('are taken once, by the visit that was given them', () => {
    const nonces = createNonceStore();
    const nonce = nonces.give('ada');
    expect(nonces.take('eve', nonce)).toBe(false);
    expect(nonces.take('ada', 'another')).toBe(false);
    expect(nonces.take('ada', nonce)).toBe(true);
    expect(nonces.take('ada', nonce)).toBe(false);
  });

  it('are many to a visit, and no two alike', () => {
    const nonces = createNonceStore();
    const given = Array.from({ length: 100 }, () => nonces.give('ada'));
    expect(new Set(given).size).toBe(100);
    expect(given.every((nonce) => nonces.take('ada', nonce))).toBe(true);
  });

  it('end after an hour', () => {
    let nowMs = 0;
    const nonces = createNonceStore(() => nowMs);
    const [early, late] = [nonces.give('ada'), nonces.give('ada')];
    nowMs = 3_599_999;
    expect(nonces.take('ada', early)).toBe(true);
    nowMs = 3_600_000;
    expect(nonces.take('ada', late)).toBe(false);
  });

  it('are a thousand at most: the oldest goes', () => {
    const nonces = createNonceStore();
    const first = nonces.give('ada');
    const second = nonces.give('ada');
    for (let count = 0; count < 999; count += 1) nonces.give('eve');
    expect(nonces.take('ada', first)).toBe(false);
    expect(nonces.take('ada', second)).toBe(true);
  });
});
