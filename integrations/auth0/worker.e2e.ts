/** The Actions that post to the Worker, run as Auth0 runs them, through the real Worker to the sandbox. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Stack, startStack } from '../../demo/stack.ts';
import type { Fault } from '../../sandbox/faults.ts';
import {
  MESSAGE_TYPES,
  type Notification,
  phoneProviderEvent,
  type Secrets,
  sendPhoneMessageEvent,
} from './auth0-events.ts';
import { closedUrl, runPhoneProvider, runSendPhoneMessage, type Verdict } from './auth0-runtime.ts';
import { PROMISED_OF_WORKER } from './promised.ts';

const SITE_SECRET = 'The secret of the site, with spaces in it';

let product: Stack;
let secrets: Secrets;
let lastNumber = 0;

beforeAll(async () => {
  product = await startStack({ port: 0, settings: { SITE_SECRET } });
  secrets = { OTP_WORKER_URL: product.url, OTP_SITE_SECRET: SITE_SECRET };
});

// Several failures in a row would keep the Worker from asking Mitto at all: one that works ends the row.
beforeEach(async () => {
  expect(await notify()).toEqual({ kind: 'accepted' });
  expect(await notify({ delivery_method: 'voice' })).toEqual({ kind: 'accepted' });
  product.sandbox.reset();
});

afterEach(() => product.sandbox.reset());

afterAll(() => product?.close());

/** One that has never been sent anything. */
function nextNumber(): string {
  lastNumber += 1;
  return `+1202555${String(100 + lastNumber).padStart(4, '0')}`;
}

function notify(
  notification: Partial<Notification> = {},
  changed: Secrets = {},
  more: object = {},
): Promise<Verdict> {
  const message = { recipient: nextNumber(), ...notification };
  return runPhoneProvider(
    'custom-phone-provider.js',
    phoneProviderEvent({ ...secrets, ...changed }, message, more),
  );
}

function inbox() {
  return product.sandbox.inbox.list();
}

/** Of every provider, so that the Worker has none to turn to. */
function everywhere(fault: Fault): void {
  product.sandbox.knobs.patch({ faults: [{ ...fault, on: 'any' }] });
}

function expectVerdict(verdict: Verdict, code: string): void {
  expect(PROMISED_OF_WORKER.get(code)).toBeDefined();
  expect(verdict).toMatchObject({ kind: PROMISED_OF_WORKER.get(code) });
  expect((verdict as { reason: string }).reason).toContain(`mitto-otp: ${code}: `);
}

describe('the custom phone provider', () => {
  it.each(MESSAGE_TYPES)('sends the words of a %s', async (message_type) => {
    const recipient = nextNumber();
    expect(await notify({ recipient, message_type })).toEqual({ kind: 'accepted' });
    expect(inbox()).toMatchObject([
      { provider: 'mitto-sms', to: recipient.slice(1), text: 'Your code is 123456' },
    ]);
  });

  it('makes a call of a voice message, in its language, with the words for the ear', async () => {
    const verdict = await notify({ delivery_method: 'voice', locale: 'de_DE' });
    expect(verdict).toEqual({ kind: 'accepted' });
    expect(inbox()).toMatchObject([{ channel: 'call', language: 'de-DE' }]);
    expect(inbox()[0]?.text).toMatch(/^Hello\. Your code is 1/);
  });

  it.each(['en-US', 'en_US', 'zh-Hant-TW', '', 'not a language!', undefined])(
    'takes the locale %j',
    async (locale) => {
      const verdict = await notify(locale === undefined ? {} : { locale });
      expect(verdict).toEqual({ kind: 'accepted' });
      expect(inbox()).toHaveLength(1);
    },
  );

  it('takes a number with hyphens, as in the sample event of Auth0', async () => {
    const recipient = '+1-202-555-0199';
    expect(await notify({ recipient })).toEqual({ kind: 'accepted' });
    expect(inbox()[0]?.to).toBe('12025550199');
  });

  it('sends under the sender of the Worker, whatever Auth0 names', async () => {
    await notify({ from: '+1-808-555-2222' });
    expect(inbox()[0]?.from).toBe('Demo Shop');
  });

  it('takes several lines, and letters of any alphabet', async () => {
    const as_text = 'Ваш код\n123456';
    await notify({ as_text });
    expect(inbox()[0]?.text).toBe(as_text);
  });

  it('takes a URL with a slash, and secrets with a line break after them', async () => {
    const changed = {
      OTP_WORKER_URL: `${product.url}/\n`,
      OTP_SITE_SECRET: `${SITE_SECRET}\n`,
    };
    expect(await notify({}, changed)).toEqual({ kind: 'accepted' });
  });
});

