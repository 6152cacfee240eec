/** Requests with an `Idempotency-Key`, as part of a phone's record: one key, one message, one answer. */
import { ABANDONED_MS, type PhoneHistory, type PhoneRecord } from './phone-record.ts';

/** An `Idempotency-Key` and the body it came with, as keyed hashes. */
export interface Idempotency {
  key: string;
  fingerprint: string;
  /** The same two under the previous keys, during a rotation of the secret. */
  former?: { key: string; fingerprint: string } | undefined;
}

/** What a repeated request gets. */
export type ReplayResult =
  | { kind: 'replayed'; answer: string }
  /** A request with the same key is in progress, or its outcome is unknown. */
  | { kind: 'in_progress' | 'key_reused' }
  | { kind: 'abandoned' };

/** What came of a message that was granted. `not_sent`: it never left, so it does not count. */
export type SendOutcome = 'accepted' | 'not_accepted' | 'not_sent';

type Requests = PhoneRecord['requests'];

/** What a repeated key gets; `undefined` for one that comes for the first time. */
export function replayResult(
  { requests }: PhoneRecord,
  idempotency: Idempotency | undefined,
  carried: PhoneHistory | undefined,
  nowMs: number,
): ReplayResult | undefined {
  if (!idempotency) return undefined;
  const { key, former } = idempotency;
  const own = requests[key];
  // A resend stays in the object that its session began in, and so does its key under the previous keys.
  const keyed = own ?? (former && requests[former.key]) ?? carried?.keyed;
  if (!keyed) return undefined;
  const fingerprint = own ? idempotency.fingerprint : former?.fingerprint;
  if (keyed.fingerprint !== fingerprint) return { kind: 'key_reused' };
  if (keyed.answer !== undefined) return { kind: 'replayed', answer: keyed.answer };
  const isAbandoned = nowMs - keyed.startedAtMs > ABANDONED_MS;
  return isAbandoned ? { kind: 'abandoned' } : { kind: 'in_progress' };
}

export function withRequest(
  requests: Requests,
  idempotency: Idempotency | undefined,
  startedAtMs: number,
): Requests {
  if (!idempotency) return requests;
  const { key, fingerprint } = idempotency;
  return { ...requests, [key]: { fingerprint, startedAtMs } };
}

/** @param answer sealed; what the same key gets from now on */
export function withAnswer(
  requests: Requests,
  idempotency: Idempotency | undefined,
  outcome: SendOutcome,
  answer: string | undefined,
): Requests {
  if (!idempotency) return requests;
  const { [idempotency.key]: keyed, ...others } = requests;
  // What never left is no answer to remember: the same key may try again.
  if (outcome === 'not_sent') return others;
  if (!keyed || answer === undefined) return requests;
  return { ...others, [idempotency.key]: { ...keyed, answer } };
}
