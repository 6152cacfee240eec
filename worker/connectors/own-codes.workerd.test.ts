/** Codes that the Worker makes itself, over Mitto's SMS API and over Twilio. */
import { decodeJwt } from 'jose';
import { describe, expect, it } from 'vitest';
import {
  codeOf,
  PHONE,
  proofOf,
  type ServiceOptions,
  startService,
} from '../../test/support/worker/harness.ts';
import { BY_MITTO_SMS, BY_TWILIO, BY_TWILIO_KEY } from '../../test/support/worker/providers.ts';
import { dumpStores } from '../../test/support/worker/store-dump.ts';

const CONNECTORS: [string, NonNullable<ServiceOptions['settings']>][] = [
  ['mitto-sms', BY_MITTO_SMS],
  ['twilio by its auth token', BY_TWILIO],
  ['twilio by an API key', BY_TWILIO_KEY],
];

/** What all proofs of one verification have in common. */
function verificationOf(proof: string): string {
  const { sub, auth_time, jti = '' } = decodeJwt<{ auth_time: number }>(proof);
  return [sub, auth_time, jti.slice(0, jti.lastIndexOf('.'))].join(' ');
}

describe.each(CONNECTORS)('over %s', (_name, settings) => {
  it('a code arrives, with the line that phones fill it in by, and is good for one verification', async () => {
    const service = startService({ settings });
    const { session, codeLength } = await service.send();
    const { text } = service.sandbox.inbox.last(PHONE) ?? { text: '' };
    const code = service.codeOf();
    expect(code).toMatch(/^\d{6}$/);
    expect(codeLength).toBe(6);
    expect(text.split('\n').at(-1)).toBe(`@www.example.com #${code}`);
    const { proof } = await proofOf(await service.verify(session, code));
    const again = await proofOf(await service.verify(session, code));
    expect(verificationOf(again.proof)).toBe(verificationOf(proof));
    expect(await codeOf(await service.verify(session, service.wrongCodeOf()))).toBe('session_used');
    expect(service.upstream('verify')).toBe(0);
  });

  it('a wrong code is wrong, and the fifth ends the session', async () => {
    const service = startService({ settings });
    const { session } = await service.send();
    for (let nth = 1; nth <= 4; nth++)
      expect(await codeOf(await service.verify(session, service.wrongCodeOf(PHONE, nth)))).toBe(
        'incorrect_code',
      );
    expect(await codeOf(await service.verify(session, service.wrongCodeOf(PHONE, 5)))).toBe(
      'too_many_attempts',
    );
    expect(await codeOf(await service.verify(session, service.codeOf()))).toBe('too_many_attempts');
  });

  it('of 50 guesses at once, the right ones among the first five give proofs of one verification', async () => {
    const service = startService({ settings });
    const { session } = await service.send();
    // Four wrong ones, so that whichever five come first have a right one among them.
    const guesses = Array.from({ length: 50 }, (_, nth) =>
      nth < 4 ? service.wrongCodeOf(PHONE, nth + 1) : service.codeOf(),
    );
    const answers = await Promise.all(
      guesses.map((guess, nth) => service.verify(session, guess, { ip: `203.0.113.${nth + 1}` })),
    );
    const codes = await Promise.all(answers.map(codeOf));
    const right = answers.filter(({ ok }) => ok);
    const proofs = await Promise.all(right.map(proofOf));
    expect(new Set(proofs.map(({ proof }) => verificationOf(proof))).size).toBe(1);
    expect(codes.filter((code) => code === 'incorrect_code').length).toBeLessThanOrEqual(4);
  });

  it('50 wrong guesses at once end the session, for the right code too', async () => {
    const service = startService({ settings });
    const { session } = await service.send();
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, nth) =>
        service.verify(session, service.wrongCodeOf(PHONE, nth + 1), {
          ip: `203.0.113.${nth + 1}`,
        }),
      ),
    );
    const codes = await Promise.all(answers.map(codeOf));
    expect(codes.filter((code) => code === 'incorrect_code').length).toBeLessThanOrEqual(4);
    expect(codes).not.toContain('ok');
    expect(await codeOf(await service.verify(session, service.codeOf()))).toBe('too_many_attempts');
  });

  it('a code expires on resend and after ten minutes', async () => {
    const service = startService({ settings });
    const first = await service.send();
    const before = service.codeOf();
    service.advance(31_000);
    const second = await service.send({ session: first.session });
    const after = service.codeOf();
    expect(await codeOf(await service.verify(first.session, before))).toBe('session_expired');
    if (before !== after)
      expect(await codeOf(await service.verify(second.session, before))).toBe('incorrect_code');
    service.advance(600_000);
    expect(await codeOf(await service.verify(second.session, after))).toBe('session_expired');
  });

  it('a resend that fails leaves the earlier code as it was', async () => {
    const service = startService({ settings });
    const { session } = await service.send();
    const code = service.codeOf();
    service.advance(31_000);
    service.sandbox.knobs.patch({ faults: [{ kind: 'status', on: 'any', status: 503, times: 1 }] });
    expect(await codeOf(await service.post('/v1/send', { session }))).toBe('upstream_error');
    await proofOf(await service.verify(session, code));
  });

  it('of the length that the flow asks for', async () => {
    const service = startService({
      settings: { ...settings, FLOWS: { bank: { code_length: 8 } } },
    });
    const { session, codeLength } = await service.send({ phone: PHONE, flow: 'bank' });
    expect(codeLength).toBe(8);
    expect(service.codeOf()).toMatch(/^\d{8}$/);
    expect(await codeOf(await service.verify(session, '123456'))).toBe('invalid_code_format');
    await proofOf(await service.verify(session, service.codeOf()));
  });

  it('nothing stored is the code, nor the number, and what it was compared with is gone once it is used', async () => {
    const service = startService({ settings });
    const { session } = await service.send();
    const code = service.codeOf();
    const open = JSON.stringify(await dumpStores());
    expect(open).toContain('codeHash');
    expect(open).not.toContain(code);
    expect(open).not.toContain(PHONE.slice(1));
    await service.verify(session, code);
    expect(JSON.stringify(await dumpStores())).not.toContain('codeHash');
    expect(service.log.join()).not.toContain(code);
  });
});

