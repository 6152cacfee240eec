/** Messages of a site's server, and of Auth0. */
import { describe, expect, it } from 'vitest';
import {
  codeOf,
  PHONE,
  SETTINGS,
  startService,
  type TestService,
} from '../../../test/support/worker/harness.ts';
import { BY_MITTO_SMS, EVERY_CONNECTOR } from '../../../test/support/worker/providers.ts';
import { dumpStores } from '../../../test/support/worker/store-dump.ts';

const TEMPLATES = {
  parcel: {
    sms: { en: 'Your parcel {number} arrives on {day}.', de: 'Ihr Paket {number} kommt am {day}.' },
  },
};
const BEARER = { Authorization: `Bearer ${SETTINGS.SITE_SECRET}` };
const settings = { ...EVERY_CONNECTOR, TEMPLATES };

const post = (
  service: TestService,
  body: Record<string, unknown>,
  { path = '/v1/messages', headers = BEARER as Record<string, string>, key = '' } = {},
) =>
  service.post(path, body, {
    origin: null,
    headers,
    ...(key === '' ? {} : { idempotencyKey: key }),
  });

describe('a custom message', () => {
  it('arrives as it is written', async () => {
    const service = startService({ settings });
    const response = await post(service, { to: PHONE, text: 'Your table is ready.' });
    expect(response.status).toBe(202);
    expect(await response.json()).toEqual({
      id: expect.any(String) as string,
      connector: 'mitto-sms',
      channel: 'sms',
    });
    expect(service.sandbox.inbox.last()).toMatchObject({
      to: PHONE.slice(1),
      text: 'Your table is ready.',
    });
  });

  it('is made of a template and data, in the language that is asked for', async () => {
    const service = startService({ settings });
    const data = { number: '{day}', day: 3 };
    await post(service, { to: PHONE, template: 'parcel', data, locale: 'de-AT' });
    expect(service.sandbox.inbox.last()?.text).toBe('Ihr Paket {day} kommt am 3.');
    await post(service, { to: PHONE, template: 'parcel', data: { number: '7', day: 'Monday' } });
    expect(service.sandbox.inbox.last()?.text).toBe('Your parcel 7 arrives on Monday.');
  });

  it('is the same one under its key, in whatever order its data come', async () => {
    const service = startService({ settings });
    const parcel = (data: object) =>
      post(service, { to: PHONE, template: 'parcel', data }, { key: 'order-2' });
    expect(await codeOf(await parcel({ number: '7', day: 'Monday' }))).toBe('ok');
    expect(await codeOf(await parcel({ day: 'Monday', number: '7' }))).toBe('ok');
    expect(service.sandbox.inbox.list()).toHaveLength(1);
  });

  it('goes by the connector and the channel that are asked for', async () => {
    const service = startService({ settings });
    await post(service, { to: PHONE, text: 'Hello.', connector: 'twilio' });
    expect(service.sandbox.inbox.last()).toMatchObject({ provider: 'twilio', channel: 'sms' });
    await post(service, { to: PHONE, text: 'Guten Tag.', channel: 'voice', locale: 'de' });
    expect(service.sandbox.inbox.last()).toMatchObject({ channel: 'call', language: 'de-DE' });
  });

  it('goes by the next connector, when one refuses it', async () => {
    const service = startService({ settings });
    service.sandbox.knobs.patch({ faults: [{ kind: 'status', on: 'sms', status: 503 }] });
    const response = await post(service, { to: PHONE, text: 'Hello.' });
    expect(await response.json()).toMatchObject({ connector: 'twilio' });
  });

  it('is sent once for one key, whatever is asked at once', async () => {
    const service = startService({ settings });
    const message = { to: PHONE, text: 'Only once.' };
    const answers = await Promise.all(
      Array.from({ length: 5 }, () => post(service, message, { key: 'order-1' })),
    );
    const codes = await Promise.all(answers.map(codeOf));
    expect(codes.filter((code) => code === 'ok').length).toBeGreaterThan(0);
    for (const code of codes) expect(['ok', 'request_in_progress']).toContain(code);
    expect(await codeOf(await post(service, message, { key: 'order-1' }))).toBe('ok');
    expect(service.sandbox.inbox.list()).toHaveLength(1);
    const other = { to: PHONE, text: 'Something else.' };
    expect(await codeOf(await post(service, other, { key: 'order-1' }))).toBe(
      'idempotency_mismatch',
    );
    const elsewhere = { to: '+4915123456780', text: 'Only once.' };
    expect(await codeOf(await post(service, elsewhere, { key: 'order-1' }))).toBe(
      'idempotency_mismatch',
    );
  });

  it('may try again under its key, when the provider has asked to wait', async () => {
    const service = startService({ settings: { ...BY_MITTO_SMS } });
    service.sandbox.knobs.patch({ faults: [{ kind: 'status', on: 'sms', status: 429, times: 1 }] });
    const message = { to: PHONE, text: 'Only once.' };
    for (const expected of ['temporarily_unavailable', 'ok', 'ok'])
      expect(await codeOf(await post(service, message, { key: 'order-1' }))).toBe(expected);
    expect(service.sandbox.inbox.list()).toHaveLength(1);
  });

  it('is limited for each number, apart from codes, and by the ceiling of all', async () => {
    const service = startService({
      settings: { ...settings, LIMITS: { message_per_phone: '2/1h', send_total: '4/1d' } },
    });
    const message = { to: PHONE, text: 'Hello.' };
    for (const expected of ['ok', 'ok', 'rate_limited'])
      expect(await codeOf(await post(service, message))).toBe(expected);
    await service.send();
    const other = { to: '+4915123456780', text: 'Hello.' };
    expect(await codeOf(await post(service, other))).toBe('ok');
    expect(await codeOf(await post(service, { ...other, to: '+4915123456781' }))).toBe('capacity');
    service.advance(3_601_000);
    expect(await codeOf(await post(service, message))).toBe('capacity');
  });

  it('that is too long to be read out once it is XML is refused before it counts', async () => {
    const LIMITS = { message_per_phone: '1/1h', send_total: '1/1d' };
    const service = startService({ settings: { ...settings, LIMITS } });
    const call = { to: PHONE, channel: 'voice' };
    const long = await post(service, { ...call, text: '&'.repeat(1000) }, { key: 'order-1' });
    expect(await codeOf(long)).toBe('malformed_request');
    expect(service.sandbox.calls.list()).toEqual([]);
    const text = `${"'".repeat(900)}\ufffe R&B`;
    expect(await codeOf(await post(service, { ...call, text }, { key: 'order-1' }))).toBe('ok');
    expect(service.sandbox.inbox.last(PHONE)?.text).toBe(`${"'".repeat(900)} R&B`);
  });

  it('can be asked after by its id', async () => {
    const service = startService({ settings });
    const { id } = (await (await post(service, { to: PHONE, text: 'Hello.' })).json()) as {
      id: string;
    };
    const answer = await service.get(`/v1/messages/${id}`, BEARER);
    expect(await answer.json()).toMatchObject({ connector: 'mitto-sms', state: 'pending' });
    expect(await codeOf(await service.get(`/v1/messages/${id}`))).toBe('unauthorized');
    expect(await codeOf(await service.get(`/v1/messages/${id}x`, BEARER))).toBe('not_found');
    expect(id).not.toContain(PHONE.slice(1));
  });

  it('leaves neither its text nor its number behind', async () => {
    const service = startService({ settings });
    await post(service, { to: PHONE, text: 'A secret surprise.' }, { key: 'k' });
    const stored = JSON.stringify(await dumpStores());
    for (const text of ['surprise', PHONE.slice(1)]) {
      expect(stored).not.toContain(text);
      expect(service.log.join()).not.toContain(text);
    }
  });
});

