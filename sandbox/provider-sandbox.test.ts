import { describe, expect, it } from 'vitest';
import { CALL, Harness, MESSAGE, PHONE, SEND, SMS } from './testing.ts';

describe('one base URL', () => {
  it('serves all providers, into one inbox', async () => {
    const harness = new Harness();
    await harness.send();
    await harness.sms();
    await harness.message();
    await harness.phoneCall();
    const messages = harness.sandbox.inbox.list({ to: PHONE });
    expect(messages.map(({ provider, channel }) => [provider, channel])).toEqual([
      ['mitto-2fa', 'sms'],
      ['mitto-sms', 'sms'],
      ['twilio', 'sms'],
      ['twilio', 'call'],
    ]);
    for (const { code } of messages) expect(code).toMatch(/^\d{6}$/);
  });

  it('knows each provider by its own credentials', async () => {
    const twilio = { authToken: 'token', apiKeySecret: 'secret' };
    const harness = new Harness({ apiKey: 'one', smsApiKey: 'two', twilio });
    expect(harness.sandbox).toMatchObject({ apiKey: 'one', smsApiKey: 'two', twilio });
    expect(harness.sandbox.twilio.accountSid).toMatch(/^AC[\da-f]{32}$/);
    expect((await harness.call('GET', '/2fa/search')).status).toBe(200);
    expect((await harness.sms()).json).toMatchObject({ responseCode: 0 });
    expect((await harness.message()).status).toBe(201);
  });
});

describe('who may call', () => {
  it('takes the account and its key', async () => {
    expect((await new Harness().call('GET', '/2fa/search')).status).toBe(200);
  });

  it('takes the credentials that it was made with', async () => {
    const accountId = `AC${'1'.repeat(32)}`;
    const harness = new Harness({ accountId, apiKey: 'ключ' });
    const basic = Buffer.from(`${accountId}:ключ`).toString('base64');
    const headers = { Authorization: `Basic ${basic}` };
    expect((await harness.call('GET', '/2fa/search', undefined, headers)).status).toBe(200);
  });

  it.each([
    ['no key', ''],
    ['a wrong key', `Basic ${btoa('AC5a4d6b0c000000000000000000000000:wrong')}`],
    ['another scheme', 'Bearer mitto-sandbox-key'],
    ['what is not Base64', 'Basic %%%'],
  ])('refuses %s with 401 and sends nothing', async (_name, Authorization) => {
    const harness = new Harness();
    const answered = await harness.call('POST', '/2fa/send', SEND, { Authorization });
    expect(answered.status).toBe(401);
    expect(answered.json).toEqual({ code: 401, message: 'Unauthorized' });
    expect(harness.sandbox.inbox.list()).toEqual([]);
  });

  it('tells a wrong key before a wrong body', async () => {
    const headers = { Authorization: 'Basic x' };
    expect((await new Harness().call('POST', '/2fa/send', '{', headers)).status).toBe(401);
  });
});

describe('paths', () => {
  it('come with and without .json', async () => {
    const harness = new Harness();
    expect((await harness.call('POST', '/2fa/send.json', SEND)).status).toBe(200);
    const { requestID } = await harness.send();
    const record = await harness.call('GET', `/2fa/search/${requestID}.json`);
    expect(record.json).toMatchObject({ sid: requestID });
  });

  it.each(['/', '/2fa', '/2fa/resend', '/2fa/send/', '/2fa/search/a/b', '/2fa/constructor'])(
    'answers %s with 404',
    async (path) => {
      const { status, json } = await new Harness().call('GET', path);
      expect(status).toBe(404);
      expect(json).toEqual({ code: 404, message: 'Not found' });
    },
  );

  it.each([
    ['GET', '/2fa/send', 'POST'],
    ['PUT', '/2fa/search', 'GET, POST'],
    ['POST', '/2fa/usage/records/daily', 'GET'],
    ['POST', '/2fa/limits/LI1', 'GET, PUT, DELETE'],
    ['GET', '/2fa/workflows/WF1', 'PUT, DELETE'],
  ])('answers %s %s with 405', async (method, path, allow) => {
    const { status, json, headers } = await new Harness().call(method, path);
    expect(status).toBe(405);
    expect(json).toEqual({ code: 405, message: 'Method not allowed' });
    expect(headers.get('Allow')).toBe(allow);
  });
});

it('reads the fields of a POST from its body alone', async () => {
  const query = new URLSearchParams(SEND);
  expect((await new Harness().call('POST', `/2fa/send?${query}`, {})).status).toBe(400);
});

describe('the answer', () => {
  it('is the documented one', async () => {
    const { json, headers } = await new Harness().call('POST', '/2fa/send', SEND);
    expect(json).toEqual({
      code: 200,
      message: 'OK',
      requestID: expect.stringMatching(/^OTP[0-9a-f]{32}$/),
    });
    expect(headers.get('Content-Type')).toBe('application/json');
  });

  it.each([
    ['/2fa/send', 'application/xml'],
    ['/2fa/send', 'text/xml;q=0.9'],
    ['/2fa/send.xml', '*/*'],
  ])('is XML for %s with Accept: %s', async (path, Accept) => {
    const harness = new Harness();
    const request = harness.request('POST', path, SEND, { headers: { Accept } });
    const response = await harness.sandbox.fetch(request);
    expect(response.headers.get('Content-Type')).toBe('application/xml');
    expect(await response.text()).toMatch(
      /^<\?xml [^>]*\?><Response><code>200<\/code><message>OK<\/message><requestID>OTP\w+<\/requestID><\/Response>$/,
    );
  });

  it.each([
    ['/2fa/send', 'application/xml, application/json'],
    ['/2fa/send', 'application/xml, */*'],
    ['/2fa/send.json', 'application/xml'],
  ])('is JSON for %s with Accept: %s', async (path, Accept) => {
    const { headers } = await new Harness().call('POST', path, SEND, { Accept });
    expect(headers.get('Content-Type')).toBe('application/json');
  });

  it('always has HTTP status 200 with the knob errorStatus', async () => {
    const harness = new Harness({ knobs: { errorStatus: 'always_200' } });
    const { status, json } = await harness.call('POST', '/2fa/send', {});
    expect(status).toBe(200);
    expect(json).toMatchObject({ code: 400 });
    const unauthorized = await harness.call('POST', '/2fa/send', SEND, {
      Authorization: 'Basic x',
    });
    expect(unauthorized).toMatchObject({ status: 200, json: { code: 401 } });
    expect(await harness.verify('000000')).toMatchObject({ status: 200, json: { code: 400 } });
  });
});

