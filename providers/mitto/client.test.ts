/** The client over a real connection, against the sandbox. */
import { afterEach, describe, expect, expectTypeOf, it } from 'vitest';
import { type ServedSandbox, type ServeOptions, serveMittoSandbox } from '../../sandbox/serve.ts';
import {
  createMittoClient,
  createMittoOutcomes,
  MittoApiError,
  type MittoClient,
  MittoInputError,
  type MittoLimit,
  type MittoList,
  type MittoUsageRecord,
} from './client.ts';

const MESSAGE = {
  service: '2FA',
  from: 'Example',
  to: '+4915123456789',
  body: 'Your code is {code}.',
};
const BUCKETS = [{ name: 'hour', max: 1, interval: 3600 }];

const served: ServedSandbox[] = [];

afterEach(async () => {
  await Promise.all(served.splice(0).map((one) => one.close()));
});

interface Stage extends ServedSandbox {
  mitto: MittoClient;
}

async function stage(options: ServeOptions = {}): Promise<Stage> {
  const one = await serveMittoSandbox(options);
  served.push(one);
  const { accountId, apiKey } = one.sandbox;
  return { ...one, mitto: createMittoClient({ accountId, apiKey, baseUrl: one.url }) };
}

/** What a call threw; fails when it threw nothing. */
async function errorOf(call: Promise<unknown>): Promise<MittoApiError> {
  const error = await call.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (error instanceof MittoApiError) return error;
  throw new Error(`no MittoApiError: ${error}`);
}

describe('a code', () => {
  it('is sent, checked once, and is right', async () => {
    const { mitto, sandbox } = await stage();
    const { requestId } = await mitto.send(MESSAGE);
    expect(requestId).toMatch(/^OTP[0-9a-f]{32}$/);
    const message = sandbox.inbox.last(MESSAGE.to);
    const check = { service: '2FA', number: MESSAGE.to, code: message?.code ?? '' };
    expect(await mitto.verify({ ...check, code: 'no code' }, requestId)).toBe(false);
    expect(await mitto.verify(check, requestId)).toBe(true);
    expect(await mitto.verify(check, requestId)).toBe(false);
  });

  it('is read by a voice', async () => {
    const { mitto, sandbox } = await stage();
    await mitto.send({ ...MESSAGE, channel: 'call', voice: 'man', language: 'de' });
    expect(sandbox.inbox.last()).toMatchObject({ channel: 'call', voice: 'man', language: 'de' });
  });

  it('is sent for a sub-account', async () => {
    const { mitto } = await stage();
    const accountSid = `AC${'b'.repeat(32)}`;
    await mitto.send({ ...MESSAGE, accountSid });
    expect(await mitto.search.list()).toMatchObject([{ accountSid }]);
  });

  it('is cancelled', async () => {
    const { mitto } = await stage();
    const { requestId } = await mitto.send(MESSAGE);
    await mitto.cancel(requestId);
    expect(await mitto.search.get(requestId)).toMatchObject({ status: 'cancelled' });
    expect((await errorOf(mitto.cancel(requestId))).kind).toBe('refused');
  });
});

describe.each(['object', 'array'] as const)('records that come as a %s', (listShape) => {
  it('of sessions: all, filtered, one', async () => {
    const { mitto, sandbox } = await stage({ knobs: { listShape } });
    const { requestId } = await mitto.send(MESSAGE);
    await mitto.send({ ...MESSAGE, channel: 'call' });

    expect(await mitto.search.list()).toHaveLength(2);
    expect(sandbox.calls.list().at(-1)).toMatchObject({ method: 'GET', path: '/2fa/search' });
    const texts = await mitto.search.list({ channel: 'sms', startDate: '2020-01-01' });
    expect(texts).toMatchObject([{ sid: requestId, to: MESSAGE.to, status: 'open' }]);
    expect(sandbox.calls.list().at(-1)).toMatchObject({ method: 'POST', path: '/2fa/search' });
    expect((await mitto.search.get(requestId)).sid).toBe(requestId);
  });

  it('of limits: created, listed, read, changed, deleted, and counted in between', async () => {
    const { mitto } = await stage({ knobs: { listShape } });
    const created = await mitto.limits.create({ name: 'by_phone', buckets: BUCKETS });
    const sid = created.sid ?? '';
    expect(created).toMatchObject({ name: 'by_phone', buckets: BUCKETS });
    expect(await mitto.limits.list()).toMatchObject([{ sid }]);

    const limits = { by_phone: MESSAGE.to };
    await mitto.send({ ...MESSAGE, limits });
    const error = await errorOf(mitto.send({ ...MESSAGE, limits }));
    expect(error).toMatchObject({ kind: 'throttled', status: 429, code: 429 });
    expect(error.retryAfterSeconds).toBeGreaterThan(3_500);

    expect(await mitto.limits.update(sid, { description: 'changed' })).toMatchObject({
      description: 'changed',
    });
    expect(await mitto.limits.get(sid)).toMatchObject({ sid, description: 'changed' });
    await mitto.limits.delete(sid);
    expect(await mitto.limits.list()).toEqual([]);
    expect(await errorOf(mitto.limits.get(sid))).toMatchObject({ kind: 'refused', status: 404 });
  });

  it('of workflows: created, listed, read, changed, deleted', async () => {
    const { mitto } = await stage({ knobs: { listShape } });
    const channels = ['sms', 'call'];
    const { sid = '' } = await mitto.workflows.create({ name: 'text, then call', channels });
    expect(await mitto.workflows.list()).toMatchObject([{ sid, channels }]);
    const turned = { name: 'call, then text', channels: ['call', 'sms'] };
    expect(await mitto.workflows.update(sid, turned)).toMatchObject(turned);
    expect(await mitto.workflows.get(sid)).toMatchObject({ sid, ...turned });
    await mitto.workflows.delete(sid);
    expect(await mitto.workflows.list()).toEqual([]);
  });
});

