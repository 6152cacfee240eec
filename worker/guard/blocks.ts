/**
 * The blocks of ranges: they begin with certainty, last at least a while, go on while somebody keeps knocking, end by
 * themselves, and end early when codes that were let through to find out are used. Pure.
 */
import type { Block, Counter } from './counter.ts';

const MINUTE_MS = 60_000;
/** The shortest block; each one within a day trebles the next. */
export const MIN_BLOCK_MS = 10 * MINUTE_MS;
const MAX_MIN_BLOCK_MS = 360 * MINUTE_MS;
/** A block ends so long after the last try. */
export const QUIET_MS = 10 * MINUTE_MS;
/** Before the first code that is let through to find out, or half the shortest block; each doubles the next wait. */
const PROBE_MS = 10 * MINUTE_MS;
const MAX_PROBE_MS = 120 * MINUTE_MS;
/** Used ones that end it, where they are at least half of all. */
const GOOD_PROBES = 2;
/** Unused codes that a block leaves behind when it is over: too few for another one, and fewer after the first. */
const LEFT = { first: 3, later: 4 } as const;

export function isBlocked(counter: Counter | undefined, nowMs: number): boolean {
  return counter?.block !== undefined && nowMs < counter.block.untilMs;
}

export function begun(counter: Counter, nowMs: number): Counter {
  const strikes = (counter.block?.strikes ?? 0) + 1;
  const block: Block = {
    fromMs: nowMs,
    untilMs: nowMs + minimumMs(strikes),
    strikes,
    lastTryMs: nowMs,
    nextProbeMs: nowMs + firstProbeMs(strikes),
    probes: 0,
    good: 0,
  };
  return { ...counter, block };
}

function minimumMs(strikes: number): number {
  return Math.min(MAX_MIN_BLOCK_MS, MIN_BLOCK_MS * 3 ** Math.min(20, strikes - 1));
}

function firstProbeMs(strikes: number): number {
  return Math.max(PROBE_MS, minimumMs(strikes) / 2);
}

/** Somebody came while it was blocked. */
export function knocked(counter: Counter, nowMs: number): Counter {
  const { block } = counter;
  if (!block) return counter;
  const untilMs = Math.max(block.untilMs, nowMs + QUIET_MS);
  return { ...counter, block: { ...block, untilMs, lastTryMs: nowMs } };
}

export function mayProbe({ block }: Counter, nowMs: number): boolean {
  return block !== undefined && nowMs >= block.nextProbeMs;
}

export function probed(counter: Counter, nowMs: number): Counter {
  const { block } = counter;
  if (!block) return counter;
  const pauseMs = Math.min(
    Math.max(MAX_PROBE_MS, firstProbeMs(block.strikes)),
    firstProbeMs(block.strikes) * 2 ** Math.min(20, block.probes),
  );
  return {
    ...counter,
    block: { ...block, probes: block.probes + 1, nextProbeMs: nowMs + pauseMs },
  };
}

/** A code of the range was used while it was blocked. */
export function goodProbe(counter: Counter, nowMs: number): Counter {
  const { block } = counter;
  if (!block || block.isOver || nowMs >= block.untilMs) return counter;
  const good = block.good + 1;
  const isHonestAgain = good >= GOOD_PROBES && good * 2 >= block.probes;
  const after = { ...counter, block: { ...block, good } };
  return isHonestAgain ? over(after, nowMs) : after;
}

/** The counter once its block has lapsed: what made the block tells less against it than before. */
export function lapsed(counter: Counter, nowMs: number): Counter {
  const { block } = counter;
  if (!block || block.isOver || nowMs < block.untilMs) return counter;
  return over(counter, nowMs);
}

function over(counter: Counter, nowMs: number): Counter {
  const { block } = counter;
  if (!block) return counter;
  const most = block.strikes === 1 ? LEFT.first : LEFT.later;
  const less = (tally: Counter['fast']) => ({ ...tally, unused: Math.min(most, tally.unused) });
  return {
    ...counter,
    tries: 0,
    fast: less(counter.fast),
    slow: less(counter.slow),
    block: { ...block, untilMs: Math.min(block.untilMs, nowMs), isOver: true },
  };
}
