/** What is counted while a trace is played, and the figures that it comes down to. */
import { RANGE_DIGITS } from './numbers.ts';
import type { SendLine } from './trace.ts';

/** One honest visitor or one try of an attack, as far as it has come. */
export interface Visit {
  line: SendLine;
  country: string;
  isSent: boolean;
  isRefused: boolean;
  isChallenged: boolean;
}

export interface Outcome {
  /** Messages that went out, honest and not. */
  messages: number;
  /** Tries of the attack, and those of them that got a message. */
  attack: number;
  leaked: number;
  leakedShare: number | null;
  /** Of the leaked messages, by the prices given. */
  cost: number;
  /** The most that one range of ten thousand numbers got. */
  leakedPerRange: number;
  /** From the attack's first try to the first that got no message; `null` where each got one, or none was tried. */
  firstBlockMs: number | null;
  honest: number;
  /** Honest visitors that got a message. */
  honestSent: number;
  /** Refused at least once. */
  honestRefused: number;
  honestChallenged: number;
  /** Never got a message. */
  honestLost: number;
  /**
   * From the attack's last try to the last honest visitor of an attacked country that was challenged or refused before
   * five in a row were not; 0 where there is none, `null` without an attack.
   */
  unblockMs: number | null;
}

export type PriceOf = (channel: string, phone: string) => number;

export interface Tally {
  /** Called when the visitor or the bot has given up or got its message. */
  add(visit: Visit): void;
  outcome(): Outcome;
}

/** Of honest visitors that pass one after the other: then a block is over, and who is held up later is another story. */
const IN_A_ROW = 5;

export function createTally(priceOf: PriceOf): Tally {
  let honestMessages = 0;
  let attack = 0;
  let leaked = 0;
  let cost = 0;
  let first: number | undefined;
  let last = Number.NEGATIVE_INFINITY;
  let firstBlock: number | undefined;
  const perRange = new Map<string, number>();
  const attacked = new Set<string>();
  const honest = { all: 0, sent: 0, refused: 0, challenged: 0, lost: 0 };
  /** Honest visitors since the attack began, in the order in which they were done. */
  const since: { at: number; country: string; isHeldUp: boolean }[] = [];

  function addHonest({ line, country, isSent, isRefused, isChallenged }: Visit): void {
    honest.all += 1;
    if (isSent) honestMessages += 1;
    honest.sent += isSent ? 1 : 0;
    honest.refused += isRefused ? 1 : 0;
    honest.challenged += isChallenged ? 1 : 0;
    honest.lost += isSent ? 0 : 1;
    if (first !== undefined)
      since.push({ at: line.at, country, isHeldUp: isRefused || isChallenged });
  }

  function addAttack({ line, country, isSent }: Visit): void {
    const { at, phone, channel } = line;
    attack += 1;
    attacked.add(country);
    first = Math.min(first ?? at, at);
    last = Math.max(last, at);
    if (!isSent) {
      firstBlock = Math.min(firstBlock ?? at, at);
      return;
    }
    leaked += 1;
    cost += priceOf(channel, phone);
    const range = phone.slice(0, -RANGE_DIGITS);
    perRange.set(range, (perRange.get(range) ?? 0) + 1);
  }

  return {
    add: (visit) => (visit.line.truth.honest ? addHonest(visit) : addAttack(visit)),
    outcome() {
      return {
        messages: honestMessages + leaked,
        attack,
        leaked,
        leakedShare: attack === 0 ? null : leaked / attack,
        cost: Math.round(100 * cost) / 100,
        leakedPerRange: [...perRange.values()].reduce((most, count) => Math.max(most, count), 0),
        firstBlockMs: first === undefined || firstBlock === undefined ? null : firstBlock - first,
        honest: honest.all,
        honestSent: honest.sent,
        honestRefused: honest.refused,
        honestChallenged: honest.challenged,
        honestLost: honest.lost,
        unblockMs: first === undefined ? null : lastHeldUp() - last,
      };
    },
  };

  function lastHeldUp(): number {
    let lastAt = last;
    let inARow = 0;
    for (const { at, country, isHeldUp } of since.toSorted((a, b) => a.at - b.at)) {
      if (at <= last || !attacked.has(country)) continue;
      inARow = isHeldUp ? 0 : inARow + 1;
      if (isHeldUp) lastAt = at;
      if (inARow === IN_A_ROW) break;
    }
    return lastAt;
  }
}
