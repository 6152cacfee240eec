import { describe, expect, it } from 'vitest';
import {
  codeOf,
  OTHER_SITE,
  PHONE,
  SITE,
  startService,
} from '../../../test/support/worker/harness.ts';

describe('POST /v1/send', () => {
  it('sends a code to the number that was typed', async () => {
    const service = startService();
    const answer = await service.send({ phone: '0151 2345 6789', country: 'DE' });

    expect(answer).toEqual({
      session: expect.any(String),
      channel: 'sms',
      channels: ['sms', 'voice'],
      to: '+49 •••••••••89',
      codeLength: 6,
      expiresIn: 600,
      resendIn: 30,
      reports: false,
    });
    const [message] = service.sandbox.inbox.list();
    expect(message).toMatchObject({ to: PHONE, from: 'Example', channel: 'sms' });
  });

  it('writes a text that names the site and ends in the line by which phones fill the code', async () => {
    const service = startService();
    await service.send({ phone: PHONE, locale: 'de-AT' });
    const code = service.codeOf();
    expect(service.sandbox.inbox.last()?.text).toBe(
      `${code} ist Ihr Code für www.example.com. 10 Min. gültig. Geben Sie ihn nicht weiter.\n\n@www.example.com #${code}`,
    );
  });

  it('leaves the autofill line out where the setting says so', async () => {
    const service = startService({ settings: { AUTOFILL_LINE: 'false' } });
    await service.send();
    expect(service.sandbox.inbox.last()?.text).not.toContain('@www.example.com');
  });

  it('speaks to Mitto in the documented form', async () => {
    const service = startService({ settings: { MITTO_SEND_EXTRA: '{"workflow":"WF1"}' } });
    await service.send();
    const [call] = service.sandbox.calls.list();
    expect(call).toMatchObject({
      path: '/2fa/send',
      body: { service: '2FA', from: 'Example', to: PHONE, channel: 'sms', workflow: 'WF1' },
    });
  });

  it('calls instead, in the language of the text', async () => {
    const service = startService();
    const { channel } = await service.send({ phone: PHONE, channel: 'voice', locale: 'fr' });
    expect(channel).toBe('voice');
    expect(service.sandbox.inbox.last()).toMatchObject({
      channel: 'call',
      voice: 'woman',
      language: 'fr',
    });
  });

  it('lets a flow have its own sender and channels', async () => {
    const settings = { FLOWS: { checkout: { sender: 'Shop', channels: ['sms'] } } };
    const service = startService({ settings });
    const { channels, session } = await service.send({ phone: PHONE, flow: 'checkout' });
    expect(channels).toEqual(['sms']);
    expect(service.sandbox.inbox.last()?.from).toBe('Shop');

    service.advance(30_000);
    const voice = await service.post('/v1/send', { session, channel: 'voice' });
    expect(await codeOf(voice)).toBe('malformed_request');
  });

  it('tells the browser nothing of the request id that Mitto gave', async () => {
    const service = startService();
    const answer = await service.send();
    const { requestID } = service.sandbox.inbox.list()[0] ?? {};
    expect(requestID).toMatch(/^OTP[0-9a-f]{32}$/);
    expect(JSON.stringify(answer)).not.toContain(requestID);
  });

  it.each([
    ['a number that is none', { phone: 'hello' }, 'invalid_phone'],
    ['a link', { phone: `https://wa.me/${PHONE.slice(1)}` }, 'invalid_phone'],
    ['a link with an extension', { phone: `tel:${PHONE};ext=5` }, 'invalid_phone'],
    ['markup around a number', { phone: `<b>${PHONE}</b>` }, 'invalid_phone'],
    ['an extension', { phone: `${PHONE};ext=5` }, 'invalid_phone'],
    ['a number with a letter in it', { phone: '+49151x23456789' }, 'invalid_phone'],
    ['a mask of a number', { phone: '+49 •••••••••89' }, 'invalid_phone'],
    ['a number out of a spreadsheet', { phone: `${PHONE}.0` }, 'invalid_phone'],
    ['a national number of no country', { phone: '015123456789' }, 'invalid_phone'],
    ['a fixed line', { phone: '+49 30 12345678' }, 'invalid_phone'],
    ['a premium number', { phone: '+49 900 1234567' }, 'invalid_phone'],
    ['a country that is not served', { phone: '+447400123456' }, 'destination_not_allowed'],
    ['a satellite phone', { phone: '+881631234567' }, 'destination_not_allowed'],
    ['a flow that there is not', { phone: PHONE, flow: 'nope' }, 'malformed_request'],
    ['a channel that there is not', { phone: PHONE, channel: 'fax' }, 'malformed_request'],
    ['an unknown member', { phone: PHONE, to: PHONE }, 'malformed_request'],
    ['a phone and a session at once', { phone: PHONE, session: 'x' }, 'malformed_request'],
    ['a number as a JSON number', { phone: 4915123456789 }, 'malformed_request'],
    ['neither phone nor session', {}, 'malformed_request'],
    ['a list', [], 'malformed_request'],
    ['null', null, 'malformed_request'],
    ['a session that is none', { session: 'x' }, 'invalid_session'],
  ])('refuses %s, and Mitto hears nothing of it', async (_what, body, code) => {
    const service = startService();
    expect(await codeOf(await service.post('/v1/send', body))).toBe(code);
    expect(service.upstream()).toBe(0);
  });

  it.each([
    [{ phone: PHONE, to: PHONE }, 'a member that is not known'],
    [{ session: 'x', channel: 'fax' }, 'channel: ("sms" | "voice") expected'],
    [{ phone: 1 }, 'phone: string expected'],
  ])('names the member of %o that is wrong', async (body, detail) => {
    const response = await startService().post('/v1/send', body);
    expect(await response.json()).toMatchObject({ code: 'malformed_request', detail });
  });

  describe('again, in an open session', () => {
    it('sends another code and cancels the earlier one at Mitto', async () => {
      const service = startService();
      const { session } = await service.send();
      const first = service.sandbox.inbox.last();
      service.advance(30_000);
      const again = await service.send({ session });

      expect(again.session).not.toBe(session);
      expect(again.resendIn).toBe(60);
      expect(service.upstream('send')).toBe(2);
      expect(service.sandbox.calls.list({ operation: 'cancel' })[0]?.body).toEqual({
        requestID: first?.requestID,
      });
    });

    it('takes another channel', async () => {
      const service = startService();
      const { session } = await service.send();
      service.advance(30_000);
      const again = await service.send({ session, channel: 'voice' });
      expect(again.channel).toBe('voice');
      expect(service.sandbox.inbox.last()?.channel).toBe('call');
    });

    it('makes its caller wait, longer each time, and says truly how long', async () => {
      const service = startService({ settings: { LIMITS: { send_per_phone: '10/1d' } } });
      let { session, resendIn } = await service.send();
      const waits = [resendIn];
      for (let sends = 2; sends <= 5; sends++) {
        service.advance(resendIn * 1000 - 1);
        const early = await service.post('/v1/send', { session });
        expect(await codeOf(early)).toBe('rate_limited');
        expect(early.headers.get('Retry-After')).toBe('1');
        service.advance(1);
        ({ session, resendIn } = await service.send({ session }));
        waits.push(resendIn);
      }
      expect(waits).toEqual([30, 60, 120, 300, 300]);
    });

    it('is refused in a session that another one has superseded', async () => {
      const service = startService();
      const { session } = await service.send();
      service.advance(30_000);
      await service.send({ session });
      service.advance(60_000);
      expect(await codeOf(await service.post('/v1/send', { session }))).toBe('session_expired');
    });

    it('is refused on another site', async () => {
      const service = startService();
      const { session } = await service.send();
      service.advance(30_000);
      const response = await service.post('/v1/send', { session }, { origin: OTHER_SITE });
      expect(await codeOf(response)).toBe('invalid_session');
    });

    it('is refused once the session has given its proof', async () => {
      const service = startService();
      const { session } = await service.send();
      await service.verify(session, service.codeOf());
      service.advance(30_000);
      expect(await codeOf(await service.post('/v1/send', { session }))).toBe('session_used');
    });

    it('keeps the earlier code alive when the new one cannot be sent', async () => {
      const service = startService();
      const { session } = await service.send();
      service.advance(30_000);
      service.sandbox.knobs.patch({ faults: [{ on: 'send', kind: 'status', status: 500 }] });
      expect(await codeOf(await service.post('/v1/send', { session }))).toBe('upstream_error');
      expect(await codeOf(await service.verify(session, service.codeOf()))).toBe('ok');
    });
  });

  describe('with an Idempotency-Key', () => {
    const options = { idempotencyKey: 'gesture-1' };

    it('sends once and answers the same to each repetition', async () => {
      const service = startService();
      const first = await service.send(undefined, options);
      const second = await service.send(undefined, options);
      expect(second).toEqual(first);
      expect(service.upstream('send')).toBe(1);
    });

    it('sends once when twenty come at the same time', async () => {
      const service = startService({ settings: { LIMITS: { send_per_ip: '50/1h' } } });
      const answers = await Promise.all(
        Array.from({ length: 20 }, () => service.post('/v1/send', { phone: PHONE }, options)),
      );
      const codes = await Promise.all(answers.map(codeOf));
      expect(service.upstream('send')).toBe(1);
      expect(codes.filter((code) => code === 'ok').length).toBeGreaterThan(0);
      expect(new Set(codes)).toEqual(new Set(['ok', 'request_in_progress']));
    });

    it('refuses the key for another body', async () => {
      const service = startService();
      await service.send({ phone: PHONE }, options);
      const other = await service.post('/v1/send', { phone: PHONE, locale: 'de' }, options);
      expect(await codeOf(other)).toBe('idempotency_mismatch');
    });

    it('refuses the key for another number', async () => {
      const service = startService();
      await service.send({ phone: PHONE }, options);
      const other = await service.post('/v1/send', { phone: '+4915123456780' }, options);
      expect(await codeOf(other)).toBe('idempotency_mismatch');
      expect(service.upstream('send')).toBe(1);
      // The number that was refused has not been counted.
      await service.send({ phone: '+4915123456780' });
    });

    it('takes the same key of another site for another one', async () => {
      const service = startService();
      await service.send({ phone: PHONE }, options);
      await service.send({ phone: '+4915123456780' }, { ...options, origin: OTHER_SITE });
      expect(service.upstream('send')).toBe(2);
    });

    it('replays a failure too, because the outcome is unknown', async () => {
      const service = startService();
      service.sandbox.knobs.patch({ faults: [{ on: 'send', kind: 'status', status: 500 }] });
      expect(await codeOf(await service.post('/v1/send', { phone: PHONE }, options))).toBe(
        'upstream_error',
      );
      service.sandbox.reset();
      expect(await codeOf(await service.post('/v1/send', { phone: PHONE }, options))).toBe(
        'upstream_error',
      );
      expect(service.upstream('send')).toBe(0);
    });

    it.each([
      ['empty', ''],
      ['with a space', 'a b'],
      ['too long', 'x'.repeat(129)],
    ])('refuses a key that is %s', async (_what, idempotencyKey) => {
      const service = startService();
      const response = await service.post('/v1/send', { phone: PHONE }, { idempotencyKey });
      expect(await codeOf(response)).toBe('malformed_request');
    });
  });

  describe('when Mitto', () => {
    it.each([
      ['refuses', { kind: 'status', status: 400 }, 502, 'upstream_error'],
      ['breaks', { kind: 'status', status: 500 }, 502, 'upstream_error'],
      ['redirects', { kind: 'redirect' }, 502, 'upstream_error'],
      ['answers with a page', { kind: 'malformed', shape: 'html' }, 502, 'upstream_error'],
      ['answers half a JSON', { kind: 'malformed', shape: 'half_json' }, 502, 'upstream_error'],
      [
        'answers with a wrong type',
        { kind: 'malformed', shape: 'wrong_type' },
        502,
        'upstream_error',
      ],
      ['answers nothing', { kind: 'malformed', shape: 'empty' }, 502, 'upstream_error'],
      ['answers 5 MB', { kind: 'malformed', shape: 'huge' }, 502, 'upstream_error'],
      ['is too busy', { kind: 'status', status: 429 }, 503, 'temporarily_unavailable'],
      ['does not know the key', { kind: 'status', status: 401 }, 503, 'misconfigured'],
      ['does not know the address', { kind: 'ip_not_allowed' }, 503, 'misconfigured'],
    ] as const)('%s: no success, one call, no retry', async (_what, fault, status, code) => {
      const service = startService();
      service.sandbox.knobs.patch({ faults: [{ on: 'send', ...fault }] as never });
      const response = await service.post('/v1/send', { phone: PHONE });
      expect(response.status).toBe(status);
      expect(await codeOf(response)).toBe(code);
      expect(service.upstream()).toBe(1);
    });

    it('breaks the connection: the delivery is unknown, counted, and not repeated', async () => {
      const fetch = () => Promise.reject(new TypeError('connection reset'));
      const service = startService({ runtime: { fetch } });
      const first = await service.post('/v1/send', { phone: PHONE }, { idempotencyKey: 'k' });
      expect(first.status).toBe(504);
      expect(await codeOf(first)).toBe('delivery_unknown');
      expect(
        await codeOf(await service.post('/v1/send', { phone: PHONE }, { idempotencyKey: 'k' })),
      ).toBe('delivery_unknown');
      expect(await codeOf(await service.post('/v1/send', { phone: PHONE }))).toBe('rate_limited');
    });
  });

  describe('limits', () => {
    it('gives a phone three codes in ten minutes', async () => {
      const service = startService({ settings: { LIMITS: { cooldown: '1' } } });
      for (let sends = 0; sends < 3; sends++) {
        await service.send(undefined, { ip: `203.0.113.${sends}` });
        service.advance(1_000);
      }
      const fourth = await service.post('/v1/send', { phone: PHONE }, { ip: '203.0.113.9' });
      expect(fourth.status).toBe(429);
      expect(fourth.headers.get('Retry-After')).toBe('597');
      service.advance(597_000);
      await service.send();
    });

    it('gives an address ten codes an hour, whatever the numbers', async () => {
      const service = startService();
      for (let n = 0; n < 10; n++) await service.send({ phone: `+49151234567${n}0` });
      const response = await service.post('/v1/send', { phone: '+4915123456701' });
      expect(await codeOf(response)).toBe('rate_limited');
      expect(response.headers.get('RateLimit-Policy')).toBe('"send";q=10;w=3600');
      expect(response.headers.get('RateLimit')).toBe('"send";r=0;t=3600');
      service.advance(3_600_000);
      await service.send({ phone: '+4915123456701' });
    });

    it('stops a run over a range of numbers from fifty addresses', async () => {
      const service = startService({ settings: { LIMITS: { send_per_prefix: '30/1h' } } });
      const codes: string[] = [];
      for (let n = 0; n < 50; n++) {
        const phone = `+4915123${String(450000 + n)}`;
        codes.push(
          await codeOf(await service.post('/v1/send', { phone }, { ip: `203.0.113.${n}` })),
        );
      }
      expect(service.upstream('send')).toBe(30);
      expect(codes.slice(30)).toEqual(Array(20).fill('rate_limited'));
    });

    it('stops at the ceiling of the deployment, and says that it is one', async () => {
      const service = startService({ settings: { LIMITS: { send_total: '2/1d' } } });
      await service.send({ phone: '+4915123456781' });
      await service.send({ phone: '+4915223456782' });
      const response = await service.post('/v1/send', { phone: '+4915733456783' });
      expect(response.status).toBe(503);
      expect(await codeOf(response)).toBe('capacity');
      expect(response.headers.get('Retry-After')).toBe('86400');
      expect(service.upstream('send')).toBe(2);
    });

    it('stops at the ceiling of a country', async () => {
      const service = startService({ settings: { LIMITS: { send_per_country: '1/1d' } } });
      await service.send({ phone: '+4915123456781' });
      expect(await codeOf(await service.post('/v1/send', { phone: '+4915223456782' }))).toBe(
        'capacity',
      );
      await service.send({ phone: '+436641234567' });
    });

    it('answers a burst before anything is read from a store', async () => {
      const service = startService({
        bindings: { BURST: { limit: async () => ({ success: false }) }, OTP_KV: brokenStore },
      });
      const response = await service.post('/v1/send', { phone: PHONE });
      expect(await codeOf(response)).toBe('rate_limited');
      expect(response.headers.get('Retry-After')).toBe('10');
    });

    it('tells of the burst shield where no other limit stands', async () => {
      const service = startService();
      const { session } = await service.send({ phone: PHONE });
      const shut = startService({
        bindings: { BURST: { limit: async () => ({ success: false }) } },
      });
      const response = await shut.post('/v1/cancel', { session });
      expect(response.headers.get('RateLimit-Policy')).toBe('"burst";q=30;w=10');
      expect(response.headers.get('RateLimit')).toBe('"burst";r=0;t=10');
    });
  });
});

const brokenStore = {
  get: () => Promise.reject(new Error('down')),
  put: () => Promise.reject(new Error('down')),
};

describe('a page that is not listed', () => {
  it.each([
    ['another scheme', 'http://www.example.com'],
    ['another port', 'https://www.example.com:8443'],
    ['a subdomain', 'https://a.www.example.com'],
    ['the parent', 'https://example.com'],
    ['a look-alike', 'https://www.example.com.evil.test'],
    ['a prefix', 'https://www.example.co'],
    ['upper case', 'https://WWW.example.com'],
    ['a trailing slash', `${SITE}/`],
    ['null', 'null'],
    ['two origins', `${SITE} ${OTHER_SITE}`],
    ['no origin', null],
  ])('with %s gets the refusal alone, and no message', async (_what, origin) => {
    const service = startService();
    const response = await service.post('/v1/send', { phone: PHONE }, { origin });
    expect(await codeOf(response)).toBe('origin_not_allowed');
    expect(response.headers.get('Access-Control-Expose-Headers')).toBeNull();
    expect(response.headers.get('Vary')).toBe('Origin');
    expect(service.upstream()).toBe(0);
  });
});
