import { describe, expect, it } from 'vitest';
import { ERROR_CODES } from '../../../shared/api/error-codes.ts';
import { DeliveryAnswerSchema } from '../../../shared/api/responses.ts';
import { HealthSchema } from '../../../shared/api/server-responses.ts';
import { codeOf, OTHER_SITE, SITE, startService } from '../../../test/support/worker/harness.ts';
import { ROUTES } from '../index.ts';

describe('GET /v1/config', () => {
  it('tells the widget what it needs to know', async () => {
    const service = startService();
    const response = await service.get('/v1/config', { Origin: SITE });
    expect(await response.json()).toEqual({
      country: null,
      countries: ['DE', 'AT', 'FR'],
      callingCodes: { DE: '49', AT: '43', FR: '33' },
      channels: ['sms', 'voice'],
      codeLength: 6,
      challenge: null,
    });
    expect(response.headers.get('Access-Control-Allow-Origin')).toBe(SITE);
  });

  it.each([
    ['DE', 'DE'],
    ['US', null],
    ['T1', null],
  ])('knows of a visitor in %s the country %s', async (edge, country) => {
    const service = startService();
    const request = new Request('https://otp.example.com/v1/config');
    Object.defineProperty(request, 'cf', { value: { country: edge } });
    expect(await (await service.fetch(request)).json()).toMatchObject({ country });
  });

  it('knows the channels of a flow, and no flow that there is not', async () => {
    const service = startService({ settings: { FLOWS: '{"plain":{"channels":"sms"}}' } });
    const plain = await service.get('/v1/config?flow=plain', { Origin: SITE });
    expect(await plain.json()).toMatchObject({ channels: ['sms'] });
    for (const flow of ['other', '__proto__', 'constructor', ''])
      expect(await codeOf(await service.get(`/v1/config?flow=${flow}`, { Origin: SITE }))).toBe(
        'malformed_request',
      );
  });

  it('answers a page of its own origin, which sends no Origin, and no page that is not listed', async () => {
    const service = startService();
    expect((await service.get('/v1/config')).status).toBe(200);
    const foreign = await service.get('/v1/config', { Origin: 'https://evil.test' });
    expect(await codeOf(foreign)).toBe('origin_not_allowed');
  });
});

describe('GET /.well-known/jwks.json', () => {
  it('publishes the public key and nothing of the private one', async () => {
    const service = startService();
    const response = await service.get('/.well-known/jwks.json');
    expect(response.headers.get('Cache-Control')).toBe('public, max-age=300');
    const { keys } = (await response.json()) as { keys: object[] };
    expect(keys).toEqual([
      {
        kty: 'OKP',
        crv: 'Ed25519',
        alg: 'EdDSA',
        use: 'sig',
        x: expect.any(String),
        kid: expect.any(String),
      },
    ]);
  });

  it('publishes the previous one too during a rotation', async () => {
    const service = startService({
      settings: { OTP_SECRET_PREVIOUS: 'the secret of the months before this one' },
    });
    const { keys } = (await (await service.get('/.well-known/jwks.json')).json()) as {
      keys: object[];
    };
    expect(keys).toHaveLength(2);
  });
});

