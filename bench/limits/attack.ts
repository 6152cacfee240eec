/** One attack on one limit: requests of one client, as fast and from as many locations as said. */
import type { Policy } from '../../worker/rate-limit/policy.ts';
import { CONTENDERS, type ContenderName, type Door } from './contenders.ts';
import { KvModel, type KvModelOptions } from './kv-model.ts';
import { seededRandom } from './seeded-random.ts';
import { VirtualClock } from './virtual-clock.ts';

export interface Attack {
  contender: ContenderName;
  requestsPerSecond: number;
  locations: number;
  isolatesPerLocation: number;
  policy: Policy;
  /** The admitted are counted up to each of these, in rising order. The last ends the attack. */
  countedAtMs: readonly number[];
  seed: number;
  writeRate?: NonNullable<KvModelOptions['writeRate']>;
  isolateLifeMs?: number;
}

export interface Outcome {
  admitted: number[];
  kv: KvModel['counts'];
  longestValue: number;
}

/**
 * Plain read-modify-write admits so many that not each can be played: past this rate a sample is, and each stands
 * for its share. The sample only has to be dense beside what can change the outcome: one write a second.
 */
const SAMPLED_PER_SECOND = 50;

/** The rate at which requests are played, and for how many requests an admitted one stands. */
export function sampling(attack: Attack): { playedPerSecond: number; weight: number } {
  const { contender, requestsPerSecond, locations, writeRate = 'global' } = attack;
  const isSampled = contender.startsWith('plain') && writeRate !== 'none';
  const sampledPerSecond = SAMPLED_PER_SECOND * (writeRate === 'per location' ? locations : 1);
  const playedPerSecond = isSampled
    ? Math.min(requestsPerSecond, sampledPerSecond)
    : requestsPerSecond;
  // Counted before, an admitted request is a write that KV took: at one a second the sample has them all.
  const weight = contender === 'plain, counted before' ? 1 : requestsPerSecond / playedPerSecond;
  return { playedPerSecond, weight };
}

export async function simulate(attack: Attack): Promise<Outcome> {
  const { contender, countedAtMs } = attack;
  const clock = new VirtualClock();
  const random = seededRandom(attack.seed);
  const kv = new KvModel({ ...attack, clock, random });
  const doors = CONTENDERS[contender]({ ...attack, clock, random, kv });
  const { playedPerSecond, weight } = sampling(attack);

  const admitted = countedAtMs.map(() => 0);
  const count = () => {
    for (const [index, untilMs] of countedAtMs.entries())
      if (clock.nowMs < untilMs) admitted[index] = (admitted[index] ?? 0) + weight;
  };
  const meanGapMs = (1000 * doors.length) / playedPerSecond;
  for (const door of doors)
    storm(door, { clock, nextGapMs: () => random.exponential(meanGapMs), onAdmitted: count });
  await clock.runUntil(countedAtMs.at(-1) ?? 0);
  return { admitted: admitted.map(Math.round), kv: kv.counts, longestValue: kv.longestValue };
}

/**
 * Requests at a door, at random moments. While it is full none is played, because each would be refused and change
 * nothing; the moments have no memory, so going on later is the same as having gone on all the time.
 */
function storm(
  door: Door,
  how: { clock: VirtualClock; nextGapMs(): number; onAdmitted(): void },
): void {
  const { clock, nextGapMs, onAdmitted } = how;
  let callOff = () => {};
  let isFull = false;

  const goOnFrom = (atMs: number) => {
    callOff();
    callOff = clock.at(atMs + nextGapMs(), arrive);
  };
  async function arrive(): Promise<void> {
    isFull = false;
    goOnFrom(clock.nowMs);
    const verdict = await door.knock();
    if (verdict.kind === 'admitted') onAdmitted();
    if (verdict.kind === 'full') {
      isFull = true;
      goOnFrom(verdict.untilMs);
    } else if (isFull) {
      isFull = false;
      goOnFrom(clock.nowMs);
    }
  }
  goOnFrom(0);
}
