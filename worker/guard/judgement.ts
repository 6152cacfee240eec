/**
 * What stands out about a request, key by key: too few codes used, too many open, too many numbers side by side. Pure.
 * The figures are explained, and what they trade, in docs/guard-mathematics.md.
 */
import {
  type Counter,
  HOUR_MS,
  type OpenWeights,
  type Sight,
  SLOW_MS,
  sightOf,
  type Tally,
} from './counter.ts';
import { type Beta, betaOf, lnBayesFactor, poissonSurprise, posteriorMean } from './statistics.ts';
import type { Dimension, GuardReason } from './types.ts';

/** Narrow enough that a block of one hits few but whom it is meant for. Everything else is challenged at most. */
export const RANGES = ['range2', 'range3', 'range4'] as const satisfies readonly Dimension[];
export type RangeDimension = (typeof RANGES)[number];

export function isRange(dimension: Dimension): dimension is RangeDimension {
  return (RANGES as readonly Dimension[]).includes(dimension);
}

interface Allowance {
  /** Unused codes that are nothing to speak of. */
  unused: number;
  /** Open codes of ten minutes that are nothing to speak of, with nothing known of the key. */
  open: number;
}

const ALLOWANCES: Readonly<Record<Dimension, Allowance>> = {
  range2: { unused: 0.05, open: 3 },
  range3: { unused: 0.05, open: 3 },
  range4: { unused: 0.05, open: 3.5 },
  client: { unused: 0.5, open: 4 },
  carrier: { unused: 1, open: 8 },
  country: { unused: 0.5, open: 3.5 },
  asn: { unused: 1, open: 8 },
  tls: { unused: 1, open: 8 },
  site: { unused: 2, open: 12 },
};

/** Codes of somebody who is paid for messages and not for accounts: one in six used, as little certain as can be. */
const ABUSE: Beta = { a: 0.5, b: 2.5 };
/** Conversion before anything is known of a country, and how many codes that is worth. */
const USUAL_CONVERSION = { mean: 0.8, strength: 40 };
/** An attack must not teach that nobody uses codes. */
const CONVERSION_BOUNDS = [0.65, 0.95] as const;
/** Ranges and networks of one country differ as if each had been observed so often. */
const HONEST_STRENGTH = 12;
/** An honest crowd has half as many again, now and then. */
const SLACK = 1.5;
/** An outage of a carrier lasts some hours. */
const OUTAGE_HOURS = 3;
/** Open codes for each that was used in the same ten minutes. */
const OPEN_FOR_USED = 1.2;
/** Unused and used codes must tell against a key by so much, in nats. */
const SUSPECT = { evidence: 3.5, surprise: 6 } as const;
/** So much less is asked for, and allowed, where the request came from another country than the number. */
const FOREIGN = { evidence: 1, open: 1 } as const;
/** By so much before a range is blocked. */
const CERTAIN = { evidence: 6, surprise: 10 } as const;
/** A range that is crowded all of a sudden. */
const CROWD = { least: 8, surprise: 15, unused: 1.5, certain: 6 } as const;

export interface Finding {
  dimension: Dimension;
  /** Certain enough for a block, where the dimension allows one. */
  isCertain: boolean;
  reason: GuardReason;
}

/** Of a country, with what its visitors taught of conversion and of time. */
export interface Usual {
  conversion: number;
  weights: OpenWeights;
}

export function usualConversion(country: Counter | undefined): number {
  const { mean, strength } = USUAL_CONVERSION;
  const { used, unused } = country?.slow ?? { used: 0, unused: 0 };
  const [least, most] = CONVERSION_BOUNDS;
  return Math.min(most, Math.max(least, posteriorMean(used, unused, betaOf(mean, strength))));
}

export interface Circumstances {
  /** Open codes of the hundreds of numbers on either side. */
  openBeside: number;
  /** The request came from another country than the number. */
  isForeign: boolean;
  /** What the key did in other countries within the hour. */
  elsewhere?: Tally | undefined;
}

export function findingsOf(
  dimension: Dimension,
  counter: Counter,
  { conversion, weights }: Usual,
  nowMs: number,
  { openBeside, isForeign, elsewhere }: Circumstances = { openBeside: 0, isForeign: false },
): Finding[] {
  const seen = sightOf(counter, weights, conversion, nowMs);
  // Of a range nothing is usual that was not so a day ago, or whoever types some codes would make himself at home.
  const sight = isRange(dimension) ? { ...seen, usual: seen.usualBefore } : seen;
  return [
    unusedFinding(dimension, sight, conversion, isForeign),
    elsewhere && unusedFinding(dimension, withElsewhere(sight, elsewhere), conversion, isForeign),
    densityFinding(dimension, sight, openBeside, isForeign),
    isRange(dimension) ? crowdFinding(dimension, sight, conversion) : undefined,
  ].filter((finding) => finding !== undefined);
}

