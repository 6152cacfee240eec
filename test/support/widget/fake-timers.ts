/** Timers that run when the test says so, in place of those of the page. */
export class FakeTimers {
  readonly #real = { set: globalThis.setTimeout, clear: globalThis.clearTimeout };
  readonly #waiting = new Map<number, { atMs: number; run: () => void }>();
  #nowMs = 0;
  #last = 0;

  constructor() {
    const set = (run: () => void, delayMs = 0) => {
      this.#waiting.set(++this.#last, { atMs: this.#nowMs + delayMs, run });
      return this.#last;
    };
    globalThis.setTimeout = set as unknown as typeof setTimeout;
    globalThis.clearTimeout = ((id: number) => this.#waiting.delete(id)) as typeof clearTimeout;
  }

  get count(): number {
    return this.#waiting.size;
  }

  /** Runs what is due by then, in order, and what follows in microtasks. */
  async advance(milliseconds: number): Promise<void> {
    const untilMs = this.#nowMs + milliseconds;
    for (;;) {
      const [due] = [...this.#waiting]
        .filter(([, { atMs }]) => atMs <= untilMs)
        .sort(([, one], [, other]) => one.atMs - other.atMs);
      if (!due) break;
      const [id, { atMs, run }] = due;
      this.#waiting.delete(id);
      this.#nowMs = atMs;
      run();
      for (let turn = 0; turn < 5; turn++) await Promise.resolve();
    }
    this.#nowMs = untilMs;
  }

  restore(): void {
    globalThis.setTimeout = this.#real.set;
    globalThis.clearTimeout = this.#real.clear;
  }
}
