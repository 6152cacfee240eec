import { env } from 'cloudflare:workers';
import { describe, expect, it } from 'vitest';
import { createProviderSandbox } from '../../sandbox/provider-sandbox.ts';
import { createFakeTurnstile, TURNSTILE_SECRET } from '../../test/support/worker/fake-turnstile.ts';
import { codeOf, PHONE, SITE, startService } from '../../test/support/worker/harness.ts';

const CONFIG = {
  provider: 'turnstile',
  script: 'https://turnstile.test/turnstile/v0/api.js',
  siteKey: '1x00000000000000000000AA',
  action: 'mitto-otp-send',
};

function startChallenged(fromNthSend = 1, secret = TURNSTILE_SECRET) {
  const turnstile = createFakeTurnstile();
  const sandbox = createProviderSandbox();
  const fetch = ((input: string, init: RequestInit) => {
    const request = new Request(input, init);
    return input.startsWith('https://turnstile.test/')
      ? turnstile.fetch(request)
      : sandbox.fetch(request);
  }) as typeof globalThis.fetch;
  const service = startService({
    sandbox,
    runtime: { fetch },
    settings: {
      CHALLENGE_FROM_SEND: fromNthSend,
      TURNSTILE_SITE_KEY: CONFIG.siteKey,
      TURNSTILE_SECRET: secret,
      TURNSTILE_BASE_URL: 'https://turnstile.test',
    },
  });
  return { service, turnstile };
}

describe('a challenge before every send', () => {
  it('is announced to the widget', async () => {
    const { service } = startChallenged();
    const answer = await service.get('/v1/config', { Origin: SITE });
    expect(await answer.json()).toMatchObject({ challenge: CONFIG });
  });

  it('lets a send through with a token, once', async () => {
    const { service, turnstile } = startChallenged();
    const challenge = turnstile.token();
    await service.send({ phone: PHONE, challenge });
    const again = await service.post('/v1/send', { phone: '+4915223456789', challenge });
    expect(again.status).toBe(403);
    expect(await codeOf(again)).toBe('challenge_failed');
    expect(service.upstream()).toBe(1);
  });

  it('is asked for again at a resend', async () => {
    const { service, turnstile } = startChallenged();
    const { session } = await service.send({ phone: PHONE, challenge: turnstile.token() });
    service.advance(30_000);
    expect(await codeOf(await service.post('/v1/send', { session }))).toBe('challenge_failed');
    await service.send({ session, challenge: turnstile.token() });
  });

  it('says which one to pass when none was', async () => {
    const { service, turnstile } = startChallenged();
    const response = await service.post('/v1/send', { phone: PHONE });
    expect(await response.json()).toMatchObject({ code: 'challenge_failed', challenge: CONFIG });
    expect(turnstile.calls).toEqual([]);
  });

  it.each([
    ['unknown', () => 'never-handed-out'],
    [
      'of another action',
      (standIn: ReturnType<typeof createFakeTurnstile>) => standIn.token({ action: 'login' }),
    ],
    [
      'of another host',
      (standIn: ReturnType<typeof createFakeTurnstile>) => standIn.token({ hostname: 'evil.test' }),
    ],
  ])('refuses a token that is %s: nothing is sent, counted or written', async (_what, tokenOf) => {
    const { service, turnstile } = startChallenged();
    const response = await service.post('/v1/send', {
      phone: PHONE,
      challenge: tokenOf(turnstile),
    });
    expect(await codeOf(response)).toBe('challenge_failed');
    expect(service.upstream()).toBe(0);
    expect((await env.OTP_KV.list()).keys).toEqual([]);
    await service.send({ phone: PHONE, challenge: turnstile.token() });
  });

  it.each(['internal_error', 'error'] as const)(
    'asks Turnstile again, for the same validation, after its %s',
    async (fault) => {
      const { service, turnstile } = startChallenged();
      turnstile.fault = fault;
      turnstile.faultyCalls = 1;
      await service.send({ phone: PHONE, challenge: turnstile.token() });
      expect(turnstile.calls).toHaveLength(2);
      expect(service.upstream()).toBe(1);
    },
  );

  it.each(['internal_error', 'error'] as const)(
    'asks Turnstile twice at most while it answers with %s',
    async (fault) => {
      const { service, turnstile } = startChallenged();
      turnstile.fault = fault;
      await service.post('/v1/send', { phone: PHONE, challenge: turnstile.token() });
      expect(turnstile.calls).toHaveLength(2);
    },
  );

  it.each(['reset', 'hang', 'error', 'html', 'internal_error'] as const)(
    'stays shut when Turnstile fails by %s',
    async (fault) => {
      const { service, turnstile } = startChallenged();
      const challenge = turnstile.token();
      turnstile.fault = fault;
      const response = await service.post('/v1/send', { phone: PHONE, challenge });
      expect(response.status).toBe(503);
      expect(await codeOf(response)).toBe('temporarily_unavailable');
      expect(service.upstream()).toBe(0);
    },
  );

  it('stays shut with a wrong secret, and tells the operator', async () => {
    const { service, turnstile } = startChallenged(1, 'another secret');
    const response = await service.post('/v1/send', { phone: PHONE, challenge: turnstile.token() });
    expect(await codeOf(response)).toBe('misconfigured');
    expect(service.log.at(-1)).toContain('TURNSTILE_SECRET');
    expect(service.upstream()).toBe(0);
  });

  it('accepts another token for the same Idempotency-Key, and sends nothing again', async () => {
    const { service, turnstile } = startChallenged();
    const gesture = { idempotencyKey: 'one-gesture' };
    const first = await service.send({ phone: PHONE, challenge: turnstile.token() }, gesture);
    const again = await service.send({ phone: PHONE, challenge: turnstile.token() }, gesture);
    expect(again).toEqual(first);
    expect(service.upstream()).toBe(1);
  });
});

describe('a challenge from the third send on', () => {
  it('is not shown before, and asked for then, by address', async () => {
    const { service, turnstile } = startChallenged(3);
    expect(await (await service.get('/v1/config', { Origin: SITE })).json()).toMatchObject({
      challenge: null,
    });
    await service.send({ phone: '+4915123456701' });
    await service.send({ phone: '+4915123456702' });
    const third = { phone: '+4915123456703' };
    expect(await (await service.post('/v1/send', third)).json()).toMatchObject({
      code: 'challenge_failed',
      challenge: CONFIG,
    });
    await service.send({ ...third, challenge: turnstile.token() });
    await service.send({ phone: '+4915123456704' }, { ip: '203.0.113.50' });
  });
});

describe('no challenge', () => {
  it('is asked for by default', async () => {
    const service = startService();
    await service.send({ phone: PHONE, challenge: 'ignored' });
  });

  it('can be set up without its keys', async () => {
    const service = startService({ settings: { CHALLENGE_FROM_SEND: '1' } });
    const health = await service.get('/healthz');
    expect(await health.json()).toMatchObject({
      checks: [{ setting: 'TURNSTILE_SITE_KEY' }, { setting: 'TURNSTILE_SECRET' }],
    });
  });
});
