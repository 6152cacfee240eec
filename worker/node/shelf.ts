/**
 * What the stores of one process keep things on, whatever it is made of. Every method is done when it returns.
 */
import type { LedgerRows } from '../limits/ledger-rows.ts';

export interface Shelf {
  /** Of the key-value store. Absent once it has ended. */
  readEntry(key: string, nowMs: number): string | undefined;
  writeEntry(key: string, value: string, expiresMs: number): void;
  dropEntries(nowMs: number): void;

  /** Of the objects, each with pairs of its own, in JSON. */
  readPair(object: string, key: string): string | undefined;
  writePair(object: string, key: string, value: string): void;
  /** With its alarm. */
  dropPairs(object: string): void;

  setAlarm(object: string, atMs: number): void;
  /** The objects whose alarm is due; each is told of once. */
  takeAlarms(nowMs: number): string[];

  ledger: LedgerRows;

  /** Runs it as a whole: nothing of it stays when it throws, and nobody else comes in between. One may hold another. */
  inOneGo<Answer>(work: () => Answer): Answer;
  /** Whether it failed because another process holds the store just now: the same may go well a moment later. */
  isHeld(error: unknown): boolean;
  close(): void;
}
