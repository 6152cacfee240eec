/** Deadlines that pass faster than they say, so that a test of a hanging store or provider does not hang itself. */
import { vi } from 'vitest';

const FASTER = 50;

/** For `setTimeout`, until it is disposed of. */
export function fastTimers(): Disposable {
  const real = globalThis.setTimeout;
  const spy = vi
    .spyOn(globalThis, 'setTimeout')
    .mockImplementation(((callback: () => void, milliseconds = 0) =>
      real(callback, milliseconds / FASTER)) as typeof setTimeout);
  return { [Symbol.dispose]: () => spy.mockRestore() };
}

/** For `AbortSignal.timeout`, until it is disposed of. `asked` are the deadlines as they were meant. */
export function fastTimeouts(): Disposable & { asked: number[] } {
  const real = AbortSignal.timeout.bind(AbortSignal);
  const asked: number[] = [];
  const spy = vi.spyOn(AbortSignal, 'timeout').mockImplementation((milliseconds) => {
    asked.push(milliseconds);
    return real(milliseconds / FASTER);
  });
  return { asked, [Symbol.dispose]: () => spy.mockRestore() };
}
