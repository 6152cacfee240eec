/**
 * The blocks of ranges: they begin with certainty, last at least a while, go on while somebody keeps knocking, end by
 * themselves, and end early when codes that were let through to find out are used. Pure.
 */
import { type Block, type Counter, scaled } from './counter.ts';

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
/** What a block that is over leaves of the unused codes that made it; more of them each time. */
const KEPT_ONCE = 0.6;

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

export function minimumMs(strikes: number): number {
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
  const kept = 1 - (1 - KEPT_ONCE) / block.strikes;
  const less = (tally: Counter['fast']) => ({ ...tally, unused: scaled(tally, kept).unused });
  return {
    ...counter,
    tries: 0,
    fast: less(counter.fast),
    slow: less(counter.slow),
    block: { ...block, untilMs: Math.min(block.untilMs, nowMs), isOver: true },
  };
}
