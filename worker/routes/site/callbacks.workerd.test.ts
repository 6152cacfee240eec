/** What providers report of messages, over the sandbox's own reports. */
import { describe, expect, it } from 'vitest';
import { createProviderSandbox } from '../../../sandbox/provider-sandbox.ts';
import { twilioSignature } from '../../../sandbox/twilio/signature.ts';
import {
  codeOf,
  PHONE,
  SETTINGS,
  START,
  startService,
  type TestService,
} from '../../../test/support/worker/harness.ts';
import {
  BY_MITTO_SMS,
  BY_TWILIO,
  BY_TWILIO_KEY,
  EVERY_CONNECTOR,
} from '../../../test/support/worker/providers.ts';
import { dumpStores } from '../../../test/support/worker/store-dump.ts';
import { deriveKeyring } from '../../crypto/keyring.ts';
import { accountCallbackUrl } from '../../webhooks/callback-url.ts';

/** A service whose providers can call it back. */
function startReporting(settings: Record<string, unknown>): TestService {
  let service: TestService | undefined;
  const sandbox = createProviderSandbox({
    now: () => service?.now() ?? Date.parse(START),
    callbackFetch: (request) => (service as TestService).fetch(request),
  });
  service = startService({ settings, sandbox });
  return service;
}

async function stateOf(service: TestService, session: string): Promise<unknown> {
  const response = await service.post('/v1/delivery', { session });
  expect(response.status).toBe(200);
  return ((await response.json()) as { state: unknown }).state;
}

describe.each([
  ['mitto-sms', BY_MITTO_SMS, 'undelivered'],
  ['twilio', BY_TWILIO, 'undelivered'],
  [
    'twilio by an API key',
    { ...BY_TWILIO_KEY, TWILIO_SIGNATURE_TOKEN: BY_TWILIO.TWILIO_AUTH_TOKEN },
    'failed',
  ],
])('a report of %s', (_name, settings, failed) => {
  it('is known on the session', async () => {
    const service = startReporting(settings);
    const { session, reports } = await service.send();
    expect(reports).toBe(true);
    expect(await stateOf(service, session)).toBe('pending');
    const [report] = await service.sandbox.reports.send({ status: 'delivered' });
    expect(report?.answered).toBe(204);
    expect(await stateOf(service, session)).toBe('delivered');
  });

  it('comes twice, and in any order, to the same', async () => {
    const service = startReporting(settings);
    const { session } = await service.send();
    await service.sandbox.reports.send({ status: 'delivered', times: 2 });
    await service.sandbox.reports.send({ status: 'sent' });
    await service.sandbox.reports.send({ status: failed });
    expect(await stateOf(service, session)).toBe('delivered');
  });

  it('of a word that is not known changes nothing', async () => {
    const service = startReporting(settings);
    const { session } = await service.send();
    const [report] = await service.sandbox.reports.send({ status: 'teleported' });
    expect(report?.answered).toBe(204);
    expect(await stateOf(service, session)).toBe('pending');
  });

  it('that it did not arrive is said, until another message goes out', async () => {
    const service = startReporting(settings);
    const { session } = await service.send();
    await service.sandbox.reports.send({ status: failed });
    expect(await stateOf(service, session)).toBe('not_delivered');
    service.advance(31_000);
    const again = await service.send({ session });
    expect(await stateOf(service, again.session)).toBe('pending');
  });

  it('names neither number nor code in its URL', async () => {
    const service = startReporting(settings);
    await service.send();
    const [report] = await service.sandbox.reports.send({ status: 'delivered' });
    expect(report?.url).toContain('/v1/callbacks/');
    expect(report?.url).not.toContain(PHONE.slice(1));
    expect(service.log.join()).not.toContain(report?.url.split('/').at(-1));
    expect(JSON.stringify(await dumpStores())).not.toContain(PHONE.slice(1));
  });
});

describe('a code that did not arrive', () => {
  it('opens the other way to its own session at once, and nothing else', async () => {
    const service = startReporting({ ...BY_TWILIO, CHANNELS: 'sms,voice' });
    const { session } = await service.send();
    const by = async (channel: string, of: object = { session }) =>
      (await service.post('/v1/send', { ...of, channel })).status;
    expect(await by('voice')).toBe(429);
    await service.sandbox.reports.send({ status: 'undelivered' });
    expect(await by('sms')).toBe(429);
    expect(await by('voice', { phone: PHONE })).toBe(429);
    expect(await by('voice')).toBe(200);
    // The newer message has taken the session's place.
    expect(await by('sms')).toBe(410);
  });
});

