/**
 * P15: no input makes a 5xx. Requests are drawn from our own OpenAPI document, fitting it and nearly so, and out of
 * the blue; bounded in number and repeatable by their seed.
 */
import * as fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { ERROR_CODES, type ErrorCode } from '../../../shared/api/error-codes.ts';
import type { Problem } from '../../../shared/api/problem-details.ts';
import { describeApi } from '../../../worker/openapi/document.ts';
import { ROUTES } from '../../../worker/routes/index.ts';
import {
  NO_BURST,
  PHONE,
  proofOf,
  SETTINGS,
  SITE,
  startService,
  type TestService,
  WORKER,
} from '../../support/worker/harness.ts';
import { EVERY_CONNECTOR } from '../../support/worker/providers.ts';
import { fitting, type JsonSchema, nearlyFitting, type Plausible } from './arbitrary-bodies.ts';

const SECRETS = {
  SITE_SECRET: SETTINGS.SITE_SECRET,
  ADMIN_TOKEN: 'the token of the operators, long enough',
};

interface OpenApi {
  paths: Record<
    string,
    Record<
      string,
      {
        security?: Record<'SITE_SECRET' | 'ADMIN_TOKEN', []>[];
        requestBody?: { content: Record<string, { schema: JsonSchema }> };
        responses: Record<string, { description: string }>;
      }
    >
  >;
}

const document = describeApi() as OpenApi;
const POSTS = Object.entries(document.paths).flatMap(([path, { post }]) => {
  const schema = post?.requestBody?.content['application/json']?.schema;
  const secret = Object.keys(post?.security?.[0] ?? {})[0] as keyof typeof SECRETS | undefined;
  return post && schema ? [{ path, schema, secret, responses: post.responses }] : [];
});

/** How deep the bodies of each call get. */
const REACHED: Record<string, string[]> = {
  '/v1/send': ['ok', 'rate_limited', 'invalid_phone', 'invalid_session', 'session_used'],
  '/v1/verify': ['incorrect_code', 'too_many_attempts', 'session_used', 'invalid_code_format'],
  '/v1/renew': ['ok', 'invalid_session', 'malformed_request'],
  '/v1/cancel': ['ok', 'invalid_session'],
  '/v1/siteverify': ['ok'],
  '/v1/messages': ['ok', 'malformed_request', 'rate_limited', 'destination_not_allowed'],
  '/v1/hooks/auth0/phone': ['ok', 'rate_limited', 'destination_not_allowed'],
  '/v1/admin/doctor': ['ok', 'malformed_request'],
  '/v1/admin/doctor/mitto': ['ok', 'rate_limited', 'invalid_phone', 'destination_not_allowed'],
  '/v1/admin/connectors/{name}/test': ['ok', 'rate_limited', 'invalid_phone'],
  '/v1/admin/messages/search': ['ok', 'malformed_request'],
  '/v1/admin/mitto/search': ['ok', 'malformed_request'],
  '/v1/admin/mitto/limits': ['upstream_error', 'malformed_request'],
};

const HEADERS = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'strict-transport-security': 'max-age=31536000',
};

let service: TestService;
let plausible: Plausible;

/** A service in the midst of its life: an open session, a used one, a proof. */
beforeEach(async () => {
  service = startService({
    bindings: { ...NO_BURST, ASSETS: { fetch: async () => new Response('', { status: 404 }) } },
    settings: {
      ...EVERY_CONNECTOR,
      CONNECTOR: 'mitto-2fa',
      ADMIN_TOKEN: SECRETS.ADMIN_TOKEN,
      LIMITS: { send_per_ip: '100/1s', verify_per_ip: '100/1s', send_total: '100000/1d' },
    },
  });
  const used = await service.send({ phone: '+4915223456789' });
  const answer = await service.verify(used.session, service.codeOf('+4915223456789'));
  const { proof } = await proofOf(answer);
  const open = await service.send();
  const numbers = [PHONE, '+447400123456', '+493012345678', '+436641234567', '+10000'];
  const known: Record<string, string[]> = {
    to: numbers,
    recipient: numbers,
    requestId: ['OTP0123456789abcdef0123456789abcdef'],
    phone: [PHONE, '015123456789', '+447400123456', '+493012345678', '++49', '+', '0'.repeat(64)],
    country: ['DE', 'AT', 'US', 'ZZ'],
    session: [open.session, used.session, `${open.session}A`, proof],
    code: ['000000', service.wrongCodeOf(), '٠٠٠٠٠٠', '12345', '1e5555'],
    locale: ['de', 'zh-Hant-TW', 'constructor', '__proto__'],
    flow: ['constructor', 'none'],
    secret: [SETTINGS.SITE_SECRET, 'x'.repeat(40)],
    response: [proof, open.session, 'a.b.c', '..', 'eyJhbGciOiJub25lIn0.e30.'],
  };
  plausible = (member) => known[member] ?? [];
});