describe('usage', () => {
  const DAY = 86_400_000;
  async function twoDays(): Promise<Stage> {
    let now = Date.UTC(2026, 10, 19, 12);
    const one = await stage({ now: () => now });
    await one.mitto.send(MESSAGE);
    now += DAY;
    await one.mitto.send(MESSAGE);
    await one.mitto.send(MESSAGE);
    return one;
  }

  it('has the count as it came and as a number', async () => {
    const { mitto } = await twoDays();
    const [record] = await mitto.usage.list();
    expect(record).toMatchObject({ channel: 'sms', count: '3', countNumber: 3, unit: 'OTP' });
  });

  it('is filtered by days, in the body', async () => {
    const { mitto, sandbox } = await twoDays();
    const filter = { startDate: '2026-11-20', endDate: '2026-11-20' };
    expect(await mitto.usage.list(filter)).toMatchObject([{ count: '2' }]);
    expect(sandbox.calls.list().at(-1)).toMatchObject({ method: 'POST', body: filter });
  });

  it('comes by blocks of time, whatever the case of their name, filtered in the query', async () => {
    const { mitto, sandbox } = await twoDays();
    expect(await mitto.usage.subresource('Daily')).toMatchObject([{ count: '1' }, { count: '2' }]);
    const yesterday = await mitto.usage.subresource('yesterday', { startDate: '2026-11-01' });
    expect(yesterday).toMatchObject([{ countNumber: 1 }]);
    expect(sandbox.calls.list().at(-1)).toMatchObject({
      method: 'GET',
      path: '/2fa/usage/records/Yesterday?startDate=2026-11-01',
    });
  });
});

describe('failed calls', () => {
  it('says why: a wrong key', async () => {
    const { url, sandbox } = await stage();
    const mitto = createMittoClient({
      accountId: sandbox.accountId,
      apiKey: 'wrong',
      baseUrl: url,
    });
    const error = await errorOf(mitto.usage.list());
    expect(error).toMatchObject({ kind: 'unauthorized', status: 401, operation: 'usage.list' });
    expect(error).toBeInstanceOf(Error);
  });

  it('keeps the code of an envelope in HTTP 200 apart from the status', async () => {
    const { mitto } = await stage({ knobs: { errorStatus: 'always_200' } });
    const error = await errorOf(mitto.limits.get('LI00'));
    expect(error).toMatchObject({ kind: 'refused', status: 200, code: 404 });
  });

  it('has the raw response in a non-enumerable property', async () => {
    const message = 'No route to +49 151 2345-6789 with key mitto-sandbox-key for a@example.com';
    const { mitto } = await stage({
      knobs: { faults: [{ on: 'any', kind: 'status', status: 400, message }] },
    });
    const error = await errorOf(mitto.search.list());
    expect(error.body).toContain(message);
    expect(Object.keys(error)).not.toContain('body');
    expect(JSON.stringify({ ...error }) + error).not.toMatch(/2345|sandbox-key|example\.com/);
    expect(error.message).toBe(
      'Mitto, search.list: refused (HTTP 400): No route to … with key … for …',
    );
  });

  it('says so of a page, half a JSON and an answer that is too large', async () => {
    for (const shape of ['html', 'half_json', 'huge'] as const) {
      const { mitto } = await stage({
        knobs: { faults: [{ on: 'any', kind: 'malformed', shape }] },
      });
      expect((await errorOf(mitto.usage.list())).kind).toBe('unintelligible');
      expect((await errorOf(mitto.limits.list())).kind).toBe('unintelligible');
    }
  });

  it('follows no redirect', async () => {
    const { mitto, sandbox } = await stage({
      knobs: { faults: [{ on: 'any', kind: 'redirect' }] },
    });
    expect(await errorOf(mitto.search.list())).toMatchObject({
      kind: 'unintelligible',
      status: 307,
    });
    expect(sandbox.calls.list()).toHaveLength(1);
  });

  it('waits no longer than its deadline', async () => {
    const { url, sandbox } = await stage({ knobs: { faults: [{ on: 'any', kind: 'hang' }] } });
    const { accountId, apiKey } = sandbox;
    const options = { accountId, apiKey, baseUrl: url, deadlineMs: 50 };
    const error = await errorOf(createMittoClient(options).usage.list());
    expect(error).toMatchObject({ kind: 'unanswered', status: 0, code: undefined });
    expect(await createMittoOutcomes(options).send(MESSAGE)).toMatchObject({ kind: 'unanswered' });
  });

  it('when Mitto did not say whether a code is right, is not a no', async () => {
    const { mitto } = await stage({
      knobs: { faults: [{ on: 'verify', kind: 'status', status: 500 }] },
    });
    const error = await errorOf(mitto.verify({ service: '2FA', number: '+49', code: '123456' }));
    expect(error.kind).toBe('unintelligible');
  });
});

