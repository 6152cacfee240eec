/** A rotation of `OTP_SECRET`: the new one is put, the old one stays as `OTP_SECRET_PREVIOUS` for a day. */
import { decodeJwt, decodeProtectedHeader } from 'jose';
import { describe, expect, it } from 'vitest';
import { verifyProof } from '../../shared/verify-proof.ts';
import { deriveKeyring } from '../../worker/crypto/keyring.ts';
import { accountCallbackUrl } from '../../worker/webhooks/callback-url.ts';
import {
  codeOf,
  PHONE,
  proofOf,
  SETTINGS,
  type ServiceOptions,
  SITE,
  startService,
  WORKER,
} from '../support/worker/harness.ts';

const NEW_SECRET = 'the secret that comes after the first one';
const during = { OTP_SECRET: NEW_SECRET, OTP_SECRET_PREVIOUS: SETTINGS.OTP_SECRET };
const after = { OTP_SECRET: NEW_SECRET };

/** The same deployment with other settings: same stores, same provider, same clock. */
function redeployed(
  before: ReturnType<typeof startService>,
  settings: ServiceOptions['settings'],
  more = {},
) {
  return startService({
    sandbox: before.sandbox,
    runtime: { now: before.now },
    settings: { ...settings, ...more },
  });
}

async function accountPath(secret: string): Promise<string> {
  const keyring = await deriveKeyring(secret, undefined);
  return new URL(await accountCallbackUrl('mitto-2fa', { config: SETTINGS, keyring })).pathname;
}

