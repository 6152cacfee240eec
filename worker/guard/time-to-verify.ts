/**
 * How long honest visitors take to type their code: what was observed of a country, over what is assumed before
 * anything was. A code that is younger than that is not yet unused.
 */
import { logNormalBelow } from './statistics.ts';

/** Counts by time: bin `n` ends at 2^(n/2 + 1) seconds. The last one holds all that came later. */
export type TimeToVerify = readonly number[];

const BINS = 18;
/** Before anything is observed: log-normal, in seconds. */
const PRIOR = { median: 25, spread: 1 };
/** As many observations as the assumption is worth. */
const PRIOR_WEIGHT = 20;
/** More than that tell nothing new; the oldest fade. */
const MAX_WEIGHT = 2_000;

export const NO_TIMES: TimeToVerify = Array.from({ length: BINS }, () => 0);

/** Seconds at which each bin ends. */
const ENDS = Array.from({ length: BINS }, (_, bin) => 2 ** (bin / 2 + 1));

export function withTime(times: TimeToVerify, seconds: number): TimeToVerify {
  const bin = Math.min(BINS - 1, Math.max(0, Math.ceil((Math.log2(Math.max(1, seconds)) - 1) * 2)));
  const total = sum(times);
  const kept = total < MAX_WEIGHT ? 1 : (MAX_WEIGHT - 1) / total;
  return times.map((count, index) => count * kept + (index === bin ? 1 : 0));
}

/** The share of used codes that have been typed after so long: how much an open code of that age weighs. */
export function shareTypedBy(times: TimeToVerify, seconds: number): number {
  const assumed = PRIOR_WEIGHT * logNormalBelow(seconds, PRIOR.median, PRIOR.spread);
  let observed = 0;
  let from = 0;
  for (const [bin, to] of ENDS.entries()) {
    if (seconds <= from) break;
    observed += (times[bin] ?? 0) * Math.min(1, (seconds - from) / (to - from));
    from = to;
  }
  return (assumed + observed) / (PRIOR_WEIGHT + sum(times));
}

function sum(times: TimeToVerify): number {
  return times.reduce((total, count) => total + count, 0);
}
