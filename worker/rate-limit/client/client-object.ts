/**
 * The object of one client: the exact form of the limit that `kv-client-limiter.ts` keeps in KV, for those who
 * would rather pay one more object request than know of an overshoot. Its methods await nothing.
 */
import type { ObjectStorage } from '../object-storage.ts';
import { longestWindowMs, type Policy } from '../policy.ts';
import { waitForAllMs } from '../sliding-window.ts';

const EVENTS = 'events';

export type ClientDecision =
  | { kind: 'taken'; nth: number }
  | { kind: 'over_limit'; waitMs: number };

export class ClientGate {
  readonly #storage: ObjectStorage;

  constructor(storage: ObjectStorage) {
    this.#storage = storage;
  }

  /**
   * @param memoryMs how long an event is remembered: as long as any flow looks back
   * @param carried events that another object counted for this client, during a rotation of the secret
   */
  take(
    policies: readonly Policy[],
    memoryMs: number,
    nowMs: number,
    carried: readonly number[],
  ): ClientDecision {
    const windowMs = longestWindowMs(policies);
    const own = this.history().filter((atMs) => atMs + memoryMs > nowMs);
    const events = [...carried, ...own];
    const waitMs = waitForAllMs(policies, events, nowMs);
    if (waitMs > 0) return { kind: 'over_limit', waitMs };
    this.#write([...own, nowMs], memoryMs);
    return { kind: 'taken', nth: events.filter((atMs) => atMs + windowMs > nowMs).length + 1 };
  }

  release(takenAtMs: number): void {
    const events = this.history();
    const index = events.lastIndexOf(takenAtMs);
    this.#storage.kv.put(
      EVENTS,
      events.filter((_, at) => at !== index),
    );
  }

  /** Set for the end of the newest event: by then nothing counts any more. */
  alarm(): void {
    void this.#storage.deleteAll();
  }

  history(): number[] {
    return this.#storage.kv.get<number[]>(EVENTS) ?? [];
  }

  #write(events: number[], memoryMs: number): void {
    this.#storage.kv.put(EVENTS, events);
    void this.#storage.setAlarm(Math.max(...events) + memoryMs);
  }
}
