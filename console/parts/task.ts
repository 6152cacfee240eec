/** One asynchronous work of a view at a time: a new run calls off the last, and a late answer of it is dropped. */
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { type ConsoleProblem, toProblem } from '../errors.ts';

export type TaskState<Result> =
  | { kind: 'idle' }
  /** With what is shown until then, so that a page that is asked again does not jump. */
  | { kind: 'loading'; last?: Result }
  | { kind: 'done'; result: Result }
  | { kind: 'failed'; problem: ConsoleProblem };

/** Leaving the page calls off what is under way. */
export class Task<Result> implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  #state: TaskState<Result> = { kind: 'idle' };
  #under: AbortController | undefined;

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
    host.addController(this);
  }

  get state(): TaskState<Result> {
    return this.#state;
  }

  get isLoading(): boolean {
    return this.#state.kind === 'loading';
  }

  /** @returns the result; `undefined` where there is none, or nobody waits for it any more */
  async run(work: (signal: AbortSignal) => Promise<Result>): Promise<Result | undefined> {
    this.#under?.abort();
    const under = new AbortController();
    this.#under = under;
    this.#become(
      this.#state.kind === 'done'
        ? { kind: 'loading', last: this.#state.result }
        : { kind: 'loading' },
    );
    try {
      const result = await work(under.signal);
      if (this.#under !== under) return undefined;
      this.#become({ kind: 'done', result });
      return result;
    } catch (error) {
      if (this.#under === under) this.#become({ kind: 'failed', problem: toProblem(error) });
      return undefined;
    }
  }

  reset(): void {
    this.#under?.abort();
    this.#under = undefined;
    this.#become({ kind: 'idle' });
  }

  hostDisconnected(): void {
    this.#under?.abort();
    this.#under = undefined;
  }

  #become(state: TaskState<Result>): void {
    this.#state = state;
    this.#host.requestUpdate();
  }
}