describe('one notification that Auth0 hands over again', () => {
  it('is sent once', async () => {
    const recipient = nextNumber();
    for (let tries = 0; tries < 3; tries++)
      expect(await notify({ recipient })).toEqual({ kind: 'accepted' });
    expect(inbox()).toHaveLength(1);
  });

  it('is sent once, whatever transaction it names, as long as its code is the same', async () => {
    const recipient = nextNumber();
    for (const correlation_id of ['a', 'b'])
      await notify({ recipient }, {}, { transaction: { correlation_id } });
    expect(inbox()).toHaveLength(1);
  });

  it('is another one with another code', async () => {
    const recipient = nextNumber();
    await notify({ recipient });
    await notify({ recipient, code: '654321' });
    expect(inbox().map(({ text }) => text)).toEqual(['Your code is 123456', 'Your code is 654321']);
  });

  it('is another one in another transaction, where it has no code', async () => {
    const notice = { recipient: nextNumber(), as_text: 'Your account is blocked.', code: '' };
    for (const correlation_id of ['a', 'a', 'b'])
      await notify(notice, {}, { transaction: { correlation_id } });
    expect(inbox()).toHaveLength(2);
  });

  it('gets through once Mitto has recovered', async () => {
    const recipient = nextNumber();
    everywhere({ on: 'any', kind: 'status', status: 429 });
    expectVerdict(await notify({ recipient }), 'temporarily_unavailable');
    product.sandbox.knobs.reset();
    expect(await notify({ recipient })).toEqual({ kind: 'accepted' });
    expect(inbox()).toHaveLength(1);
  });

  it('waits for an earlier try that is under way, and is sent once', async () => {
    const recipient = nextNumber();
    product.sandbox.knobs.patch({ faults: [{ on: 'sms', kind: 'delay', ms: 1500 }] });
    const verdicts = await Promise.all([notify({ recipient }), notify({ recipient })]);
    const [retried] = verdicts.filter(({ kind }) => kind !== 'accepted');
    expectVerdict(retried as Verdict, 'request_in_progress');
    product.sandbox.knobs.reset();
    expect(await notify({ recipient })).toEqual({ kind: 'accepted' });
    expect(inbox()).toHaveLength(1);
  });

  it('is not sent again where the first answer was lost', async () => {
    const recipient = nextNumber();
    everywhere({ on: 'any', kind: 'cut', takesEffect: true });
    for (let tries = 0; tries < 3; tries++)
      expectVerdict(await notify({ recipient }), 'delivery_unknown');
    expect(inbox()).toHaveLength(1);
  });
});

describe('what the Worker refuses', () => {
  it.each<[string, Fault, Partial<Notification>]>([
    ['temporarily_unavailable', { on: 'any', kind: 'status', status: 429 }, {}],
    ['upstream_error', { on: 'any', kind: 'status', status: 503 }, {}],
    ['delivery_unknown', { on: 'any', kind: 'cut' }, {}],
    ['delivery_unknown', { on: 'any', kind: 'hang' }, {}],
    ['misconfigured', { on: 'any', kind: 'ip_not_allowed' }, {}],
    ['invalid_phone', { on: 'sms', kind: 'refused', code: 8 }, {}],
    [
      'blocked_by_provider',
      { on: 'any', kind: 'refused', code: 21216 },
      { delivery_method: 'voice' },
    ],
  ])('as %s, when a provider is like %j', async (code, fault, notification) => {
    everywhere(fault);
    expectVerdict(await notify(notification), code);
    expect(inbox()).toEqual([]);
  });

  it.each<[string, Partial<Notification>, Secrets]>([
    ['unauthorized', {}, { OTP_SITE_SECRET: 'another' }],
    ['destination_not_allowed', { recipient: '+48501234567' }, {}],
    ['invalid_phone', { recipient: '+12025550' }, {}],
    ['malformed_request', { as_text: 'x'.repeat(1001) }, {}],
    ['payload_too_large', { as_text: 'x'.repeat(5000) }, {}],
  ])('as %s', async (code, notification, changed) => {
    expectVerdict(await notify(notification, changed), code);
    expect(product.sandbox.calls.list()).toEqual([]);
  });

  it('for a limit of hours is dropped', async () => {
    const recipient = nextNumber();
    for (let sent = 0; sent < 10; sent++)
      expect(await notify({ recipient, code: `00000${sent}` })).toEqual({ kind: 'accepted' });
    const verdict = await notify({ recipient });
    expect(verdict).toMatchObject({ kind: 'drop' });
    expect(verdict).toHaveProperty('reason', expect.stringContaining('rate_limited: '));
  });

  it('because another host answers', async () => {
    const changed = { OTP_WORKER_URL: `${product.url}/demo` };
    expect(await notify({}, changed)).toMatchObject({
      kind: 'drop',
      reason: expect.stringContaining('OTP_WORKER_URL') as string,
    });
  });
});