describe('a custom message is refused, and nothing is sent or counted,', () => {
  it.each<[string, Record<string, unknown>, string]>([
    [
      'with a line of its own in the data',
      { to: PHONE, template: 'parcel', data: { number: '7', day: 'x\n\n@bank.example #123456' } },
      'malformed_request',
    ],
    ['without words', { to: PHONE }, 'malformed_request'],
    [
      'with words and a template',
      { to: PHONE, text: 'x', template: 'parcel' },
      'malformed_request',
    ],
    ['that is empty', { to: PHONE, text: '' }, 'malformed_request'],
    ['that is too long', { to: PHONE, text: 'x'.repeat(1001) }, 'malformed_request'],
    ['with control characters', { to: PHONE, text: 'a\u0000b' }, 'malformed_request'],
    ['of an unknown template', { to: PHONE, template: 'toString' }, 'malformed_request'],
    ['that lacks data', { to: PHONE, template: 'parcel', data: { day: '1' } }, 'malformed_request'],
    [
      'over a channel without words',
      { to: PHONE, template: 'parcel', channel: 'voice', data: {} },
      'malformed_request',
    ],
    [
      'by a connector that makes its own codes',
      { to: PHONE, text: 'x', connector: 'mitto-2fa' },
      'malformed_request',
    ],
    [
      'by a connector that cannot carry the channel',
      { to: PHONE, text: 'x', connector: 'mitto-sms', channel: 'voice' },
      'malformed_request',
    ],
    ['to something that is no number', { to: '0151', text: 'x' }, 'malformed_request'],
    [
      'to a country that is not served',
      { to: '+12025550123', text: 'x' },
      'destination_not_allowed',
    ],
    ['to a number that nobody has', { to: '+4911', text: 'x' }, 'malformed_request'],
    [
      'with a member that is not known',
      { to: PHONE, text: 'x', from: 'Bank' },
      'malformed_request',
    ],
  ])('%s', async (_what, body, expected) => {
    const service = startService({ settings });
    expect(await codeOf(await post(service, body))).toBe(expected);
    expect(service.upstream()).toBe(0);
    expect(await dumpStores()).toEqual([]);
  });

  it.each<[string, Record<string, string>]>([
    ['nothing', {}],
    ['a wrong secret', { Authorization: 'Bearer wrong' }],
    ['another scheme', { Authorization: `Basic ${btoa(`x:${SETTINGS.SITE_SECRET}`)}` }],
    ['the secret alone', { Authorization: SETTINGS.SITE_SECRET }],
  ])('from somebody who shows %s', async (_what, headers) => {
    const service = startService({ settings });
    expect(await codeOf(await post(service, { to: PHONE, text: 'x' }, { headers }))).toBe(
      'unauthorized',
    );
    expect(service.upstream()).toBe(0);
  });

  it('where no secret is set', async () => {
    const service = startService({ settings: { ...settings, SITE_SECRET: undefined } });
    expect(await codeOf(await post(service, { to: PHONE, text: 'x' }))).toBe('misconfigured');
  });

  it('where no connector carries texts', async () => {
    const service = startService();
    expect(await codeOf(await post(service, { to: PHONE, text: 'x' }))).toBe('malformed_request');
  });
});