describe('a message that is kept back after it was taken', () => {
  it.each([30004, 30007, 30450, 30453])(
    'is told apart from one that failed: %i of Twilio’s',
    async (code) => {
      const service = startReporting(BY_TWILIO);
      const phone = `+49151000${code}`;
      const { session } = await service.send({ phone });
      await service.sandbox.reports.settled();
      expect(JSON.parse(service.log.at(-1) ?? '')).toMatchObject({
        connector: 'twilio',
        delivery: 'blocked',
        errorCode: String(code),
      });
      await service.sandbox.reports.send({ status: 'undelivered', errorCode: '30003' });
      const answer = await service.post('/v1/delivery', { session });
      expect(await answer.json()).toEqual({ state: 'not_delivered', code: 'blocked_by_provider' });
    },
  );

  it('is so for the server that sent it, and for operators', async () => {
    const ADMIN_TOKEN = 'the token of the operators, at least 32 bytes';
    const service = startReporting({ ...BY_TWILIO, ADMIN_TOKEN });
    const asked = (secret: string) => ({
      origin: null,
      headers: { Authorization: `Bearer ${secret}` },
    });
    const bySite = asked(SETTINGS.SITE_SECRET);
    const to = '+4915100030450';
    const taken = await service.post('/v1/messages', { to, text: 'Your order is here.' }, bySite);
    const { id } = (await taken.json()) as { id: string };
    await service.sandbox.reports.settled();
    const blocked = {
      state: 'not_delivered',
      code: 'blocked_by_provider',
      errorCode: '30450',
    };
    const answer = await service.get(`/v1/messages/${id}`, bySite.headers);
    expect(await answer.json()).toMatchObject(blocked);
    const found = await service.post('/v1/admin/messages/search', { to }, asked(ADMIN_TOKEN));
    expect(await found.json()).toMatchObject({ messages: [blocked] });
  });

  it('is so over Mitto', async () => {
    const service = startReporting(BY_MITTO_SMS);
    const { session } = await service.send();
    await service.sandbox.reports.send({ status: 'blocked' });
    const answer = await service.post('/v1/delivery', { session });
    expect(await answer.json()).toEqual({ state: 'not_delivered', code: 'blocked_by_provider' });
  });

  it('and the log has no error code that is longer than one', async () => {
    const service = startReporting(BY_MITTO_SMS);
    await service.send();
    await service.sandbox.reports.send({ status: 'failed', errorCode: PHONE.slice(1) });
    expect(JSON.parse(service.log.at(-1) ?? '')).toMatchObject({ delivery: 'not_delivered' });
    expect(service.log.join()).not.toContain(PHONE.slice(1));
  });
});

describe('Mitto reports', () => {
  it.each(['json', 'json_array', 'form', 'query'] as const)('as %s', async (smsReportFormat) => {
    const service = startReporting(BY_MITTO_SMS);
    for (const smsReportNames of ['as_template', 'lower_case', 'upper_case'] as const) {
      service.sandbox.knobs.patch({ smsReportFormat, smsReportNames });
      const { session } = await service.send();
      await service.sandbox.reports.send({ status: 'delivered' });
      expect(await stateOf(service, session)).toBe('delivered');
      service.advance(601_000);
    }
  });

  it('of a code of the 2FA API, to the URL of its account', async () => {
    const service = startReporting({});
    const keyring = await deriveKeyring(SETTINGS.OTP_SECRET, undefined);
    const otpCallbackUrl = await accountCallbackUrl('mitto-2fa', { config: SETTINGS, keyring });
    for (const otpCallbackMethod of ['POST', 'GET'] as const) {
      service.sandbox.knobs.patch({ otpCallbackUrl, otpCallbackMethod });
      const { session } = await service.send();
      await service.sandbox.reports.send({ status: 'delivered' });
      expect(await stateOf(service, session)).toBe('delivered');
      service.advance(601_000);
    }
  });

  it('nothing by a HEAD, which link checkers send', async () => {
    const service = startReporting(BY_MITTO_SMS);
    service.sandbox.knobs.patch({ smsReportFormat: 'query' });
    const { session } = await service.send();
    const [report] = await service.sandbox.reports.send({ status: 'sent' });
    const url = (report?.url ?? '').replace(/status=\w+/i, 'status=delivered');
    expect(url).toContain('status=delivered');
    const head = await service.fetch(new Request(url, { method: 'HEAD' }));
    expect(head.status).toBe(204);
    expect(await stateOf(service, session)).toBe('sent');
    expect((await service.fetch(new Request(url))).status).toBe(204);
    expect(await stateOf(service, session)).toBe('delivered');
  });

  it('to the one URL of the account', async () => {
    const service = startReporting({ ...BY_MITTO_SMS, DELIVERY_REPORTS: false });
    const keyring = await deriveKeyring(SETTINGS.OTP_SECRET, undefined);
    const smsCallbackUrl = await accountCallbackUrl('mitto-sms', { config: SETTINGS, keyring });
    service.sandbox.knobs.patch({ smsCallbackUrl });
    const { session, reports } = await service.send();
    expect(reports).toBe(false);
    await service.sandbox.reports.send({ status: 'delivered' });
    expect(await stateOf(service, session)).toBe('delivered');
  });
});

