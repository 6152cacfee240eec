/** The mathematics of the guard, without a word of messages. docs/guard-mathematics.md explains each. */

/** Lanczos' approximation (g = 7, n = 9), good to 15 digits for x > 0. */
const LANCZOS = [
  0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313,
  -176.61502916214059, 12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6,
  1.5056327351493116e-7,
] as const;

/** Natural logarithm of the gamma function, x > 0. */
export function lnGamma(x: number): number {
  if (x < 0.5) return Math.log(Math.PI / Math.sin(Math.PI * x)) - lnGamma(1 - x);
  const z = x - 1;
  const [first, ...others] = LANCZOS;
  const sum = others.reduce<number>((total, of, index) => total + of / (z + index + 1), first);
  const t = z + 7.5;
  return 0.5 * Math.log(2 * Math.PI) + (z + 0.5) * Math.log(t) - t + Math.log(sum);
}

function lnBeta(a: number, b: number): number {
  return lnGamma(a) + lnGamma(b) - lnGamma(a + b);
}

/** A beta distribution of conversion: the share of codes that are used. */
export interface Beta {
  a: number;
  b: number;
}

/** With that mean, as certain as `strength` observations would make it. */
export function betaOf(mean: number, strength: number): Beta {
  return { a: mean * strength, b: (1 - mean) * strength };
}

/**
 * How much better `one` explains so many used and unused codes than `other` does, in nats: the logarithm of the ratio of
 * two beta-binomial likelihoods. Counts need not be whole.
 */
export function lnBayesFactor(used: number, unused: number, one: Beta, other: Beta): number {
  const likelihood = ({ a, b }: Beta) => lnBeta(a + used, b + unused) - lnBeta(a, b);
  return likelihood(one) - likelihood(other);
}

/** The mean of the conversion once so many used and unused codes are known. */
export function posteriorMean(used: number, unused: number, { a, b }: Beta): number {
  return (a + used) / (a + b + used + unused);
}

/**
 * How surprising a count is where `expected` were expected, in nats: the Chernoff bound of the upper tail of a Poisson
 * distribution, P(X ≥ count) ≤ e^-surprise. 0 for a count that is no larger.
 */
export function poissonSurprise(count: number, expected: number): number {
  if (count <= expected) return 0;
  if (expected <= 0) return Number.POSITIVE_INFINITY;
  return count * Math.log(count / expected) - count + expected;
}

/** What is left of a count after so long, when it falls to 1/e in `memoryMs`. */
export function remaining(elapsedMs: number, memoryMs: number): number {
  return Math.exp(-Math.max(0, elapsedMs) / memoryMs);
}

/** The error function, to 1.5e-7 (Abramowitz and Stegun, 7.1.26). */
function erf(x: number): number {
  const t = 1 / (1 + 0.3275911 * Math.abs(x));
  const polynomial =
    t *
    (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))));
  return Math.sign(x) * (1 - polynomial * Math.exp(-x * x));
}

/** The share of a log-normal distribution that lies below `x`. */
export function logNormalBelow(x: number, median: number, spread: number): number {
  if (x <= 0) return 0;
  return 0.5 * (1 + erf(Math.log(x / median) / (spread * Math.SQRT2)));
}
