import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  betaOf,
  lnBayesFactor,
  lnGamma,
  logNormalBelow,
  poissonSurprise,
  posteriorMean,
} from './statistics.ts';
import { NO_TIMES, shareTypedBy, withTime } from './time-to-verify.ts';

describe('the logarithm of the gamma function', () => {
  it('is that of factorials, and of the half', () => {
    let factorial = 1;
    for (let n = 1; n <= 20; n++) {
      factorial *= n;
      expect(lnGamma(n + 1)).toBeCloseTo(Math.log(factorial), 9);
    }
    expect(lnGamma(0.5)).toBeCloseTo(Math.log(Math.sqrt(Math.PI)), 9);
  });
});

describe('the Bayes factor', () => {
  it('is the product of the chances one by one', () => {
    const [one, other] = [betaOf(0.2, 3), betaOf(0.8, 12)];
    // Two used, one unused: each chance is the mean of what is known by then.
    const chain = ({ a, b }: typeof one) =>
      (a / (a + b)) * ((a + 1) / (a + b + 1)) * (b / (a + b + 2));
    expect(lnBayesFactor(2, 1, one, other)).toBeCloseTo(Math.log(chain(one) / chain(other)), 9);
  });

  it('falls with each used code and rises with each unused one', () => {
    const count = fc.nat(500);
    fc.assert(
      fc.property(count, count, (used, unused) => {
        const of = (u: number, n: number) => lnBayesFactor(u, n, betaOf(1 / 6, 3), betaOf(0.8, 12));
        expect(of(used + 1, unused)).toBeLessThan(of(used, unused));
        expect(of(used, unused + 1)).toBeGreaterThan(of(used, unused));
      }),
    );
  });
});

describe('the surprise of a count', () => {
  it('bounds the upper tail of a Poisson distribution', () => {
    fc.assert(
      fc.property(fc.nat(40), fc.double({ min: 0.05, max: 20, noNaN: true }), (count, expected) => {
        let term = Math.exp(-expected);
        let below = 0;
        for (let k = 0; k < count; k++) {
          below += term;
          term *= expected / (k + 1);
        }
        const tail = Math.max(0, 1 - below);
        expect(tail).toBeLessThanOrEqual(Math.exp(-poissonSurprise(count, expected)) + 1e-9);
      }),
    );
  });

  it('is nothing for a count that was to be expected', () => {
    expect(poissonSurprise(3, 3)).toBe(0);
    expect(poissonSurprise(0, 0)).toBe(0);
  });
});

describe('the share of codes that are typed by an age', () => {
  it('begins with the assumption, and follows what is observed', () => {
    expect(logNormalBelow(25, 25, 1)).toBeCloseTo(0.5, 6);
    expect(shareTypedBy(NO_TIMES, 25)).toBeCloseTo(0.5, 6);
    let times = NO_TIMES;
    for (let nth = 0; nth < 2_000; nth++) times = withTime(times, 120 + (nth % 60));
    expect(shareTypedBy(times, 60)).toBeLessThan(0.05);
    expect(shareTypedBy(times, 300)).toBeGreaterThan(0.95);
  });

  it('never falls with age, and stays between nothing and all', () => {
    const seconds = fc.double({ min: 0, max: 700, noNaN: true });
    fc.assert(
      fc.property(fc.array(seconds, { maxLength: 60 }), seconds, seconds, (observed, a, b) => {
        const times = observed.reduce(withTime, NO_TIMES);
        const [younger, older] = [Math.min(a, b), Math.max(a, b)].map((age) =>
          shareTypedBy(times, age),
        );
        expect(younger).toBeGreaterThanOrEqual(0);
        expect(older).toBeLessThanOrEqual(1 + 1e-9);
        expect(younger).toBeLessThanOrEqual((older ?? 0) + 1e-9);
      }),
    );
  });
});

it('the mean of the conversion moves from what is assumed to what is observed', () => {
  expect(posteriorMean(0, 0, betaOf(0.8, 40))).toBeCloseTo(0.8);
  expect(posteriorMean(0, 4_000, betaOf(0.8, 40))).toBeLessThan(0.01);
});
