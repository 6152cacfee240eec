import { describe, expect, it } from 'vitest';
import type { OutboundAnswer } from '../../providers/egress/egress.ts';
import { createMittoOutcomes } from '../../providers/mitto/client.ts';
import type { E164 } from '../../shared/phone-number/e164.ts';
import type { CodeCheck, CodeMessage } from './connector.ts';
import { createMitto2faConnector } from './mitto-2fa.ts';

const MESSAGE: CodeMessage = {
  to: '+4915123456789' as E164,
  channel: 'sms',
  from: 'Example',
  service: 'sign-up',
  text: '{code} is your code',
  language: 'en',
  limits: {},
};
const CHECK: CodeCheck = {
  to: '+4915123456789' as E164,
  service: 'sign-up',
  requestId: 'OTP1',
  code: '123456',
};

type Options = Partial<Parameters<typeof createMitto2faConnector>[0]>;

/** The connector over the real client, with an egress in place of the network. */
function connectorThatHears(answer: OutboundAnswer, options: Options = {}) {
  const bodies: unknown[] = [];
  const client = createMittoOutcomes({
    baseUrl: 'https://mitto.test',
    accountId: 'AC01',
    apiKey: 'key',
    egress: {
      async call({ body = '' }) {
        bodies.push(JSON.parse(body));
        return answer;
      },
    },
  });
  const connector = createMitto2faConnector({
    client,
    probe: async () => {},
    voice: 'woman',
    sendExtra: {},
    verifyKeys: ['service', 'number', 'code'],
    ...options,
  });
  return { connector, bodies };
}

function answered(body: unknown, status = 200, options: Options = {}) {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return connectorThatHears({ kind: 'answered', status, retryAfter: '7', text }, options);
}

const SENT = { code: 200, message: 'OK', requestID: 'OTP1' };

describe('the Mitto 2FA connector asks', () => {
  it('for a text message', async () => {
    const { connector, bodies } = answered(SENT);
    expect(await connector.sendCode(MESSAGE)).toEqual({ kind: 'accepted', requestId: 'OTP1' });
    expect(bodies).toEqual([
      {
        service: 'sign-up',
        from: 'Example',
        to: '+4915123456789',
        body: '{code} is your code',
        channel: 'sms',
      },
    ]);
  });

  it('for a call, with a voice in the language of the text', async () => {
    const { connector, bodies } = answered(SENT, 200, { voice: 'man' });
    await connector.sendCode({ ...MESSAGE, channel: 'voice', language: 'de' });
    expect(bodies[0]).toMatchObject({ channel: 'call', voice: 'man', language: 'de' });
  });

  it("with the operator's own members, which change none of ours", async () => {
    const sendExtra = { expiry: 600, to: '+1900', body: 'free money', channel: 'email' };
    const { connector, bodies } = answered(SENT, 200, { sendExtra });
    await connector.sendCode(MESSAGE);
    expect(bodies[0]).toEqual({
      expiry: 600,
      service: 'sign-up',
      from: 'Example',
      to: '+4915123456789',
      body: '{code} is your code',
      channel: 'sms',
    });
  });

  it('about a code, under the names that are set', async () => {
    const byNumber = answered({ code: 200 });
    await byNumber.connector.check(CHECK);
    expect(byNumber.bodies).toEqual([
      { service: 'sign-up', number: '+4915123456789', code: '123456' },
    ]);
    const byId = answered({ code: 200 }, 200, { verifyKeys: ['requestID', 'to', 'code'] });
    await byId.connector.check(CHECK);
    expect(byId.bodies).toEqual([{ requestID: 'OTP1', to: '+4915123456789', code: '123456' }]);
  });

  it('to cancel, and is content with any answer', async () => {
    for (const status of [200, 404, 500]) {
      const { connector, bodies } = answered('', status);
      expect(await connector.cancel({ requestId: 'OTP1' })).toBeUndefined();
      expect(bodies).toEqual([{ requestID: 'OTP1' }]);
    }
  });
});

describe('what an answer means', () => {
  it.each<[string, ReturnType<typeof answered>, object, object]>([
    [
      'a clear no',
      answered({ code: 404, message: 'Invalid code' }),
      { kind: 'provider_refused' },
      { kind: 'wrong' },
    ],
    ['a clear no of HTTP', answered('', 422), { kind: 'provider_refused' }, { kind: 'wrong' }],
    [
      'a wrong key',
      answered('', 401),
      { kind: 'provider_unauthorized' },
      { kind: 'provider_unauthorized' },
    ],
    [
      'an address that is not listed, said in the envelope',
      answered({ code: 403 }),
      { kind: 'provider_unauthorized' },
      { kind: 'provider_unauthorized' },
    ],
    [
      'a plea to wait',
      answered('', 429),
      { kind: 'provider_throttled', waitMs: 7_000 },
      { kind: 'provider_throttled', waitMs: 7_000 },
    ],
    [
      'a server error',
      answered('', 500),
      { kind: 'provider_unintelligible' },
      { kind: 'provider_unintelligible' },
    ],
    ['maintenance', answered('', 503), { kind: 'provider_failed' }, { kind: 'provider_failed' }],
    [
      'a server error in the envelope',
      answered({ code: 500 }),
      { kind: 'provider_unintelligible' },
      { kind: 'provider_unintelligible' },
    ],
    [
      'a page',
      answered('<html>'),
      { kind: 'provider_unintelligible' },
      { kind: 'provider_unintelligible' },
    ],
    [
      'silence',
      connectorThatHears({ kind: 'unanswered', why: 'late' }),
      { kind: 'delivery_unknown' },
      { kind: 'provider_silent' },
    ],
    [
      'a connection that breaks',
      connectorThatHears({ kind: 'unanswered', why: 'broken' }),
      { kind: 'delivery_unknown' },
      { kind: 'provider_silent' },
    ],
  ])('%s', async (_what, { connector }, sendReason, check) => {
    expect(await connector.sendCode(MESSAGE)).toMatchObject({ kind: 'failed', reason: sendReason });
    const checked = await connector.check(CHECK);
    if ('kind' in check && check.kind === 'wrong') expect(checked).toEqual({ kind: 'wrong' });
    else expect(checked).toMatchObject({ kind: 'not_evaluated', reason: check });
  });

  it('a right code is one of which Mitto says so, about the message that was sent', async () => {
    expect(await answered({ code: 200 }).connector.check(CHECK)).toEqual({ kind: 'right' });
    expect(await answered({ code: 200, requestID: 'OTP1' }).connector.check(CHECK)).toEqual({
      kind: 'right',
    });
    expect(await answered({ code: 200, requestID: 'OTP2' }).connector.check(CHECK)).toEqual({
      kind: 'wrong',
    });
  });
});