describe('XML', () => {
  it('is not asked for, and refused', async () => {
    const seen: unknown[] = [];
    const mitto = createMittoClient({
      accountId: 'AC01',
      apiKey: 'key',
      fetch: async (_url, init) => {
        seen.push(new Headers(init?.headers).get('Accept'));
        return new Response('<?xml version="1.0"?><Response><code>200</code></Response>');
      },
    });
    const error = await errorOf(mitto.usage.list());
    expect(error).toMatchObject({ kind: 'unintelligible', status: 200 });
    expect(error.message).toContain('XML, and JSON was asked for');
    expect(seen).toEqual(['application/json']);
  });
});

describe('without a base URL, a client', () => {
  it("calls Mitto's own host over https", async () => {
    const urls: unknown[] = [];
    const mitto = createMittoClient({
      accountId: 'AC01',
      apiKey: 'key',
      fetch: async (url) => {
        urls.push(url);
        return Response.json({ usageRecords: [] });
      },
    });
    await mitto.usage.list();
    expect(urls).toEqual(['https://cpaas.mittoapi.com/2fa/usage/records']);
  });
});

describe('a client is not made', () => {
  it.each<[string, object]>([
    ['accountId', { accountId: '' }],
    ['accountId', { accountId: 'AC:01' }],
    ['accountId', { accountId: undefined }],
    ['apiKey', { apiKey: '' }],
    ['apiKey', { apiKey: 'a\nb' }],
    ['apiKey', { apiKey: undefined }],
    ['baseUrl', { baseUrl: 'http://cpaas.mittoapi.com' }],
    ['baseUrl', { baseUrl: 'https://user:password@cpaas.mittoapi.com' }],
    ['baseUrl', { baseUrl: 'https://cpaas.mittoapi.com?x=' }],
    ['baseUrl', { baseUrl: 'cpaas.mittoapi.com' }],
    ['baseUrl', { baseUrl: '' }],
  ])('with a %s of %o', (field, wrong) => {
    const make = () => createMittoClient({ accountId: 'AC01', apiKey: 'secret key', ...wrong });
    expect(make).toThrow(MittoInputError);
    expect(make).toThrow(`${field}: `);
    expect(make).not.toThrow(/secret|password/);
  });
});

it('is typed: known members by their types, all others as unknown', () => {
  expectTypeOf<MittoClient['usage']['list']>().returns.resolves.toEqualTypeOf<
    MittoList<MittoUsageRecord>
  >();
  expectTypeOf<MittoUsageRecord['countNumber']>().toEqualTypeOf<number | undefined>();
  expectTypeOf<MittoUsageRecord['count']>().toEqualTypeOf<string | number | undefined>();
  expectTypeOf<MittoUsageRecord['new']>().toBeUnknown();
  expectTypeOf<MittoLimit['sid']>().toEqualTypeOf<string | undefined>();
  expectTypeOf<MittoClient['verify']>().returns.resolves.toBeBoolean();
  // @ts-expect-error: a subresource that there is not
  void ((mitto: MittoClient) => mitto.usage.subresource('Weekly'));
  // @ts-expect-error: a message without a text
  void ((mitto: MittoClient) => mitto.send({ service: '2FA', from: 'Example', to: '+49' }));
  const egress = { call: async () => ({ kind: 'unanswered', why: 'late' }) as const };
  // @ts-expect-error: two ways out
  void (() => createMittoClient({ accountId: 'AC01', apiKey: 'key', fetch, egress }));
});
