/**
 * What is remembered of one key (a range of numbers, a network, a client): how many codes went out and what became of
 * them, over an hour and over days, as plain numbers that fade. Pure: a counter and a clock in, a counter out.
 */
import { remaining } from './statistics.ts';
import { shareTypedBy, type TimeToVerify } from './time-to-verify.ts';
import type { Outcome } from './types.ts';

export const HOUR_MS = 3_600_000;
export const DAY_MS = 24 * HOUR_MS;
/** A fast count falls to 1/e in an hour, a slow one in three days. */
const FAST_MS = HOUR_MS;
export const SLOW_MS = 3 * DAY_MS;
/** A code lives ten minutes; so long it is open. */
const OPEN_MS = 600_000;
const SLOT_MS = 15_000;
const MAX_SLOTS = OPEN_MS / SLOT_MS + 1;
/** Untouched for so long it says nothing any more. */
const COUNTER_LIFE_MS = 14 * DAY_MS;
/** Below this a count has faded away. */
const NOTHING = 1e-3;

/** Used and unused codes. */
export interface Tally {
  used: number;
  unused: number;
}

/** Codes of a quarter of a minute. `open` ones are neither used nor known to be of no account. */
export type Slot = readonly [slot: number, sent: number, open: number];

/** A block of a range. See blocks.ts. */
export interface Block {
  fromMs: number;
  untilMs: number;
  /** How often it was blocked lately: each time trebles the shortest block. */
  strikes: number;
  lastTryMs: number;
  nextProbeMs: number;
  probes: number;
  /** Probes whose code was used. */
  good: number;
  /** Its end has been taken note of. */
  isOver?: true;
}

/** Outcomes that are counted apart, and are not unused codes. */
export type Apart = 'cancelled' | 'superseded' | 'undelivered';

export interface Counter {
  bornMs: number;
  /** Up to when its counts have faded. */
  atMs: number;
  fast: Tally;
  slow: Tally;
  /** Used codes of the last day: what is usual was so before. */
  usedInDay: number;
  slots: readonly Slot[];
  /** Requests of the last day that did not get their code because of it. */
  tries: number;
  /** Of the last hour, too. */
  apart?: Readonly<Partial<Record<Apart, number>>>;
  block?: Block;
  /** Of a range: what it did has been taken out of the counts of wider keys. */
  isBlamed?: true;
}

export function newCounter(nowMs: number): Counter {
  const none = { used: 0, unused: 0 };
  return { bornMs: nowMs, atMs: nowMs, fast: none, slow: none, usedInDay: 0, slots: [], tries: 0 };
}

/** The counter at a later time: faded, with codes that have lapsed among the unused ones. */
export function advanced(counter: Counter, nowMs: number): Counter {
  // A clock that goes back must not make counts grow.
  const elapsedMs = Math.max(0, nowMs - counter.atMs);
  const oldest = slotOf(nowMs - OPEN_MS);
  let { fast, slow } = faded(counter, elapsedMs);
  const slots: Slot[] = [];
  for (const slot of counter.slots) {
    if (slot[0] >= oldest) slots.push(slot);
    else {
      fast = { ...fast, unused: fast.unused + slot[2] };
      slow = { ...slow, unused: slow.unused + slot[2] };
    }
  }
  const { block, apart, ...rest } = counter;
  const isOver = !block || nowMs > block.untilMs + DAY_MS;
  return {
    ...rest,
    atMs: Math.max(counter.atMs, nowMs),
    fast,
    slow,
    slots,
    usedInDay: counter.usedInDay * remaining(elapsedMs, DAY_MS),
    tries: counter.tries * remaining(elapsedMs, DAY_MS),
    ...(isOver ? {} : { block }),
    ...(apart ? { apart: fadedApart(apart, remaining(elapsedMs, FAST_MS)) } : {}),
  };
}

function faded(counter: Counter, elapsedMs: number): { fast: Tally; slow: Tally } {
  const [quick, slowly] = [remaining(elapsedMs, FAST_MS), remaining(elapsedMs, SLOW_MS)];
  return { fast: scaled(counter.fast, quick), slow: scaled(counter.slow, slowly) };
}