it('is retried for a limit that ends soon, and dropped for the ceiling of a day', async () => {
  const small = await startStack({
    port: 0,
    settings: { SITE_SECRET, LIMITS: { message_per_phone: '1/1m', send_total: '1/1d' } },
  });
  try {
    const changed = { OTP_WORKER_URL: small.url };
    const recipient = nextNumber();
    expect(await notify({ recipient }, changed)).toEqual({ kind: 'accepted' });
    expectVerdict(await notify({ recipient, code: '654321' }, changed), 'rate_limited');
    const full = await notify({}, changed);
    expect(full).toMatchObject({ kind: 'drop' });
    expect(full).toHaveProperty('reason', expect.stringContaining('capacity: '));
  } finally {
    await small.close();
  }
});

describe('the Action for MFA', () => {
  const send = (
    options: Parameters<typeof sendPhoneMessageEvent>[1],
    changed: Secrets = {},
  ): Promise<Verdict> =>
    runSendPhoneMessage(
      'send-phone-message.js',
      sendPhoneMessageEvent({ ...secrets, ...changed }, options),
    );

  it.each(['enrollment', 'second-factor-authentication'] as const)(
    'sends the words of an %s',
    async (action) => {
      const recipient = nextNumber();
      expect(await send({ recipient, action })).toEqual({ kind: 'accepted' });
      expect(inbox()).toMatchObject([{ to: recipient.slice(1), text: 'Your code is 123456' }]);
    },
  );

  it('makes a call of a voice message', async () => {
    const recipient = nextNumber();
    expect(await send({ recipient, message_type: 'voice' })).toEqual({ kind: 'accepted' });
    expect(inbox()).toMatchObject([{ channel: 'call', language: 'en-US' }]);
  });

  it('sends again to who asks again', async () => {
    const recipient = nextNumber();
    await send({ recipient });
    await send({ recipient });
    expect(inbox()).toHaveLength(2);
  });

  it.each<[string, Fault]>([
    ['temporarily_unavailable', { on: 'any', kind: 'status', status: 429 }],
    ['upstream_error', { on: 'any', kind: 'status', status: 503 }],
    ['delivery_unknown', { on: 'any', kind: 'cut' }],
    ['delivery_unknown', { on: 'any', kind: 'hang' }],
    ['misconfigured', { on: 'any', kind: 'ip_not_allowed' }],
    ['invalid_phone', { on: 'any', kind: 'refused', code: 8 }],
  ])('fails the step with %s, when a provider is like %j', async (code, fault) => {
    everywhere(fault);
    const verdict = await send({ recipient: nextNumber() });
    expect(verdict).toMatchObject({ kind: 'thrown' });
    expect(verdict).toHaveProperty('reason', expect.stringContaining(`mitto-otp: ${code}: `));
    expect(inbox()).toEqual([]);
  });

  it.each<[string, string, Secrets]>([
    ['a wrong secret', 'unauthorized: ', { OTP_SITE_SECRET: 'another' }],
    ['no secret', 'OTP_SITE_SECRET is missing', { OTP_SITE_SECRET: undefined }],
    ['no URL', 'OTP_WORKER_URL is not', { OTP_WORKER_URL: undefined }],
  ])('says what to mend with %s', async (_what, words, changed) => {
    const verdict = await send({ recipient: nextNumber() }, changed);
    expect(verdict).toHaveProperty('reason', expect.stringContaining(words));
    expect(product.sandbox.calls.list()).toEqual([]);
  });

  it('says so where nobody listens', async () => {
    const verdict = await send({ recipient: nextNumber() }, { OTP_WORKER_URL: await closedUrl() });
    expect(verdict).toHaveProperty('reason', expect.stringContaining('(ECONNREFUSED)'));
  });
});
