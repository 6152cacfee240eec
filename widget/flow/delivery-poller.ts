import type { DeliveryAnswer } from '../../shared/api/responses.ts';

/** Seconds between polls: a report takes some seconds, and after a minute a visitor has acted. */
const WAITS_SECONDS = [5, 7, 12, 20, 30] as const;

type Ask = (session: string, signal: AbortSignal) => Promise<DeliveryAnswer['state']>;
type OnNews = (session: string, state: 'delivered' | 'not_delivered') => void;

/**
 * Asks what became of a message, a few times and ever more seldom, while somebody looks. What it does not learn changes
 * nothing: the code may come all the same.
 */
export class DeliveryPoller {
  readonly #ask: Ask;
  readonly #onNews: OnNews;
  #session: string | null = null;
  #running: AbortController | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(ask: Ask, onNews: OnNews) {
    this.#ask = ask;
    this.#onNews = onNews;
  }

  /** The session whose message is awaited; `null` for none. Another one begins anew. */
  follow(session: string | null): void {
    if (session === this.#session) return;
    this.#session = session;
    this.#running?.abort();
    this.#running = null;
    clearTimeout(this.#timer);
    if (session !== null) this.#wait(session, 0);
  }

  #wait(session: string, looks: number): void {
    const seconds = WAITS_SECONDS[looks];
    if (seconds !== undefined)
      this.#timer = setTimeout(() => void this.#look(session, looks), seconds * 1000);
  }

  async #look(session: string, looks: number): Promise<void> {
    // The page is hidden or offline: poll again later.
    if (document.hidden || !navigator.onLine) {
      this.#wait(session, looks);
      return;
    }
    const running = new AbortController();
    this.#running = running;
    const state = await this.#ask(session, running.signal).catch(() => 'pending' as const);
    if (running.signal.aborted) return;
    if (state === 'delivered' || state === 'not_delivered') this.#onNews(session, state);
    if (state !== 'delivered') this.#wait(session, looks + 1);
  }
}
