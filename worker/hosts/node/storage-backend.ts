/**
 * What the stores of one process keep things on, whatever it is made of. Every method is done when it returns.
 */
import type { CounterStore } from '../../rate-limit/budget/counter-store.ts';

export interface StorageBackend {
  /** Of the key-value store. Absent once it has ended. */
  readEntry(key: string, nowMs: number): string | undefined;
  writeEntry(key: string, value: string, expiresMs: number): void;
  /** Drops at most so many that have ended. @returns whether there may be more */
  dropEntries(nowMs: number, most: number): boolean;

  /** Of the objects, each with pairs of its own, in JSON. */
  readPair(object: string, key: string): string | undefined;
  writePair(object: string, key: string, value: string): void;
  /** With its alarm. */
  dropPairs(object: string): void;

  setAlarm(object: string, atMs: number): void;
  /** At most so many of the objects whose alarm is due; each is told of once. */
  takeAlarms(nowMs: number, most: number): string[];

  ledger: CounterStore;

  /** Runs it as a whole: nothing of it stays when it throws, and nobody else comes in between. One may hold another. */
  inOneGo<Answer>(work: () => Answer): Answer;
  /** The same in its turn: resolves once it is stored. Waits, within bounds, for other processes on the same store. */
  run<Answer>(work: () => Answer): Promise<Answer>;
  close(): void;
}