describe('the record of calls', () => {
  it('keeps what was asked and what became of it', async () => {
    const harness = new Harness();
    await harness.call('POST', '/2fa/send.json?a=1', SEND);
    await harness.call('GET', '/nowhere');
    await harness.call('POST', '/2fa/verify', '{"code":');
    expect(harness.sandbox.calls.list()).toMatchObject([
      {
        operation: 'send',
        method: 'POST',
        path: '/2fa/send.json?a=1',
        body: SEND,
        at: harness.now,
        status: 200,
      },
      { operation: null, method: 'GET', path: '/nowhere', body: null, status: 404 },
      { operation: 'verify', body: '{"code":', status: 400 },
    ]);
    expect(harness.sandbox.calls.list({ operation: 'cancel' })).toEqual([]);
    expect(harness.sandbox.calls.list({ operation: 'send' })).toHaveLength(1);
  });

  it('is kept by provider', async () => {
    const harness = new Harness();
    await harness.send();
    await harness.sms({ reference: 'r' });
    await harness.message({ StatusCallbackEvent: ['a', 'b'] });
    await harness.phoneCall();
    const { calls } = harness.sandbox;
    expect(calls.list({ provider: 'mitto-2fa' })).toHaveLength(1);
    expect(calls.list({ provider: 'mitto-sms' })).toMatchObject([
      { operation: 'sms', path: '/sms.json', body: { ...SMS, reference: 'r' }, status: 200 },
    ]);
    expect(calls.list({ provider: 'twilio' })).toMatchObject([
      {
        operation: 'twilio_message',
        body: { ...MESSAGE, StatusCallbackEvent: ['a', 'b'] },
        status: 201,
      },
      { operation: 'twilio_call', body: CALL, status: 201 },
    ]);
    expect(calls.list({ provider: 'twilio', operation: 'sms' })).toEqual([]);
  });

  it('never holds a key', async () => {
    const harness = new Harness();
    await harness.send();
    await harness.sms();
    await harness.message();
    const record = JSON.stringify(harness.sandbox.calls.list());
    const { apiKey, smsApiKey, twilio } = harness.sandbox;
    for (const key of [apiKey, smsApiKey, twilio.authToken, twilio.apiKeySecret])
      expect(record).not.toContain(key);
  });

  it('is bounded', async () => {
    const harness = new Harness();
    for (let i = 0; i < 1010; i++) await harness.call('GET', '/nowhere');
    const calls = harness.sandbox.calls.list();
    expect(calls).toHaveLength(1000);
    expect(calls.at(-1)?.id).toBe(1010);
  });
});

describe('reset', () => {
  it('empties every store and turns the knobs back', async () => {
    const harness = new Harness({ knobs: { codeLength: 8 } });
    const { sandbox } = harness;
    const { code } = await harness.send();
    await harness.call('POST', '/2fa/limits', {
      name: 'ip',
      buckets: [{ name: 'a', max: 1, interval: 60 }],
    });
    await harness.call('POST', '/2fa/workflows', { name: 'w', channels: ['sms'] });
    const sms = await harness.sms({ callback: 'https://example.com/' });
    await sandbox.reports.send({ status: 'delivered' });
    sandbox.knobs.patch({ codeLength: 4, newlines: 'folded' });
    sandbox.reset();

    expect(sandbox.inbox.list()).toEqual([]);
    expect(sandbox.calls.list()).toEqual([]);
    expect(sandbox.reports.list()).toEqual([]);
    await expect(sandbox.reports.send({ status: 'delivered' })).rejects.toThrow('No such message');
    const headers = { 'X-Mitto-API-Key': sandbox.smsApiKey };
    const messageId = sms.json['id'];
    const converted = await harness.call('POST', '/sms/converted', { messageId }, headers);
    expect(converted.status).toBe(404);
    expect(sandbox.knobs.current).toMatchObject({ codeLength: 8, newlines: 'kept' });
    expect((await harness.verify(code)).status).toBe(400);
    expect((await harness.call('GET', '/2fa/search')).json).toEqual({ sessionDetailRecords: [] });
    expect((await harness.call('GET', '/2fa/usage/records')).json).toEqual({ usageRecords: [] });
    expect((await harness.call('GET', '/2fa/limits/search')).json).toEqual({ limits: [] });
    expect((await harness.call('GET', '/2fa/workflows/search')).json).toEqual({ workflows: [] });
  });

  it('lets the ids of messages go on, for readers that ask for what came after', async () => {
    const harness = new Harness();
    await harness.send();
    harness.sandbox.reset();
    await harness.send();
    expect(harness.sandbox.inbox.list({ to: PHONE, after: 1 })).toHaveLength(1);
  });
});
