/** The storage of the budget object: counters of time slots, and idempotency keys, each with its expiry. */
import type { Slot } from '../sliding-window.ts';

/** Every method is done when it returns. */
export interface CounterStore {
  slots(counter: string): Slot[];
  /** One more in that slot. */
  count(counter: string, startMs: number, expiresMs: number): void;
  /** One less, but never less than none. */
  uncount(counter: string, startMs: number): void;
  fingerprint(key: string): string | undefined;
  remember(key: string, fingerprint: string, expiresMs: number): void;
  forgetKey(key: string): void;
  /** Each counter that has anything in it. */
  counters(nowMs: number): { counter: string; used: number }[];
  /** Drops what has ended by then. */
  forget(nowMs: number): void;
  /** When the last of all ends. */
  lastExpiryMs(): number | undefined;
}