describe('over mitto-sms', () => {
  it('a message has the sender, a reference, its lifetime and the alphabet that it needs', async () => {
    const service = startService({ settings: BY_MITTO_SMS });
    await service.send();
    const [call] = service.sandbox.calls.list({ operation: 'sms' });
    expect(call?.body).toMatchObject({
      from: 'Example',
      to: PHONE.slice(1),
      type: 'GSM',
      validity: 10,
      reference: expect.any(String) as string,
    });
    service.advance(31_000);
    await service.send({ phone: PHONE, locale: 'ja' });
    expect(service.sandbox.calls.list({ operation: 'sms' }).at(-1)?.body).toMatchObject({
      type: 'Unicode',
    });
  });

  it('tells Mitto that a code was used, where the account has that, and only then', async () => {
    const service = startService({ settings: { ...BY_MITTO_SMS, MITTO_SMS_CONVERSIONS: true } });
    const { session } = await service.send();
    await service.verify(session, service.wrongCodeOf());
    expect(service.sandbox.calls.list({ operation: 'sms_converted' })).toEqual([]);
    await proofOf(await service.verify(session, service.codeOf()));
    const [converted] = service.sandbox.calls.list({ operation: 'sms_converted' });
    expect(converted?.body).toEqual({ messageId: service.sandbox.inbox.last()?.requestID });
    expect(converted?.status).toBe(200);

    const without = startService({ settings: BY_MITTO_SMS });
    const other = await without.send({ phone: '+4915123456780' });
    await without.verify(other.session, without.codeOf('+4915123456780'));
    expect(without.sandbox.calls.list({ operation: 'sms_converted' })).toEqual([]);
  });

  it.each([
    [1, 'upstream_error'],
    [2, 'upstream_error'],
    [3, 'upstream_error'],
    [4, 'upstream_error'],
    [5, 'misconfigured'],
    [6, 'misconfigured'],
    [7, 'upstream_error'],
    [8, 'invalid_phone'],
    [9, 'upstream_error'],
  ])('responseCode %i is %s', async (code, expected) => {
    const service = startService({ settings: BY_MITTO_SMS });
    service.sandbox.knobs.patch({ faults: [{ kind: 'refused', on: 'sms', code }] });
    expect(await codeOf(await service.post('/v1/send', { phone: PHONE }))).toBe(expected);
    expect(service.log.at(-1)).toContain(`responseCode ${code}`);
  });

  it('a wrong key is misconfigured', async () => {
    const service = startService({ settings: { ...BY_MITTO_SMS, MITTO_SMS_API_KEY: 'wrong' } });
    expect(await codeOf(await service.post('/v1/send', { phone: PHONE }))).toBe('misconfigured');
  });
});

