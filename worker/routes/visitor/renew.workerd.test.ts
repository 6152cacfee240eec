/** P2: a verified session renews its proof, and nothing else does. */
import { decodeJwt } from 'jose';
import { describe, expect, it } from 'vitest';
import type { SendAnswer } from '../../../shared/api/responses.ts';
import { verifyProof } from '../../../shared/verify-proof.ts';
import {
  codeOf,
  NO_BURST,
  OTHER_SITE,
  PHONE,
  proofOf,
  SETTINGS,
  SITE,
  startService,
  type TestService,
  WORKER,
} from '../../../test/support/worker/harness.ts';
import { dumpKv } from '../../../test/support/worker/store-dump.ts';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;

async function verified(service: TestService, body: Record<string, unknown> = { phone: PHONE }) {
  const { session } = await service.send(body);
  const first = await proofOf(await service.verify(session, service.codeOf()));
  return { session, ...first };
}

const renew = (service: TestService, session: string, options = {}) =>
  service.post('/v1/renew', { session }, options);
const repeat = (service: TestService, session: string) => service.verify(session, service.codeOf());

const redeem = async (service: TestService, proof: string) => {
  const body = { secret: SETTINGS.SITE_SECRET, response: proof };
  return (await service.post('/v1/siteverify', body, { origin: null })).json();
};

/** Both ways to a renewal keep the same rules. */
const WAYS = [
  ['POST /v1/renew', renew],
  ['the same code again', repeat],
] as const;

describe.each(WAYS)('%s', (_name, again) => {
  it('gives a proof of the same verification, with a life of its own', async () => {
    const service = startService();
    const { session, proof } = await verified(service, { phone: PHONE, nonce: 'page-1' });
    service.advance(4 * MINUTE);
    const renewed = await proofOf(await again(service, session));
    expect(renewed.expiresIn).toBe(300);
    const { iat, exp, jti, ...claims } = decodeJwt(proof);
    const { iat: laterIat, exp: laterExp, jti: otherJti, ...same } = decodeJwt(renewed.proof);
    expect(same).toEqual(claims);
    expect(otherJti).not.toBe(jti);
    expect([laterIat, laterExp]).toEqual([Number(iat) + 240, Number(exp) + 240]);
    const keys = (await (await service.get('/.well-known/jwks.json')).json()) as never;
    const options = { issuer: WORKER, audience: SITE, keys, nonce: 'page-1', now: service.now() };
    expect(await verifyProof(renewed.proof, options)).toMatchObject({ phone_number: PHONE });
  });

  it('sends nothing, asks no provider and writes nothing to KV', async () => {
    const service = startService();
    const { session } = await verified(service);
    const upstream = service.upstream();
    const stored = await dumpKv();
    for (let n = 0; n < 5; n++) expect((await again(service, session)).status).toBe(200);
    expect(service.upstream()).toBe(upstream);
    expect(await dumpKv()).toEqual(stored);
  });

  it('works to the last millisecond of half an hour after the code, and not one longer', async () => {
    const service = startService();
    const { session } = await service.send();
    service.advance(599_999);
    await proofOf(await service.verify(session, service.codeOf()));
    service.advance(1_799_999);
    expect((await again(service, session)).status).toBe(200);
    service.advance(1);
    expect(await codeOf(await again(service, session))).toBe('session_expired');
    service.advance(24 * 60 * MINUTE);
    expect(await codeOf(await again(service, session))).toBe('session_expired');
  });

  it('lasts as long as the setting says, also where it was shortened since', async () => {
    const service = startService({ settings: { PROOF_RENEW_SECONDS: '3600' } });
    const { session } = await verified(service);
    service.advance(2_000 * SECOND);
    expect((await again(service, session)).status).toBe(200);
    const shorter = startService({
      sandbox: service.sandbox,
      runtime: { now: service.now },
      settings: { PROOF_RENEW_SECONDS: 1_900 },
    });
    expect(await codeOf(await again(shorter, session))).toBe('session_expired');
  });

  it('is not to be had where the setting is 0', async () => {
    const service = startService({ settings: { PROOF_RENEW_SECONDS: 0 } });
    const { session } = await verified(service);
    expect((await again(service, session)).status).toBeGreaterThanOrEqual(409);
  });

  it('is over once a proof of the session was redeemed, whichever it was', async () => {
    for (const which of ['first', 'renewed']) {
      const service = startService();
      const phone = which === 'first' ? PHONE : '+4915223456789';
      const { session } = await service.send({ phone });
      const code = service.codeOf(phone);
      const first = await proofOf(await service.verify(session, code));
      const renewed = await proofOf(await renew(service, session));
      const { proof } = which === 'first' ? first : renewed;
      expect(await redeem(service, proof)).toMatchObject({ success: true });
      const refused =
        again === repeat ? await service.verify(session, code) : await renew(service, session);
      expect(await codeOf(refused)).toBe('session_used');
    }
  });

  it('stays over after a redemption, to the end of the window', async () => {
    const service = startService();
    const { session, proof } = await verified(service);
    await redeem(service, proof);
    for (let minutes = 0; minutes < 29; minutes += 7) {
      service.advance(7 * MINUTE);
      await service.post('/v1/send', { phone: PHONE });
      expect((await again(service, session)).status).toBeGreaterThanOrEqual(409);
    }
  });

  it('is not to be had for a session that was cancelled, before its code or after', async () => {
    const service = startService();
    const { session } = await service.send();
    await service.post('/v1/cancel', { session });
    expect((await again(service, session)).ok).toBe(false);
    service.advance(MINUTE);
    const later = await verified(service);
    expect((await service.post('/v1/cancel', { session: later.session })).status).toBe(204);
    expect((await again(service, later.session)).ok).toBe(false);
  });

  it('goes on when a later send to the same number was made', async () => {
    const service = startService();
    const { session } = await verified(service);
    const code = service.codeOf();
    service.advance(MINUTE);
    await service.send();
    const answer =
      again === repeat ? await service.verify(session, code) : await renew(service, session);
    expect(answer.status).toBe(200);
  });
});

