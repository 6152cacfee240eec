import { describe, expect, it } from 'vitest';
import { CALL, type FormFields, Harness, PHONE, TWILIO_NUMBER } from '../testing.ts';

const say = (text: string) => `<Response><Say>${text}</Say></Response>`;

describe('a call', () => {
  it('is answered with 201 and the resource, and is heard', async () => {
    const harness = new Harness();
    const { status, json } = await harness.phoneCall({
      Twiml: '<Response><Say voice="woman" language="de-DE">Ihr Code: 1, 2, 3, 4.</Say></Response>',
    });
    expect(status).toBe(201);
    expect(json).toMatchObject({
      sid: expect.stringMatching(/^CA[\da-f]{32}$/),
      status: 'queued',
      from: TWILIO_NUMBER,
      to: PHONE,
      direction: 'outbound-api',
    });
    expect(harness.sandbox.inbox.last(PHONE)).toMatchObject({
      provider: 'twilio',
      channel: 'call',
      from: TWILIO_NUMBER,
      text: 'Ihr Code: 1, 2, 3, 4.',
      code: '1234',
      voice: 'woman',
      language: 'de-DE',
      repeat: 1,
      requestID: json['sid'],
    });
  });

  it('may have 4000 characters of TwiML', async () => {
    const Twiml = say('a'.repeat(4000 - say('').length));
    expect((await new Harness().phoneCall({ Twiml })).status).toBe(201);
  });
});

describe('what is refused', () => {
  it.each<[number, FormFields]>([
    [21201, { To: '' }],
    [21213, { From: '' }],
    [21205, { Twiml: '' }],
    [32018, { Twiml: say('a'.repeat(4000)) }],
    [21211, { To: '4915112345678' }],
    [21212, { From: 'Example' }],
    [12100, { Twiml: say('Tom & Co') }],
    [12100, { Twiml: 'Your code is 1234' }],
    [21609, { StatusCallback: 'here' }],
  ])('%i: %j', async (code, changes) => {
    const harness = new Harness();
    const { status, json } = await harness.phoneCall(changes);
    expect(status).toBe(400);
    expect(json).toMatchObject({ code, status });
    expect(harness.sandbox.inbox.list()).toEqual([]);
  });

  it.each([
    ['+15005550001', 21217],
    ['+15005550002', 21214],
    ['+15005550003', 21215],
    ['+15005550004', 21216],
    ['+4915100021216', 21216],
    ['+4915100060605', 60605],
  ])('a magic number, %s: %i', async (To, code) => {
    const harness = new Harness();
    expect((await harness.phoneCall({ ...CALL, To })).json).toMatchObject({ code });
    expect(harness.sandbox.inbox.list()).toEqual([]);
  });

  it('a magic sender', async () => {
    const From = '+15005550001';
    expect((await new Harness().phoneCall({ From })).json).toMatchObject({ code: 21212 });
  });
});
