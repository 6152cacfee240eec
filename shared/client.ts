/**
 * `mitto-otp/client`: the typed client without a face, for whoever builds their own form. The element uses it too.
 */
import * as v from 'valibot';
import {
  type ConfigAnswer,
  ConfigAnswerSchema,
  type DeliveryAnswer,
  DeliveryAnswerSchema,
  type SendAnswer,
  SendAnswerSchema,
  type VerifyAnswer,
  VerifyAnswerSchema,
} from './answers.ts';
import { boundCall } from './call-bounds.ts';
import { OtpError, type OtpErrorCode } from './otp-error.ts';
import { type PhoneMetadata, PhoneMetadataSchema } from './phone-metadata.ts';
import { ProblemSchema } from './problem.ts';
import type { SendRequest } from './requests.ts';
import { secureUrl } from './secure-url.ts';

export type { Channel } from './channel.ts';
export { OtpError, type OtpErrorCode } from './otp-error.ts';
export type { ConfigAnswer, DeliveryAnswer, PhoneMetadata, SendAnswer, SendRequest, VerifyAnswer };

/** The Worker gives up on the provider after 8 s; past this, the network is at fault. */
const TIMEOUT_MS = 15_000;

export interface OtpClientOptions {
  /** Origin of the Worker, `https://otp.example.com`. Plain http is taken for loopback only. */
  endpoint: string | URL;
  /** For tests and unusual runtimes. */
  fetch?: typeof fetch;
}

export interface CallOptions {
  signal?: AbortSignal;
}

export interface SendOptions extends CallOptions {
  /** One gesture, one key: a repeated call with the same key and body sends nothing again. Made when absent. */
  idempotencyKey?: string;
}

/** The calls that a browser makes. Every one rejects with an `OtpError`. */
export interface OtpClient {
  config(options?: CallOptions & { flow?: string }): Promise<ConfigAnswer>;
  /**
   * What `libphonenumber-js/core` formats and judges the numbers of a country by.
   *
   * @param country ISO 3166-1 alpha-2, one of those that are served; any other is `not_found`
   */
  phoneMetadata(country: string, options?: CallOptions): Promise<PhoneMetadata>;
  send(request: SendRequest, options?: SendOptions): Promise<SendAnswer>;
  verify(request: { session: string; code: string }, options?: CallOptions): Promise<VerifyAnswer>;
  /**
   * Another proof for a session that is verified: the same claims and `auth_time`, a life of its own, no message.
   * `session_used` once a proof of it was redeemed, `session_expired` past the Worker's `PROOF_RENEW_SECONDS`.
   */
  renew(request: { session: string }, options?: CallOptions): Promise<VerifyAnswer>;
  cancel(request: { session: string }, options?: CallOptions): Promise<void>;
  /** What the provider says has become of the session's message; worth asking where `send` answered `reports`. */
  delivery(request: { session: string }, options?: CallOptions): Promise<DeliveryAnswer>;
}

/** @throws TypeError when the endpoint is neither https nor loopback: a number must not travel in the clear. */
export function createOtpClient(options: OtpClientOptions): OtpClient {
  const endpoint = secureEndpoint(options.endpoint);
  const fetchImpl = options.fetch ?? ((input, init) => fetch(input, init));

  async function call(path: string, init: RequestInit, signal?: AbortSignal): Promise<Answer> {
    const bounds = boundCall(TIMEOUT_MS, signal);
    let response: Response;
    let text: string;
    try {
      response = await fetchImpl(new URL(path, endpoint), {
        ...init,
        credentials: 'omit',
        referrerPolicy: 'no-referrer',
        redirect: 'error',
        signal: bounds.signal,
      });
      // Within the same bounds: the answer may stop half-way.
      text = await response.text();
    } catch (cause) {
      // An abort is the caller's own doing and reaches it as it is.
      signal?.throwIfAborted();
      throw new OtpError(bounds.isTimedOut() ? 'timeout' : 'network_error', { cause });
    } finally {
      bounds.release();
    }
    const answer = { status: response.status, body: parsed(text) };
    if (!response.ok) throw errorOf(answer, response.headers.get('Retry-After'));
    return answer;
  }

  function post(
    path: string,
    body: object,
    options?: SendOptions,
    more?: RequestInit,
  ): Promise<Answer> {
    const headers: Record<string, string> = { 'Content-Type': 'application/json' };
    if (options?.idempotencyKey) headers['Idempotency-Key'] = options.idempotencyKey;
    const init = { ...more, method: 'POST', headers, body: JSON.stringify(body) };
    return call(path, init, options?.signal);
  }

  return {
    async config({ flow, signal } = {}) {
      const query = flow ? `?flow=${encodeURIComponent(flow)}` : '';
      return answerOf(
        ConfigAnswerSchema,
        await call(`/v1/config${query}`, { method: 'GET' }, signal),
      );
    },
    async phoneMetadata(country, { signal } = {}) {
      const path = `/v1/phone-metadata/${encodeURIComponent(country)}`;
      return answerOf(PhoneMetadataSchema, await call(path, { method: 'GET' }, signal));
    },
    async send(request, options) {
      const idempotencyKey = options?.idempotencyKey ?? crypto.randomUUID();
      return answerOf(
        SendAnswerSchema,
        await post('/v1/send', request, { ...options, idempotencyKey }),
      );
    },
    async verify(request, options) {
      return answerOf(VerifyAnswerSchema, await post('/v1/verify', request, options));
    },
    async renew(request, options) {
      return answerOf(VerifyAnswerSchema, await post('/v1/renew', request, options));
    },
    async delivery(request, options) {
      return answerOf(DeliveryAnswerSchema, await post('/v1/delivery', request, options));
    },
    async cancel(request, options) {
      // `keepalive`: a visitor who leaves the page still cancels the code.
      await post('/v1/cancel', request, options, { keepalive: true });
    },
  };
}

function secureEndpoint(endpoint: string | URL): URL {
  const url = secureUrl(endpoint);
  if (!url) throw new TypeError('mitto-otp: the endpoint must be https, or http on loopback');
  return url;
}

interface Answer {
  status: number;
  /** `undefined` when it was not JSON. */
  body: unknown;
}

function answerOf<const Schema extends v.GenericSchema>(
  schema: Schema,
  { status, body }: Answer,
): v.InferOutput<Schema> {
  const answer = v.safeParse(schema, body);
  if (!answer.success) throw new OtpError('unexpected_answer', { status });
  return answer.output;
}

function errorOf({ status, body }: Answer, retryAfterHeader: string | null): OtpError {
  const problem = v.safeParse(ProblemSchema, body);
  if (!problem.success) return new OtpError('unexpected_answer', { status });
  return new OtpError(problem.output.code as OtpErrorCode, {
    status,
    detail: problem.output.detail,
    retryAfter: Number(retryAfterHeader) || undefined,
    attemptsLeft: problem.output.attemptsLeft,
    challenge: problem.output.challenge ?? undefined,
  });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
