import { describe, expect, it } from 'vitest';
import { KvModel, type KvModelOptions, STALE_MS } from './kv-model.ts';
import { seededRandom } from './seeded-random.ts';
import { VirtualClock } from './virtual-clock.ts';

const HOUR_SECONDS = 3_600;
const [HERE, THERE] = [0, 1];

function model(writeRate?: NonNullable<KvModelOptions['writeRate']>) {
  const clock = new VirtualClock();
  const random = seededRandom(1);
  const kv = new KvModel({ clock, random, locations: 2, ...(writeRate ? { writeRate } : {}) });
  /** What came of something that was begun at a moment, once it is over. */
  const at = async <Answer>(atMs: number, begin: () => Promise<Answer>) => {
    let outcome: { answer: Answer } | { error: unknown } | undefined;
    clock.at(atMs, () => {
      begin().then(
        (answer) => {
          outcome = { answer };
        },
        (error: unknown) => {
          outcome = { error };
        },
      );
    });
    await clock.runUntil(atMs + 1_000);
    return outcome;
  };
  const put = (location: number, value: string) => () => kv.put(location, value, HOUR_SECONDS);
  const get = (location: number) => () => kv.get(location);
  return { kv, at, put, get };
}

describe('KV, as it is modelled', () => {
  it('shows a write at its own location at once, and elsewhere not within a minute', async () => {
    const { at, put, get } = model();
    await at(0, put(HERE, 'a'));
    expect(await at(1_000, get(HERE))).toEqual({ answer: 'a' });
    expect(await at(STALE_MS - 1_000, get(THERE))).toEqual({ answer: null });
    expect(await at(5 * STALE_MS, get(THERE))).toEqual({ answer: 'a' });
  });

  it('shows an overwritten value elsewhere for a minute', async () => {
    const { at, put, get } = model();
    await at(0, put(HERE, 'a'));
    await at(5 * STALE_MS, put(HERE, 'b'));
    expect(await at(6 * STALE_MS - 1_000, get(THERE))).toEqual({ answer: 'a' });
    expect(await at(10 * STALE_MS, get(THERE))).toEqual({ answer: 'b' });
  });

  it('lets the last write win, with all that the other one knew', async () => {
    const { at, put, get } = model();
    await at(0, put(HERE, 'a'));
    await at(2_000, put(THERE, 'b'));
    expect(await at(5 * STALE_MS, get(HERE))).toEqual({ answer: 'b' });
    expect(await at(5 * STALE_MS + 1_000, get(THERE))).toEqual({ answer: 'b' });
  });

  it.each([
    ['over all locations', undefined, { reads: 0, writes: 1, refusedWrites: 2 }],
    ['at each location', 'per location', { reads: 0, writes: 2, refusedWrites: 1 }],
    ['of any number', 'none', { reads: 0, writes: 3, refusedWrites: 0 }],
  ] as const)('takes one write a second, %s', async (_how, writeRate, counts) => {
    const { kv, at, put } = model(writeRate);
    const writes = [put(HERE, 'a'), put(HERE, 'b'), put(THERE, 'c')];
    await at(0, () => Promise.allSettled(writes.map((write) => write())));
    expect(kv.counts).toEqual(counts);
  });

  it('refuses a write too many with a 429, and takes it a second later', async () => {
    const { at, put } = model();
    expect(await at(0, () => Promise.allSettled([put(HERE, 'a')(), put(HERE, 'b')()]))).toEqual({
      answer: expect.arrayContaining([
        { status: 'fulfilled', value: undefined },
        { status: 'rejected', reason: new Error('KV PUT failed: 429 Too Many Requests') },
      ]),
    });
    expect(await at(2_500, put(HERE, 'c'))).toEqual({ answer: undefined });
  });

  it('lets a value expire', async () => {
    const { at, put, get } = model();
    await at(0, put(HERE, 'a'));
    expect(await at(HOUR_SECONDS * 1000 - 1_000, get(HERE))).toEqual({ answer: 'a' });
    expect(await at(HOUR_SECONDS * 1000 + 1_000, get(HERE))).toEqual({ answer: null });
  });
});

describe('the virtual clock', () => {
  it('keeps the order of events, and stands in for the timers only while it runs', async () => {
    const real = globalThis.setTimeout;
    const clock = new VirtualClock();
    const seen: [string, number][] = [];
    const note = (name: string) => () => {
      seen.push([name, clock.nowMs]);
    };
    clock.at(20, note('second'));
    clock.at(10, () => {
      setTimeout(note('timer'), 5);
      clearTimeout(setTimeout(note('cleared'), 5));
    });
    clock.at(20, note('third'));
    clock.at(99, note('too late'));
    await clock.runUntil(99);
    expect(seen).toEqual([
      ['timer', 15],
      ['second', 20],
      ['third', 20],
    ]);
    expect(globalThis.setTimeout).toBe(real);
  });
});