describe('Twilio signs', () => {
  it.each(['https://otp.example.com', 'https://otp.example.com:8443'])(
    'the URL of %s with its port, or without',
    async (PUBLIC_URL) => {
      const service = startReporting({ ...BY_TWILIO, PUBLIC_URL });
      const { session } = await service.send();
      for (const twilioSignedPort of ['there', 'left_out'] as const) {
        service.sandbox.knobs.patch({ twilioSignedPort });
        const status = twilioSignedPort === 'there' ? 'sent' : 'delivered';
        const [report] = await service.sandbox.reports.send({ status });
        expect(report?.answered).toBe(204);
        expect(await stateOf(service, session)).toBe(status);
      }
    },
  );

  it('a repeated parameter once for each of its values, and names in their order', async () => {
    const service = startReporting(BY_TWILIO);
    const twilioCallbackExtras = { X: ['b', 'a', 'b'], Xa: 'z', 'X-': '' };
    service.sandbox.knobs.patch({ twilioCallbackExtras });
    const { session } = await service.send();
    const [report] = await service.sandbox.reports.send({ status: 'delivered' });
    expect(report?.body).toContain('X=b&X=a&X=b');
    expect(report?.answered).toBe(204);
    expect(await stateOf(service, session)).toBe('delivered');
  });

  it('the URL alone of a GET, with the query in it', async () => {
    const service = startReporting(BY_TWILIO);
    const { session } = await service.send();
    const [report] = await service.sandbox.reports.send({ status: 'sent' });
    const fields = { MessageStatus: 'delivered', MessageSid: `SM${'0'.repeat(32)}` };
    const url = `${report?.url}?${new URLSearchParams(fields)}`;
    const token = BY_TWILIO.TWILIO_AUTH_TOKEN;
    const got = async (signature: string) =>
      codeOf(
        await service.fetch(new Request(url, { headers: { 'X-Twilio-Signature': signature } })),
      );
    expect(await got(await twilioSignature(token, url, fields))).toBe('not_found');
    expect(await stateOf(service, session)).toBe('sent');
    expect(await got(await twilioSignature(token, url, {}))).toBe('ok');
    expect(await stateOf(service, session)).toBe('delivered');
  });
});