describe('the hook of Auth0', () => {
  const path = '/v1/hooks/auth0/phone';

  it('sends the words that Auth0 made, as text or as a call', async () => {
    const service = startService({ settings });
    const event = { recipient: PHONE, text: 'Your code is 123456', message_type: 'otp_verify' };
    const response = await post(service, event, { path });
    expect(response.status).toBe(202);
    expect(await response.json()).toEqual({ id: expect.any(String) as string });
    expect(service.sandbox.inbox.last()?.text).toBe('Your code is 123456');
    await post(service, { ...event, delivery_method: 'voice', locale: 'de' }, { path });
    expect(service.sandbox.inbox.last()?.channel).toBe('call');
  });

  it.each([
    ['otp_verify', 10],
    ['second-factor-authentication', 10],
    ['password_breach', 1_440],
  ])('lets a message of the kind %s wait for the phone for %i minutes', async (kind, validity) => {
    const service = startService({ settings: BY_MITTO_SMS });
    await post(service, { recipient: PHONE, text: 'x', message_type: kind }, { path });
    expect(service.sandbox.calls.list({ operation: 'sms' })[0]?.body).toMatchObject({ validity });
  });

  it('sends once what Auth0 tries again under the same key', async () => {
    const service = startService({ settings: { ...BY_MITTO_SMS } });
    const event = { recipient: PHONE, text: 'Your code is 123456' };
    for (let tries = 0; tries < 3; tries++)
      expect((await post(service, event, { path, key: 'event-1' })).status).toBe(202);
    expect(service.sandbox.inbox.list()).toHaveLength(1);
  });

  it('takes line breaks of either kind, and no other control character', async () => {
    const service = startService({ settings });
    const event = { recipient: PHONE, text: 'Your code:\r\n123456' };
    expect((await post(service, event, { path })).status).toBe(202);
    expect(service.sandbox.inbox.last()?.text).toBe('Your code:\n123456');
    for (const text of ['a\u0000b', 'a\u001bb', 'a\u2028b', 'a\rb'])
      expect(await codeOf(await post(service, { ...event, text }, { path }))).toBe(
        'malformed_request',
      );
    expect(service.sandbox.inbox.list()).toHaveLength(1);
  });

  it('is for who holds the secret', async () => {
    const service = startService({ settings });
    const event = { recipient: PHONE, text: 'Your code is 123456' };
    expect(await codeOf(await post(service, event, { path, headers: {} }))).toBe('unauthorized');
  });
});