/** As if the country had seen all of it. Nothing is usual for a key away from home. */
function withElsewhere(sight: Sight, { used, unused }: Tally): Sight {
  const fast = { used: sight.fast.used + used, unused: sight.fast.unused + unused };
  return { ...sight, fast, slow: fast, usual: 0 };
}

/** Whether a key has earned trust: a visitor who comes by it is not asked for what strangers did to the whole country. */
export function isHealthy(
  counter: Counter,
  { conversion, weights }: Usual,
  nowMs: number,
): boolean {
  const { fast, slow } = sightOf(counter, weights, conversion, nowMs);
  if (slow.used < 10) return false;
  return posteriorMean(fast.used, fast.unused, betaOf(conversion, 4)) > conversion / 2;
}

/** Used codes against unused ones, of the last hour and of the last days; the worse of the two. */
function unusedFinding(
  dimension: Dimension,
  { fast, slow, usual, undelivered }: Sight,
  conversion: number,
  isForeign: boolean,
): Finding | undefined {
  const honest = betaOf(conversion, HONEST_STRENGTH);
  const leastEvidence = SUSPECT.evidence - (isForeign ? FOREIGN.evidence : 0);
  // In an outage not every message that is lost is reported; a range does not have one of its own.
  const unreported = isRange(dimension) ? 0 : undelivered;
  const odds = (1 - conversion) / conversion;
  const { unused: allowance } = ALLOWANCES[dimension];
  const views = [
    { ...fast, hours: 1 },
    { ...slow, hours: OUTAGE_HOURS },
  ].flatMap(({ used, unused, hours }) => {
    const expected = allowance + SLACK * (odds * used + usual * hours + unreported);
    const surprise = poissonSurprise(unused, expected);
    if (surprise < surpriseFor(dimension)) return [];
    const evidence = lnBayesFactor(used, unused, ABUSE, honest);
    return evidence < leastEvidence ? [] : [{ used, unused, expected, evidence, surprise }];
  });
  const [worst] = views.sort((one, other) => other.evidence - one.evidence);
  if (!worst) return undefined;
  return {
    dimension,
    isCertain: worst.evidence >= CERTAIN.evidence && worst.surprise >= CERTAIN.surprise,
    reason: { rule: 'conversion', dimension, figures: rounded(worst) },
  };
}

/** Of the wide ones there are few, so that chance gets fewer tries. */
function surpriseFor(dimension: Dimension): number {
  return isRange(dimension) ? SUSPECT.surprise : SUSPECT.surprise / 2;
}

function densityFinding(
  dimension: Dimension,
  { open, usedLately, usual, undelivered }: Sight,
  openBeside: number,
  isForeign: boolean,
): Finding | undefined {
  const count = open + openBeside;
  const budget =
    ALLOWANCES[dimension].open -
    (isForeign ? FOREIGN.open : 0) +
    OPEN_FOR_USED * usedLately +
    (SLACK * (usual + (isRange(dimension) ? 0 : undelivered))) / 6;
  if (count <= budget) return undefined;
  return {
    dimension,
    // Nobody has had the time to type them: without a challenge a range is held when it is beyond all doubt.
    isCertain: count > 2 * budget + 4,
    reason: {
      rule: 'density',
      dimension,
      figures: rounded({ open: count, used: usedLately, budget }),
    },
  };
}

/** Somebody who types a part of the codes: too many numbers at once, and fewer of them used than is usual. */
function crowdFinding(
  dimension: Dimension,
  { fast, slow, usualBefore }: Sight,
  conversion: number,
): Finding | undefined {
  const views = [
    { ...fast, hours: 1 },
    // Not every hour is a busy one.
    { ...slow, hours: SLOW_MS / HOUR_MS / 2 },
  ].flatMap(({ used, unused, hours }) => {
    const sent = used + unused;
    const expected = ALLOWANCES[dimension].unused + SLACK * usualBefore * hours;
    const surprise = poissonSurprise(sent, expected);
    const evidence = poissonSurprise(unused, sent * (1 - conversion));
    const isCrowd = sent >= CROWD.least && surprise >= CROWD.surprise && evidence >= CROWD.unused;
    return isCrowd ? [{ sent, unused, expected, surprise, evidence }] : [];
  });
  const [worst] = views.sort((one, other) => other.evidence - one.evidence);
  if (!worst) return undefined;
  return {
    dimension,
    isCertain: worst.evidence >= CROWD.certain,
    reason: { rule: 'crowd', dimension, figures: rounded(worst) },
  };
}

function rounded(figures: Record<string, number>): Record<string, number> {
  return Object.fromEntries(
    Object.entries(figures).map(([name, figure]) => [name, Math.round(figure * 100) / 100]),
  );
}
