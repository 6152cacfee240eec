/**
 * The closed table of error codes on the wire: stable, for clients to switch on.
 *
 * Inside the Worker there are many more reasons (`worker/errors.ts`); each maps to one of these, so that
 * an attacker learns no more than a visitor needs to know.
 */
export const ERROR_CODES = {
  malformed_request: { status: 400, title: 'The request is malformed' },
  unauthorized: { status: 401, title: 'The bearer token is missing or wrong' },
  origin_not_allowed: { status: 403, title: 'This site may not use this service' },
  invalid_session: { status: 403, title: 'The session is not valid here' },
  challenge_failed: { status: 403, title: 'The challenge was not passed' },
  not_found: { status: 404, title: 'There is nothing here' },
  method_not_allowed: { status: 405, title: 'The method is not allowed here' },
  session_used: { status: 409, title: 'The session has already given its proof' },
  request_in_progress: { status: 409, title: 'The same request is still in progress' },
  session_expired: { status: 410, title: 'The code has expired' },
  payload_too_large: { status: 413, title: 'The body is too large' },
  unsupported_media_type: { status: 415, title: 'The body must be application/json' },
  invalid_phone: { status: 422, title: 'This is not a phone number that can get a code' },
  destination_not_allowed: { status: 422, title: 'Numbers of this country are not served' },
  invalid_code_format: { status: 422, title: 'The code has the wrong form' },
  incorrect_code: { status: 422, title: 'The code is wrong' },
  idempotency_mismatch: { status: 422, title: 'The key was used for another request' },
  rate_limited: { status: 429, title: 'Too many requests' },
  too_many_attempts: { status: 429, title: 'Too many wrong codes' },
  upstream_error: { status: 502, title: 'The provider could not do it' },
  blocked_by_provider: { status: 502, title: 'The provider does not serve this number' },
  temporarily_unavailable: { status: 503, title: 'The service is not available right now' },
  misconfigured: { status: 503, title: 'The service is not set up correctly' },
  capacity: { status: 503, title: 'The service has reached its ceiling' },
  delivery_unknown: { status: 504, title: 'It is not known whether the message was sent' },
  upstream_timeout: { status: 504, title: 'The provider did not answer in time' },
} as const satisfies Record<string, { status: number; title: string }>;

/** A stable error code of the HTTP API. */
export type ErrorCode = keyof typeof ERROR_CODES;