describe('during a rotation', () => {
  it('an open session goes on, and its proof is of the new key', async () => {
    const before = startService();
    const { session } = await before.send();
    const service = redeployed(before, during);
    const { proof } = await proofOf(await service.verify(session, service.codeOf()));
    const keys = (await (
      await redeployed(before, after).get('/.well-known/jwks.json')
    ).json()) as never;
    const claims = await verifyProof(proof, {
      issuer: WORKER,
      audience: SITE,
      keys,
      now: before.now(),
    });
    expect(claims.phone_number).toBe(PHONE);
  });

  it('a proof is renewed under the new key, of the same subject, and one of them is redeemed', async () => {
    const before = startService();
    const { session } = await before.send();
    const first = await proofOf(await before.verify(session, before.codeOf()));
    const service = redeployed(before, during);
    before.advance(60_000);
    const renewed = await proofOf(await service.post('/v1/renew', { session }));
    const repeated = await proofOf(await service.verify(session, before.codeOf()));
    const [one, two, three] = [first, renewed, repeated].map(({ proof }) => decodeJwt(proof));
    for (const claims of [two, three])
      expect(claims).toMatchObject({ sub: one?.sub, auth_time: one?.['auth_time'] });
    expect(decodeProtectedHeader(renewed.proof).kid).not.toBe(
      decodeProtectedHeader(first.proof).kid,
    );

    const redeem = async ({ proof }: { proof: string }) => {
      const body = { secret: SETTINGS.SITE_SECRET, response: proof };
      return (await service.post('/v1/siteverify', body, { origin: null })).json();
    };
    expect(await redeem(renewed)).toMatchObject({ success: true });
    expect(await redeem(first)).toMatchObject({ 'error-codes': ['timeout-or-duplicate'] });
    expect(await codeOf(await service.post('/v1/renew', { session }))).toBe('session_used');
  });

  it('attempts of a session go on', async () => {
    const before = startService();
    const { session } = await before.send();
    for (let n = 0; n < 4; n++) await before.verify(session, before.wrongCodeOf());
    const service = redeployed(before, during);
    expect(await codeOf(await service.verify(session, before.wrongCodeOf()))).toBe(
      'too_many_attempts',
    );
  });

  it('a session can be resent, and goes on being one', async () => {
    const before = startService();
    const { session } = await before.send();
    for (let n = 0; n < 3; n++) await before.verify(session, before.wrongCodeOf());
    before.advance(30_000);
    const service = redeployed(before, during);
    const again = await service.send({ session });
    expect(await (await service.verify(again.session, service.wrongCodeOf())).json()).toMatchObject(
      { attemptsLeft: 1 },
    );
    expect(await codeOf(await service.verify(again.session, service.codeOf()))).toBe('ok');
  });

  it('a report to the URL of the account finds its message, sent before it or since', async () => {
    const before = startService();
    const { session } = await before.send();
    const path = await accountPath(SETTINGS.OTP_SECRET);
    const service = redeployed(before, during);
    before.advance(30_000);
    const other = '+4915223456789';
    const since = await service.send({ phone: other });
    for (const [phone, sent] of [
      [PHONE, session],
      [other, since.session],
    ] as const) {
      const Id = service.sandbox.inbox.last(phone)?.requestID;
      const report = { Id, receiver: phone, status: 'undelivered' };
      expect(await codeOf(await service.post(path, report, { origin: null }))).toBe('ok');
      const told = await service.post('/v1/delivery', { session: sent });
      expect(await told.json()).toEqual({ state: 'not_delivered' });
    }
  });

  it("a phone's cooldown and sends go on, both ways", async () => {
    const before = startService();
    await before.send();
    const service = redeployed(before, during);
    const response = await service.post('/v1/send', { phone: PHONE });
    expect(await codeOf(response)).toBe('rate_limited');
    expect(response.headers.get('Retry-After')).toBe('30');

    before.advance(30_000);
    expect((await service.send()).resendIn).toBe(60);
  });

  it("a phone's failures go on", async () => {
    const limits = { LIMITS: { cooldown: '1', send_per_phone: '20/1h' } };
    const before = startService({ settings: limits });
    for (let sessions = 0; sessions < 2; sessions++) {
      const { session } = await before.send();
      for (let n = 0; n < 5; n++) await before.verify(session, before.wrongCodeOf());
      before.advance(1_000);
    }
    const service = redeployed(before, during, limits);
    expect(await codeOf(await service.post('/v1/send', { phone: PHONE }))).toBe('rate_limited');
  });

  it('an Idempotency-Key goes on, for the same number and for another', async () => {
    const before = startService();
    const first = await before.send({ phone: PHONE }, { idempotencyKey: 'k' });
    const service = redeployed(before, during);
    expect(await service.send({ phone: PHONE }, { idempotencyKey: 'k' })).toEqual(first);
    const other = await service.post(
      '/v1/send',
      { phone: '+4915223456789' },
      { idempotencyKey: 'k' },
    );
    expect(await codeOf(other)).toBe('idempotency_mismatch');
    expect(before.upstream('send')).toBe(1);
  });

  it.each(['kv', 'object'])(
    'the count of an address goes on, kept in %s',
    async (CLIENT_LIMITER) => {
      const limits = { CLIENT_LIMITER, LIMITS: { send_per_ip: '2/1h' } };
      const ip = '203.0.113.77';
      const before = startService({ settings: limits });
      await before.send({ phone: '+4915123456701' }, { ip });
      await before.send({ phone: '+4915223456702' }, { ip });
      const service = redeployed(before, during, limits);
      expect(
        await codeOf(await service.post('/v1/send', { phone: '+4915733456703' }, { ip })),
      ).toBe('rate_limited');
    },
  );

  it('the count of a range of numbers goes on', async () => {
    const limits = { LIMITS: { send_per_prefix: '1/1h' } };
    const before = startService({ settings: limits });
    await before.send({ phone: '+4915123456701' });
    const service = redeployed(before, during, limits);
    expect(await codeOf(await service.post('/v1/send', { phone: '+4915123456702' }))).toBe(
      'rate_limited',
    );
  });

  it('a proof of the old key is still good, once', async () => {
    const before = startService();
    const { session } = await before.send();
    const { proof } = await proofOf(await before.verify(session, before.codeOf()));
    const ask = async (service: ReturnType<typeof startService>) => {
      const body = { secret: SETTINGS.SITE_SECRET, response: proof };
      return (await service.post('/v1/siteverify', body, { origin: null })).json();
    };
    expect(await ask(before)).toMatchObject({ success: true });
    expect(await ask(redeployed(before, during))).toMatchObject({
      'error-codes': ['timeout-or-duplicate'],
    });
  });
});

describe('after a rotation', () => {
  it('what was sealed or signed under the old key is refused', async () => {
    const before = startService();
    const { session } = await before.send();
    const proven = await before.send({ phone: '+4915223456789' });
    const { proof } = await proofOf(
      await before.verify(proven.session, before.codeOf('+4915223456789')),
    );
    const service = redeployed(before, after);
    expect(await codeOf(await service.verify(session, before.codeOf()))).toBe('invalid_session');
    const body = { secret: SETTINGS.SITE_SECRET, response: proof };
    expect(
      await (await service.post('/v1/siteverify', body, { origin: null })).json(),
    ).toMatchObject({
      'error-codes': ['invalid-input-response'],
    });
  });

  it('a session that went through the rotation by a resend ends with the old key too', async () => {
    const before = startService();
    const { session } = await before.send();
    before.advance(30_000);
    const again = await redeployed(before, during).send({ session });
    const response = await redeployed(before, after).verify(again.session, before.codeOf());
    expect(await codeOf(response)).toBe('invalid_session');
  });
});
