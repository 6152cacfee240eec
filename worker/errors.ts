/**
 * Why a request was rejected: detailed inside, for the log and the operator; on the wire only the few codes of
 * `shared/api/error-codes.ts`. The one switch between the two is `toProblem`.
 */
import type { Upstream } from '../shared/api/admin-responses.ts';
import type { ErrorCode } from '../shared/api/error-codes.ts';
import type { ChallengeConfig } from '../shared/api/responses.ts';
import type { SettingProblem } from './config/setting-problem.ts';

export type ErrorReason = Kind & {
  /** For operators only: the provider's raw response. Never for the log. */
  forOperator?: { detail: string; upstream: Upstream };
};

type Kind =
  // The request itself
  | { kind: 'body_malformed'; detail: string }
  | { kind: 'body_too_large' }
  | { kind: 'media_type' }
  | { kind: 'idempotency_key_malformed' }
  | { kind: 'unknown_flow' }
  /** A bearer route without a valid token. */
  | { kind: 'unauthorized' }
  | { kind: 'channel_not_offered' }
  | { kind: 'no_such_route' }
  /** A report at a valid callback URL, without its provider's signature. */
  | { kind: 'signature_wrong' }
  | { kind: 'method_not_allowed'; allow: readonly string[] }
  | { kind: 'origin_not_listed' }
  | { kind: 'phone_unreadable'; detail: string }
  | { kind: 'phone_type'; type: string }
  | { kind: 'country_not_listed'; country: string | undefined }
  | { kind: 'code_format' }
  // Limits
  | { kind: 'burst'; waitMs: number }
  | { kind: 'client_limit'; waitMs: number }
  | { kind: 'cooldown'; waitMs: number }
  | { kind: 'send_limit'; waitMs: number }
  | { kind: 'failure_limit'; waitMs: number }
  /** What it says to nobody but the operator. */
  | { kind: 'guard_blocked'; waitMs: number }
  | { kind: 'rule_blocked'; waitMs: number }
  | { kind: 'budget_exhausted'; budget: string; waitMs: number }
  | { kind: 'attempts_exhausted'; waitMs: number }
  // The challenge
  | { kind: 'challenge_required'; challenge: NonNullable<ChallengeConfig> }
  | { kind: 'challenge_failed' }
  | { kind: 'challenge_unavailable' }
  // The session
  | { kind: 'session_unreadable' }
  | { kind: 'session_of_other_site' }
  | { kind: 'session_unknown' }
  | { kind: 'session_expired' }
  | { kind: 'session_superseded' }
  | { kind: 'session_cancelled' }
  | { kind: 'session_verified' }
  /** It is not verified, so there is no proof to renew. */
  | { kind: 'session_unverified' }
  /** A proof of it was redeemed, which ends renewal. */
  | { kind: 'session_redeemed' }
  | { kind: 'renewal_over' }
  | { kind: 'code_wrong'; attemptsLeft: number }
  | { kind: 'in_progress' }
  | { kind: 'key_reused' }
  // The provider
  /** It said no. */
  | { kind: 'provider_refused'; detail: string }
  /** The provider reported a failure: nothing was sent. */
  | { kind: 'provider_failed'; detail: string }
  /** The request certainly did not get there. */
  | { kind: 'provider_unreached'; detail: string }
  /** It does not know or serve the number. */
  | { kind: 'provider_bad_number'; detail: string }
  /** It does not let us send under this name or number. */
  | { kind: 'provider_bad_sender'; detail: string }
  /** It answered something that is no answer, or that leaves open whether it acted. */
  | { kind: 'provider_unintelligible'; detail: string }
  /** The provider blocks the message. `isFinal`: because of a STOP or fraud, so no fallback may send it. */
  | { kind: 'provider_blocked'; detail: string; isFinal: boolean }
  | { kind: 'provider_unauthorized'; detail: string }
  | { kind: 'provider_throttled'; waitMs: number }
  | { kind: 'delivery_unknown'; detail: string }
  | { kind: 'provider_silent'; detail: string }
  /** The circuit breaker is open. */
  | { kind: 'provider_down'; waitMs: number }
  // The deployment
  | { kind: 'misconfigured'; problems: readonly SettingProblem[] }
  | { kind: 'store_unavailable'; cause?: unknown }
  | { kind: 'unexpected'; cause: unknown };

/** Thrown where a request ends early; caught in one place. */
export class RequestError extends Error {
  override readonly name = 'RequestError';
  readonly reason: ErrorReason;

  constructor(reason: ErrorReason) {
    super(reason.kind, { cause: 'cause' in reason ? reason.cause : undefined });
    this.reason = reason;
  }
}

