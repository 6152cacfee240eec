/**
 * The limiters that are compared. Each is a set of doors: a door is a place where requests arrive that share one
 * memory, so an isolate, a location or the one Durable Object.
 */

import { RequestError } from '../../worker/errors.ts';
import type { Place } from '../../worker/rate-limit/client/client-limiter.ts';
import { createKvClientLimiter } from '../../worker/rate-limit/client/kv-client-limiter.ts';
import type { Policy } from '../../worker/rate-limit/policy.ts';
import { waitForAllMs } from '../../worker/rate-limit/sliding-window.ts';
import type { KvModel } from './kv-model.ts';
import type { SeededRandom } from './seeded-random.ts';
import type { VirtualClock } from './virtual-clock.ts';

export type Verdict =
  | { kind: 'admitted' }
  /** Refused; what comes of the next request is open. */
  | { kind: 'refused' }
  /** Refused, as will be every request at this door until then, unless one that is under way changes it. */
  | { kind: 'full'; untilMs: number };

export interface Door {
  knock(): Promise<Verdict>;
}

export interface Scene {
  clock: VirtualClock;
  random: SeededRandom;
  kv: KvModel;
  policy: Policy;
  locations: number;
  isolatesPerLocation: number;
  /** How long an isolate's memory lasts, on average. */
  isolateLifeMs?: number;
}

/** Phone, prefix and total are asked between the place and its writing down: two calls of a Durable Object. */
const GATES_MS = [20, 100] as const;
/** The provider. */
const UPSTREAM_MS = [200, 800] as const;

const ADMITTED: Verdict = { kind: 'admitted' };
const REFUSED: Verdict = { kind: 'refused' };
const CLIENT = 'client';

/** The Worker's own: `createKvClientLimiter`, as it is deployed, one for each isolate. */
function kvLimiter(scene: Scene): Door[] {
  const { clock, random, kv, policy, locations, isolatesPerLocation } = scene;
  const meanLifeMs = scene.isolateLifeMs ?? Number.POSITIVE_INFINITY;
  let tags = 0;
  return Array.from({ length: locations * isolatesPerLocation }, (_, index) => {
    const location = index % locations;
    let reads = 0;
    const namespace = {
      async get() {
        reads += 1;
        return JSON.parse((await kv.get(location)) ?? 'null') as unknown;
      },
      put: (_key: string, value: string, { expirationTtl }: { expirationTtl: number }) =>
        kv.put(location, value, expirationTtl),
    };
    const newIsolate = () => ({
      limiter: createKvClientLimiter({
        kv: namespace as unknown as KVNamespace,
        name: 'send',
        policies: [policy],
        randomTag: () => (tags++).toString(36).padStart(8, '0'),
      }),
      endsMs:
        clock.nowMs +
        (meanLifeMs < Number.POSITIVE_INFINITY ? random.exponential(meanLifeMs) : meanLifeMs),
    });
    let isolate = newIsolate();
    return {
      async knock() {
        const readsBefore = reads;
        const nowMs = clock.nowMs;
        if (nowMs >= isolate.endsMs) isolate = newIsolate();
        const { limiter, endsMs } = isolate;
        const placing = limiter.take(CLIENT, nowMs);
        const isRefusedByMemory = reads === readsBefore;
        let place: Place;
        try {
          place = await placing;
        } catch (refusal) {
          if (!(refusal instanceof RequestError)) throw refusal;
          if (!isRefusedByMemory || refusal.reason.kind !== 'client_limit') return REFUSED;
          return { kind: 'full', untilMs: Math.min(nowMs + refusal.reason.waitMs, endsMs) };
        }
        await clock.wait(random.between(...GATES_MS));
        try {
          await place.keep();
          return ADMITTED;
        } catch (refusal) {
          if (!(refusal instanceof RequestError)) throw refusal;
          return REFUSED;
        }
      },
    };
  });
}

/** Reads the list, adds to it, writes it: before the message is sent, or after. Nothing in memory. */
function plain(scene: Scene, counts: 'before' | 'after'): Door[] {
  const { clock, random, kv, policy, locations } = scene;
  return Array.from({ length: locations }, (_, location) => ({
    async knock(): Promise<Verdict> {
      const times = JSON.parse((await kv.get(location)) ?? '[]') as number[];
      const nowMs = clock.nowMs;
      const waitMs = waitForAllMs([policy], times, nowMs);
      if (waitMs > 0) {
        const changeMs = kv.nextChangeMs(location) ?? Number.POSITIVE_INFINITY;
        return { kind: 'full', untilMs: Math.min(nowMs + waitMs, changeMs) };
      }
      const write = () =>
        kv.put(location, JSON.stringify([...times, nowMs]), policy.windowMs / 1000);
      if (counts === 'before')
        return write()
          .then(() => ADMITTED)
          .catch(() => REFUSED);
      await clock.wait(random.between(...UPSTREAM_MS));
      // The message is out. That the write fails does not call it back.
      write().catch(() => undefined);
      return ADMITTED;
    },
  }));
}

/** One place for the client in the whole world, which does one thing at a time. */
function durableObject({ clock, policy }: Scene): Door[] {
  let times: number[] = [];
  return [
    {
      async knock() {
        const nowMs = clock.nowMs;
        times = times.filter((atMs) => atMs + policy.windowMs > nowMs);
        const waitMs = waitForAllMs([policy], times, nowMs);
        if (waitMs > 0) return { kind: 'full', untilMs: nowMs + waitMs };
        times.push(nowMs);
        return ADMITTED;
      },
    },
  ];
}

export const CONTENDERS = {
  'kv limiter': kvLimiter,
  'plain, counted before': (scene: Scene) => plain(scene, 'before'),
  'plain, counted after': (scene: Scene) => plain(scene, 'after'),
  'durable object': durableObject,
} as const;

export type ContenderName = keyof typeof CONTENDERS;
