/**
 * The decision on one request for a code, and what later evidence teaches: over whatever keeps the counters, with the
 * clock as a parameter. Awaits nothing.
 */
import { begun, goodProbe, isBlocked, knocked, lapsed, mayProbe, probed } from './blocks.ts';
import {
  advanced,
  type Counter,
  DAY_MS,
  newCounter,
  openWeightsOf,
  type Tally,
  withOutcome,
  withoutUnused,
  withSend,
  withTry,
} from './counter.ts';
import type { Hints } from './elsewhere.ts';
import {
  type Finding,
  findingsOf,
  isHealthy,
  isRange,
  RANGES,
  type Usual,
  usualConversion,
} from './judgement.ts';
import type { Pages } from './pages.ts';
import { NO_TIMES, type TimeToVerify, withTime } from './time-to-verify.ts';
import {
  type CountedSend,
  DIMENSIONS,
  type Dimension,
  type GuardAction,
  type GuardDecision,
  type GuardReason,
  type Outcome,
  type SendKeys,
} from './types.ts';

export interface GuardAsk extends SendKeys {
  mode: 'shadow' | 'on';
  /** Whether there is a challenge to ask for. Without one, what would be challenged is let through. */
  canChallenge: boolean;
  /** Whether the visitor has brought an answer to one: then a challenge is no refusal. */
  hasToken: boolean;
  /** What this isolate knows of other countries. */
  elsewhere?: Hints;
}

export interface GuardVerdict {
  decision: GuardDecision;
  /** What has been counted; absent for a request that gets no code. */
  sent?: CountedSend;
}

/** Of a range, after so many refused requests within a day: a challenge lets one bot in fifty through. */
const TRIES_BEFORE_BLOCK = 150;
/** Unused codes of a range that are its own doing. */
const BLAMED_FROM = 8;
/** Another code to a number that was counted within a day. */
const REPEAT_WEIGHT = 0.2;
/** What tells of a whole crowd, and so of nobody in it. */
const WIDE: readonly Dimension[] = ['country', 'carrier', 'site'];
const THE_ONLY = 'all';

interface Seen {
  firstMs: number;
  isOpen: boolean;
}

type Counters = Partial<Record<Dimension, Counter>>;

export function decide(pages: Pages, ask: GuardAsk, nowMs: number): GuardVerdict {
  const counters = countersOf(pages, ask.keys, nowMs);
  const usual = usualOf(pages, counters.country, nowMs);
  const beside = ask.neighbours.map((id) => pages.get<Counter>('range2', id));
  const openBeside = beside.reduce(
    (sum, counter) => sum + (counter ? openOf(advanced(counter, nowMs)) : 0),
    0,
  );
  const findings = DIMENSIONS.flatMap((dimension) => {
    const counter = counters[dimension];
    if (!counter) return [];
    return findingsOf(dimension, counter, usual, nowMs, {
      openBeside: dimension === 'range2' ? openBeside : 0,
      isForeign: ask.isForeign ?? false,
      elsewhere: (ask.elsewhere as Partial<Record<Dimension, Tally>> | undefined)?.[dimension],
    });
  });
  const telling = findings.filter(
    ({ dimension }) => !WIDE.includes(dimension) || !isTrusted(counters, findings, usual, nowMs),
  );

  const blame = telling.filter(({ dimension }) => isRange(dimension));
  takeBlame(counters, blame, nowMs);
  const decision = decisionOf(counters, telling, ask, nowMs);
  const gets = ask.mode === 'shadow' || getsCode(decision.action, ask);
  const isProbe = decision.reasons.some(({ rule }) => rule === 'probe');
  for (const dimension of RANGES) {
    const counter = counters[dimension];
    if (!counter) continue;
    if (isBlocked(counter, nowMs)) {
      const known = knocked(counter, nowMs);
      counters[dimension] = isProbe && gets ? probed(known, nowMs) : known;
    }
  }
  if (decision.action !== 'allow' && !ask.hasToken)
    for (const { dimension } of blame) change(counters, dimension, (it) => withTry(it, nowMs));

  const isBlamed = counters.range4?.isBlamed ?? false;
  const sent = gets ? count(pages, counters, ask, isBlamed, nowMs) : undefined;
  keep(pages, counters, ask.keys, nowMs, gets);
  return sent ? { decision, sent } : { decision };
}

