import type { SendRequest } from '../../shared/api/requests.ts';
import { OtpError, type OtpErrorCode } from '../../shared/otp-error.ts';

/** After these errors the outcome of the send is unknown, so a retry needs the same key. */
const OUTCOME_UNKNOWN: ReadonlySet<OtpErrorCode> = new Set([
  'network_error',
  'timeout',
  'unexpected_answer',
  'request_in_progress',
]);

/** Past this, a repeated send is meant as a new one: the answer to the old would bring a code with little time left. */
const REPEAT_WINDOW_MS = 120_000;

/**
 * The `Idempotency-Key` of each send: one gesture, one key, over all the requests that it takes. The challenge that pays
 * for a request does not belong to what is asked for: it is taken once, so a repetition has to bring another.
 */
export class IdempotencyKeys {
  #unanswered: { body: string; key: string; at: number } | null = null;

  async use<Answer>(
    request: SendRequest,
    at: number,
    send: (key: string) => Promise<Answer>,
  ): Promise<Answer> {
    try {
      const answer = await send(this.#keyFor(request, at));
      this.forget();
      return answer;
    } catch (error) {
      // A required challenge does not end the action, and an earlier request of it may have been processed.
      const goesOn =
        !(error instanceof OtpError) || error.challenge || OUTCOME_UNKNOWN.has(error.code);
      if (!goesOn) this.forget();
      throw error;
    }
  }

  forget(): void {
    this.#unanswered = null;
  }

  /** A retry after a missing response is the same user action. */
  #keyFor(request: SendRequest, at: number): string {
    const { challenge: _payment, ...asked } = request;
    const body = JSON.stringify(asked);
    const last = this.#unanswered;
    if (last?.body === body && at - last.at < REPEAT_WINDOW_MS) return last.key;
    const key = crypto.randomUUID();
    this.#unanswered = { body, key, at };
    return key;
  }
}
