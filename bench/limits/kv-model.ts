/**
 * Workers KV as its documentation describes it, for one key: what a location reads may be a minute old and more,
 * an absence too; the last write wins, there is no compare-and-set; one write a second, the next is a 429.
 *
 * A write is shown to every other location no sooner than 60 s after it is stored, whether that location had asked
 * for the key before or not. Real caches are at times fresher: the model errs on the attacker's side.
 */
import type { SeededRandom } from './seeded-random.ts';
import type { VirtualClock } from './virtual-clock.ts';

/** "60 seconds or more": the more is drawn for each write and location. */
export const STALE_MS = 60_000;
const STALE_TAIL_MEAN_MS = 10_000;
const WRITE_INTERVAL_MS = 1_000;

/** Drawn evenly between the two. */
const LATENCY_MS = {
  /** The location has read the key within the last minute. */
  hotRead: [1, 10],
  coldRead: [50, 300],
  write: [100, 500],
} as const;

interface Write {
  value: string;
  expiresMs: number;
}

/** What one location can see. */
interface View {
  shown: Write | null;
  /** Stored already and not yet shown here, in the order in which they were stored, and will show. */
  coming: { write: Write; shownFromMs: number }[];
  lastReadMs: number;
}

export interface KvModelOptions {
  clock: VirtualClock;
  random: SeededRandom;
  locations: number;
  /** How the one write a second is held: over all locations, as documented; at each by itself; not at all. */
  writeRate?: 'global' | 'per location' | 'none';
}

export class KvModel {
  readonly counts = { reads: 0, writes: 0, refusedWrites: 0 };
  /** The longest value that was ever stored, in characters. */
  longestValue = 0;
  readonly #options: KvModelOptions;
  readonly #views: View[];
  readonly #lastWriteMs: number[];

  constructor(options: KvModelOptions) {
    this.#options = options;
    this.#views = Array.from({ length: options.locations }, () => ({
      shown: null,
      coming: [],
      lastReadMs: Number.NEGATIVE_INFINITY,
    }));
    this.#lastWriteMs = this.#views.map(() => Number.NEGATIVE_INFINITY);
  }

  async get(location: number): Promise<string | null> {
    const { clock, random } = this.#options;
    const view = this.#view(location);
    const isHot = clock.nowMs - view.lastReadMs < STALE_MS;
    view.lastReadMs = clock.nowMs;
    this.counts.reads += 1;
    const { shown } = view;
    const [least, most] = isHot ? LATENCY_MS.hotRead : LATENCY_MS.coldRead;
    await clock.wait(random.between(least, most));
    return shown && shown.expiresMs > clock.nowMs ? shown.value : null;
  }

  async put(location: number, value: string, expirationTtl: number): Promise<void> {
    const { clock, random, writeRate } = this.#options;
    const counter = writeRate === 'per location' ? location : 0;
    const [least, most] = LATENCY_MS.write;
    const halfWayMs = random.between(least, most) / 2;
    await clock.wait(halfWayMs);
    const storedMs = clock.nowMs;
    const sinceLastMs = storedMs - (this.#lastWriteMs[counter] ?? 0);
    const isAllowed = writeRate === 'none' || sinceLastMs >= WRITE_INTERVAL_MS;
    if (isAllowed) {
      this.#lastWriteMs[counter] = storedMs;
      this.#store(location, value, expirationTtl, storedMs + halfWayMs);
    } else this.counts.refusedWrites += 1;
    await clock.wait(halfWayMs);
    if (!isAllowed) throw new Error('KV PUT failed: 429 Too Many Requests');
  }

  /** When this location next comes to see another write; `undefined` while none is on its way. */
  nextChangeMs(location: number): number | undefined {
    return this.#view(location).coming[0]?.shownFromMs;
  }

  #store(location: number, value: string, ttlSeconds: number, answeredMs: number): void {
    const { clock, random } = this.#options;
    this.counts.writes += 1;
    this.longestValue = Math.max(this.longestValue, value.length);
    const expiresMs = clock.nowMs + ttlSeconds * 1000;
    const write: Write = { value, expiresMs };
    for (const [at, { coming }] of this.#views.entries()) {
      const elsewhereMs = clock.nowMs + STALE_MS + random.exponential(STALE_TAIL_MEAN_MS);
      const shownFromMs = at === location ? answeredMs : elsewhereMs;
      // What would show no sooner than this one, and is older, will never be seen.
      while ((coming.at(-1)?.shownFromMs ?? 0) >= shownFromMs) coming.pop();
      coming.push({ write, shownFromMs });
    }
  }

  #view(location: number): View {
    const view = this.#views[location];
    if (!view) throw new RangeError(`there is no location ${location}`);
    const { coming } = view;
    const { nowMs } = this.#options.clock;
    for (let next = coming[0]; next && next.shownFromMs <= nowMs; next = coming[0]) {
      coming.shift();
      view.shown = next.write;
    }
    return view;
  }
}
