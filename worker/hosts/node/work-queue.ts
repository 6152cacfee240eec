/**
 * The transactions of one process on a file that other processes share. What is asked for at the same time is done in
 * one transaction (group commit): the disk is waited for once, and the file is asked for by one caller a process and
 * not by hundreds.
 */
import { setImmediate as nextTurn, setTimeout as pause } from 'node:timers/promises';

export interface TransactionHost {
  /** Runs it as a transaction; within another one as a part of it that is rolled back alone. */
  inOneGo<Answer>(work: () => Answer): Answer;
  /** Whether it failed because another process has the write lock: the same may succeed a moment later. */
  isBusy(error: unknown): boolean;
}

/** A piece of work that has waited longer is given up: its caller waits at most 3 s, and nothing may be done after that. */
const MAX_WAIT_MS = 2_500;
/** Yields to the event loop between two transactions. */
const MAX_BATCH_MS = 8;
/** Between two tries for the lock, and after a transaction, so that another process gets its turn. */
const MIN_PAUSE_MS = 1;
const MAX_PAUSE_MS = 4;

interface Piece {
  work(): unknown;
  resolve(answer: unknown): void;
  reject(error: unknown): void;
  sinceMs: number;
}

export class WorkQueue {
  readonly #host: TransactionHost;
  readonly #pieces: Piece[] = [];
  #isDraining = false;

  constructor(host: TransactionHost) {
    this.#host = host;
  }

  /**
   * Resolves once the answer is stored for good. What throws is rolled back alone, without the others of its
   * transaction.
   *
   * @throws what the work throws; where the lock is not to be had, what the host says of it
   */
  run<Answer>(work: () => Answer): Promise<Answer> {
    return new Promise<Answer>((resolve, reject) => {
      this.#pieces.push({
        work,
        resolve: (answer) => resolve(answer as Answer),
        reject,
        sinceMs: performance.now(),
      });
      if (!this.#isDraining) void this.#drain();
    });
  }

  async #drain(): Promise<void> {
    this.#isDraining = true;
    // What comes in the same turn is part of the first transaction.
    await nextTurn();
    while (this.#pieces.length > 0) {
      try {
        this.#runBatch();
      } catch (error) {
        this.#giveUpLate(error);
      }
      if (this.#pieces.length > 0)
        await pause(MIN_PAUSE_MS + Math.random() * (MAX_PAUSE_MS - MIN_PAUSE_MS));
    }
    this.#isDraining = false;
  }

  /** @throws where the lock is held: nothing has been tried yet */
  #runBatch(): void {
    const untilMs = performance.now() + MAX_BATCH_MS;
    const begun: Piece[] = [];
    const outcomes: (() => void)[] = [];
    try {
      this.#host.inOneGo(() => {
        do {
          const piece = this.#pieces[begun.length];
          if (!piece) return;
          begun.push(piece);
          outcomes.push(this.#outcomeOf(piece));
        } while (performance.now() < untilMs);
      });
    } catch (error) {
      if (begun.length === 0 && this.#host.isBusy(error)) throw error;
      // The transaction as a whole was not stored: the disk is full, say.
      const failed = begun.length > 0 ? begun : this.#pieces.slice(0, 1);
      this.#pieces.splice(0, failed.length);
      for (const { reject } of failed) reject(error);
      return;
    }
    this.#pieces.splice(0, begun.length);
    for (const tell of outcomes) tell();
  }

  #outcomeOf({ work, resolve, reject }: Piece): () => void {
    try {
      const answer = this.#host.inOneGo(work);
      return () => resolve(answer);
    } catch (error) {
      if (error instanceof TransactionLost) throw error;
      return () => reject(error);
    }
  }

  #giveUpLate(error: unknown): void {
    const sinceMs = performance.now() - MAX_WAIT_MS;
    while (this.#pieces[0] && this.#pieces[0].sinceMs < sinceMs)
      this.#pieces.shift()?.reject(error);
  }
}

/** The whole transaction is gone, and not only the part that failed: SQLite rolls back by itself on some errors. */
export class TransactionLost extends Error {
  override readonly name = 'TransactionLost';
}