describe('over twilio', () => {
  it('a call reads the code digit by digit, in the language of the visitor', async () => {
    const service = startService({ settings: { ...BY_TWILIO, CHANNELS: 'voice' } });
    const { session, channel } = await service.send({ phone: PHONE, locale: 'de' });
    expect(channel).toBe('voice');
    const message = service.sandbox.inbox.last(PHONE);
    expect(message).toMatchObject({ channel: 'call', language: 'de-DE' });
    const { body } = service.sandbox.calls.list({ operation: 'twilio_call' })[0] ?? {};
    expect(JSON.stringify(body)).toContain([...service.codeOf()].join(', '));
    await proofOf(await service.verify(session, service.codeOf()));
  });

  it('sends from a messaging service where one is named, and calls from the number for calls', async () => {
    const service = startService({
      settings: {
        ...BY_TWILIO,
        CHANNELS: 'sms,voice',
        TWILIO_FROM: `MG${'0123456789abcdef'.repeat(2)}`,
        TWILIO_VOICE_FROM: '+12025550188',
      },
    });
    const { session } = await service.send();
    const [message] = service.sandbox.calls.list({ operation: 'twilio_message' });
    expect(message?.body).toMatchObject({
      MessagingServiceSid: `MG${'0123456789abcdef'.repeat(2)}`,
    });
    expect(message?.body).not.toHaveProperty('From');
    service.advance(31_000);
    await service.send({ session, channel: 'voice' });
    const [call] = service.sandbox.calls.list({ operation: 'twilio_call' });
    expect(call?.body).toMatchObject({ From: '+12025550188' });
  });

  it.each([21408, 21610, 21612, 30004, 30007, 30450, 60410, 60605])(
    '%i is a number that the provider blocks',
    async (code) => {
      const service = startService({ settings: BY_TWILIO });
      service.sandbox.knobs.patch({ faults: [{ kind: 'refused', on: 'twilio', code }] });
      expect(await codeOf(await service.post('/v1/send', { phone: PHONE }))).toBe(
        'blocked_by_provider',
      );
      expect(service.log.at(-1)).toContain(`code ${code}`);
    },
  );

  it('21216 is a call that the provider blocks', async () => {
    const service = startService({ settings: { ...BY_TWILIO, CHANNELS: 'voice' } });
    service.sandbox.knobs.patch({ faults: [{ kind: 'refused', on: 'twilio_call', code: 21216 }] });
    expect(await codeOf(await service.post('/v1/send', { phone: PHONE }))).toBe(
      'blocked_by_provider',
    );
  });

  it.each([
    [21211, 'invalid_phone'],
    [21214, 'invalid_phone'],
    [21217, 'invalid_phone'],
    [21614, 'invalid_phone'],
    [21635, 'invalid_phone'],
    [21606, 'misconfigured'],
    [20003, 'misconfigured'],
    [20429, 'temporarily_unavailable'],
    [14107, 'temporarily_unavailable'],
    [21617, 'upstream_error'],
  ])('%i is %s', async (code, expected) => {
    const service = startService({ settings: BY_TWILIO });
    service.sandbox.knobs.patch({ faults: [{ kind: 'refused', on: 'twilio', code }] });
    expect(await codeOf(await service.post('/v1/send', { phone: PHONE }))).toBe(expected);
  });
});
