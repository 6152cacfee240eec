import { describe, expect, it } from 'vitest';
import {
  codeOf,
  PHONE,
  proofOf,
  SETTINGS,
  START,
  startService,
  type TestService,
} from '../../../test/support/worker/harness.ts';

const secret = SETTINGS.SITE_SECRET;

async function proven(service: TestService, nonce?: string): Promise<string> {
  const { session } = await service.send({ phone: PHONE, ...(nonce ? { nonce } : {}) });
  return (await proofOf(await service.verify(session, service.codeOf()))).proof;
}

async function ask(service: TestService, body: object): Promise<unknown> {
  const response = await service.post('/v1/siteverify', body, { origin: null });
  expect(response.status).toBe(200);
  return response.json();
}

describe('POST /v1/siteverify', () => {
  it('tells the site what was proven, once', async () => {
    const service = startService();
    const response = await proven(service, 'page-1');
    expect(await ask(service, { secret, response, nonce: 'page-1' })).toEqual({
      success: true,
      phone: PHONE,
      channel: 'sms',
      challenge_ts: START,
      hostname: 'www.example.com',
      nonce: 'page-1',
      'error-codes': [],
    });
    expect(await ask(service, { secret, response, nonce: 'page-1' })).toEqual({
      success: false,
      'error-codes': ['timeout-or-duplicate'],
    });
  });

  it('succeeds once of twenty at the same time', async () => {
    const service = startService();
    const response = await proven(service);
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => ask(service, { secret, response })),
    );
    expect(answers.filter((answer) => (answer as { success: boolean }).success)).toHaveLength(1);
  });

  it('takes a form as well', async () => {
    const service = startService();
    const body = String(new URLSearchParams({ secret, response: await proven(service) }));
    const answer = await service.post('/v1/siteverify', body, {
      origin: null,
      headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
    });
    expect(await answer.json()).toMatchObject({ success: true });
  });

  it('refuses a form that names a member twice', async () => {
    const service = startService();
    const body = `secret=${encodeURIComponent(secret)}&response=a&response=b`;
    const answer = await service.post('/v1/siteverify', body, {
      origin: null,
      headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
    });
    expect(await codeOf(answer)).toBe('malformed_request');
  });

  it('says in the codes of the captcha services what is wrong', async () => {
    const service = startService();
    const response = await proven(service, 'page-1');
    const failures: [object, string][] = [
      [{ response }, 'missing-input-secret'],
      [{ secret: 'x'.repeat(40), response }, 'invalid-input-secret'],
      [{ secret }, 'missing-input-response'],
      [{ secret, response: 'x' }, 'invalid-input-response'],
      [{ secret, response: `${response.slice(0, -4)}AAAA` }, 'invalid-input-response'],
      [{ secret, response, nonce: 'page-2' }, 'nonce-mismatch'],
    ];
    for (const [body, code] of failures)
      expect(await ask(service, body)).toEqual({ success: false, 'error-codes': [code] });
    // None of them has used the proof up.
    expect(await ask(service, { secret, response, nonce: 'page-1' })).toMatchObject({
      success: true,
    });
  });

  it('refuses a proof that has expired', async () => {
    const service = startService();
    const response = await proven(service);
    service.advance(300_000);
    expect(await ask(service, { secret, response })).toEqual({
      success: false,
      'error-codes': ['timeout-or-duplicate'],
    });
  });

  it('remembers a redeemed proof for as long as it lives, whatever its phone does meanwhile', async () => {
    const service = startService();
    const response = await proven(service);
    expect(await ask(service, { secret, response })).toMatchObject({ success: true });
    for (const seconds of [31, 120, 148]) {
      service.advance(seconds * 1000);
      // Each send sweeps the record of what has lapsed.
      await service.post('/v1/send', { phone: PHONE });
      expect(await ask(service, { secret, response })).toMatchObject({
        'error-codes': ['timeout-or-duplicate'],
      });
    }
  });

  it('takes one proof of a verification, the first or a renewed one, and no other', async () => {
    for (const redeemed of [0, 1, 2]) {
      const service = startService();
      const phone = `+491512345678${redeemed}`;
      const { session } = await service.send({ phone });
      const proofs = [(await proofOf(await service.verify(session, service.codeOf(phone)))).proof];
      for (let n = 0; n < 2; n++)
        proofs.push((await proofOf(await service.post('/v1/renew', { session }))).proof);
      const ofThese = proofs[redeemed] as string;
      expect(await ask(service, { secret, response: ofThese })).toMatchObject({ success: true });
      for (const response of proofs)
        expect(await ask(service, { secret, response })).toMatchObject({
          'error-codes': ['timeout-or-duplicate'],
        });
    }
  });

  it('takes no second proof of a verification at the very end of its window', async () => {
    const service = startService();
    const { session } = await service.send();
    await service.verify(session, service.codeOf());
    service.advance(1_799_000);
    const renew = async () => (await proofOf(await service.post('/v1/renew', { session }))).proof;
    const [first, second] = [await renew(), await renew()];
    expect(await ask(service, { secret, response: first })).toMatchObject({ success: true });
    service.advance(299_000);
    await service.post('/v1/send', { phone: PHONE });
    expect(await ask(service, { secret, response: second })).toMatchObject({
      'error-codes': ['timeout-or-duplicate'],
    });
  });

  it('is off, and says so, where no secret is set', async () => {
    const service = startService({ settings: { SITE_SECRET: undefined } });
    const answer = await service.post(
      '/v1/siteverify',
      { secret, response: 'x' },
      { origin: null },
    );
    expect(await codeOf(answer)).toBe('misconfigured');
  });
});