async function expectWellBehaved(
  response: Response,
  mayRefuse = false,
): Promise<Problem | undefined> {
  const headers = Object.fromEntries(response.headers);
  expect(headers).toMatchObject(HEADERS);
  expect(headers).toHaveProperty('cache-control');
  // No store and no provider fails here, so nothing that says so may be answered.
  if (!(mayRefuse && response.status === 502)) expect(response.status).toBeLessThan(500);
  if (response.status < 400) return undefined;
  expect(headers['content-type']).toBe('application/problem+json');
  expect(headers['cache-control']).toBe('no-store');
  const text = await response.text();
  if (text === '') return undefined;
  const problem = JSON.parse(text) as Problem;
  const { status, title } = ERROR_CODES[problem.code];
  expect(response.status).toBe(status);
  expect(problem).toMatchObject({ status, title, type: `urn:mitto-otp:problem:${problem.code}` });
  if (status === 429) expect(Number(headers['retry-after'])).toBeGreaterThanOrEqual(1);
  return problem;
}

describe.each(POSTS)('$path', ({ path, schema, secret, responses }) => {
  it('answers whatever fits its schema, or nearly does, with what its document says', {
    timeout: 60_000,
  }, async () => {
    const bodies = fc.oneof(
      fitting(schema, plausible).map((body) => JSON.stringify(body)),
      nearlyFitting(schema, plausible),
    );
    const seen = new Set<string>();
    const url = path.replace('{name}', 'mitto-sms');
    const headers: Record<string, string> = secret
      ? { Authorization: `Bearer ${SECRETS[secret]}` }
      : {};
    // What is passed on, Mitto may refuse.
    const mayRefuse = path.startsWith('/v1/admin/mitto/');
    const property = fc.asyncProperty(bodies, async (body) => {
      service.advance(1_000);
      const response = await service.post(url, body, { headers });
      const problem = await expectWellBehaved(response, mayRefuse);
      seen.add(problem?.code ?? 'ok');
      if (!problem) return;
      const documented = responses[response.status]?.description.split(', ') ?? [];
      expect(documented, body.slice(0, 200)).toContain(problem.code satisfies ErrorCode);
    });
    await fc.assert(property, { seed: 1, numRuns: 600, endOnFailure: true });
    // Or the fuzzer would only ever have knocked at the door.
    expect([...seen]).toEqual(expect.arrayContaining(REACHED[path] ?? []));
  });
});

const headerValue = fc.oneof(
  fc.string({
    unit: fc.constantFrom(...' !"#$%&\'()*+,-./:;<=>?@[]^_`{|}~aZ09'),
    maxLength: 60,
  }),
  fc.constantFrom('a'.repeat(16_000), '0', '-1', '99999999999999999999', 'NaN', '::1', '%00'),
);
const headerName = fc.constantFrom(
  ...['Origin', 'Content-Type', 'Content-Length', 'Content-Encoding', 'Idempotency-Key', 'Accept'],
  ...['CF-Connecting-IP', 'Authorization', 'Cookie', 'Range', 'If-None-Match', 'Expect', 'Upgrade'],
  ...['Access-Control-Request-Method', 'X-Forwarded-For', 'Transfer-Encoding', 'Forwarded'],
);
const path = fc.oneof(
  fc.constantFrom(...ROUTES.map((route) => route.path.replace(':file', 'x.js'))),
  fc.constantFrom(
    ...[
      '/',
      '//',
      '/v1',
      '/v1/',
      '/v1/send/',
      '/V1/SEND',
      '/v1/%73end',
      '/v1//send',
      '/v1/send%00',
    ],
    ...[
      '/v1/../v1/send',
      '/mitto-otp/..%2f..%2fetc',
      '/mitto-otp/%',
      '/__proto__',
      '/v1/constructor',
    ],
    ...['/.well-known/', '/healthz?x=1', '/v1/config?flow=__proto__', '/v1/config?flow=a&flow=b'],
    `/${'a'.repeat(8_000)}`,
  ),
  fc.webPath(),
);
const method = fc.constantFrom(
  'GET',
  'HEAD',
  'POST',
  'PUT',
  'PATCH',
  'DELETE',
  'OPTIONS',
  'PROPFIND',
  'post',
);
const body = fc.oneof(
  fc.constant(undefined),
  fc.uint8Array({ maxLength: 200 }),
  fc.string({ unit: 'binary', maxLength: 200 }),
  fc.jsonValue().map((value) => JSON.stringify(value)),
  fc.constantFrom(
    '{"phone":'.repeat(400),
    '['.repeat(4_000),
    `{"a":${'1'.repeat(4_000)}}`,
    '\ufeff{}',
  ),
);

describe('a request out of the blue', () => {
  it('gets an answer of ours', { timeout: 60_000 }, async () => {
    const request = fc.record({
      path,
      method,
      body,
      isFromSite: fc.boolean(),
      headers: fc.array(fc.tuple(headerName, headerValue), { maxLength: 5 }),
    });
    const property = fc.asyncProperty(
      request,
      async ({ path, method, body, isFromSite, headers }) => {
        const all = new Headers(
          isFromSite ? { Origin: SITE, 'Content-Type': 'application/json' } : {},
        );
        for (const [name, value] of headers) all.set(name, value);
        const hasBody = method !== 'GET' && method !== 'HEAD' && body !== undefined;
        await expectWellBehaved(
          await service.fetch(
            new Request(`${WORKER}${path}`, { method, headers: all, ...(hasBody ? { body } : {}) }),
          ),
        );
      },
    );
    await fc.assert(property, { seed: 2, numRuns: 1_500, endOnFailure: true });
  });
});
