/**
 * The limit per client in KV.
 *
 * KV has no compare-and-set and shows a write elsewhere a minute later, so counting in it alone admits every one of
 * many parallel requests. Here a place is taken in the isolate's own memory before the first `await`, which makes
 * the limit exact within the isolate, and what other isolates have written is merged in. What this does not stop is
 * said, with figures, in docs/limits.md; what must be exact lives in the phone's Durable Object.
 *
 * Writes only when the request is about to cost something: a rejected one writes nothing.
 */
import * as v from 'valibot';
import type { KeyValueStore } from '../../bindings.ts';
import { RequestError } from '../../errors.ts';
import { withTimeout } from '../../util/with-timeout.ts';
import { longestWindowMs, type Policy } from '../policy.ts';
import { waitForAllMs } from '../sliding-window.ts';
import type { ClientLimiter } from './client-limiter.ts';

/** A request that counts: when, and a random tag that tells it from another one in the same millisecond. */
const EventsSchema = v.array(v.tuple([v.number(), v.string()]));

interface Event {
  atMs: number;
  tag: string;
  /** Its turn in this isolate; what KV told of comes before all of it. A place is measured by those before it. */
  turn: number;
  /** `pending` while it may still be released, `kept` once it counts for good, `stored` once KV has it. */
  state: 'pending' | 'kept' | 'stored';
}

/** Clients that one isolate remembers. KV remembers the rest. */
const MAX_CLIENTS = 10_000;
const KV_DEADLINE_MS = 2_000;
/** KV takes one write a second for a key. */
const KV_WRITE_INTERVAL_MS = 1_100;
const KV_WRITE_TRIES = 3;
const KV_MIN_TTL_SECONDS = 60;

export function createKvClientLimiter(options: {
  kv: KeyValueStore;
  /** Names the limit in the keys: `send`, `verify`. */
  name: string;
  policies: readonly Policy[];
  /** How long an event is remembered: as long as any flow looks back. */
  memoryMs?: number;
  randomTag(): string;
}): ClientLimiter {
  const { kv, name, randomTag } = options;
  const memoryMs = options.memoryMs ?? longestWindowMs(options.policies);
  const expirationTtl = Math.max(KV_MIN_TTL_SECONDS, Math.ceil(memoryMs / 1000));
  /** In order of last use, so that the longest unused is forgotten first. */
  const clients = new Map<string, Map<string, Event>>();
  let turns = 0;

  function eventsOf(client: string, nowMs: number): Map<string, Event> {
    const events = clients.get(client) ?? new Map<string, Event>();
    for (const { tag, atMs } of events.values()) if (atMs + memoryMs <= nowMs) events.delete(tag);
    clients.delete(client);
    clients.set(client, events);
    const [oldest] = clients.keys();
    if (clients.size > MAX_CLIENTS && oldest !== undefined) clients.delete(oldest);
    return events;
  }

  /** Adds what other isolates have counted. */
  async function merge(key: string, events: Map<string, Event>, nowMs: number): Promise<void> {
    const stored = await readEvents(kv, key);
    for (const [atMs, tag] of stored)
      if (atMs + memoryMs > nowMs && !events.has(tag))
        events.set(tag, { atMs, tag, turn: 0, state: 'stored' });
  }

  async function store(key: string, events: Map<string, Event>, own: Event): Promise<void> {
    for (let tries = 1; own.state !== 'stored'; tries++) {
      const kept = [...events.values()].filter(({ state }) => state !== 'pending');
      try {
        const value = JSON.stringify(kept.map(({ atMs, tag }) => [atMs, tag]));
        await withTimeout(kv.put(key, value, { expirationTtl }), KV_DEADLINE_MS);
        for (const event of kept) event.state = 'stored';
      } catch (cause) {
        if (tries === KV_WRITE_TRIES || !isWriteRate(cause))
          throw new RequestError({ kind: 'store_unavailable', cause });
        // Meanwhile another request's write may carry this one with it.
        await new Promise((resolve) => setTimeout(resolve, KV_WRITE_INTERVAL_MS));
      }
    }
  }

  return {
    async take(client, nowMs, { formerClient, policies = options.policies } = {}) {
      const events = eventsOf(client, nowMs);
      const own: Event = { atMs: nowMs, tag: randomTag(), turn: ++turns, state: 'pending' };
      const release = async () => {
        if (own.state === 'pending') events.delete(own.tag);
      };
      const refuseOverLimit = () => {
        const times = earlierThan(own, events).map(({ atMs }) => atMs);
        const waitMs = waitForAllMs(policies, times, nowMs);
        if (waitMs > 0) throw new RequestError({ kind: 'client_limit', waitMs });
      };
      const keyOf = (hash: string) => `limit:${name}:${hash}`;

      // Up to here and through the next two lines nothing is awaited: no other request can take the same place.
      refuseOverLimit();
      events.set(own.tag, own);
      try {
        await merge(keyOf(client), events, nowMs);
        if (formerClient) await merge(keyOf(formerClient), events, nowMs);
        refuseOverLimit();
      } catch (refusal) {
        await release();
        throw refusal;
      }
      return {
        nth: within(longestWindowMs(policies), earlierThan(own, events), nowMs).length + 1,
        release,
        async keep() {
          own.state = 'kept';
          try {
            await store(keyOf(client), events, own);
          } catch (refusal) {
            // Nothing will be sent for it.
            events.delete(own.tag);
            throw refusal;
          }
        },
      };
    },
  };
}

function within(windowMs: number, events: Event[], nowMs: number): Event[] {
  return events.filter(({ atMs }) => atMs + windowMs > nowMs);
}

function earlierThan({ turn }: Event, events: Map<string, Event>): Event[] {
  return [...events.values()].filter((event) => event.turn < turn);
}

async function readEvents(
  kv: KeyValueStore,
  key: string,
): Promise<v.InferOutput<typeof EventsSchema>> {
  try {
    const value = await withTimeout(kv.get(key, 'json'), KV_DEADLINE_MS);
    return v.parse(EventsSchema, value ?? []);
  } catch (cause) {
    // Fail closed if the value cannot be read.
    throw new RequestError({ kind: 'store_unavailable', cause });
  }
}

function isWriteRate(cause: unknown): boolean {
  return cause instanceof Error && cause.message.includes('429');
}