describe('a forged report changes nothing', () => {
  async function posted(
    service: TestService,
    path: string,
    body: string,
    headers: Record<string, string> = {},
  ) {
    return codeOf(
      await service.fetch(
        new Request(`https://otp.example.com${path}`, {
          method: 'POST',
          body,
          headers: {
            'Content-Type': 'application/json',
            'CF-Connecting-IP': '203.0.113.9',
            ...headers,
          },
        }),
      ),
    );
  }

  it('with a token that we have not made', async () => {
    const service = startReporting(BY_MITTO_SMS);
    const { session } = await service.send();
    const [report] = await service.sandbox.reports.send({ status: 'sent' });
    const token = report?.url.split('/').at(-1) ?? '';
    const body = JSON.stringify({ status: 'delivered' });
    const altered = `${token.slice(0, -1)}${token.endsWith('A') ? 'B' : 'A'}`;
    for (const path of [
      `/v1/callbacks/mitto-sms/${altered}`,
      '/v1/callbacks/mitto-sms/guess',
      `/v1/callbacks/pigeon/${token}`,
      `/v1/callbacks/mitto-sms/${session}`,
    ])
      expect(await posted(service, path, body)).toBe('not_found');
    expect(await stateOf(service, session)).toBe('sent');
  });

  it.each(['wrong_token', 'missing'] as const)(
    'without a valid signature (%s)',
    async (twilioSignature) => {
      const service = startReporting(BY_TWILIO);
      const { session } = await service.send();
      service.sandbox.knobs.patch({ twilioSignature });
      const [report] = await service.sandbox.reports.send({ status: 'delivered' });
      expect(report?.answered).toBe(404);
      expect(await stateOf(service, session)).toBe('pending');
    },
  );

  it('and the log tells a wrong signature from a guessed URL, and what to look at', async () => {
    const service = startReporting({ ...BY_TWILIO, TWILIO_SIGNATURE_TOKEN: 'of another account' });
    await service.send();
    const [report] = await service.sandbox.reports.send({ status: 'delivered' });
    const refused = JSON.parse(service.log.at(-1) ?? '');
    expect(refused).toMatchObject({
      level: 'warn',
      outcome: 'not_found',
      reason: 'signature_wrong',
      connector: 'twilio',
    });
    expect(refused.mend).toMatch(/PUBLIC_URL.*TWILIO_SIGNATURE_TOKEN/);
    const { pathname } = new URL(report?.url ?? '');
    expect(await posted(service, `${pathname}x`, report?.body ?? '')).toBe('not_found');
    expect(JSON.parse(service.log.at(-1) ?? '')).toMatchObject({
      level: 'info',
      reason: 'no_such_route',
    });
  });

  it('with one parameter of a signed one changed', async () => {
    const service = startReporting(BY_TWILIO);
    const { session } = await service.send();
    const [report] = await service.sandbox.reports.send({ status: 'sent' });
    const { url = '', body, headers = {} } = report ?? {};
    const path = new URL(url).pathname;
    const changed = (body ?? '').replace('MessageStatus=sent', 'MessageStatus=delivered');
    expect(changed).not.toBe(body);
    expect(await posted(service, path, changed, headers)).toBe('not_found');
    expect(await posted(service, path, body ?? '', headers)).toBe('ok');
    expect(await stateOf(service, session)).toBe('sent');
  });

  it('without a signature, on the URL of Twilio’s with the name of another connector in it', async () => {
    const service = startReporting({ ...EVERY_CONNECTOR, CONNECTOR: 'twilio' });
    const { session } = await service.send();
    const [report] = await service.sandbox.reports.send({ status: 'sent' });
    const token = report?.url.split('/').at(-1) ?? '';
    const body = JSON.stringify({ status: 'delivered' });
    for (const connector of ['mitto-sms', 'mitto-2fa'])
      expect(await posted(service, `/v1/callbacks/${connector}/${token}`, body)).toBe('not_found');
    expect(await stateOf(service, session)).toBe('sent');
  });

  it('of a message of another number, or of another connector, on the URL of the account', async () => {
    const service = startReporting(BY_MITTO_SMS);
    const { session } = await service.send();
    const keyring = await deriveKeyring(SETTINGS.OTP_SECRET, undefined);
    const account = await accountCallbackUrl('mitto-2fa', { config: SETTINGS, keyring });
    const id = service.sandbox.inbox.last()?.requestID;
    const report = JSON.stringify({ Id: id, receiver: PHONE, status: 'delivered' });
    expect(await posted(service, new URL(account).pathname, report)).toBe('ok');
    expect(await stateOf(service, session)).toBe('pending');
  });
});

describe('what a session may ask', () => {
  it('is visible to its own site only', async () => {
    const service = startReporting(BY_TWILIO);
    const { session } = await service.send();
    const options = { origin: 'https://shop.example.org' };
    expect(await codeOf(await service.post('/v1/delivery', { session }, options))).toBe(
      'invalid_session',
    );
    expect(await codeOf(await service.post('/v1/delivery', { session: 'x' }))).toBe(
      'invalid_session',
    );
  });

  it('nothing more than pending, where nothing is reported', async () => {
    const service = startService();
    const { session, reports } = await service.send();
    expect(reports).toBe(false);
    expect(await stateOf(service, session)).toBe('pending');
  });
});
