/**
 * What one isolate remembers of clients and networks over all countries, which no object sees: somebody who fails in
 * thirty countries is known in each of them only a little. In memory, bounded, for an hour; a hint, that challenges at
 * the most. Another isolate sees others of the same network, in the same proportions.
 */
import { HOUR_MS, type Tally } from './counter.ts';
import type { Outcome, SendKeys } from './types.ts';

/** Where a hint is about. */
export type Hints = Partial<Record<'client' | 'asn', Tally>>;

const MAX_KEYS = 2_000;
const MAX_COUNTRIES = 64;
/** Of one key and one country, the latest. */
const MAX_TIMES = 32;
/** A code that is younger may still be typed. */
const YOUNG_MS = 60_000;
/** Fewer countries than that are a holiday. */
const LEAST_COUNTRIES = 2;

interface Place {
  sentMs: number[];
  usedMs: number[];
}

export class Elsewhere {
  readonly #known = new Map<string, Map<string, Place>>();

  /** Of a key in all countries but this one, and but the one where it is at home: there the country's own object knows. */
  hints({ client, asn }: SendKeys['keys'], country: string, nowMs: number): Hints {
    return Object.fromEntries(
      Object.entries({ client, asn }).flatMap(([dimension, key]) => {
        const hint = key && this.#hint(`${dimension} ${key}`, country, nowMs);
        return hint ? [[dimension, hint]] : [];
      }),
    );
  }

  sent(keys: SendKeys['keys'], country: string, nowMs: number): void {
    for (const places of this.#placesOf(keys)) {
      const place = places.get(country) ?? { sentMs: [], usedMs: [] };
      place.sentMs = latest([...place.sentMs, nowMs], nowMs);
      if (places.size < MAX_COUNTRIES || places.has(country)) places.set(country, place);
    }
  }

  learn(keys: SendKeys['keys'], country: string, outcome: Outcome, nowMs: number): void {
    for (const places of this.#placesOf(keys)) {
      const place = places.get(country);
      if (!place) continue;
      if (outcome === 'verified') place.usedMs = latest([...place.usedMs, nowMs], nowMs);
      else if (outcome !== 'genuine' && outcome !== 'fraud') place.sentMs.shift();
    }
  }

  #hint(key: string, country: string, nowMs: number): Tally | undefined {
    const places = [...(this.#known.get(key) ?? [])].map(([name, { sentMs, usedMs }]) => {
      const used = latest(usedMs, nowMs).length;
      const sent = latest(sentMs, nowMs).filter((atMs) => nowMs - atMs > YOUNG_MS).length;
      return { name, used, unused: Math.max(0, sent - used) };
    });
    const [home] = places.filter(({ used }) => used > 0).sort((a, b) => b.used - a.used);
    if (home?.name === country) return undefined;
    const others = places.filter(({ name }) => name !== country && name !== home?.name);
    if (others.filter(({ unused }) => unused > 0).length < LEAST_COUNTRIES) return undefined;
    const sum = (of: 'used' | 'unused') => others.reduce((total, place) => total + place[of], 0);
    return { used: sum('used'), unused: sum('unused') };
  }

  /** What is touched goes to the end; the beginning is what is forgotten. */
  *#placesOf({ client, asn }: SendKeys['keys']): Generator<Map<string, Place>> {
    for (const [dimension, key] of Object.entries({ client, asn })) {
      if (key === undefined) continue;
      const name = `${dimension} ${key}`;
      const places = this.#known.get(name) ?? new Map<string, Place>();
      this.#known.delete(name);
      this.#known.set(name, places);
      const [oldest] = this.#known.keys();
      if (this.#known.size > MAX_KEYS && oldest !== undefined) this.#known.delete(oldest);
      yield places;
    }
  }

  /** How many keys are remembered. */
  get size(): number {
    return this.#known.size;
  }
}

function latest(timesMs: readonly number[], nowMs: number): number[] {
  return timesMs.filter((atMs) => nowMs - atMs < HOUR_MS).slice(-MAX_TIMES);
}
