/**
 * A whole service for a test: the Worker in workerd with its real KV and Durable Objects, the Mitto sandbox behind
 * it, and a clock that the test turns. The plumbing is here, so that tests read like sentences.
 */
import { createExecutionContext, waitOnExecutionContext } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { afterEach } from 'vitest';
import { createProviderSandbox, type ProviderSandbox } from '../../../sandbox/provider-sandbox.ts';
import type { Problem } from '../../../shared/api/problem-details.ts';
import type { SendAnswer, VerifyAnswer } from '../../../shared/api/responses.ts';
import { createApp } from '../../../worker/app.ts';
import type { Runtime } from '../../../worker/services.ts';
import { requireDocumented } from './openapi-matcher.ts';
import { resetStores } from './store-dump.ts';

export const SITE = 'https://www.example.com';
export const OTHER_SITE = 'https://shop.example.org';
export const WORKER = 'https://otp.example.com';
export const PHONE = '+4915123456789';

/**
 * When a test begins. Far ahead of the machine's clock, because the alarms of Durable Objects go by that one: an
 * alarm that is already due would wipe out, in the middle of a test, what still counts in it.
 */
export const START = '2099-11-20T12:00:00.000Z';

/** The shield of the machine would otherwise answer first where one client asks often. */
export const NO_BURST = { BURST: { limit: async () => ({ success: true }) } };

/** As `wrangler.toml` and the secrets would have them. */
export const SETTINGS = {
  PUBLIC_URL: WORKER,
  ALLOWED_ORIGINS: [SITE, OTHER_SITE],
  ALLOWED_COUNTRIES: 'DE,AT,FR',
  SENDER: 'Example',
  CHANNELS: 'sms,voice',
  MITTO_2FA_BASE_URL: 'https://mitto.test',
  OTP_SECRET: 'a secret of at least thirty-two bytes',
  SITE_SECRET: 'the secret of the site, of the same length',
} as const;

export interface TestService {
  sandbox: ProviderSandbox;
  /** Lines of the log. */
  log: string[];
  /** Milliseconds since 1970; turn it with `advance`. */
  now(): number;
  advance(milliseconds: number): void;
  /** What the provider was asked, by operation. */
  upstream(operation?: 'send' | 'verify' | 'cancel'): number;
  /** @param context of a test that wants to see what is kept alive; otherwise that is waited for */
  fetch(request: Request, context?: ExecutionContext): Promise<Response>;
  /** What `post` would ask. */
  request(path: string, body: unknown, options?: PostOptions): Request;
  post(path: string, body: unknown, options?: PostOptions): Promise<Response>;
  get(path: string, headers?: Record<string, string>): Promise<Response>;
  /** Sends a code and expects it to work. */
  send(body?: Record<string, unknown>, options?: PostOptions): Promise<SendAnswer>;
  verify(session: string, code: string, options?: PostOptions): Promise<Response>;
  /** The code that the phone got last. */
  codeOf(phone?: string): string;
  /** A code that is not it. */
  wrongCodeOf(phone?: string, nth?: number): string;
}

export interface PostOptions {
  ip?: string;
  origin?: string | null;
  idempotencyKey?: string;
  headers?: Record<string, string>;
  signal?: AbortSignal;
}

export interface ServiceOptions {
  settings?: Record<string, unknown>;
  /** In place of bindings. */
  bindings?: Record<string, unknown>;
  runtime?: Partial<Runtime>;
  sandbox?: ProviderSandbox;
}

/** Each test has an address of its own, so that the burst shield of the machine never joins in. */
let lastHost = 0;

afterEach(resetStores);

export function startService(options: ServiceOptions = {}): TestService {
  let nowMs = Date.parse(START);
  const now = () => nowMs;
  const sandbox = options.sandbox ?? createProviderSandbox({ now });
  const log: string[] = [];
  const app = createApp({
    now,
    fetch: ((input: string, init: RequestInit) =>
      sandbox.fetch(new Request(input, init))) as typeof fetch,
    randomId: () => crypto.randomUUID().replaceAll('-', ''),
    randomBytes: (count) => crypto.getRandomValues(new Uint8Array(count)),
    log: (line) => log.push(line),
    ...options.runtime,
  });
  const environment = {
    ...env,
    ...SETTINGS,
    MITTO_ACCOUNT_ID: sandbox.accountId,
    MITTO_API_KEY: sandbox.apiKey,
    ...options.settings,
    ...options.bindings,
  } as unknown as Env;
  lastHost += 1;
  const ip = `198.51.${Math.floor(lastHost / 250)}.${(lastHost % 250) + 1}`;

  async function fetchOnce(request: Request, given?: ExecutionContext): Promise<Response> {
    const context = given ?? createExecutionContext();
    const response = await app.fetch(request as never, environment, context);
    if (!given) await waitOnExecutionContext(context);
    await requireDocumented(request, response);
    return response;
  }

  const service: TestService = {
    sandbox,
    log,
    now,
    advance(milliseconds) {
      nowMs += milliseconds;
    },
    upstream: (operation) =>
      sandbox.calls.list().filter((call) => operation === undefined || call.operation === operation)
        .length,
    fetch: fetchOnce,
    request(path, body, { origin = SITE, idempotencyKey, headers, signal, ...rest } = {}) {
      return new Request(`${WORKER}${path}`, {
        method: 'POST',
        headers: {
          'Content-Type': 'application/json',
          'CF-Connecting-IP': rest.ip ?? ip,
          ...(origin === null ? {} : { Origin: origin }),
          ...(idempotencyKey === undefined ? {} : { 'Idempotency-Key': idempotencyKey }),
          ...headers,
        },
        body: typeof body === 'string' ? body : JSON.stringify(body),
        ...(signal ? { signal } : {}),
      });
    },
    post: (path, body, postOptions) => fetchOnce(service.request(path, body, postOptions)),
    get: (path, headers = {}) =>
      fetchOnce(
        new Request(`${WORKER}${path}`, { headers: { 'CF-Connecting-IP': ip, ...headers } }),
      ),
    async send(body = { phone: PHONE }, postOptions) {
      const response = await service.post('/v1/send', body, postOptions);
      if (response.status !== 200)
        throw new Error(`send: ${response.status} ${await response.text()}`);
      return response.json();
    },
    verify: (session, code, postOptions) =>
      service.post('/v1/verify', { session, code }, postOptions),
    codeOf(phone = PHONE) {
      const message = sandbox.inbox.list({ to: phone }).at(-1);
      if (!message) throw new Error(`no message for ${phone}`);
      return message.code;
    },
    wrongCodeOf(phone = PHONE, nth = 1) {
      const length = service.codeOf(phone).length;
      const code = (Number(service.codeOf(phone)) + nth) % 10 ** length;
      return String(code).padStart(length, '0');
    },
  };
  return service;
}

export async function proofOf(response: Response): Promise<VerifyAnswer> {
  if (response.status !== 200)
    throw new Error(`verify: ${response.status} ${await response.text()}`);
  return response.json();
}

/** The stable code of an answer, `ok` for a success. */
export async function codeOf(response: Response): Promise<string> {
  if (response.ok) return 'ok';
  return ((await response.clone().json()) as Problem).code;
}