describe('POST /v1/renew', () => {
  it('refuses another site, though it is listed', async () => {
    const service = startService();
    const { session } = await verified(service);
    const foreign = await renew(service, session, { origin: OTHER_SITE });
    expect(await codeOf(foreign)).toBe('invalid_session');
    expect((await renew(service, session)).status).toBe(200);
  });

  it('refuses a session whose code was not given, or was wrong', async () => {
    const service = startService();
    const { session } = await service.send();
    expect(await codeOf(await renew(service, session))).toBe('invalid_session');
    await service.verify(session, service.wrongCodeOf());
    expect(await codeOf(await renew(service, session))).toBe('invalid_session');
    service.advance(10 * MINUTE);
    expect(await codeOf(await renew(service, session))).toBe('session_expired');
  });

  it('gives what was verified and no more to a token of another send of the session', async () => {
    const service = startService();
    const first = await service.send();
    service.advance(30 * SECOND);
    const second = await service.send({ session: first.session, channel: 'voice' });
    const { proof } = await proofOf(await service.verify(second.session, service.codeOf()));
    expect(decodeJwt(proof)).toMatchObject({ amr: ['tel'] });
    expect(await codeOf(await renew(service, first.session))).toBe('session_expired');
    const renewed = await proofOf(await renew(service, second.session));
    expect(decodeJwt(renewed.proof)).toMatchObject({ amr: ['tel'] });
  });

  it('is not taken by another session of the same number', async () => {
    const service = startService();
    await verified(service);
    service.advance(MINUTE);
    const other: SendAnswer = await service.send();
    expect(await codeOf(await renew(service, other.session))).toBe('invalid_session');
  });

  it('does not count as a check, and gives nothing to a client that has used its checks up', async () => {
    const service = startService({ settings: { LIMITS: { verify_per_ip: '2/10m' } } });
    const { session } = await verified(service);
    for (let n = 0; n < 5; n++) expect((await renew(service, session)).status).toBe(200);
    service.advance(MINUTE);
    const other = await service.send();
    await service.verify(other.session, service.wrongCodeOf());
    const refused = await renew(service, session);
    expect(await codeOf(refused)).toBe('rate_limited');
    expect(refused.headers.get('RateLimit-Policy')).toBe('"verify";q=2;w=600');
  });

  it('is held back by the burst shield', async () => {
    const service = startService();
    const { session } = await verified(service);
    const shielded = startService({
      sandbox: service.sandbox,
      runtime: { now: service.now },
      bindings: { BURST: { limit: async () => ({ success: false }) } },
    });
    expect(await codeOf(await renew(shielded, session))).toBe('rate_limited');
  });

  it('gives proofs of one verification to twenty at once', async () => {
    const service = startService({ bindings: NO_BURST });
    const { session } = await verified(service);
    const answers = await Promise.all(Array.from({ length: 20 }, () => renew(service, session)));
    const claims = await Promise.all(
      answers.map(async (answer) => decodeJwt((await proofOf(answer)).proof)),
    );
    expect(new Set(claims.map(({ jti }) => jti)).size).toBe(20);
    expect(new Set(claims.map(({ sub, ...rest }) => `${sub} ${rest['auth_time']}`)).size).toBe(1);
  });

  it('needs no provider: it goes on while Mitto is down', async () => {
    const service = startService();
    const { session } = await verified(service);
    service.sandbox.knobs.patch({ faults: [{ on: 'any', kind: 'status', status: 500 }] });
    expect((await renew(service, session)).status).toBe(200);
  });
});

describe('another code in a verified session', () => {
  it('is rejected as before, is not evaluated, and counts for the session only', async () => {
    const service = startService({ bindings: NO_BURST });
    const { session } = await verified(service);
    const checks = service.upstream('verify');
    for (let nth = 1; nth < 5; nth++)
      expect(await codeOf(await service.verify(session, service.wrongCodeOf(PHONE, nth)))).toBe(
        'session_used',
      );
    expect((await repeat(service, session)).status).toBe(200);
    expect(service.upstream('verify')).toBe(checks);
  });

  it('allows five attempts; after that even the right code is rejected alike', async () => {
    const service = startService({ bindings: NO_BURST });
    const { session } = await verified(service);
    for (let nth = 1; nth <= 5; nth++)
      await service.verify(session, service.wrongCodeOf(PHONE, nth));
    expect(await codeOf(await repeat(service, session))).toBe('session_used');
    // Who holds the session itself is not kept from it by that.
    expect((await renew(service, session)).status).toBe(200);
  });

  it('is dead after ten minutes like any code', async () => {
    const service = startService();
    const { session } = await verified(service);
    service.advance(10 * MINUTE);
    expect(await codeOf(await service.verify(session, service.wrongCodeOf()))).toBe(
      'session_expired',
    );
  });

  it('is still a renewal when it was the fifth of its session that was right', async () => {
    const service = startService();
    const { session } = await service.send();
    for (let nth = 1; nth < 5; nth++) await service.verify(session, service.wrongCodeOf());
    expect((await repeat(service, session)).status).toBe(200);
    expect((await repeat(service, session)).status).toBe(200);
  });
});
