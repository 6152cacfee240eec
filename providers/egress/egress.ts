/**
 * How a call leaves the Worker: straight from Cloudflare's edge (`direct.ts`), or by a relay at an address that the
 * provider knows (`relay.ts`). Mitto answers allow-listed addresses only.
 */
export interface Egress {
  call(request: OutboundRequest): Promise<OutboundAnswer>;
}

export type OutboundMethod = 'GET' | 'POST' | 'PUT' | 'DELETE';

export interface OutboundRequest {
  url: string;
  method: OutboundMethod;
  headers: Readonly<Record<string, string>>;
  body?: string;
  /** The largest answer that the caller has use for; 64 KiB by default, at most `MAX_ANSWER_BYTES`. */
  maxAnswerBytes?: number;
}

export type OutboundAnswer =
  | {
      kind: 'answered';
      status: number;
      retryAfter: string | null;
      text: string;
      /** The address from which the call left, if the relay reported it. */
      from?: string;
    }
  /**
   * No whole answer came: whether the provider has acted on the request is not known. `late` when the deadline
   * passed, `broken` when the connection did.
   */
  | { kind: 'unanswered'; why: 'late' | 'broken' }
  /** No connection: the provider certainly did not receive the request. Only some hosts can detect that. */
  | { kind: 'unreached' }
  /** An answer too large to be one. */
  | { kind: 'oversized'; status: number }
  /** The relay did not pass the request on: the provider certainly never saw it. */
  | { kind: 'refused_by_relay'; why: RelayTrouble; detail: string };

/**
 * Whose turn it is: `misconfigured` the operator's (secret, clock, allow-list), `busy` the relay's to be asked again,
 * `provider_unreachable` the provider's, to whom no connection could be made.
 */
export type RelayTrouble = 'misconfigured' | 'busy' | 'provider_unreachable';

/** A send or a check is answered with a small JSON object. */
const DEFAULT_ANSWER_BYTES = 64 * 1024;
/** A Worker has 128 MB for all the requests that it serves at a time. */
const MAX_ANSWER_BYTES = 1024 * 1024;

export function answerBytesOf({ maxAnswerBytes = DEFAULT_ANSWER_BYTES }: OutboundRequest): number {
  return Math.min(maxAnswerBytes, MAX_ANSWER_BYTES);
}
