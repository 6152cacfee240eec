/**
 * Time that passes only from one event to the next: an hour of it takes a second. While it runs it stands in for
 * the global timers, so that the limiter's own deadlines and pauses keep this time too.
 */
interface Appointment {
  atMs: number;
  /** Of two at the same moment the earlier made goes first. */
  order: number;
  run: (() => void) | null;
}

/** Events of one millisecond, the resolution of a Worker's clock, are followed by one turn of the promises. */
const BATCH_MS = 1;

export class VirtualClock {
  nowMs = 0;
  /** A binary heap: the next appointment is the first element. */
  readonly #heap: Appointment[] = [];
  #orders = 0;

  /** @returns how to call it off */
  at(atMs: number, run: () => void): () => void {
    const appointment: Appointment = {
      atMs: Math.max(atMs, this.nowMs),
      order: this.#orders++,
      run,
    };
    this.#push(appointment);
    return () => {
      appointment.run = null;
    };
  }

  after(delayMs: number, run: () => void): () => void {
    return this.at(this.nowMs + delayMs, run);
  }

  wait(delayMs: number): Promise<void> {
    return new Promise((resolve) => {
      this.after(delayMs, resolve);
    });
  }

  /** Runs what is due before `untilMs`. What is still waiting then, waits for ever. */
  async runUntil(untilMs: number): Promise<void> {
    using _timers = this.#standInForTimers();
    for (let next = this.#heap[0]; next && next.atMs < untilMs; next = this.#heap[0]) {
      const batchEndMs = Math.min(untilMs, next.atMs + BATCH_MS);
      for (; next && next.atMs < batchEndMs; next = this.#heap[0]) {
        this.#pop();
        if (!next.run) continue;
        this.nowMs = next.atMs;
        next.run();
      }
      // All that these events set going in promises is done before time moves on.
      await new Promise((resolve) => setImmediate(resolve));
    }
    this.nowMs = untilMs;
  }

  #standInForTimers(): Disposable {
    const { setTimeout, clearTimeout } = globalThis;
    const timers = globalThis as unknown as Record<'setTimeout' | 'clearTimeout', unknown>;
    timers.setTimeout = (run: () => void, delayMs = 0) => this.after(delayMs, run);
    timers.clearTimeout = (cancel: unknown) => {
      if (typeof cancel === 'function') cancel();
    };
    return {
      [Symbol.dispose]() {
        Object.assign(timers, { setTimeout, clearTimeout });
      },
    };
  }

  #push(appointment: Appointment): void {
    const heap = this.#heap;
    let index = heap.length;
    while (index > 0) {
      const parentIndex = (index - 1) >> 1;
      const parent = heap[parentIndex] as Appointment;
      if (!isSooner(appointment, parent)) break;
      heap[index] = parent;
      index = parentIndex;
    }
    heap[index] = appointment;
  }

  #pop(): void {
    const heap = this.#heap;
    const last = heap.pop();
    if (!last || heap.length === 0) return;
    let index = 0;
    for (;;) {
      let childIndex = 2 * index + 1;
      const right = heap[childIndex + 1];
      let child = heap[childIndex];
      if (!child) break;
      if (right && isSooner(right, child)) {
        child = right;
        childIndex += 1;
      }
      if (!isSooner(child, last)) break;
      heap[index] = child;
      index = childIndex;
    }
    heap[index] = last;
  }
}

function isSooner(a: Appointment, b: Appointment): boolean {
  return a.atMs === b.atMs ? a.order < b.order : a.atMs < b.atMs;
}
