/** What ends a call: the caller's signal, or too long a wait. */
export interface CallBounds {
  signal: AbortSignal;
  isTimedOut(): boolean;
  /** To be called when the call is over: the timer and the listener are taken away. */
  release(): void;
}

/** As `AbortSignal.any` with `AbortSignal.timeout`, which the oldest browsers that are served do not have. */
export function boundCall(timeoutMs: number, signal?: AbortSignal): CallBounds {
  const controller = new AbortController();
  let isTimedOut = false;
  const abort = () => controller.abort(signal?.reason);
  const timer = setTimeout(() => {
    isTimedOut = true;
    controller.abort();
  }, timeoutMs);
  if (signal?.aborted) abort();
  else signal?.addEventListener('abort', abort);
  return {
    signal: controller.signal,
    isTimedOut: () => isTimedOut,
    release() {
      clearTimeout(timer);
      signal?.removeEventListener('abort', abort);
    },
  };
}
