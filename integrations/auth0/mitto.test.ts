/** The Actions and the Hook that call Mitto themselves, run as Auth0 runs them, over HTTP to the sandbox. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Fault } from '../../sandbox/faults.ts';
import { type ServedSandbox, serveMittoSandbox } from '../../sandbox/serve.ts';
import {
  hookCall,
  MESSAGE_TYPES,
  phoneProviderEvent,
  type Secrets,
  sendPhoneMessageEvent,
} from './auth0-events.ts';
import {
  closedUrl,
  runHook,
  runPhoneProvider,
  runSendPhoneMessage,
  type Verdict,
} from './auth0-runtime.ts';
import { PROMISED_OF_MITTO } from './promised.ts';

const PHONE = '+4915123456789';

interface Message {
  recipient?: string;
  text?: string;
  isVoice?: boolean;
}

type Way = (message?: Message, changed?: Secrets) => Promise<Verdict>;

let served: ServedSandbox;
let secrets: Secrets;

beforeAll(async () => {
  served = await serveMittoSandbox();
  secrets = {
    MITTO_API_KEY: served.sandbox.smsApiKey,
    MITTO_SENDER: 'Example',
    MITTO_BASE_URL: served.url,
  };
});

afterEach(() => served.sandbox.reset());

afterAll(() => served?.close());

const phoneProvider: Way = ({ recipient = PHONE, text, isVoice } = {}, changed) =>
  runPhoneProvider(
    'custom-phone-provider-mitto.js',
    phoneProviderEvent(
      { ...secrets, ...changed },
      {
        recipient,
        delivery_method: isVoice ? 'voice' : 'text',
        ...(text === undefined ? {} : { as_text: text }),
      },
    ),
  );

const sendPhoneMessage: Way = ({ recipient = PHONE, text, isVoice } = {}, changed) =>
  runSendPhoneMessage(
    'send-phone-message-mitto.js',
    sendPhoneMessageEvent(
      { ...secrets, ...changed },
      {
        recipient,
        message_type: isVoice ? 'voice' : 'sms',
        ...(text === undefined ? {} : { text }),
      },
    ),
  );

const hook: Way = ({ recipient = PHONE, text, isVoice } = {}, changed) =>
  runHook(
    'legacy-hook-mitto.js',
    hookCall(
      { ...secrets, ...changed },
      {
        recipient,
        message_type: isVoice ? 'voice' : 'sms',
        ...(text === undefined ? {} : { text }),
      },
    ),
  );

const WAYS: readonly [string, Way][] = [
  ['the custom phone provider', phoneProvider],
  ['the Action for MFA', sendPhoneMessage],
  ['the Hook', hook],
];

function fault(one: Fault): void {
  served.sandbox.knobs.patch({ faults: [one] });
}

describe.each(WAYS)('%s', (_name, send) => {
  it('sends what Mitto documents', async () => {
    expect(await send()).toEqual({ kind: 'accepted' });
    expect(served.sandbox.calls.list()).toMatchObject([
      {
        method: 'POST',
        path: '/sms.json',
        body: {
          from: 'Example',
          to: PHONE.slice(1),
          text: 'Your code is 123456',
          type: 'GSM',
          validity: 10,
        },
      },
    ]);
    expect(served.sandbox.inbox.last()).toMatchObject({ code: '123456', from: 'Example' });
  });

  it.each([
    ['GSM', '@£$¥ èéùìò Ç ÄÖÑÜ äöñüà ^{}\\[~]| €\n123456'],
    ['Unicode', 'Ваш код 123456'],
    ['Unicode', 'Seu código é 123456 – não passe adiante'],
  ])('names the alphabet %s', async (type, text) => {
    expect(await send({ text })).toEqual({ kind: 'accepted' });
    expect(served.sandbox.calls.list()[0]?.body).toMatchObject({ type });
    expect(served.sandbox.inbox.last()?.text).toBe(text);
  });

  it.each(Array.from({ length: 9 }, (_, index) => index + 1))(
    'takes responseCode %i for a failure, whatever the HTTP status',
    async (code) => {
      for (const smsRefusalStatus of ['http_200', 'http_400'] as const) {
        served.sandbox.knobs.patch({ smsRefusalStatus });
        fault({ on: 'sms', kind: 'refused', code });
        const verdict = await send();
        expect(verdict.kind).not.toBe('accepted');
        expect(verdict).toHaveProperty('reason', expect.stringContaining(`responseCode ${code}: `));
      }
    },
  );

  it.each<[string, Fault, string]>([
    ['a page', { on: 'sms', kind: 'malformed', shape: 'html' }, 'without a responseCode'],
    ['half an answer', { on: 'sms', kind: 'malformed', shape: 'half_json' }, 'without a'],
    ['nothing', { on: 'sms', kind: 'malformed', shape: 'empty' }, 'without a responseCode'],
    [
      'other types',
      { on: 'sms', kind: 'malformed', shape: 'wrong_type' },
      'without a responseCode',
    ],
    ['another place to go to', { on: 'sms', kind: 'redirect' }, 'HTTP 307'],
    ['that its address is not known', { on: 'sms', kind: 'ip_not_allowed' }, 'allow-listed'],
    ['no end of an answer', { on: 'sms', kind: 'cut' }, 'no answer ('],
    ['that it is broken', { on: 'sms', kind: 'status', status: 500 }, 'HTTP 500'],
  ])('does not take it for sent, when Mitto answers %s', async (_what, one, words) => {
    fault(one);
    const verdict = await send();
    expect(verdict.kind).not.toBe('accepted');
    expect(verdict).toHaveProperty('reason', expect.stringContaining(words));
    expect(served.sandbox.calls.list()).toHaveLength(1);
  });

  it.each<[string, Message, Secrets, string]>([
    ['no key', {}, { MITTO_API_KEY: undefined }, 'MITTO_API_KEY is missing'],
    ['a key that no header takes', {}, { MITTO_API_KEY: 'kéy\nx' }, 'not plain ASCII'],
    ['no sender', {}, { MITTO_SENDER: undefined }, 'MITTO_SENDER is missing'],
    ['a base URL without TLS', {}, { MITTO_BASE_URL: 'http://mitto.example' }, 'no'],
    ['a base URL that is none', {}, { MITTO_BASE_URL: 'rest' }, 'not an https URL'],
    ['a national number', { recipient: '015123456789' }, {}, 'E.164'],
    ['something that is no number', { recipient: 'tel:+4915123456789' }, {}, 'E.164'],
    ['no words', { text: '' }, {}, 'no words'],
    ['a call', { isVoice: true }, {}, 'makes no calls'],
  ])('does not call Mitto with %s, and says so', async (_what, message, changed, words) => {
    const verdict = await send(message, changed);
    expect(verdict.kind).toMatch(/drop|thrown/);
    expect(verdict).toHaveProperty('reason', expect.stringContaining(words));
    expect(served.sandbox.calls.list()).toEqual([]);
  });

  it('says that the key is wrong', async () => {
    const verdict = await send({}, { MITTO_API_KEY: 'another' });
    expect(verdict).toHaveProperty('reason', expect.stringContaining('MITTO_API_KEY is wrong'));
  });
});

describe('the custom phone provider without a Worker', () => {
  it.each(MESSAGE_TYPES)('sends a %s', async (message_type) => {
    const event = phoneProviderEvent(secrets, { recipient: PHONE, message_type });
    expect(await runPhoneProvider('custom-phone-provider-mitto.js', event)).toEqual({
      kind: 'accepted',
    });
  });

  it('sends from the number that Auth0 names, where it has no sender of its own', async () => {
    const event = phoneProviderEvent(
      { ...secrets, MITTO_SENDER: undefined },
      { recipient: '+1-808-555-5555', from: '+1-808-555-2222' },
    );
    await runPhoneProvider('custom-phone-provider-mitto.js', event);
    expect(served.sandbox.inbox.last()).toMatchObject({ from: '18085552222', to: '18085555555' });
  });

  it.each([401, 403, 429, 500, 502, 503, 504])(
    'does with HTTP %i as the table says',
    async (status) => {
      fault({ on: 'sms', kind: 'status', status });
      const promised = PROMISED_OF_MITTO.get(`HTTP ${status}`);
      expect(promised).toBeDefined();
      expect(await phoneProvider()).toMatchObject({ kind: promised });
    },
  );

  it.each([1, 2, 3, 4, 5, 6, 7, 8, 9])(
    'does with responseCode %i as the table says',
    async (code) => {
      fault({ on: 'sms', kind: 'refused', code });
      const promised = PROMISED_OF_MITTO.get(`responseCode ${code}`);
      expect(promised).toBeDefined();
      expect(await phoneProvider()).toMatchObject({ kind: promised });
    },
  );

  it('retries where there was no connection, and drops what may have been sent', async () => {
    const closed = { MITTO_BASE_URL: await closedUrl() };
    expect(await phoneProvider({}, closed)).toMatchObject({ kind: 'retry' });
    fault({ on: 'sms', kind: 'cut', takesEffect: true });
    expect(await phoneProvider()).toMatchObject({ kind: 'drop' });
    expect(served.sandbox.inbox.list()).toHaveLength(1);
  });
});

it('is given up before Auth0 gives up, when Mitto never answers', async () => {
  fault({ on: 'sms', kind: 'hang' });
  for (const verdict of await Promise.all(WAYS.map(([, send]) => send())))
    expect(verdict).toHaveProperty('reason', expect.stringContaining('no answer (TimeoutError)'));
}, 20_000);
