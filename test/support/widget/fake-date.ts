/** Lets hours pass in which no timer ran, as for a machine that slept or a page in the browser's cache. */
export class FakeDate {
  readonly #realNow = Date.now;

  /** @param seconds - how much later it is */
  pass(seconds: number): void {
    const now = Date.now;
    Date.now = () => now() + seconds * 1000;
  }

  /** To be called in `afterEach`. */
  restore(): void {
    Date.now = this.#realNow;
  }
}

/** Stands still, however slow the machine is, so that an answer comes as late after a gesture as the test says. */
export class StoppedClock {
  readonly #realNow = performance.now;
  #elapsedMs = 0;

  /** To be called in `beforeEach`. */
  stop(): void {
    this.#elapsedMs = 0;
    performance.now = () => this.#elapsedMs;
  }

  pass(milliseconds: number): void {
    this.#elapsedMs += milliseconds;
  }

  /** To be called in `afterEach`. */
  restore(): void {
    performance.now = this.#realNow;
  }
}