describe('GET /healthz', () => {
  it('is well when the settings are whole', async () => {
    const response = await startService().get('/healthz');
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({ status: 'ok', checks: [] });
  });

  it('is not where the stores of its host take no write, and logs why', async () => {
    let isFull = true;
    const checkStores = async () => {
      if (isFull) throw Object.assign(new Error('disk is full'), { code: 'ENOSPC' });
    };
    const service = startService({ bindings: { checkStores } });
    const response = await service.get('/healthz');
    expect(response.status).toBe(503);
    expect(await response.json()).toEqual({ status: 'store_unavailable', checks: [] });
    expect(JSON.parse(service.log.at(-1) ?? '')).toMatchObject({
      level: 'error',
      reason: 'store_unavailable',
      cause: 'Error ENOSPC',
    });
    isFull = false;
    expect((await service.get('/healthz')).status).toBe(200);
  });

  it('names the settings that are not, and no value; every other call is refused', async () => {
    const service = startService({
      settings: { OTP_SECRET: 'short', ALLOWED_COUNTRIES: [], SENDER: undefined },
      bindings: { OTP_KV: undefined },
    });
    const response = await service.get('/healthz');
    expect(response.status).toBe(503);
    const text = await response.text();
    expect(JSON.parse(text)).toEqual({
      status: 'misconfigured',
      checks: expect.arrayContaining([
        { setting: 'OTP_KV', problem: 'is not bound: see wrangler.toml' },
        { setting: 'OTP_SECRET', problem: 'must be at least 32 bytes long' },
        { setting: 'ALLOWED_COUNTRIES', problem: 'must name at least one country' },
        { setting: 'SENDER', problem: 'is missing, but mitto-2fa needs it' },
      ]),
    });
    expect(text).not.toContain('short');
    expect(JSON.parse(service.log.at(-1) ?? '')).toMatchObject({
      level: 'error',
      status: 503,
      outcome: 'misconfigured',
    });

    const refused = await service.post('/v1/send', { phone: '+4915123456789' });
    expect(refused.status).toBe(503);
    expect(await codeOf(refused)).toBe('misconfigured');
    expect(refused.headers.get('Retry-After')).toBe('30');
    expect(service.log.at(-1)).toContain('OTP_SECRET');
    expect(service.upstream()).toBe(0);
  });
});

describe('GET /openapi.json', () => {
  it('describes every call from the schemas that check it', async () => {
    const response = await startService().get('/openapi.json');
    const document = (await response.json()) as OpenApi;
    expect(document.openapi).toBe('3.1.0');
    const send = document.paths['/v1/send']?.post;
    const [start, again] = send?.requestBody?.content['application/json']?.schema.anyOf ?? [];
    expect(start).toMatchObject({ required: ['phone'], additionalProperties: false });
    expect(again).toMatchObject({ required: ['session'], additionalProperties: false });
    expect(Object.keys(send?.responses ?? {})).toEqual(
      expect.arrayContaining(['200', '422', '429', '504']),
    );
  });

  it('describes every route but itself, the widget and the console', async () => {
    const document = (await (await startService().get('/openapi.json')).json()) as OpenApi;
    const served = ROUTES.map(({ path }) => path.replace(/:(\w+)/g, '{$1}')).filter(
      (path) => !/^\/(mitto-otp|console)/.test(path),
    );
    expect([...Object.keys(document.paths), '/openapi.json'].sort()).toEqual([...served].sort());
  });

  it('names no error code that is not in the table', async () => {
    const text = await (await startService().get('/openapi.json')).text();
    const named = [...text.matchAll(/"enum":\[([^\]]*)\]/g)].flatMap(([, list]) =>
      JSON.parse(`[${list}]`),
    );
    const states: readonly string[] = [
      ...DeliveryAnswerSchema.entries.state.options,
      ...HealthSchema.entries.status.options,
    ];
    const codes = named.filter((name: string) => name.includes('_') && !states.includes(name));
    expect(Object.keys(ERROR_CODES)).toEqual(expect.arrayContaining(codes));
  });
});

interface OpenApi {
  openapi: string;
  paths: Record<
    string,
    {
      post?: {
        requestBody?: { content: Record<string, { schema: { anyOf?: object[] } }> };
        responses: Record<string, object>;
      };
    }
  >;
}

