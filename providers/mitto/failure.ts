/**
 * Why a call of Mitto has no result. `status` is the HTTP status or, where HTTP said 2xx, the one that the envelope
 * says; 0 where there was no answer. `detail` is ours and holds nothing that anybody sent.
 */
export type MittoFailure = MittoTrouble & {
  /** Mitto's response; not enumerable, so that it is not logged by accident. */
  readonly said?: MittoSaid;
};

type MittoTrouble =
  /** A wrong key, or an address that is not allow-listed (assumed): the operator has to fix it. */
  | { kind: 'unauthorized'; status: number; detail: string }
  | { kind: 'throttled'; status: number; retryAfterSeconds: number; detail: string }
  /** Mitto answered, and it was a no. */
  | { kind: 'refused'; status: number; detail: string }
  /** It answered something that is not its API: a server error, a page, XML, half a JSON, a redirect. */
  | { kind: 'unintelligible'; status: number; detail: string }
  /** It did not answer; it may have acted all the same. */
  | { kind: 'unanswered'; status: 0; detail: string }
  /** Not called: the relay did not forward the request. */
  | {
      kind: 'unsent';
      status: 0;
      why: 'misconfigured' | 'busy' | 'provider_unreachable';
      detail: string;
    };

/** An answer of Mitto's as it came. It may name phone numbers. */
export interface MittoSaid {
  readonly httpStatus: number;
  /** `code` of the envelope. */
  readonly code?: number;
  /** `message` of the envelope. */
  readonly message?: string;
  readonly body: string;
}

export function withSaid<Failure extends MittoFailure>(failure: Failure, said: MittoSaid): Failure {
  return Object.defineProperty(failure, 'said', { value: said });
}
