import { describe, expect, it } from 'vitest';
import { Harness, PHONE, SEND } from '../../testing.ts';

const CALL = { ...SEND, channel: 'call' } as const;
const EMAIL = {
  ...SEND,
  channel: 'email',
  to: 'someone@example.com',
  subject: 'Your code',
  emailFrom: 'codes@example.com',
} as const;

describe('a text message', () => {
  it('arrives with a code of six digits in place of {code}', async () => {
    const harness = new Harness();
    const { json } = await harness.call('POST', '/2fa/send', SEND);
    const message = harness.sandbox.inbox.last(PHONE);
    expect(message).toMatchObject({
      to: PHONE,
      from: 'Example',
      channel: 'sms',
      at: harness.now,
      requestID: json['requestID'],
      code: expect.stringMatching(/^\d{6}$/),
    });
    expect(message?.text).toBe(`Your code is ${message?.code}.`);
  });

  it('keeps leading zeros', async () => {
    const harness = new Harness({ randomBytes: (length) => new Uint8Array(length) });
    expect((await harness.send()).code).toBe('000000');
  });

  it.each([4, 10])('has %i digits with the knob codeLength', async (codeLength) => {
    const harness = new Harness({ knobs: { codeLength } });
    expect((await harness.send()).code).toHaveLength(codeLength);
  });

  it('replaces every {code}, or the first with the knob codeReplacement', async () => {
    const harness = new Harness();
    const body = '{code}\n@example.com #{code}';
    const { code } = await harness.send({ body });
    expect(harness.sandbox.inbox.last()?.text).toBe(`${code}\n@example.com #${code}`);

    harness.sandbox.knobs.patch({ codeReplacement: 'first' });
    const next = await harness.send({ body });
    expect(harness.sandbox.inbox.last()?.text).toBe(`${next.code}\n@example.com #{code}`);
  });

  it('folds line breaks into spaces with the knob newlines', async () => {
    const harness = new Harness({ knobs: { newlines: 'folded' } });
    const { code } = await harness.send({ body: 'a\r\nb\n{code}' });
    expect(harness.sandbox.inbox.last()?.text).toBe(`a b ${code}`);
  });

  it('goes out for a sub-account', async () => {
    const harness = new Harness();
    const accountSid = `AC${'b'.repeat(32)}`;
    const { requestID } = await harness.send({ accountSid });
    const { json } = await harness.call('GET', `/2fa/search/${requestID}`);
    expect(json['accountSid']).toBe(accountSid);
  });

  it('may carry fields that nobody knows', async () => {
    const harness = new Harness();
    await harness.send({ validity: 5, workflow: 'x' });
    expect(harness.sandbox.calls.list()[0]?.body).toMatchObject({ validity: 5, workflow: 'x' });
  });
});

describe('a call', () => {
  it('reads the digits one by one', async () => {
    const harness = new Harness();
    const { code } = await harness.send({ ...CALL, voice: 'man', language: 'de', repeat: 2 });
    expect(harness.sandbox.inbox.last()).toMatchObject({
      channel: 'call',
      text: `Your code is ${[...code].join(', ')}.`,
      code,
      voice: 'man',
      language: 'de',
      repeat: 2,
    });
  });

  it('has a voice and a language of its own, and reads once', async () => {
    const harness = new Harness();
    await harness.send(CALL);
    const expected = { voice: 'woman', language: 'en', repeat: 1 };
    expect(harness.sandbox.inbox.last()).toMatchObject(expected);
  });
});

it('an e-mail has a subject and a sender', async () => {
  const harness = new Harness();
  await harness.send(EMAIL);
  expect(harness.sandbox.inbox.last('someone@example.com')).toMatchObject({
    channel: 'email',
    subject: 'Your code',
    emailFrom: 'codes@example.com',
  });
});

describe('a form', () => {
  it('says the same as JSON, and nests with brackets or as a JSON string', async () => {
    const harness = new Harness();
    const headers = { 'Content-Type': 'application/x-www-form-urlencoded; charset=utf-8' };
    const forms = [
      new URLSearchParams({ ...CALL, repeat: '3', 'limits[ip]': '127.0.0.1' }),
      new URLSearchParams({ ...CALL, repeat: '3', limits: '{"ip":"127.0.0.1"}' }),
    ];
    for (const form of forms) {
      expect((await harness.call('POST', '/2fa/send', String(form), headers)).status).toBe(200);
      expect(harness.sandbox.inbox.last()).toMatchObject({ to: PHONE, repeat: 3 });
      expect(harness.sandbox.calls.list().at(-1)?.body).toMatchObject({
        limits: { ip: '127.0.0.1' },
      });
    }
  });

  it('with a broken JSON string is refused', async () => {
    const form = new URLSearchParams({ ...SEND, limits: '{' });
    const headers = { 'Content-Type': 'application/x-www-form-urlencoded' };
    const answered = await new Harness().call('POST', '/2fa/send', String(form), headers);
    expect(answered).toMatchObject({
      status: 400,
      json: { code: 400, message: 'limits: not JSON' },
    });
  });
});

describe('what is refused', () => {
  it.each([
    ['service', { service: undefined }],
    ['service', { service: '' }],
    ['from', { from: undefined }],
    ['to', { to: undefined }],
    ['to', { to: '+1234567890123456' }],
    ['to', { to: '0151 123' }],
    ['to', { to: '++49151' }],
    ['to', { to: 4915112345678 }],
    ['body', { body: undefined }],
    ['body', { body: 'Your code is {CODE}' }],
    ['channel', { channel: 'fax' }],
    ['voice', { ...CALL, voice: 'robot' }],
    ['repeat', { ...CALL, repeat: 'twice' }],
    ['repeat', { ...CALL, repeat: 0 }],
    ['subject', { ...EMAIL, subject: undefined }],
    ['emailFrom', { ...EMAIL, emailFrom: undefined }],
    ['to', { ...EMAIL, to: PHONE }],
    ['accountSid', { accountSid: 'me' }],
    ['limits', { limits: 'ip' }],
  ])('%s: %j', async (field, changes) => {
    const harness = new Harness();
    const { status, json } = await harness.call('POST', '/2fa/send', { ...SEND, ...changes });
    expect(status).toBe(400);
    expect(json).toMatchObject({ code: 400, message: expect.stringMatching(`^${field}: `) });
    expect(harness.sandbox.inbox.list()).toEqual([]);
  });

  it.each([
    [400, '[]', 'application/json'],
    [400, '{', 'application/json'],
    [415, JSON.stringify(SEND), 'text/plain'],
    [413, JSON.stringify({ ...SEND, padding: 'x'.repeat(70_000) }), 'application/json'],
  ])('with %i: a body of another notation or size', async (status, body, type) => {
    const answered = await new Harness().call('POST', '/2fa/send', body, { 'Content-Type': type });
    expect(answered.status).toBe(status);
    expect(answered.json).toMatchObject({ code: status });
  });
});