/** Whether a request that is decided on in this way is answered with a code. */
export function getsCode(
  action: GuardAction,
  { canChallenge, hasToken }: Pick<GuardAsk, 'canChallenge' | 'hasToken'>,
): boolean {
  return action === 'allow' || (action === 'challenge' && (!canChallenge || hasToken));
}

/** Takes note of what became of a send. */
export function learn(pages: Pages, sent: CountedSend, outcome: Outcome, nowMs: number): void {
  for (const [dimension, id] of entriesOf(sent.keys)) {
    const known = pages.get<Counter>(dimension, id);
    // Given up for want of room: only what speaks for somebody is worth a new one.
    if (!known && outcome !== 'verified') continue;
    let counter = withOutcome(known ?? newCounter(nowMs), sent, outcome, nowMs);
    if (outcome === 'verified') {
      // The visitor is one, however many codes it took.
      if (sent.firstMs !== undefined)
        counter = withOutcome(counter, { sentAtMs: sent.firstMs, weight: 1 }, 'superseded', nowMs);
      if (isRange(dimension)) counter = goodProbe(counter, nowMs);
    }
    pages.put(dimension, id, counter, nowMs, isHeld);
  }
  if (outcome === 'verified') {
    const times = pages.get<TimeToVerify>('times', THE_ONLY) ?? NO_TIMES;
    const seconds = (nowMs - sent.sentAtMs) / 1000;
    pages.put('times', THE_ONLY, withTime(times, seconds), nowMs);
  }
  const seen = pages.get<Seen>('seen', sent.number);
  const isSettled = outcome !== 'genuine' && outcome !== 'fraud';
  if (seen?.isOpen && isSettled) pages.put('seen', sent.number, { ...seen, isOpen: false }, nowMs);
}

function countersOf(pages: Pages, keys: SendKeys['keys'], nowMs: number): Counters {
  const counters: Counters = {};
  for (const [dimension, id] of entriesOf(keys)) {
    const known = advanced(pages.get<Counter>(dimension, id) ?? newCounter(nowMs), nowMs);
    counters[dimension] = isRange(dimension) ? lapsed(known, nowMs) : known;
  }
  return counters;
}

function usualOf(pages: Pages, country: Counter | undefined, nowMs: number): Usual {
  const times = pages.get<TimeToVerify>('times', THE_ONLY) ?? NO_TIMES;
  return { conversion: usualConversion(country), weights: openWeightsOf(times, nowMs) };
}

/** By a network that honest visitors come from, and by nothing that stood out: not one of those who flood the country. */
function isTrusted(
  { asn }: Counters,
  findings: readonly Finding[],
  usual: Usual,
  nowMs: number,
): boolean {
  if (!asn || !isHealthy(asn, usual, nowMs)) return false;
  return findings.every(({ dimension }) => WIDE.includes(dimension));
}

/**
 * A range that stands out answers for its own codes: they are taken out of the counts of the country, the carrier and the
 * site, so that an attack on a range says nothing against them.
 */
function takeBlame(counters: Counters, blame: readonly Finding[], nowMs: number): void {
  const family = counters.range4;
  if (!family) return;
  if (blame.length === 0) {
    const { isBlamed: _over, ...rest } = family;
    counters.range4 = rest;
    return;
  }
  if (family.isBlamed) return;
  const widest = RANGES.findLast((range) => blame.some(({ dimension }) => dimension === range));
  const range = widest && counters[widest];
  // A few codes say little: as long as it is no more, they count wherever they belong.
  if (!range || range.slow.unused + openOf(range) < BLAMED_FROM) return;
  for (const dimension of WIDE)
    change(counters, dimension, (wider) => withoutUnused(wider, range, nowMs));
  change(counters, 'range4', (it) => ({ ...it, isBlamed: true }));
}

