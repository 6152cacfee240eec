import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ERROR_CODES } from './api/error-codes.ts';
import { createOtpClient, OtpError } from './client.ts';

const ENDPOINT = 'https://otp.example.com';
const SENT = {
  session: 'sealed',
  channel: 'sms',
  channels: ['sms'],
  to: '+49 •••••••••89',
  codeLength: 6,
  expiresIn: 600,
  resendIn: 30,
  reports: false,
};

interface Call {
  url: string;
  init: RequestInit & { headers: Record<string, string> };
  body: unknown;
}

/** A client, and the calls that reach the other end, which answers each with `answer`. */
function clientOf(answer: (call: Call) => Response | Promise<Response>) {
  const calls: Call[] = [];
  const client = createOtpClient({
    endpoint: ENDPOINT,
    fetch: (async (url: URL, init: Call['init']) => {
      const body = init.body === undefined ? undefined : JSON.parse(String(init.body));
      const call = { url: String(url), init, body };
      calls.push(call);
      return await answer(call);
    }) as unknown as typeof fetch,
  });
  return { client, calls };
}

const json = (body: unknown, init?: ResponseInit) => new Response(JSON.stringify(body), init);

function problem(code: string, status: number, more: object = {}, headers = {}): Response {
  const body = { type: 'about:blank', title: 'No', status, code, ...more };
  return json(body, {
    status,
    headers: { 'Content-Type': 'application/problem+json', ...headers },
  });
}

async function errorOf(promise: Promise<unknown>): Promise<OtpError> {
  const error = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(OtpError);
  return error as OtpError;
}

