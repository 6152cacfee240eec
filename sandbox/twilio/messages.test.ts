import { describe, expect, it } from 'vitest';
import { type FormFields, Harness, MESSAGE, PHONE, TWILIO_NUMBER } from '../testing.ts';
import { DELIVERY_CODES, REFUSAL_CODES } from './errors.ts';

const SERVICE = `MG${'0'.repeat(32)}`;

describe('a message', () => {
  it('is answered with 201 and the resource, and arrives', async () => {
    const harness = new Harness();
    const { accountSid } = harness.sandbox.twilio;
    const { status, json } = await harness.message();
    expect(status).toBe(201);
    expect(json).toMatchObject({
      sid: expect.stringMatching(/^SM[\da-f]{32}$/),
      account_sid: accountSid,
      status: 'queued',
      from: TWILIO_NUMBER,
      to: PHONE,
      body: MESSAGE.Body,
      num_segments: '1',
      date_created: 'Thu, 15 Jan 2026 12:00:00 +0000',
      error_code: null,
      messaging_service_sid: null,
      uri: `/2010-04-01/Accounts/${accountSid}/Messages/${json['sid']}.json`,
    });
    expect(harness.sandbox.inbox.last(PHONE)).toMatchObject({
      provider: 'twilio',
      channel: 'sms',
      from: TWILIO_NUMBER,
      text: MESSAGE.Body,
      code: '123456',
      requestID: json['sid'],
    });
  });

  it.each([
    ['a'.repeat(160), '1'],
    ['a'.repeat(161), '2'],
    ['ж'.repeat(71), '2'],
    ['a'.repeat(1600), '11'],
  ])('is counted in segments', async (Body, num_segments) => {
    expect((await new Harness().message({ Body })).json).toMatchObject({ num_segments });
  });

  it.each(['Example', 'Demo Shop', '12345'])('may come from %s', async (From) => {
    expect((await new Harness().message({ From })).status).toBe(201);
  });

  it('may have a time to live', async () => {
    expect((await new Harness().message({ ValidityPeriod: '600' })).status).toBe(201);
  });

  it('may come from a Messaging Service, which chooses the number', async () => {
    const harness = new Harness();
    const { status, json } = await harness.message({ From: '', MessagingServiceSid: SERVICE });
    expect(status).toBe(201);
    expect(json).toMatchObject({
      status: 'accepted',
      from: null,
      messaging_service_sid: SERVICE,
      num_segments: '0',
    });
    expect(harness.sandbox.inbox.last()?.from).toBe(TWILIO_NUMBER);
  });
});

describe('what is refused', () => {
  it.each<[number, FormFields]>([
    [21604, { To: '' }],
    [21603, { From: '' }],
    [20001, { MessagingServiceSid: SERVICE }],
    [21701, { From: '', MessagingServiceSid: 'MG1' }],
    [21602, { Body: '' }],
    [21617, { Body: 'a'.repeat(1601) }],
    [21211, { To: '4915112345678' }],
    [21211, { To: '+49 151 12345678' }],
    [21211, { To: 'someone' }],
    [21604, { To: [PHONE, PHONE] }],
    [21212, { From: 'A name too long' }],
    [21212, { From: '4915112345678' }],
    [20001, { ValidityPeriod: '0' }],
    [20001, { ValidityPeriod: '36001' }],
    [20001, { ValidityPeriod: 'long' }],
    [21609, { StatusCallback: 'here' }],
    [21609, { StatusCallback: 'ftp://example.com/' }],
  ])('%i: %j', async (code, changes) => {
    const harness = new Harness();
    const { status, json } = await harness.message(changes);
    expect(status).toBe(400);
    expect(json).toEqual({
      code,
      message: expect.any(String),
      more_info: `https://www.twilio.com/docs/errors/${code}`,
      status,
    });
    expect(harness.sandbox.inbox.list()).toEqual([]);
  });

  it('may be told with the number in the message, as Twilio does', async () => {
    const To = '+490';
    expect((await new Harness().message({ To })).json['message']).toContain(To);
  });
});

describe('magic numbers', () => {
  it.each([
    ['+15005550001', 21211],
    ['+15005550002', 21612],
    ['+15005550003', 21408],
    ['+15005550004', 21610],
    ['+15005550009', 21614],
  ])('to %s: %i', async (To, code) => {
    expect((await new Harness().message({ To })).json).toMatchObject({ code });
  });

  it.each([
    ['+15005550001', 21212, 400],
    ['+15005550007', 21606, 400],
    ['+15005550008', 21611, 429],
  ])('from %s: %i', async (From, code, status) => {
    expect(await new Harness().message({ From })).toMatchObject({ status, json: { code } });
  });

  it.each(REFUSAL_CODES)('to one that ends in 000 and %i: that code', async (code) => {
    const harness = new Harness();
    const { status, json } = await harness.message({ To: `+49151000${code}` });
    expect(json).toMatchObject({ code, status });
    expect(harness.sandbox.inbox.list()).toEqual([]);
  });

  it.each(DELIVERY_CODES)(
    'to one that ends in 000 and %i: taken, and reported as not delivered',
    async (code) => {
      const harness = new Harness({ knobs: { reports: [{ on: 'any', status: 'delivered' }] } });
      const StatusCallback = 'https://otp.example.com/v1/callbacks/twilio/token';
      const { status } = await harness.message({ To: `+49151000${code}`, StatusCallback });
      expect(status).toBe(201);
      await harness.sandbox.reports.settled();
      expect(harness.received).toHaveLength(1);
      const form = new URLSearchParams(harness.received[0]?.body);
      expect(form.get('MessageStatus')).toBe('undelivered');
      expect(form.get('ErrorCode')).toBe(String(code));
    },
  );

  it.each([
    [21216, 400],
    [20003, 401],
    [60410, 403],
    [60605, 403],
    [14107, 429],
    [20429, 429],
    [20500, 500],
    [20503, 503],
  ])('give %i its status %i', async (code, status) => {
    expect((await new Harness().message({ To: `+49151000${code}` })).status).toBe(status);
  });

  it('are no others', async () => {
    expect((await new Harness().message({ To: '+4915100099999' })).status).toBe(201);
  });
});