function fadedApart(
  apart: NonNullable<Counter['apart']>,
  factor: number,
): NonNullable<Counter['apart']> {
  return Object.fromEntries(
    Object.entries(apart).flatMap(([name, count]) =>
      count * factor < NOTHING ? [] : [[name, count * factor]],
    ),
  );
}

function scaled({ used, unused }: Tally, factor: number): Tally {
  const of = (count: number) => (count * factor < NOTHING ? 0 : count * factor);
  return { used: of(used), unused: of(unused) };
}

/** @param weight below 1 for another code to a number that was counted already */
export function withSend(counter: Counter, weight: number, nowMs: number): Counter {
  const now = advanced(counter, nowMs);
  return { ...now, slots: changed(now.slots, slotOf(nowMs), weight, weight) };
}

/** A request that did not get its code because of this counter. */
export function withTry(counter: Counter, nowMs: number): Counter {
  const now = advanced(counter, nowMs);
  return { ...now, tries: now.tries + 1 };
}

/** What a report of the site's is worth, in codes. */
const FEEDBACK_WEIGHT = 2;

export function withOutcome(
  counter: Counter,
  sent: { sentAtMs: number; weight: number },
  outcome: Outcome,
  nowMs: number,
): Counter {
  const now = advanced(counter, nowMs);
  switch (outcome) {
    case 'verified':
      return credited(settled(now, sent, 0), 1);
    case 'genuine':
      return credited(now, FEEDBACK_WEIGHT);
    case 'fraud':
      return {
        ...now,
        fast: { ...now.fast, unused: now.fast.unused + FEEDBACK_WEIGHT },
        slow: { ...now.slow, unused: now.slow.unused + FEEDBACK_WEIGHT },
      };
    case 'not_sent':
      return settled(now, sent, -sent.weight);
    case 'cancelled':
    case 'superseded':
    case 'undelivered': {
      const apart = { ...now.apart, [outcome]: (now.apart?.[outcome] ?? 0) + sent.weight };
      return { ...settled(now, sent, -sent.weight), apart };
    }
    default:
      return outcome satisfies never;
  }
}

function credited(counter: Counter, weight: number): Counter {
  const { fast, slow, usedInDay } = counter;
  return {
    ...counter,
    usedInDay: usedInDay + weight,
    fast: { ...fast, used: fast.used + weight },
    slow: { ...slow, used: slow.used + weight },
  };
}

/** Takes a code out of the open ones, or, where it has lapsed, out of the unused ones. */
function settled(
  counter: Counter,
  { sentAtMs, weight }: { sentAtMs: number; weight: number },
  sentChange: number,
): Counter {
  const slot = slotOf(sentAtMs);
  if (counter.slots.some(([at]) => at === slot))
    return { ...counter, slots: changed(counter.slots, slot, sentChange, -weight) };
  const lapsedMs = Math.max(0, counter.atMs - sentAtMs - OPEN_MS);
  const less = ({ used, unused }: Tally, memoryMs: number): Tally => ({
    used,
    unused: Math.max(0, unused - weight * remaining(lapsedMs, memoryMs)),
  });
  return { ...counter, fast: less(counter.fast, FAST_MS), slow: less(counter.slow, SLOW_MS) };
}

function changed(
  slots: readonly Slot[],
  slot: number,
  sentChange: number,
  openChange: number,
): Slot[] {
  const at = slots.findIndex(([start]) => start === slot);
  const known = slots[at];
  if (!known) {
    // Sends come in order; one of a clock that went back is counted with the newest.
    return [...slots, [slot, Math.max(0, sentChange), Math.max(0, openChange)] as const].slice(
      -MAX_SLOTS,
    );
  }
  const [, sent, open] = known;
  return slots.with(at, [slot, atLeast0(sent + sentChange), atLeast0(open + openChange)]);
}

function atLeast0(count: number): number {
  return count < NOTHING ? 0 : count;
}

