/** Aborts a call: by the caller's signal, or by a timeout. */
export interface CallBounds {
  signal: AbortSignal;
  isTimedOut(): boolean;
  /** Call it when the call is over: removes the timer and the listener. */
  release(): void;
}

/** `AbortSignal.any` with `AbortSignal.timeout`, which the oldest supported browsers lack. */
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
