import type { VerifyAnswer } from '../../shared/api/responses.ts';
import { OtpError } from '../../shared/otp-error.ts';
import type { Failure, FlowEvent, FlowState, VerifiedState } from '../flow/state.ts';

/** The last part of a proof's life in which it is renewed, drawn by chance so that not all pages ask at once. */
const LEAD = { from: 0.2, to: 0.3 };
const LONGEST_LEAD_MS = 60_000;
/** A proof with a shorter remaining lifetime may expire before the site's server verifies it. */
const TOO_SHORT_MS = 10_000;
const FIRST_PAUSE_MS = 5_000;
const LONGEST_PAUSE_MS = 60_000;

export interface ProofRenewalOptions {
  ask(session: string, signal: AbortSignal): Promise<VerifyAnswer>;
  now(): number;
  failureOf(error: unknown): Failure;
  onEvent(event: FlowEvent & { type: 'renewed' | 'unrenewed' }): void;
}

/**
 * Renews the proof shortly before it expires, one request at a time, while somebody looks and the browser is online.
 * A page that is hidden or asleep renews nothing; it does so once it is looked at again.
 */
export class ProofRenewal {
  readonly #options: ProofRenewalOptions;
  #state: VerifiedState | null = null;
  #leadMs = 0;
  /** When to ask, and after a failure when to ask again. */
  #dueAt = 0;
  #failures = 0;
  #running: { promise: Promise<void>; abort: AbortController } | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(options: ProofRenewalOptions) {
    this.#options = options;
  }

  /** Called after each change and whenever the page wakes. */
  follow(state: FlowState): void {
    const before = this.#state;
    this.#state = state.step === 'verified' && state.session ? state : null;
    if (this.#state?.session !== before?.session) this.stop();
    if (!this.#state) return;
    if (this.#state.proof && this.#state.expiresAt !== before?.expiresAt)
      this.#plan(this.#state.expiresAt);
    // With its proof gone, and nobody told, there is nothing to wait for.
    if (!this.#state.proof && before?.proof && !this.#state.expired) this.#dueAt = 0;
    clearTimeout(this.#timer);
    if (this.#running || document.hidden || !navigator.onLine) return;
    const waitMs = this.#dueAt - this.#options.now();
    if (waitMs <= 0) void this.renew();
    // One that has expired waits for the visitor, or for the page to wake.
    else if (!this.#state.expired) this.#timer = setTimeout(() => this.#wake(), waitMs);
  }

  /** The connection is back: the pause after a failure was for want of it. */
  online(): void {
    if (this.#failures > 0) this.#dueAt = 0;
  }

  /** Whether a form that is submitted now would contain an expired or nearly expired proof. */
  isDue(): boolean {
    const state = this.#state;
    if (!state || state.expired) return false;
    return this.#options.now() >= state.expiresAt - Math.min(TOO_SHORT_MS, this.#leadMs);
  }

  /** At once, or along with the request that is out. */
  renew(): Promise<void> {
    if (!this.#state?.session) return Promise.resolve();
    clearTimeout(this.#timer);
    if (!this.#running) {
      const abort = new AbortController();
      this.#running = { promise: this.#ask(this.#state.session, abort), abort };
    }
    return this.#running.promise;
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#running?.abort.abort();
    this.#running = null;
  }

  #plan(expiresAt: number): void {
    const lifeMs = expiresAt - this.#options.now();
    const share = LEAD.from + Math.random() * (LEAD.to - LEAD.from);
    this.#leadMs = Math.min(lifeMs * share, LONGEST_LEAD_MS * (1 + Math.random() / 2));
    this.#dueAt = expiresAt - this.#leadMs;
    this.#failures = 0;
  }

  #wake(): void {
    if (this.#state) this.follow(this.#state);
  }

  async #ask(session: string, abort: AbortController): Promise<void> {
    const { ask, now, failureOf, onEvent } = this.#options;
    const askedAt = now();
    let event: Parameters<typeof onEvent>[0];
    try {
      const answer = await ask(session, abort.signal);
      event = { type: 'renewed', session, answer, askedAt };
    } catch (error) {
      const failure = failureOf(error);
      event = { type: 'unrenewed', session, isFinal: isFinal(error), failure, at: now() };
    }
    if (this.#running?.abort !== abort) return;
    this.#running = null;
    if (event.type === 'unrenewed') this.#pause(event.failure.retryAfter ?? 0);
    onEvent(event);
  }

  #pause(seconds: number): void {
    const pauseMs = Math.min(FIRST_PAUSE_MS * 2 ** this.#failures, LONGEST_PAUSE_MS);
    this.#failures += 1;
    this.#dueAt = this.#options.now() + Math.max(pauseMs, seconds * 1000);
  }
}

/** A refusal that would be the same the next time. */
function isFinal(error: unknown): boolean {
  if (!(error instanceof OtpError)) return true;
  const { status = 0, code } = error;
  return status >= 400 && status < 500 && status !== 429 && code !== 'request_in_progress';
}
