import type { ErrorCode } from './api/error-codes.ts';
import type { Challenge } from './api/responses.ts';

/**
 * Transport errors: no connection, no response in time, or a response that is not of the API, such as a proxy's page.
 */
export type TransportErrorCode = 'network_error' | 'timeout' | 'unexpected_answer';

export type OtpErrorCode = ErrorCode | TransportErrorCode;

export interface OtpErrorDetails {
  /** HTTP status, if there was a response. */
  status?: number | undefined;
  /** The Worker's message for developers: what to fix. Never for visitors. */
  detail?: string | undefined;
  /** Seconds after which the same call can succeed (`Retry-After`). */
  retryAfter?: number | undefined;
  /** With `incorrect_code`: the remaining attempts of the session. */
  attemptsLeft?: number | undefined;
  /** With `challenge_failed`: the challenge to pass before retrying the request with its token. */
  challenge?: Challenge | undefined;
  cause?: unknown;
}

/** Thrown by the client. Switch on `code`; the message is for developers. */
export class OtpError extends Error {
  override readonly name = 'OtpError';
  readonly code: OtpErrorCode;
  readonly status: number | undefined;
  readonly detail: string | undefined;
  readonly retryAfter: number | undefined;
  readonly attemptsLeft: number | undefined;
  readonly challenge: Challenge | undefined;

  constructor(code: OtpErrorCode, details: OtpErrorDetails = {}) {
    super(details.detail ? `${code}: ${details.detail}` : code, { cause: details.cause });
    this.code = code;
    this.status = details.status;
    this.detail = details.detail;
    this.retryAfter = details.retryAfter;
    this.attemptsLeft = details.attemptsLeft;
    this.challenge = details.challenge;
  }
}