describe('in an old browser, without AbortSignal.any and AbortSignal.timeout,', () => {
  const { any, timeout } = AbortSignal;
  beforeEach(() => {
    Object.assign(AbortSignal, { any: undefined, timeout: undefined });
  });
  afterEach(() => {
    Object.assign(AbortSignal, { any, timeout });
    vi.useRealTimers();
  });
  const never = (call: Call) =>
    new Promise<Response>((_, reject) => {
      call.init.signal?.addEventListener('abort', () => reject(new Error('aborted')));
    });

  it('the client sends, and leaves no timer behind', async () => {
    vi.useFakeTimers();
    const { client } = clientOf(() => json(SENT));
    expect(await client.send({ phone: '+4915123456789' })).toEqual(SENT);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('it gives up after 15 seconds, and says that it did', async () => {
    vi.useFakeTimers();
    const { client } = clientOf(never);
    const error = errorOf(client.send({ phone: '+4915123456789' }));
    await vi.advanceTimersByTimeAsync(14_999);
    expect(vi.getTimerCount()).toBe(1);
    await vi.advanceTimersByTimeAsync(1);
    expect((await error).code).toBe('timeout');
  });

  it('it heeds the caller’s signal, before and during a call, with the reason', async () => {
    const { client, calls } = clientOf(never);
    const controller = new AbortController();
    const sent = client.send({ phone: '+4915123456789' }, { signal: controller.signal });
    controller.abort(new TypeError('changed my mind'));
    await expect(sent).rejects.toThrow('changed my mind');
    expect(calls).toHaveLength(1);
    const { signal } = controller;
    const { client: late } = clientOf(({ init }) => {
      expect(init.signal?.aborted).toBe(true);
      throw new Error('aborted');
    });
    await expect(late.send({ phone: '+4915123456789' }, { signal })).rejects.toThrow(
      'changed my mind',
    );
  });
});

describe('an error of the client', () => {
  it('has the Worker’s words for a developer, in its message too', async () => {
    const detail = 'Origin: not in ALLOWED_ORIGINS of this Worker';
    const { client } = clientOf(() => problem('origin_not_allowed', 403, { detail }));
    const error = await errorOf(client.config());
    expect(error).toMatchObject({ code: 'origin_not_allowed', status: 403, detail });
    expect(error.message).toBe(`origin_not_allowed: ${detail}`);
  });
});

describe('the client asks', () => {
  it('for a code, with one Idempotency-Key per user action', async () => {
    const { client, calls } = clientOf(() => json(SENT));
    expect(await client.send({ phone: '+4915123456789', nonce: 'page-1' })).toEqual(SENT);
    await client.send({ session: 'sealed', channel: 'voice' });
    await client.send({ phone: '+4915123456789' }, { idempotencyKey: 'mine' });

    expect(calls.map(({ url, body }) => [url, body])).toEqual([
      [`${ENDPOINT}/v1/send`, { phone: '+4915123456789', nonce: 'page-1' }],
      [`${ENDPOINT}/v1/send`, { session: 'sealed', channel: 'voice' }],
      [`${ENDPOINT}/v1/send`, { phone: '+4915123456789' }],
    ]);
    const keys = calls.map(({ init }) => init.headers['Idempotency-Key']);
    expect(keys[0]).toMatch(/^[\x21-\x7e]{16,128}$/);
    expect(keys[1]).not.toBe(keys[0]);
    expect(keys[2]).toBe('mine');
  });

  it('for a check, its renewal, and the end of a session', async () => {
    const { client, calls } = clientOf(({ url }) =>
      url.endsWith('/cancel')
        ? new Response(null, { status: 204 })
        : json({ proof: 'a.b.c', expiresIn: 300 }),
    );
    const verified = await client.verify({ session: 'sealed', code: '123456' });
    expect(verified).toEqual({ proof: 'a.b.c', expiresIn: 300 });
    expect(await client.renew({ session: 'sealed' })).toEqual({ proof: 'a.b.c', expiresIn: 300 });
    expect(await client.cancel({ session: 'sealed' })).toBeUndefined();

    expect(calls.map(({ url, body }) => [url, body])).toEqual([
      [`${ENDPOINT}/v1/verify`, { session: 'sealed', code: '123456' }],
      [`${ENDPOINT}/v1/renew`, { session: 'sealed' }],
      [`${ENDPOINT}/v1/cancel`, { session: 'sealed' }],
    ]);
    // The page may be unloading.
    expect(calls[2]?.init.keepalive).toBe(true);
    for (const { init } of calls) expect(init.headers).not.toHaveProperty('Idempotency-Key');
  });

  it('for the configuration, of one flow where one is named', async () => {
    const config = {
      country: null,
      countries: ['DE'],
      callingCodes: { DE: '49' },
      channels: ['sms'],
      codeLength: 6,
      challenge: null,
    };
    const { client, calls } = clientOf(() => json(config));
    expect(await client.config()).toEqual(config);
    await client.config({ flow: 'a&b' });
    expect(calls.map(({ url }) => url)).toEqual([
      `${ENDPOINT}/v1/config`,
      `${ENDPOINT}/v1/config?flow=a%26b`,
    ]);
    for (const { init } of calls) expect(init).toMatchObject({ method: 'GET' });
  });

  it('for the metadata of a country, in a form that it knows', async () => {
    const metadata = {
      version: 4,
      country_calling_codes: { '49': ['DE'] },
      countries: { DE: ['49', '00'] },
      nonGeographic: {},
    };
    const { client, calls } = clientOf(() => json(metadata));
    expect(await client.phoneMetadata('DE')).toEqual(metadata);
    expect(calls[0]?.url).toBe(`${ENDPOINT}/v1/phone-metadata/DE`);
    expect(calls[0]?.init).toMatchObject({ method: 'GET' });
    await client.phoneMetadata('../config?');
    expect(calls[1]?.url).toBe(`${ENDPOINT}/v1/phone-metadata/..%2Fconfig%3F`);

    for (const other of [
      { ...metadata, version: 5 },
      { version: 4 },
      { ...metadata, countries: 1 },
    ])
      expect((await errorOf(clientOf(() => json(other)).client.phoneMetadata('DE'))).code).toBe(
        'unexpected_answer',
      );
  });

  it('without cookies or referrer, as JSON, and follows no redirect', async () => {
    const { client, calls } = clientOf(() => json(SENT));
    await client.send({ phone: '+4915123456789' });
    expect(calls[0]?.init).toMatchObject({
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      credentials: 'omit',
      referrerPolicy: 'no-referrer',
      redirect: 'error',
    });
  });

  it.each([
    'https://otp.example.com/any/path?x',
    'http://localhost:8787',
    'http://127.0.0.1',
    'http://127.1.2.3:80',
    'http://[::1]:8787',
  ])('at %s', (endpoint) => {
    expect(() => createOtpClient({ endpoint })).not.toThrow();
  });

  it.each([
    'http://otp.example.com',
    'http://localhost.example.com',
    'http://127.0.0.1.example.com',
    'http://10.0.0.1',
    'http://[::2]',
    'ftp://otp.example.com',
    'javascript:alert(1)',
    'otp.example.com',
    '',
  ])('never at %j, where a number would travel in the clear or not at all', (endpoint) => {
    expect(() => createOtpClient({ endpoint })).toThrow(TypeError);
  });
});

describe('the client says what went wrong', () => {
  it.each(Object.entries(ERROR_CODES))('when the Worker answers %s', async (code, { status }) => {
    const { client } = clientOf(() => problem(code, status));
    const error = await errorOf(client.verify({ session: 's', code: '123456' }));
    expect(error).toMatchObject({ name: 'OtpError', code, status });
    expect(error.retryAfter).toBeUndefined();
    expect(error.attemptsLeft).toBeUndefined();
  });

  it('with the waiting time and the attempts that are left', async () => {
    const { client } = clientOf(({ url }) =>
      url.endsWith('/send')
        ? problem('rate_limited', 429, {}, { 'Retry-After': '27' })
        : problem('incorrect_code', 422, { attemptsLeft: 0 }),
    );
    expect(await errorOf(client.send({ phone: '1' }))).toMatchObject({ retryAfter: 27 });
    expect(await errorOf(client.verify({ session: 's', code: '1' }))).toMatchObject({
      attemptsLeft: 0,
    });
  });

  it('with the challenge to pass, where one is asked for', async () => {
    const challenge = {
      provider: 'turnstile',
      script: 'https://challenges.example/api.js',
      siteKey: '1x00000000000000000000AA',
      action: 'mitto-otp-send',
    };
    const { client } = clientOf(() => problem('challenge_failed', 403, { challenge }));
    const asked = await errorOf(client.send({ phone: '1' }));
    expect(asked).toMatchObject({ code: 'challenge_failed', challenge });
    const { client: other } = clientOf(() => problem('challenge_failed', 403));
    expect((await errorOf(other.send({ phone: '1' }))).challenge).toBeUndefined();
  });

  it.each(['', 'soon', 'Wed, 21 Oct 2026 07:28:00 GMT'])(
    'and passes over a Retry-After of %j',
    async (value) => {
      const { client } = clientOf(() => problem('rate_limited', 429, {}, { 'Retry-After': value }));
      expect((await errorOf(client.send({ phone: '1' }))).retryAfter).toBeUndefined();
    },
  );

  it('with a code of a newer Worker as it came', async () => {
    const { client } = clientOf(() => problem('from_the_future', 499));
    expect(await errorOf(client.send({ phone: '1' }))).toMatchObject({ code: 'from_the_future' });
  });

  it.each<[string, () => Response]>([
    ['a page', () => new Response('<html>Welcome to the hotel</html>')],
    ['half a JSON', () => new Response('{"session":"x","cha')],
    ['nothing', () => new Response('')],
    ['another JSON', () => json({ ok: true })],
    ['a list', () => json([SENT])],
    ['null', () => json(null)],
    ['an error page', () => new Response('<html>Bad gateway</html>', { status: 502 })],
    ['a JSON error of somebody else', () => json({ error: 'no' }, { status: 500 })],
    ['an error without a body', () => new Response(null, { status: 503 })],
  ])('when %s comes in place of an answer', async (_what, answer) => {
    const { client } = clientOf(answer);
    const { status } = answer();
    const error = await errorOf(client.send({ phone: '1' }));
    expect(error).toMatchObject({ code: 'unexpected_answer', status });
  });

  it('when there is no connection', async () => {
    const cause = new TypeError('Failed to fetch');
    const { client } = clientOf(() => Promise.reject(cause));
    const error = await errorOf(client.send({ phone: '1' }));
    expect(error).toMatchObject({ code: 'network_error', status: undefined, cause });
  });

  it('when the connection breaks in the middle of the answer', async () => {
    const { client } = clientOf(
      () =>
        new Response(
          new ReadableStream({
            start(controller) {
              controller.enqueue(new TextEncoder().encode('{"session":'));
              controller.error(new TypeError('network connection lost'));
            },
          }),
        ),
    );
    expect(await errorOf(client.send({ phone: '1' }))).toMatchObject({ code: 'network_error' });
  });
});

describe('a caller that aborts gets its own abort back', () => {
  it('before the call', async () => {
    const { client } = clientOf(({ init }) => {
      init.signal?.throwIfAborted();
      return json(SENT);
    });
    const signal = AbortSignal.abort();
    await expect(client.send({ phone: '1' }, { signal })).rejects.toMatchObject({
      name: 'AbortError',
    });
  });

  it('while it waits for an answer', async () => {
    const caller = new AbortController();
    const { client } = clientOf(
      ({ init }) =>
        new Promise((_, reject) => {
          init.signal?.addEventListener('abort', () => reject(init.signal?.reason));
          caller.abort();
        }),
    );
    await expect(client.send({ phone: '1' }, { signal: caller.signal })).rejects.toMatchObject({
      name: 'AbortError',
    });
  });

  it('while it reads the answer', async () => {
    const caller = new AbortController();
    const { client } = clientOf(
      ({ init }) =>
        new Response(
          new ReadableStream({
            start(controller) {
              init.signal?.addEventListener('abort', () => controller.error(init.signal?.reason));
            },
            pull() {
              caller.abort();
            },
          }),
        ),
    );
    await expect(client.send({ phone: '1' }, { signal: caller.signal })).rejects.toMatchObject({
      name: 'AbortError',
    });
  });

  it('with the reason that it gave', async () => {
    const reason = new Error('the visitor changed the number');
    const { client } = clientOf(() => Promise.reject(new TypeError('aborted')));
    const signal = AbortSignal.abort(reason);
    await expect(client.send({ phone: '1' }, { signal })).rejects.toBe(reason);
  });
});