describe('GET /mitto-otp.js', () => {
  const script = 'export {};';
  const bindings = {
    ASSETS: {
      fetch: async () =>
        new Response(script, { headers: { 'Content-Type': 'text/javascript', ETag: '"1"' } }),
    },
  };

  it('serves the widget to any site, and lets it be kept for a while', async () => {
    const response = await startService({ bindings }).get('/mitto-otp.js', {
      Origin: 'https://any.test',
    });
    expect(await response.text()).toBe(script);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'access-control-allow-origin': '*',
      'cache-control': 'public, max-age=300',
      'content-type': 'text/javascript',
      'cross-origin-resource-policy': 'cross-origin',
      etag: '"1"',
      'x-content-type-options': 'nosniff',
    });
  });

  it('lets the later scripts be kept for ever, and the licences, whose name stays, for a while', async () => {
    const service = startService({ bindings });
    const cacheControlOf = async (path: string) =>
      (await service.get(path)).headers.get('Cache-Control');
    const forEver = 'public, max-age=31536000, immutable';
    expect(await cacheControlOf('/mitto-otp/verification-C6DwY8MR.js')).toBe(forEver);
    expect(await cacheControlOf('/mitto-otp/licences.txt')).toBe('public, max-age=300');
  });

  it('serves no other file', async () => {
    const service = startService({ bindings });
    for (const path of ['/', '/index.html', '/mitto-otp.js.map', '/v1', '/v2/send'])
      expect(await codeOf(await service.get(path))).toBe('not_found');
  });
});

describe('every answer', () => {
  it.each([
    ['a success', 'GET', '/v1/config', {}],
    ['a refusal', 'POST', '/v1/send', { Origin: SITE }],
    ['a refused origin', 'POST', '/v1/send', { Origin: 'https://evil.test' }],
    ['nothing there', 'GET', '/nothing', {}],
    ['another method', 'PUT', '/v1/send', { Origin: SITE }],
    ['a preflight', 'OPTIONS', '/v1/send', { Origin: SITE }],
    ['a refused preflight', 'OPTIONS', '/v1/send', { Origin: 'https://evil.test' }],
  ])('(%s) carries the full set of headers', async (_what, method, path, headers) => {
    const service = startService();
    const request = new Request(`https://otp.example.com${path}`, { method, headers });
    const response = await service.fetch(request);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'cache-control': 'no-store',
      'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
      'cross-origin-resource-policy': 'same-origin',
      'referrer-policy': 'no-referrer',
      'strict-transport-security': 'max-age=31536000',
      'x-content-type-options': 'nosniff',
    });
    if (path.startsWith('/v1/')) expect(response.headers.get('Vary')).toBe('Origin');
  });
});

describe('a preflight', () => {
  const ask = (service: ReturnType<typeof startService>, path: string, origin: string) =>
    service.fetch(
      new Request(`https://otp.example.com${path}`, {
        method: 'OPTIONS',
        headers: { Origin: origin, 'Access-Control-Request-Method': 'POST' },
      }),
    );

  it('lets a listed page ask, without credentials', async () => {
    const response = await ask(startService(), '/v1/send', OTHER_SITE);
    expect(response.status).toBe(204);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'access-control-allow-origin': OTHER_SITE,
      'access-control-allow-methods': 'POST',
      'access-control-allow-headers': 'Content-Type, Idempotency-Key',
    });
    expect(response.headers.get('Access-Control-Allow-Credentials')).toBeNull();
  });

  it('lets another page ask, so that it can read why it is refused', async () => {
    const origin = 'https://evil.test';
    const response = await ask(startService(), '/v1/send', origin);
    expect(response.status).toBe(204);
    expect(response.headers.get('Access-Control-Allow-Origin')).toBe(origin);
    expect(response.headers.get('Access-Control-Allow-Credentials')).toBeNull();
  });

  it('is not answered for calls from servers', async () => {
    expect(await codeOf(await ask(startService(), '/v1/siteverify', SITE))).toBe(
      'method_not_allowed',
    );
  });
});

