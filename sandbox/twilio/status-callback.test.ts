import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { type FormFields, Harness, PHONE, type Received, TWILIO_NUMBER } from '../testing.ts';

const StatusCallback = 'https://otp.example.com/v1/callbacks/twilio/token?a=b%20c';

function formOf({ body }: Received): Record<string, string> {
  return Object.fromEntries(new URLSearchParams(body));
}

/** As the receiver would: over what arrived. */
function signatureOf({ url, body }: Received, token: string): string {
  const parameters = [...new URLSearchParams(body)].sort(([a], [b]) => (a < b ? -1 : 1));
  return createHmac('sha1', token)
    .update(url + parameters.flat().join(''))
    .digest('base64');
}

async function told(harness: Harness, status: string, errorCode?: string): Promise<Received> {
  await harness.sandbox.reports.send({ status, ...(errorCode ? { errorCode } : {}) });
  const received = harness.received.at(-1);
  if (!received) throw new Error('nothing arrived');
  return received;
}

describe('a status callback of a message', () => {
  it('is a form that names the message, with a parameter that nobody knows', async () => {
    const harness = new Harness();
    const { json } = await harness.message({ StatusCallback });
    const received = await told(harness, 'undelivered', '30007');
    expect(received).toMatchObject({ method: 'POST', url: StatusCallback });
    expect(received.headers.get('Content-Type')).toMatch(/^application\/x-www-form-urlencoded/);
    expect(formOf(received)).toEqual({
      AccountSid: harness.sandbox.twilio.accountSid,
      ApiVersion: '2010-04-01',
      MessageSid: json['sid'],
      MessageStatus: 'undelivered',
      SmsSid: json['sid'],
      SmsStatus: 'undelivered',
      ErrorCode: '30007',
      To: PHONE,
      From: TWILIO_NUMBER,
      SandboxExtra: 'a+b & ä = 100 %',
    });
  });

  it('has no ErrorCode when nothing went wrong, and the service where there is one', async () => {
    const harness = new Harness({ knobs: { twilioCallbackExtras: {} } });
    const MessagingServiceSid = `MG${'0'.repeat(32)}`;
    await harness.message({ From: '', MessagingServiceSid, StatusCallback });
    const form = formOf(await told(harness, 'delivered'));
    expect(form).toMatchObject({ MessageStatus: 'delivered', MessagingServiceSid });
    expect(Object.keys(form)).not.toContain('ErrorCode');
    expect(Object.keys(form)).not.toContain('From');
    expect(Object.keys(form)).not.toContain('SandboxExtra');
  });

  it('is not sent where nobody asked for it', async () => {
    const harness = new Harness();
    await harness.message();
    await expect(told(harness, 'delivered')).rejects.toThrow('Nobody asked');
  });
});

describe('the signature', () => {
  it.each(['message', 'phoneCall'] as const)(
    'of a %s is keyed by the auth token and covers all that arrives',
    async (kind) => {
      const harness = new Harness();
      await harness[kind]({ StatusCallback });
      const received = await told(harness, 'completed');
      const { authToken, apiKeySecret } = harness.sandbox.twilio;
      const signature = received.headers.get('X-Twilio-Signature');
      expect(signature).toBe(signatureOf(received, authToken));
      expect(signature).not.toBe(signatureOf(received, apiKeySecret));
    },
  );

  it.each([
    [
      'https://otp.example.com/a?b',
      'https://otp.example.com:443/a?b',
      'https://otp.example.com/a?b',
    ],
    ['http://localhost:8787/a', 'http://localhost:8787/a', 'http://localhost/a'],
  ])('is over %s with its port, or without, with the knob twilioSignedPort', async (...urls) => {
    const [given, there, leftOut] = urls;
    const harness = new Harness();
    await harness.message({ StatusCallback: given });
    const { authToken } = harness.sandbox.twilio;
    for (const [twilioSignedPort, url] of [
      ['there', there],
      ['left_out', leftOut],
    ] as const) {
      harness.sandbox.knobs.patch({ twilioSignedPort });
      const received = await told(harness, 'delivered');
      expect(received.url).toBe(given);
      expect(received.headers.get('X-Twilio-Signature')).toBe(
        signatureOf({ ...received, url }, authToken),
      );
    }
  });

  it('is wrong, or missing, with the knob twilioSignature', async () => {
    const harness = new Harness({ knobs: { twilioSignature: 'wrong_token' } });
    await harness.message({ StatusCallback });
    const wrong = await told(harness, 'delivered');
    const { authToken } = harness.sandbox.twilio;
    expect(wrong.headers.get('X-Twilio-Signature')).not.toBe(signatureOf(wrong, authToken));
    harness.sandbox.knobs.patch({ twilioSignature: 'missing' });
    const missing = await told(harness, 'delivered');
    expect(missing.headers.has('X-Twilio-Signature')).toBe(false);
  });
});

describe('a status callback of a call', () => {
  it('tells how it ended', async () => {
    const harness = new Harness({ knobs: { twilioCallbackExtras: {} } });
    const { json } = await harness.phoneCall({ StatusCallback });
    expect(formOf(await told(harness, 'completed'))).toEqual({
      AccountSid: harness.sandbox.twilio.accountSid,
      ApiVersion: '2010-04-01',
      CallSid: json['sid'],
      CallStatus: 'completed',
      CallDuration: '12',
      CallbackSource: 'call-progress-events',
      Direction: 'outbound-api',
      To: PHONE,
      From: TWILIO_NUMBER,
      SequenceNumber: '0',
      Timestamp: 'Thu, 15 Jan 2026 12:00:00 +0000',
    });
    expect(formOf(await told(harness, 'no-answer'))).toMatchObject({
      CallStatus: 'no-answer',
      SequenceNumber: '1',
    });
  });

  it.each<[FormFields, string[]]>([
    [{}, ['completed', 'busy', 'failed', 'no-answer']],
    [{ StatusCallbackEvent: 'answered' }, ['in-progress']],
    [{ StatusCallbackEvent: ['initiated', 'ringing'] }, ['initiated', 'ringing']],
    [
      { StatusCallbackEvent: 'ringing completed' },
      ['ringing', 'completed', 'busy', 'failed', 'no-answer'],
    ],
  ])('comes of the events that were asked for: %j', async (events, expected) => {
    const harness = new Harness({
      knobs: {
        reports: [
          'initiated',
          'ringing',
          'in-progress',
          'completed',
          'busy',
          'failed',
          'no-answer',
        ].map((status) => ({ on: 'twilio_call', status })),
      },
    });
    await harness.phoneCall({ StatusCallback, ...events });
    await harness.sandbox.reports.settled();
    expect(harness.received.map((one) => formOf(one)['CallStatus'])).toEqual(expected);
  });
});
