/** Calls that are made to wait. */

/** The longest that a timer can wait: 24 days. */
export const LONGEST_WAIT_MS = 2 ** 31 - 1;

/** What a caller sees as a connection that was lost: no answer, and not by its own doing. */
export class BrokenConnection extends TypeError {
  override readonly name = 'BrokenConnection';
}

export class Delays {
  readonly #breakOff = new Set<() => void>();

  /** Rejects as a fetch does: with the caller's reason for giving up, or, at a reset, with `BrokenConnection`. */
  wait(ms: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const end = (settle: () => void) => {
        clearTimeout(timer);
        signal?.removeEventListener('abort', onAbort);
        this.#breakOff.delete(onReset);
        settle();
      };
      const onAbort = () => end(() => reject(signal?.reason));
      const onReset = () => end(() => reject(new BrokenConnection('The sandbox was reset')));
      const timer = setTimeout(() => end(resolve), ms);
      signal?.addEventListener('abort', onAbort);
      this.#breakOff.add(onReset);
      if (signal?.aborted) onAbort();
    });
  }

  /** A timer and not a bare promise: workerd ends a call at once when nothing is left that could answer it. */
  async forever(signal: AbortSignal): Promise<never> {
    await this.wait(LONGEST_WAIT_MS, signal);
    throw new BrokenConnection('The call timed out');
  }

  breakOff(): void {
    for (const breakOff of [...this.#breakOff]) breakOff();
  }
}