function decisionOf(
  counters: Counters,
  findings: readonly Finding[],
  ask: GuardAsk,
  nowMs: number,
): GuardDecision {
  for (const { dimension, isCertain } of findings) {
    const counter = counters[dimension];
    if (!counter || !isRange(dimension) || isBlocked(counter, nowMs)) continue;
    if (ask.canChallenge ? counter.tries >= TRIES_BEFORE_BLOCK : isCertain)
      counters[dimension] = begun(counter, nowMs);
  }
  const reasons = findings.map(({ reason }) => reason);
  const blocks = DIMENSIONS.flatMap((dimension) => {
    const counter = counters[dimension];
    return counter && isBlocked(counter, nowMs) ? [{ dimension, counter }] : [];
  });
  if (blocks.length === 0)
    return { action: reasons.length > 0 ? 'challenge' : 'allow', reasons, waitMs: 0 };

  const waitMs = Math.max(...blocks.map(({ counter }) => (counter.block?.untilMs ?? 0) - nowMs));
  const isOpenToProbe = blocks.every(({ counter }) => mayProbe(counter, nowMs));
  const told: GuardReason[] = blocks.map(({ dimension, counter }) => ({
    rule: isOpenToProbe ? 'probe' : 'blocked',
    dimension,
    figures: {
      forMs: nowMs - (counter.block?.fromMs ?? nowMs),
      endsInMs: (counter.block?.untilMs ?? nowMs) - nowMs,
      strikes: counter.block?.strikes ?? 0,
      probes: counter.block?.probes ?? 0,
    },
  }));
  const probe: GuardAction = ask.canChallenge ? 'challenge' : 'allow';
  return { action: isOpenToProbe ? probe : 'block', reasons: [...told, ...reasons], waitMs };
}

/** @param isBlamed the ranges answer for it alone */
function count(
  pages: Pages,
  counters: Counters,
  { keys, number }: GuardAsk,
  isBlamed: boolean,
  nowMs: number,
): CountedSend {
  const before = pages.get<Seen>('seen', number);
  const isRepeat = before !== undefined && nowMs - before.firstMs < DAY_MS;
  const weight = isRepeat ? REPEAT_WEIGHT : 1;
  const counted = Object.fromEntries(
    entriesOf(keys).filter(([dimension]) => !isBlamed || !WIDE.includes(dimension)),
  );
  for (const [dimension] of entriesOf(counted))
    change(counters, dimension, (counter) => withSend(counter, weight, nowMs));
  if (!isRepeat) pages.put('seen', number, { firstMs: nowMs, isOpen: true } satisfies Seen, nowMs);
  return {
    keys: counted,
    number,
    sentAtMs: nowMs,
    weight,
    firstMs: isRepeat && before.isOpen ? before.firstMs : undefined,
  };
}

/** @param isSent otherwise nothing new begins: whoever is refused leaves no trace where there was none */
function keep(
  pages: Pages,
  counters: Counters,
  keys: SendKeys['keys'],
  nowMs: number,
  isSent: boolean,
): void {
  for (const [dimension, id] of entriesOf(keys)) {
    const counter = counters[dimension];
    const isConcerned = isRange(dimension) || WIDE.includes(dimension);
    if (counter && (isSent || (isConcerned && pages.get(dimension, id) !== undefined)))
      pages.put(dimension, id, counter, nowMs, isHeld);
  }
}

function openOf({ slots }: Counter): number {
  return slots.reduce((sum, [, , open]) => sum + open, 0);
}

function isHeld(value: unknown): boolean {
  const { block } = value as Counter;
  return block !== undefined && !block.isOver;
}

function change(counters: Counters, dimension: Dimension, to: (counter: Counter) => Counter): void {
  const counter = counters[dimension];
  if (counter) counters[dimension] = to(counter);
}

function entriesOf(keys: SendKeys['keys']): [Dimension, string][] {
  return Object.entries(keys) as [Dimension, string][];
}
