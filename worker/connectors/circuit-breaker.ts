/**
 * A circuit breaker: after several failures in a row, calls of a provider that is down are refused at once, so that
 * no visitor waits for a timeout and no counter is spent on a call that cannot succeed. One an isolate and operation:
 * a provider that cannot send may still check.
 *
 * Closed: calls go. Open: none goes. Half-open, when the pause is over: one call at a time goes, and what comes of
 * it closes the circuit or opens it for twice as long.
 */
export interface CircuitBreaker {
  /** Milliseconds until a call may go; 0 when it may now. */
  waitMs(): number;
  /** @returns `undefined` where none may go now */
  run<Result>(
    call: () => Promise<Result>,
    isFailure: (result: Result) => boolean,
  ): Promise<Result | undefined>;
}

/** Fewer would open it for one unlucky visitor. */
const FAILURES_TO_OPEN = 5;
const FIRST_PAUSE_MS = 5_000;
const LONGEST_PAUSE_MS = 60_000;
/** The state is unknown while the trial request is pending; the provider's timeout bounds it. */
const TRIAL_WAIT_MS = 1_000;

export function createCircuitBreaker(now: () => number): CircuitBreaker {
  let failures = 0;
  let pauseMs = FIRST_PAUSE_MS;
  let openUntilMs = 0;
  let underWay = 0;

  const isTripped = () => failures >= FAILURES_TO_OPEN;

  function open(): void {
    openUntilMs = now() + pauseMs;
    pauseMs = Math.min(LONGEST_PAUSE_MS, pauseMs * 2);
  }

  function waitMs(): number {
    if (!isTripped()) return 0;
    const pauseLeftMs = openUntilMs - now();
    if (pauseLeftMs > 0) return pauseLeftMs;
    return underWay > 0 ? TRIAL_WAIT_MS : 0;
  }

  return {
    waitMs,
    async run(call, isFailure) {
      if (waitMs() > 0) return undefined;
      underWay += 1;
      let hasFailed = true;
      try {
        const result = await call();
        hasFailed = isFailure(result);
        return result;
      } finally {
        underWay -= 1;
        if (hasFailed) {
          const wasOpen = isTripped() && openUntilMs > now();
          failures += 1;
          // Calls that were under way when it opened say nothing new.
          if (isTripped() && !wasOpen) open();
        } else {
          failures = 0;
          pauseMs = FIRST_PAUSE_MS;
          openUntilMs = 0;
        }
      }
    },
  };
}
