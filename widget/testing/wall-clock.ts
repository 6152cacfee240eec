/** Lets hours pass in which no timer ran, as for a machine that slept or a page in the browser's cache. */
export class WallClock {
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
