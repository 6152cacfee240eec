/**
 * Stands in for the Worker in the page, where the Worker cannot run: it takes the place of `fetch`, records every
 * call, and answers as it is told. What goes in and out is checked against the schemas that both halves share, so
 * that it cannot drift from the real one unseen.
 */
import * as v from 'valibot';
import { ERROR_CODES, type ErrorCode } from '../../../shared/api/error-codes.ts';
import { ProblemSchema } from '../../../shared/api/problem-details.ts';
import {
  CancelRequestSchema,
  DeliveryRequestSchema,
  IdempotencyKeySchema,
  RenewRequestSchema,
  SendRequestSchema,
  VerifyRequestSchema,
} from '../../../shared/api/requests.ts';
import {
  type Challenge,
  type ConfigAnswer,
  ConfigAnswerSchema,
  type DeliveryAnswer,
  DeliveryAnswerSchema,
  type SendAnswer,
  SendAnswerSchema,
  type VerifyAnswer,
  VerifyAnswerSchema,
} from '../../../shared/api/responses.ts';

export type Route =
  | 'config'
  | 'send'
  | 'verify'
  | 'renew'
  | 'delivery'
  | 'cancel'
  | 'phone-metadata';

export interface RecordedCall {
  route: Route;
  url: URL;
  /** Checked against the schemas. */
  body: Record<string, unknown>;
  key: string | null;
  signal: AbortSignal | null;
}

type Answer = () => Response;
export type Reply = (url: URL) => Response | Promise<Response>;

const REQUESTS = {
  config: v.undefined(),
  send: SendRequestSchema,
  verify: VerifyRequestSchema,
  renew: RenewRequestSchema,
  delivery: DeliveryRequestSchema,
  cancel: CancelRequestSchema,
  'phone-metadata': v.undefined(),
} as const;

export const CONFIG: ConfigAnswer = {
  country: 'DE',
  countries: ['AT', 'CA', 'DE', 'FR', 'US'],
  callingCodes: { AT: '43', CA: '1', DE: '49', FR: '33', US: '1' },
  channels: ['sms', 'voice'],
  codeLength: 6,
  challenge: null,
};

export const SENT: SendAnswer = {
  session: 'session-1',
  channel: 'sms',
  channels: ['sms', 'voice'],
  to: '+49 ••• ••• 4567',
  codeLength: 6,
  expiresIn: 600,
  resendIn: 30,
  reports: false,
};

export const VERIFIED: VerifyAnswer = { proof: 'the.proof.itself', expiresIn: 300 };

export const answers = {
  config: (change: Partial<ConfigAnswer> = {}): Answer =>
    json(v.parse(ConfigAnswerSchema, { ...CONFIG, ...change })),
  send: (change: Partial<SendAnswer> = {}): Answer =>
    json(v.parse(SendAnswerSchema, { ...SENT, ...change })),
  verify: (change: Partial<VerifyAnswer> = {}): Answer =>
    json(v.parse(VerifyAnswerSchema, { ...VERIFIED, ...change })),
  delivery: (state: DeliveryAnswer['state']): Answer =>
    json(v.parse(DeliveryAnswerSchema, { state })),
  problem(
    code: ErrorCode,
    more: { retryAfter?: number; attemptsLeft?: number; challenge?: Challenge } = {},
  ): Answer {
    const { status, title } = ERROR_CODES[code];
    const { retryAfter, ...members } = more;
    const body = v.parse(ProblemSchema, {
      type: 'about:blank',
      title,
      status,
      code,
      ...members,
    });
    return json(body, status, retryAfter === undefined ? {} : { 'Retry-After': `${retryAfter}` });
  },
  noConnection: (): Response => {
    throw new TypeError('Failed to fetch');
  },
  proxyPage: (): Response => new Response('<h1>Sign in to the Wi-Fi</h1>', { status: 200 }),
} as const;

export class FakeWorker {
  readonly calls: RecordedCall[] = [];
  /** Requests that the real Worker would not understand. */
  readonly faults: string[] = [];
  readonly #realFetch = globalThis.fetch;
  readonly #queues: Record<Route, Reply[]> = {
    config: [],
    send: [],
    verify: [],
    renew: [],
    delivery: [],
    cancel: [],
    'phone-metadata': [],
  };
  readonly #usual: Record<Route, Reply> = {
    config: answers.config(),
    send: answers.send(),
    verify: answers.verify(),
    // As where renewal is off, for all tests that are not about it.
    renew: answers.problem('session_expired'),
    delivery: answers.delivery('pending'),
    cancel: () => new Response(null, { status: 204 }),
    // Numbers stay as they are typed, for all tests that are not about that.
    'phone-metadata': answers.problem('not_found'),
  };

  constructor() {
    globalThis.fetch = (input, init = {}) => this.#answer(input, init);
  }

  remove(): void {
    globalThis.fetch = this.#realFetch;
  }

  /** How the next call of a route is answered. */
  next(route: Route, reply: Reply): void {
    this.#queues[route].push(reply);
  }

  /** How every call of a route is answered from now on. */
  always(route: Route, reply: Reply): void {
    this.#usual[route] = reply;
  }

  /** The next call of a route hangs until it is let go, and pays no heed to its signal. */
  hold(route: Route, reply: Reply = this.#usual[route]): () => void {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.next(route, async (url) => {
      await promise;
      return reply(url);
    });
    return resolve;
  }

  callsTo(route: Route): RecordedCall[] {
    return this.calls.filter((call) => call.route === route);
  }

  async #answer(input: RequestInfo | URL, init: RequestInit): Promise<Response> {
    const url = new URL(input instanceof Request ? input.url : input, location.href);
    const route = routeOf(url);
    if (!route) return this.#realFetch(input, init);

    const text = typeof init.body === 'string' ? init.body : '';
    const body: unknown = text === '' ? undefined : JSON.parse(text);
    const key = new Headers(init.headers).get('Idempotency-Key');
    this.calls.push({
      route,
      url,
      body: body as Record<string, unknown>,
      key,
      signal: init.signal ?? null,
    });
    if (!v.is(REQUESTS[route], body)) this.faults.push(`${route}: ${text}`);
    if (route === 'send' && !v.is(IdempotencyKeySchema, key)) this.faults.push(`send: key ${key}`);
    return (this.#queues[route].shift() ?? this.#usual[route])(url);
  }
}

function routeOf(url: URL): Route | null {
  const route = /^\/v1\/(config|send|verify|renew|delivery|cancel|phone-metadata)(?:\/|$)/.exec(
    url.pathname,
  )?.[1];
  return (route as Route | undefined) ?? null;
}

function json(body: unknown, status = 200, headers: Record<string, string> = {}): Answer {
  return () => Response.json(body, { status, headers });
}