/**
 * What is left of a wider key without one of its ranges, whose unused codes are the range's own doing. Used ones stay:
 * they were honest, or cost the attacker a phone each.
 */
export function withoutUnused(wider: Counter, range: Counter, nowMs: number): Counter {
  const [whole, part] = [advanced(wider, nowMs), advanced(range, nowMs)];
  const less = (one: Tally, other: Tally): Tally => ({
    used: one.used,
    unused: Math.max(0, one.unused - other.unused),
  });
  const openIn = new Map(part.slots.map(([slot, , open]) => [slot, open]));
  return {
    ...whole,
    fast: less(whole.fast, part.fast),
    slow: less(whole.slow, part.slow),
    slots: whole.slots.map(([slot, sent, open]): Slot => {
      const itsOwn = Math.min(open, openIn.get(slot) ?? 0);
      return [slot, atLeast0(sent - itsOwn), atLeast0(open - itsOwn)];
    }),
  };
}

/** What is seen of a counter now. */
export interface Sight {
  fast: Tally;
  slow: Tally;
  /** Codes of the last ten minutes that are open, however young. */
  open: number;
  /** Of the last ten minutes, sent and used. */
  sent: number;
  usedLately: number;
  /** Reported as undelivered within the last hour. */
  undelivered: number;
  /** Codes an hour that are usual for it at a busy hour. */
  usual: number;
  /** The same without the last day, so that nobody makes himself usual within one. */
  usualBefore: number;
}

/** By age in slots: how much an open code weighs. */
export type OpenWeights = readonly number[];

/** Once a decision, because every counter asks for the same. */
export function openWeightsOf(times: TimeToVerify, nowMs: number): OpenWeights {
  const intoSlotMs = nowMs - slotOf(nowMs) * SLOT_MS;
  return Array.from({ length: MAX_SLOTS }, (_, age) => {
    const meanMs = age === 0 ? intoSlotMs / 2 : intoSlotMs + (age - 0.5) * SLOT_MS;
    return shareTypedBy(times, meanMs / 1000);
  });
}

/** An hour of the evening has about twice the visitors of the average hour. */
const BUSY = 2;

/**
 * With open codes among the unused ones, each as much as its age makes it: a code that half of all honest visitors would
 * have typed by now is half an unused one.
 *
 * @param conversion what is usual: of the country
 */
export function sightOf(
  counter: Counter,
  weights: OpenWeights,
  conversion: number,
  nowMs: number,
): Sight {
  const { fast, slow, slots, bornMs, usedInDay, apart } = advanced(counter, nowMs);
  const newest = slotOf(nowMs);
  let [weighed, open, sent] = [0, 0, 0];
  for (const [slot, sentThen, openThen] of slots) {
    weighed += openThen * (weights[Math.max(0, newest - slot)] ?? 1);
    open += openThen;
    sent += sentThen;
  }
  const ageMs = Math.max(HOUR_MS, nowMs - bornMs);
  const busyHour = (BUSY * HOUR_MS) / conversion;
  return {
    fast: { ...fast, unused: fast.unused + weighed },
    slow: { ...slow, unused: slow.unused + weighed },
    open,
    sent,
    usedLately: Math.max(0, sent - open),
    undelivered: apart?.undelivered ?? 0,
    usual: (busyHour * slow.used) / Math.min(SLOW_MS, ageMs),
    usualBefore: (busyHour * Math.max(0, slow.used - usedInDay)) / beforeMs(ageMs),
  };
}

/** What a steady hour adds to the slow count and not to that of a day, in hours: the rest of what it was divided by. */
function beforeMs(ageMs: number): number {
  const heldBy = (memoryMs: number) => memoryMs * (1 - remaining(ageMs, memoryMs));
  return Math.max(DAY_MS / 2, heldBy(SLOW_MS) - heldBy(DAY_MS));
}

/** When nothing of it counts any more. */
export function counterLapsesAtMs({ atMs, block }: Counter): number {
  return Math.max(atMs + COUNTER_LIFE_MS, block?.untilMs ?? 0);
}

function slotOf(atMs: number): number {
  return Math.floor(atMs / SLOT_MS);
}
