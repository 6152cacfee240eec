import * as fc from 'fast-check';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { longestWindowMs, PoliciesSchema } from './policy.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 86_400_000;

describe('a policy', () => {
  it.each([
    ['1/1s', [{ count: 1, windowMs: 1_000 }]],
    ['30/10m', [{ count: 30, windowMs: 600_000 }]],
    ['10/1h', [{ count: 10, windowMs: HOUR_MS }]],
    ['9999999/31d', [{ count: 9_999_999, windowMs: 31 * DAY_MS }]],
    [' 10/1h ', [{ count: 10, windowMs: HOUR_MS }]],
  ])('%j is read', (text, policies) => {
    expect(v.parse(PoliciesSchema, text)).toEqual(policies);
  });

  it('is one of several, in one string or in an array', () => {
    const policies = [
      { count: 3, windowMs: 600_000 },
      { count: 10, windowMs: DAY_MS },
    ];
    expect(v.parse(PoliciesSchema, '3/10m,10/1d')).toEqual(policies);
    expect(v.parse(PoliciesSchema, '3/10m, 10/1d')).toEqual(policies);
    expect(v.parse(PoliciesSchema, ['3/10m', '10/1d'])).toEqual(policies);
  });

  it.each([
    ...['', ' ', ',', '10', '10/', '/1h', '10/h', '10/1', '0/1h', '10/0h', '-1/1h', '10/-1h'],
    ...['1.5/1h', '10/1.5h', '1e3/1h', '010/1h', '10/01h', '10 / 1h', '10/1H', '10/1w', '10/1 h'],
    ...['10/1h,', ',10/1h', '10/1h;10/1d', '10/1hour', '10/32d', '10/745h', '10/9999999d'],
    ...['12345678/1h', '١٠/1h', '10/1h\0', '10\\1h'],
  ])('%j is refused', (text) => {
    expect(v.is(PoliciesSchema, text)).toBe(false);
  });

  it('is text or an array of texts', () => {
    for (const value of [
      undefined,
      null,
      10,
      true,
      {},
      [],
      [10],
      [['10/1h']],
      { count: 1, windowMs: 1 },
    ])
      expect(v.is(PoliciesSchema, value)).toBe(false);
  });

  it('says how it is to be written', () => {
    expect(v.safeParse(PoliciesSchema, '10 per hour').issues?.[0].message).toContain('"10/1h"');
    expect(v.safeParse(PoliciesSchema, '10/32d').issues?.[0].message).toContain('31 days');
  });

  it('means what it says, in every unit', () => {
    const units = { s: 1_000, m: 60_000, h: HOUR_MS, d: DAY_MS };
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 9_999_999 }),
        fc.integer({ min: 1, max: 31 }),
        fc.constantFrom(...(Object.keys(units) as (keyof typeof units)[])),
        (count, amount, unit) => {
          expect(v.parse(PoliciesSchema, `${count}/${amount}${unit}`)).toEqual([
            { count, windowMs: amount * units[unit] },
          ]);
        },
      ),
    );
  });
});

describe('longestWindowMs', () => {
  it('is the longest period of them all, and none without a policy', () => {
    expect(longestWindowMs(v.parse(PoliciesSchema, '3/10m,10/1d,1/30s'))).toBe(DAY_MS);
    expect(longestWindowMs([])).toBe(0);
  });
});
