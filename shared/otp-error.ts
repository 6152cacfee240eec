import type { Challenge } from './answers.ts';
import type { ErrorCode } from './error-codes.ts';

/**
 * What can go wrong before an answer of the Worker is understood: no connection, no answer in time, or an
 * answer that is not in the language of the API (a proxy's page, say).
 */
export type TransportErrorCode = 'network_error' | 'timeout' | 'unexpected_answer';

export type OtpErrorCode = ErrorCode | TransportErrorCode;

export interface OtpErrorDetails {
  /** HTTP status, where there was an answer. */
  status?: number | undefined;
  /** What to fix, in the Worker's words, where it says so: for developers, never for a visitor. */
  detail?: string | undefined;
  /** Seconds after which the same call can succeed (`Retry-After`). */
  retryAfter?: number | undefined;
  /** With `incorrect_code`: how many codes the session may still try. */
  attemptsLeft?: number | undefined;
  /** With `challenge_failed`: the one to pass before the same request is made again, with its token. */
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
