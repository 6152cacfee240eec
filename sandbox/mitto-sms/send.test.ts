import { describe, expect, it } from 'vitest';
import { Harness, SMS } from '../testing.ts';

const EMOJI = '😀';

describe('a message', () => {
  it('is answered as documented, and arrives', async () => {
    const harness = new Harness();
    const { status, json } = await harness.sms();
    expect(status).toBe(200);
    expect(json).toEqual({
      id: expect.stringMatching(/^[\da-f]{32}$/),
      timestamp: '2026-01-15T12:00:00.0000000Z',
      to: SMS.to,
      responseCode: 0,
      responseText: 'SMS sent',
      textLength: 20,
      messageParts: 1,
    });
    expect(harness.sandbox.inbox.last(`+${SMS.to}`)).toMatchObject({
      provider: 'mitto-sms',
      channel: 'sms',
      at: harness.now,
      from: 'Example',
      to: SMS.to,
      text: SMS.text,
      code: '123456',
      requestID: json['id'],
    });
  });

  it.each(['/sms', '/sms.json'])('is taken at %s', async (path) => {
    expect((await new Harness().sms({}, path)).json).toMatchObject({ responseCode: 0 });
  });

  it('is answered in XML at /sms.xml', async () => {
    const harness = new Harness();
    const headers = { 'X-Mitto-API-Key': harness.sandbox.smsApiKey };
    const request = harness.request('POST', '/sms.xml', SMS, { headers });
    const response = await harness.sandbox.fetch(request);
    expect(await response.text()).toContain('<responseCode>0</responseCode>');
  });

  it.each([
    ['GSM', 'a'.repeat(161), 161, 2],
    ['GSM', '€'.repeat(81), 162, 2],
    ['Unicode', 'Ж'.repeat(71), 71, 2],
    ['unicode', 'Hello', 5, 1],
    ['auto', 'a'.repeat(160), 160, 1],
    ['auto', EMOJI.repeat(36), 72, 2],
    ['Binary', 'ff'.repeat(140), 140, 1],
    ['Byte', 'ff'.repeat(141), 141, 2],
  ])('of the type %s is counted in it', async (type, text, textLength, messageParts) => {
    const { json } = await new Harness().sms({ type, text });
    expect(json).toMatchObject({ responseCode: 0, textLength, messageParts });
  });

  it('with test: true goes nowhere', async () => {
    const harness = new Harness({ knobs: { reports: [{ on: 'any', status: 'delivered' }] } });
    const { json } = await harness.sms({ test: true, callback: 'https://example.com/' });
    expect(json).toMatchObject({ responseCode: 0, test: true, id: expect.any(String) });
    await harness.sandbox.reports.settled();
    expect(harness.sandbox.inbox.list()).toEqual([]);
    expect(harness.received).toEqual([]);
  });

  it.each([
    ['Example', 'a name'],
    ['Demo Shop', 'with a space'],
    ['A&B', 'with a sign'],
    ['123', 'a short number'],
    ['12345678901234', 'a long number'],
    ['+491511234567', 'a number with its plus'],
  ])('may come from %s: %s', async (from) => {
    expect((await new Harness().sms({ from })).json).toMatchObject({ responseCode: 0 });
  });

  it('may have every option', async () => {
    const options = { reference: 'r', validity: 5, flash: true, udh: '050003', pid: 0 };
    const { json } = await new Harness().sms({ ...options, callback: 'https://example.com/' });
    expect(json).toMatchObject({ responseCode: 0 });
  });
});

describe('the answer, as the knobs say', () => {
  it.each([
    [{ smsId: 'guid' }, { id: expect.stringMatching(/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/) }],
    [{ smsTextLength: 'string' }, { textLength: '20' }],
    [{ smsTextLength: 'padded_string' }, { textLength: ' 20' }],
  ] as const)('%j', async (knobs, members) => {
    expect((await new Harness({ knobs }).sms()).json).toMatchObject(members);
  });

  it.each([
    [{ smsEchoesTo: false }, 'to'],
    [{ smsCountsParts: false }, 'messageParts'],
    [{ smsTestId: 'absent' }, 'id'],
  ] as const)('%j leaves out %s', async (knobs, member) => {
    const { json } = await new Harness({ knobs }).sms({ test: true });
    expect(json).toMatchObject({ responseCode: 0 });
    expect(json).not.toHaveProperty(member);
  });
});

