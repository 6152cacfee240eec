/**
 * The decisions of one country that were more than "let it through", for the operator to read. So many, and the oldest
 * make room; those of one range and one kind within an hour are one entry with a count.
 */
import type { ObjectStorage } from '../rate-limit/object-storage.ts';
import { DAY_MS, HOUR_MS } from './counter.ts';
import type { GuardAction, GuardReason } from './types.ts';

/** A decision as it is handed in. */
export interface DecisionFacts {
  action: GuardAction;
  /** Whether the answer followed from it. */
  isActedOn: boolean;
  reasons: readonly GuardReason[];
  site: string;
  flow: string | null;
  channel: string;
  /** Sealed: the number without its last four digits. */
  range: string;
  /** Keyed hashes of the range and of the number. */
  family: string;
  number: string;
  /** The operator's rule that decided. */
  rule?: string | undefined;
}

export interface LoggedDecision extends Omit<DecisionFacts, 'number'> {
  seq: number;
  atMs: number;
  lastMs: number;
  count: number;
  /** Keyed hashes of different numbers, as many as it takes to be shown. */
  numbers: readonly string[];
}

/** A range is shown to people when so many different numbers of it are in the entry. */
export const LEAST_VISITORS = 5;
const CHUNK = 20;
const CHUNKS = 50;
const LIFE_MS = 30 * DAY_MS;

export interface DecisionQuery {
  /** Entries before this one, in the order of the list. */
  before?: { atMs: number; seq: number } | undefined;
  limit: number;
  action?: GuardAction | undefined;
  site?: string | undefined;
  flow?: string | undefined;
}

const chunkName = (chunk: number) => `log:${chunk % CHUNKS}`;

export class DecisionLog {
  readonly #kv: ObjectStorage['kv'];

  constructor(kv: ObjectStorage['kv']) {
    this.#kv = kv;
  }

  add({ number, ...facts }: DecisionFacts, nowMs: number): void {
    const next = this.#next();
    const chunk = Math.floor(Math.max(0, next - 1) / CHUNK);
    const entries = this.#chunk(chunk);
    const at = entries.findIndex(
      (entry) => kindOf(entry) === kindOf(facts) && nowMs - entry.atMs < HOUR_MS,
    );
    const known = entries[at];
    if (known) {
      const isNew = known.numbers.length < LEAST_VISITORS && !known.numbers.includes(number);
      const numbers = isNew ? [...known.numbers, number] : known.numbers;
      const { reasons } = facts;
      const entry = { ...known, reasons, lastMs: nowMs, count: known.count + 1, numbers };
      this.#kv.put(chunkName(chunk), entries.with(at, entry));
      return;
    }
    const target = Math.floor(next / CHUNK);
    // A chunk that comes round again begins empty.
    const before = next % CHUNK === 0 ? [] : this.#chunk(target);
    const entry: LoggedDecision = {
      ...facts,
      seq: next,
      atMs: nowMs,
      lastMs: nowMs,
      count: 1,
      numbers: [number],
    };
    this.#kv.put(chunkName(target), [...before, entry]);
    this.#kv.put('log', next + 1);
  }

  /** Newest first. */
  list({ before, limit, action, site, flow }: DecisionQuery, nowMs: number): LoggedDecision[] {
    const found: LoggedDecision[] = [];
    const newest = Math.floor(Math.max(0, this.#next() - 1) / CHUNK);
    for (let chunk = newest; chunk >= Math.max(0, newest - CHUNKS + 1); chunk--)
      for (const entry of this.#chunk(chunk).toReversed()) {
        if (nowMs - entry.atMs > LIFE_MS) return found;
        const isAsked =
          (action === undefined || entry.action === action) &&
          (site === undefined || entry.site === site) &&
          (flow === undefined || entry.flow === flow);
        if (!isAsked || (before && !comesAfter(entry, before))) continue;
        found.push(entry);
        if (found.length === limit) return found;
      }
    return found;
  }

  /** Drops what is too old. @returns whether anything is left */
  sweep(nowMs: number): boolean {
    let isAnyLeft = false;
    for (let chunk = 0; chunk < CHUNKS; chunk++) {
      const entries = this.#chunk(chunk);
      const left = entries.filter(({ atMs }) => nowMs - atMs <= LIFE_MS);
      if (left.length < entries.length) this.#kv.put(chunkName(chunk), left);
      if (left.length > 0) isAnyLeft = true;
    }
    return isAnyLeft;
  }

  #next(): number {
    return this.#kv.get<number>('log') ?? 0;
  }

  #chunk(chunk: number): LoggedDecision[] {
    return this.#kv.get<LoggedDecision[]>(chunkName(chunk)) ?? [];
  }
}

/** In the list: older, or as old and noted earlier. */
function comesAfter(
  entry: Pick<LoggedDecision, 'atMs' | 'seq'>,
  before: { atMs: number; seq: number },
): boolean {
  return entry.atMs < before.atMs || (entry.atMs === before.atMs && entry.seq < before.seq);
}

function kindOf({
  action,
  isActedOn,
  reasons,
  site,
  flow,
  channel,
  family,
  rule,
}: Omit<DecisionFacts, 'number' | 'range'>): string {
  const why = reasons.map((reason) => `${reason.rule} ${reason.dimension ?? ''}`);
  return JSON.stringify([action, isActedOn, why[0], site, flow, channel, family, rule]);
}