/** What of a reason goes out. Waiting times in milliseconds. */
export interface PublicProblem {
  code: ErrorCode;
  /** For developers: what to fix. Never a received value, never which limit rejected the request. */
  detail?: string;
  attemptsLeft?: number;
  waitMs?: number;
  allow?: readonly string[];
  /** All that the provider said. */
  upstream?: Upstream;
  /** The challenge to pass before the same request is made again. */
  challenge?: NonNullable<ChallengeConfig>;
}

/** Where nobody knows when it will be better. */
const RETRY_LATER_MS = 30_000;

export function toProblem(reason: ErrorReason): PublicProblem {
  return { ...plainProblemOf(reason), ...reason.forOperator };
}

function plainProblemOf(reason: ErrorReason): PublicProblem {
  switch (reason.kind) {
    case 'body_malformed':
      return { code: 'malformed_request', detail: reason.detail };
    case 'idempotency_key_malformed':
      return {
        code: 'malformed_request',
        detail: 'Idempotency-Key: at most 128 visible ASCII characters',
      };
    case 'unauthorized':
      return { code: 'unauthorized' };
    case 'unknown_flow':
      return { code: 'malformed_request', detail: 'flow: not in FLOWS of this Worker' };
    case 'channel_not_offered':
      return { code: 'malformed_request', detail: 'channel: not offered here' };
    case 'body_too_large':
      return { code: 'payload_too_large' };
    case 'media_type':
      return { code: 'unsupported_media_type' };
    case 'no_such_route':
    case 'signature_wrong':
      return { code: 'not_found' };
    case 'method_not_allowed':
      return { code: 'method_not_allowed', allow: reason.allow };
    case 'origin_not_listed':
      return {
        code: 'origin_not_allowed',
        detail: 'Origin: not in ALLOWED_ORIGINS of this Worker',
      };
    case 'phone_unreadable':
    case 'phone_type':
      return { code: 'invalid_phone' };
    case 'country_not_listed':
      return { code: 'destination_not_allowed' };
    case 'code_format':
      return { code: 'invalid_code_format' };
    case 'burst':
    case 'client_limit':
    case 'cooldown':
    case 'send_limit':
    case 'failure_limit':
    case 'guard_blocked':
    case 'rule_blocked':
      return { code: 'rate_limited', waitMs: reason.waitMs };
    case 'budget_exhausted':
      // A range of numbers under attack looks like any other limit; the deployment's own ceilings say so.
      return {
        code: reason.budget.startsWith('prefix:') ? 'rate_limited' : 'capacity',
        waitMs: reason.waitMs,
      };
    case 'challenge_required':
      return { code: 'challenge_failed', challenge: reason.challenge };
    case 'challenge_failed':
      return { code: 'challenge_failed' };
    case 'attempts_exhausted':
      return { code: 'too_many_attempts', waitMs: reason.waitMs };
    case 'session_unreadable':
    case 'session_of_other_site':
    case 'session_unknown':
    case 'session_unverified':
      return { code: 'invalid_session' };
    case 'renewal_over':
    case 'session_expired':
    case 'session_superseded':
    case 'session_cancelled':
      return { code: 'session_expired' };
    case 'session_redeemed':
    case 'session_verified':
      return { code: 'session_used' };
    case 'code_wrong':
      return { code: 'incorrect_code', attemptsLeft: reason.attemptsLeft };
    case 'in_progress':
      return { code: 'request_in_progress' };
    case 'key_reused':
      return { code: 'idempotency_mismatch' };
    case 'provider_refused':
    case 'provider_failed':
    case 'provider_unreached':
    case 'provider_unintelligible':
      return { code: 'upstream_error' };
    case 'provider_bad_number':
      return { code: 'invalid_phone' };
    case 'provider_blocked':
      return { code: 'blocked_by_provider' };
    case 'provider_unauthorized':
    case 'provider_bad_sender':
      return { code: 'misconfigured', waitMs: RETRY_LATER_MS };
    case 'provider_throttled':
    case 'provider_down':
      return { code: 'temporarily_unavailable', waitMs: reason.waitMs };
    case 'delivery_unknown':
      return { code: 'delivery_unknown' };
    case 'provider_silent':
      return { code: 'upstream_timeout' };
    case 'misconfigured':
      return { code: 'misconfigured', waitMs: RETRY_LATER_MS };
    case 'store_unavailable':
    case 'challenge_unavailable':
    case 'unexpected':
      return { code: 'temporarily_unavailable', waitMs: RETRY_LATER_MS };
  }
}