describe('what is refused, by responseCode', () => {
  it.each([
    [1, { validity: 'long' }],
    [1, { validity: 0 }],
    [1, { flash: 'yes' }],
    [1, { udh: '0' }],
    [1, { pid: 256 }],
    [1, { callback: 'here' }],
    [1, { test: 'true' }],
    [2, { type: 'UTF-8' }],
    [3, { text: '' }],
    [3, { text: undefined }],
    [4, { text: 'Здравствуй' }],
    [4, { text: EMOJI, type: 'GSM' }],
    [4, { text: 123456 }],
    [5, { from: '' }],
    [5, { from: undefined }],
    [6, { from: 'AB' }],
    [6, { from: 'Twelve chars' }],
    [6, { from: '12' }],
    [6, { from: '123456789012345' }],
    [6, { from: '<b>' }],
    [6, { from: 4915112345678 }],
    [7, { to: '' }],
    [7, { to: undefined }],
    [8, { to: '015112345678' }],
    [8, { to: '00491511234567' }],
    [8, { to: '+49 151 12345678' }],
    [8, { to: '1234567890123456' }],
    [8, { to: 4915112345678 }],
    [9, { type: 'Binary', text: 'Hello' }],
    [9, { type: 'Unicode', text: '\ud83d' }],
  ])('%i: %j', async (responseCode, changes) => {
    const harness = new Harness();
    const { status, json } = await harness.sms(changes);
    expect(status).toBe(200);
    expect(json).toMatchObject({ responseCode, responseText: expect.any(String), textLength: 0 });
    expect(json).not.toHaveProperty('id');
    expect(harness.sandbox.inbox.list()).toEqual([]);
  });

  it('comes with HTTP 400 with the knob smsRefusalStatus', async () => {
    const harness = new Harness({ knobs: { smsRefusalStatus: 'http_400' } });
    expect(await harness.sms({ text: '' })).toMatchObject({
      status: 400,
      json: { responseCode: 3 },
    });
    expect((await harness.sms()).status).toBe(200);
  });

  it('is a plus with the knob smsReceiverPlus', async () => {
    const to = `+${SMS.to}`;
    const harness = new Harness();
    expect((await harness.sms({ to })).json).toMatchObject({ responseCode: 0, to });
    harness.sandbox.knobs.patch({ smsReceiverPlus: 'refused' });
    expect((await harness.sms({ to })).json).toMatchObject({ responseCode: 8 });
    expect((await harness.sms()).json).toMatchObject({ responseCode: 0 });
  });
});

describe('who may send', () => {
  it.each([undefined, 'wrong', 'mitto-sandbox-key'])('not the key %s: 401', async (key) => {
    const harness = new Harness();
    const headers = key === undefined ? {} : { 'X-Mitto-API-Key': key };
    for (const path of ['/sms', '/sms.json', '/sms/converted'])
      expect((await harness.call('POST', path, SMS, headers)).status).toBe(401);
    expect(harness.sandbox.inbox.list()).toEqual([]);
  });

  it('only with JSON, by POST, at a path that there is', async () => {
    const harness = new Harness();
    const headers = { 'X-Mitto-API-Key': harness.sandbox.smsApiKey };
    const form = { ...headers, 'Content-Type': 'application/x-www-form-urlencoded' };
    const asForm = String(new URLSearchParams(SMS));
    expect((await harness.call('POST', '/sms', asForm, form)).status).toBe(415);
    expect((await harness.call('POST', '/sms', '{', headers)).status).toBe(400);
    expect((await harness.call('GET', '/sms', undefined, headers)).status).toBe(405);
    expect((await harness.call('POST', '/sms/other', SMS, headers)).status).toBe(404);
    expect((await harness.call('POST', '/smsbulk', SMS, headers)).status).toBe(404);
  });
});
