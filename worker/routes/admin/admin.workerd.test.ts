/** What operators can ask. */
import { describe, expect, it } from 'vitest';
import { ERROR_CODES } from '../../../shared/api/error-codes.ts';
import {
  codeOf,
  PHONE,
  SETTINGS,
  startService,
  type TestService,
} from '../../../test/support/worker/harness.ts';
import { BY_TWILIO_KEY, EVERY_CONNECTOR } from '../../../test/support/worker/providers.ts';
import { ROUTES } from '../index.ts';

const ADMIN_TOKEN = 'the token of the operators, long enough';
const OPERATOR = { Authorization: `Bearer ${ADMIN_TOKEN}` };
const settings = { ...EVERY_CONNECTOR, ADMIN_TOKEN };

function ask(
  service: TestService,
  method: string,
  path: string,
  body?: unknown,
  headers: Record<string, string> = OPERATOR,
): Promise<Response> {
  return service.fetch(
    new Request(`https://otp.example.com${path}`, {
      method,
      headers: {
        'Content-Type': 'application/json',
        'CF-Connecting-IP': '203.0.113.5',
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    }),
  );
}

const answer = async (response: Response) => {
  expect(response.status).toBe(200);
  return (await response.json()) as Record<string, never>;
};

const ADMIN_CALLS = ROUTES.filter(({ path }) => path.startsWith('/v1/admin/')).flatMap(
  ({ path, handlers }) =>
    Object.keys(handlers).map((method) => [method, path.replace(/:\w+/g, 'x')] as const),
);

describe('the calls of operators', () => {
  it('are those that are listed', () => {
    expect(ADMIN_CALLS.length).toBeGreaterThan(15);
  });

  it.each(ADMIN_CALLS)('%s %s want the token', async (method, path) => {
    const service = startService({ settings });
    for (const headers of [
      {},
      { Authorization: 'Bearer wrong' },
      { Authorization: `Bearer ${SETTINGS.SITE_SECRET}` },
      { Authorization: `Bearer ${ADMIN_TOKEN}x` },
      { Authorization: `Basic ${btoa(`x:${ADMIN_TOKEN}`)}` },
    ] as Record<string, string>[]) {
      const answer = await ask(service, method, path, undefined, headers);
      expect(answer.headers.get('WWW-Authenticate')).toBe('Bearer');
      expect(await codeOf(answer)).toBe('unauthorized');
    }
    expect(service.upstream()).toBe(0);
  });

  it.each(ADMIN_CALLS)('%s %s are off where no token is set', async (method, path) => {
    const service = startService({ settings: EVERY_CONNECTOR });
    expect(await codeOf(await ask(service, method, path))).toBe('not_found');
  });

  it('slow down who guesses at the token', async () => {
    let asked = 0;
    const BURST = { limit: async () => ({ success: ++asked <= 3 }) };
    const service = startService({ settings, bindings: { BURST } });
    const guess = { Authorization: 'Bearer guess' };
    const codes: string[] = [];
    for (let nth = 0; nth < 5; nth++)
      codes.push(await codeOf(await ask(service, 'GET', '/v1/admin/figures', undefined, guess)));
    expect(codes.slice(0, 3)).toEqual(['unauthorized', 'unauthorized', 'unauthorized']);
    expect(codes.slice(3)).toEqual(['rate_limited', 'rate_limited']);
    expect((await ask(service, 'GET', '/v1/admin/figures')).status).toBe(200);
  });
});

describe('the connectors', () => {
  it('are listed with what they can do, their flows, and every message as it will arrive', async () => {
    const service = startService({
      settings: { ...settings, FLOWS: { checkout: { connector: 'twilio', code_length: 8 } } },
    });
    const { connectors, flows, messages } = await answer(
      await ask(service, 'GET', '/v1/admin/connectors'),
    );
    expect(connectors).toMatchObject([
      { name: 'mitto-2fa', codes: 'provider', isSetUp: true },
      { name: 'mitto-sms', codes: 'ours', isSetUp: true, reports: true },
      { name: 'twilio', codes: 'ours', isSetUp: true, channels: ['sms', 'voice'] },
    ]);
    expect(flows).toMatchObject([
      { name: 'default', connectors: ['mitto-sms', 'twilio'], codeLength: 6 },
      { name: 'checkout', connectors: ['twilio'], codeLength: 8 },
    ]);
    expect(messages).toContainEqual({
      flow: 'checkout',
      channel: 'sms',
      language: 'en',
      site: 'https://shop.example.org',
      text: expect.stringMatching(
        /^12345678 is your code.*@shop\.example\.org #12345678$/s,
      ) as string,
      size: { encoding: 'gsm7', segments: 1, units: expect.any(Number) as number },
    });
  });

  it.each(['mitto-2fa', 'mitto-sms', 'twilio'])('%s is tested without sending', async (name) => {
    const service = startService({ settings });
    const result = await answer(
      await ask(service, 'POST', `/v1/admin/connectors/${name}/test`, {}),
    );
    expect(result).toMatchObject({ connector: name, tried: 'credentials', outcome: 'passed' });
    expect(service.sandbox.inbox.list()).toEqual([]);
  });

  it.each([
    ['a Standard key', [], 'it may send messages and may make calls'],
    ['a key for messages alone', ['twilio_call'], 'it may send messages and may not make calls'],
    ['a key for calls alone', ['twilio_message'], 'it may not send messages and may make calls'],
  ] as const)('twilio by %s passes', async (_key, closed, detail) => {
    const service = startService({ settings: { ...settings, ...BY_TWILIO_KEY } });
    const faults = closed.map((on) => ({ kind: 'refused', on, code: 70051 }) as const);
    service.sandbox.knobs.patch({ faults });
    const path = '/v1/admin/connectors/twilio/test';
    expect(await answer(await ask(service, 'POST', path, {}))).toMatchObject({
      outcome: 'passed',
      detail,
    });
    expect(service.sandbox.inbox.list()).toEqual([]);
  });

  it.each([
    [{ kind: 'refused', on: 'twilio', code: 70051 }, 'misconfigured'],
    [{ kind: 'status', on: 'twilio_call', status: 503 }, 'upstream_error'],
    [{ kind: 'malformed', on: 'twilio_message', shape: 'html' }, 'upstream_error'],
  ] as const)('twilio fails where it may do neither, or has trouble: %j', async (fault, code) => {
    const service = startService({ settings: { ...settings, ...BY_TWILIO_KEY } });
    service.sandbox.knobs.patch({ faults: [fault] });
    const path = '/v1/admin/connectors/twilio/test';
    expect(await answer(await ask(service, 'POST', path, {}))).toMatchObject({
      outcome: 'failed',
      code,
    });
  });

  it.each([
    ['mitto-2fa', { MITTO_API_KEY: 'wrong' }, /MITTO_API_KEY.*allow-listed/],
    ['mitto-sms', { MITTO_SMS_API_KEY: 'wrong' }, /MITTO_SMS_API_KEY.*allow-listed/],
    ['twilio', { TWILIO_AUTH_TOKEN: 'wrong' }, /TWILIO_AUTH_TOKEN/],
  ])('%s with a wrong key fails, and says what to mend', async (name, wrong, mend) => {
    const service = startService({ settings: { ...settings, ...wrong } });
    const result = await answer(
      await ask(service, 'POST', `/v1/admin/connectors/${name}/test`, {}),
    );
    expect(result).toMatchObject({ outcome: 'failed', code: 'misconfigured' });
    expect(result['mend']).toMatch(mend);
    expect(JSON.stringify(result)).not.toContain('wrong');
  });

  it.each([
    ['a page', new Response('<h1>Not Found</h1>', { status: 404 })],
    ['a proxy', new Response('', { status: 407 })],
    ['another API', Response.json({ message: 'no route matched' }, { status: 404 })],
  ])('mitto-sms fails where %s answers in place of Mitto', async (_what, elsewhere) => {
    const service = startService({
      settings,
      runtime: { fetch: (async () => elsewhere.clone()) as typeof fetch },
    });
    const result = await answer(
      await ask(service, 'POST', '/v1/admin/connectors/mitto-sms/test', {}),
    );
    expect(result).toMatchObject({ outcome: 'failed', code: 'upstream_error' });
    expect(result['mend']).toMatch(/base URL/);
  });

  it('never sends under what cannot be its sender', async () => {
    const service = startService({
      settings: { ...settings, CONNECTOR: 'mitto-2fa', CHANNELS: 'sms', TWILIO_FROM: undefined },
    });
    const result = await answer(
      await ask(service, 'POST', '/v1/admin/connectors/twilio/test', { to: PHONE }),
    );
    expect(result).toMatchObject({ outcome: 'failed', detail: 'it has no sender' });
    expect(service.sandbox.calls.list({ provider: 'twilio' })).toEqual([]);
  });

  it('sends a message when a number is given, and it counts', async () => {
    const service = startService({
      settings: { ...settings, LIMITS: { message_per_phone: '3/1h' } },
    });
    for (const [name, channel] of [
      ['mitto-2fa', 'sms'],
      ['mitto-sms', 'sms'],
      ['twilio', 'voice'],
    ]) {
      const path = `/v1/admin/connectors/${name}/test`;
      const result = await answer(await ask(service, 'POST', path, { to: PHONE, channel }));
      expect(result).toMatchObject({ tried: 'message', outcome: 'passed' });
    }
    expect(service.sandbox.inbox.list()).toHaveLength(3);
    const found = await answer(
      await ask(service, 'POST', '/v1/admin/messages/search', { to: PHONE }),
    );
    expect(found['messages']).toHaveLength(3);
    const path = '/v1/admin/connectors/twilio/test';
    expect(await codeOf(await ask(service, 'POST', path, { to: PHONE }))).toBe('rate_limited');
  });

  it('has Mitto try a message without delivering it', async () => {
    const service = startService({ settings });
    const path = '/v1/admin/connectors/mitto-sms/test';
    const result = await answer(await ask(service, 'POST', path, { to: PHONE, dryRun: true }));
    expect(result).toMatchObject({ outcome: 'passed', detail: 'the provider would have sent it' });
    expect(service.sandbox.calls.list({ operation: 'sms' })[0]?.body).toMatchObject({ test: true });
    expect(service.sandbox.inbox.list()).toEqual([]);
  });

  it('without credentials is distinguished', async () => {
    const service = startService({ settings: { ADMIN_TOKEN } });
    const result = await answer(await ask(service, 'POST', '/v1/admin/connectors/twilio/test', {}));
    expect(result).toMatchObject({ outcome: 'failed', detail: 'it has no credentials' });
    expect(await codeOf(await ask(service, 'POST', '/v1/admin/connectors/pigeon/test', {}))).toBe(
      'not_found',
    );
  });
});

describe('the messages of a number', () => {
  it('say of a code that it was verified, for longer than its session is known', async () => {
    const service = startService({ settings });
    const { session } = await service.send();
    const search = async () =>
      (await answer(await ask(service, 'POST', '/v1/admin/messages/search', { to: PHONE })))[
        'messages'
      ];
    expect(await search()).toMatchObject([{ kind: 'code', state: 'pending' }]);
    expect(await search()).not.toMatchObject([{ verified: true }]);
    await service.verify(session, service.wrongCodeOf());
    expect(await search()).not.toMatchObject([{ verified: true }]);
    await service.verify(session, service.codeOf());
    expect(await search()).toMatchObject([{ kind: 'code', verified: true }]);
    service.advance(30 * 60_000);
    expect(await search()).toMatchObject([{ kind: 'code', verified: true }]);
  });

  it('are found by it, newest first, with what became of them', async () => {
    const service = startService({ settings });
    await service.send();
    service.advance(60_000);
    const path = '/v1/admin/connectors/twilio/test';
    await ask(service, 'POST', path, { to: PHONE });
    service.advance(1_000);
    await service.post(
      '/v1/messages',
      { to: PHONE, text: 'Hello.' },
      { origin: null, headers: { Authorization: `Bearer ${SETTINGS.SITE_SECRET}` } },
    );
    const found = await answer(
      await ask(service, 'POST', '/v1/admin/messages/search', { to: PHONE }),
    );
    expect(found['messages']).toMatchObject([
      { kind: 'message', connector: 'mitto-sms', state: 'pending' },
      { kind: 'message', connector: 'twilio', state: 'pending' },
      { kind: 'code', connector: 'mitto-sms', state: 'pending' },
    ]);
    const none = await ask(service, 'POST', '/v1/admin/messages/search', { to: '+4915123456780' });
    expect(await answer(none)).toEqual({ messages: [] });
  });
});

describe('the figures', () => {
  it('say how much of each budget is used, and name no range of numbers', async () => {
    const service = startService({
      settings: { ...settings, LIMITS: { send_per_country: '100/1d' } },
    });
    await service.send();
    const { budgets } = await answer(await ask(service, 'GET', '/v1/admin/figures'));
    expect(budgets).toEqual([
      { budget: 'country:DE', used: 1, count: 100, window: 86_400 },
      { budget: 'prefix', used: 1, count: 30, window: 3_600 },
      { budget: 'total', used: 1, count: 1000, window: 86_400 },
    ]);
  });
});

describe('what Mitto says instead of an answer', () => {
  const upstreamOf = async (service: TestService) => {
    const response = await ask(service, 'GET', '/v1/admin/mitto/limits/LI0');
    return { response, problem: (await response.json()) as Record<string, unknown> };
  };

  it.each([
    [{ kind: 'refused', code: 400 }, 502, 'upstream_error', 'provider_refused'],
    [{ kind: 'status', status: 503 }, 502, 'upstream_error', 'provider_failed'],
    [{ kind: 'status', status: 429 }, 503, 'temporarily_unavailable', 'provider_throttled'],
    [{ kind: 'ip_not_allowed' }, 503, 'misconfigured', 'provider_unauthorized'],
    [{ kind: 'cut' }, 504, 'upstream_timeout', 'provider_silent'],
  ] as const)(
    '(%o) is a problem like any other with its words, and logged as one',
    async (fault, status, code, reason) => {
      const service = startService({ settings });
      service.sandbox.knobs.patch({ faults: [{ ...fault, on: 'mitto-2fa' }] });
      const { response, problem } = await upstreamOf(service);
      expect(response.status).toBe(status);
      expect(problem).toMatchObject({
        type: `urn:mitto-otp:problem:${code}`,
        title: ERROR_CODES[code].title,
        status,
        code,
        detail: expect.stringMatching(/^Mitto, limits.get: /) as string,
        upstream: { kind: expect.any(String) as string, status: expect.any(Number) as number },
      });
      const line = JSON.parse(service.log.at(-1) ?? '') as Record<string, unknown>;
      expect(line).toMatchObject({ status, outcome: code, reason });
      expect(line).not.toHaveProperty('upstream');
    },
  );
});

describe('Mitto’s records', () => {
  it('are searched, all, by filter and one', async () => {
    const service = startService({ settings: { ...settings, CONNECTOR: 'mitto-2fa' } });
    await service.send();
    const requestID = service.sandbox.inbox.last()?.requestID;
    const all = await answer(await ask(service, 'GET', '/v1/admin/mitto/search'));
    expect(all).toHaveLength(1);
    const filtered = await ask(service, 'POST', '/v1/admin/mitto/search', { to: '+4915123456780' });
    expect(await answer(filtered)).toEqual([]);
    const one = await answer(await ask(service, 'GET', `/v1/admin/mitto/search/${requestID}`));
    expect(JSON.stringify(one)).toContain(requestID);
  });

  it('of usage come by days and by block of time', async () => {
    const service = startService({ settings: { ...settings, CONNECTOR: 'mitto-2fa' } });
    await service.send();
    const day = new Date(service.now()).toISOString().slice(0, 10);
    for (const path of [
      '/v1/admin/mitto/usage',
      `/v1/admin/mitto/usage?startDate=${day}&endDate=${day}`,
      '/v1/admin/mitto/usage/daily',
      '/v1/admin/mitto/usage/Today',
    ])
      expect(await answer(await ask(service, 'GET', path))).not.toEqual([]);
    for (const path of [
      '/v1/admin/mitto/usage?startDate=yesterday',
      '/v1/admin/mitto/usage/hourly',
    ])
      expect(await codeOf(await ask(service, 'GET', path))).toBe('malformed_request');
  });

  it.each([
    ['limits', { buckets: [{ name: 'hour', max: 5, interval: 3600 }] }],
    ['workflows', { channels: ['sms', 'call'] }],
  ])('%s are made, read, changed, listed and deleted', async (kind, parts) => {
    const service = startService({ settings });
    const path = `/v1/admin/mitto/${kind}`;
    const made = await answer(
      await ask(service, 'POST', path, { name: 'mine', description: 'one', ...parts }),
    );
    const { sid } = made as unknown as { sid: string };
    expect(sid).toMatch(/./);
    expect(await answer(await ask(service, 'GET', `${path}/${sid}`))).toMatchObject({
      name: 'mine',
    });
    const changed = { name: 'mine', description: 'two' };
    expect(await answer(await ask(service, 'PUT', `${path}/${sid}`, changed))).toMatchObject(
      changed,
    );
    expect(await answer(await ask(service, 'GET', path))).toHaveLength(1);
    expect((await ask(service, 'DELETE', `${path}/${sid}`)).status).toBe(204);
    expect(await answer(await ask(service, 'GET', path))).toEqual([]);
    const gone = await ask(service, 'GET', `${path}/${sid}`);
    expect(gone.status).toBe(502);
    expect(await gone.json()).toMatchObject({
      code: 'upstream_error',
      upstream: { kind: 'refused' },
    });
  });

  it('need an account', async () => {
    const service = startService({
      settings: { ...settings, MITTO_ACCOUNT_ID: undefined, MITTO_API_KEY: undefined },
    });
    expect(await codeOf(await ask(service, 'GET', '/v1/admin/mitto/search'))).toBe('misconfigured');
  });
});