describe('a body', () => {
  const phone = '+4915123456789';
  it.each([
    ['of no type', { 'Content-Type': '' }, `{"phone":"${phone}"}`, 'unsupported_media_type'],
    ['of text', { 'Content-Type': 'text/plain' }, `{"phone":"${phone}"}`, 'unsupported_media_type'],
    [
      'of a form',
      { 'Content-Type': 'application/x-www-form-urlencoded' },
      'phone=1',
      'unsupported_media_type',
    ],
    [
      'of a part',
      { 'Content-Type': 'multipart/form-data; boundary=x' },
      '--x--',
      'unsupported_media_type',
    ],
    [
      'of another charset',
      { 'Content-Type': 'application/json; charset=latin1' },
      '{}',
      'unsupported_media_type',
    ],
    ...['gzip', 'br', 'deflate', 'identity, gzip', 'nonsense'].map(
      (coding): [string, Record<string, string>, string, string] => [
        `that says it is encoded by ${coding}`,
        { 'Content-Encoding': coding },
        `{"phone":"${phone}"}`,
        'unsupported_media_type',
      ],
    ),
    ['that is empty', {}, '', 'malformed_request'],
    ['that is half a JSON', {}, '{"phone":', 'malformed_request'],
    ['that is not UTF-8', {}, new Uint8Array([0x22, 0xff, 0x22]), 'malformed_request'],
    ['with a byte order mark', {}, `\ufeff{"phone":"${phone}"}`, 'malformed_request'],
    [
      'with a member twice',
      {},
      `{"phone":"+4915123456780","phone":"${phone}"}`,
      'malformed_request',
    ],
    [
      'with a member twice, once escaped',
      {},
      `{"phone":"1","\\u0070hone":"${phone}"}`,
      'malformed_request',
    ],
    [
      'with __proto__',
      {},
      `{"phone":"${phone}","__proto__":{"country":"DE"}}`,
      'malformed_request',
    ],
    ['of 4097 bytes', {}, JSON.stringify({ phone: phone.padEnd(4085, ' ') }), 'payload_too_large'],
    ['of a megabyte', {}, JSON.stringify({ phone: 'x'.repeat(1_000_000) }), 'payload_too_large'],
  ])('%s is refused, and nothing is sent', async (_what, headers, body, code) => {
    const service = startService();
    const request = new Request('https://otp.example.com/v1/send', {
      method: 'POST',
      headers: { Origin: SITE, 'Content-Type': 'application/json', ...headers },
      body,
    });
    const response = await service.fetch(request);
    expect(await codeOf(response)).toBe(code);
    expect(response.headers.get('Content-Type')).toBe('application/problem+json');
    expect(service.upstream()).toBe(0);
  });

  it('that streams past the limit without a length is cut off', async () => {
    const service = startService();
    let sent = 0;
    const endless = new ReadableStream({
      pull(controller) {
        sent += 1024;
        controller.enqueue(new Uint8Array(1024).fill(0x20));
      },
    });
    const request = new Request('https://otp.example.com/v1/send', {
      method: 'POST',
      headers: { Origin: SITE, 'Content-Type': 'application/json' },
      body: endless,
      duplex: 'half',
    } as RequestInit);
    expect(await codeOf(await service.fetch(request))).toBe('payload_too_large');
    expect(sent).toBeLessThan(20_000);
  });
});

describe('another method', () => {
  it.each([
    ['GET', '/v1/send', 'POST, OPTIONS'],
    ['DELETE', '/v1/verify', 'POST, OPTIONS'],
    ['POST', '/v1/config', 'GET, HEAD, OPTIONS'],
    ['POST', '/.well-known/jwks.json', 'GET, HEAD'],
    ['POST', '/healthz', 'GET, HEAD'],
  ])('%s %s is told which ones there are', async (method, path, allow) => {
    const service = startService();
    const request = new Request(`https://otp.example.com${path}`, {
      method,
      headers: { Origin: SITE },
    });
    const response = await service.fetch(request);
    expect(await codeOf(response)).toBe('method_not_allowed');
    expect(response.headers.get('Allow')).toBe(allow);
  });
});
