import { describe, expect, it } from 'vitest';
import { cryptoRandomBytes, randomCode, randomSid } from './randomness.ts';

describe('random codes', () => {
  it('are spread evenly, leading zeros included', () => {
    const counts = new Array<number>(10).fill(0);
    const draws = 10_000;
    for (let i = 0; i < draws; i++) {
      const code = randomCode(6, cryptoRandomBytes);
      expect(code).toMatch(/^\d{6}$/);
      const first = Number(code[0]);
      counts[first] = (counts[first] ?? 0) + 1;
    }
    // Chi-squared of ten first digits; beyond 40 by chance once in 130,000 runs.
    const expected = draws / 10;
    const chiSquared = counts.reduce((sum, n) => sum + (n - expected) ** 2 / expected, 0);
    expect(chiSquared).toBeLessThan(40);
  });

  it('end whatever the randomness', () => {
    expect(randomCode(4, (length) => new Uint8Array(length).fill(255))).toMatch(/^\d{4}$/);
  });
});

it('sids are a prefix and 32 hex digits', () => {
  expect(randomSid('OTP', (length) => new Uint8Array(length).fill(10))).toBe(
    `OTP${'0a'.repeat(16)}`,
  );
});
