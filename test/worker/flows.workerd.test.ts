/** Named flows: what one sets for itself, and what is common to all. */
import { describe, expect, it } from 'vitest';
import { codeOf, PHONE, SETTINGS, startService } from '../support/worker/harness.ts';
import { EVERY_CONNECTOR, TWILIO_NUMBER } from '../support/worker/providers.ts';

const ADDRESS = '203.0.113.7';
const PHONES = Array.from({ length: 20 }, (_, n) => `+49151234567${String(n).padStart(2, '0')}`);

function serviceWith(flow: Record<string, unknown>, more: Record<string, unknown> = {}) {
  return startService({ settings: { FLOWS: { checkout: flow }, ...more } });
}

describe('a flow sets for itself', () => {
  it('connector, sender and template', async () => {
    const service = serviceWith(
      { connector: 'twilio', sender: '+12025550199', template: 'shop' },
      {
        ...EVERY_CONNECTOR,
        CONNECTOR: 'mitto-2fa',
        TEMPLATES: { shop: { sms: { en: 'Pay at {site} with {code}.' } } },
      },
    );
    await service.send({ phone: PHONE, flow: 'checkout' });
    expect(service.sandbox.inbox.last()).toMatchObject({
      provider: 'twilio',
      from: '+12025550199',
      text: `Pay at www.example.com with ${service.codeOf()}.\n\n@www.example.com #${service.codeOf()}`,
    });
    service.advance(31_000);
    await service.send();
    expect(service.sandbox.inbox.last()).toMatchObject({
      provider: 'mitto-2fa',
      from: SETTINGS.SENDER,
    });
  });

  it('a sender for each of its connectors', async () => {
    const service = serviceWith(
      {
        connector: 'mitto-sms,twilio',
        channels: 'sms',
        sender: { 'mitto-sms': 'Checkout', twilio: TWILIO_NUMBER },
      },
      { ...EVERY_CONNECTOR, CONNECTOR: 'mitto-2fa' },
    );
    await service.send({ phone: PHONE, flow: 'checkout' });
    service.advance(31_000);
    service.sandbox.knobs.patch({ faults: [{ kind: 'status', on: 'sms', status: 503 }] });
    await service.send({ phone: PHONE, flow: 'checkout' });
    const senders = service.sandbox.inbox.list().map(({ provider, from }) => [provider, from]);
    expect(senders).toEqual([
      ['mitto-sms', 'Checkout'],
      ['twilio', TWILIO_NUMBER],
    ]);
  });

  it('channels and the length of the code, and tells the widget', async () => {
    const service = serviceWith({ channels: 'voice', code_length: 4 });
    const config = await (await service.get('/v1/config?flow=checkout')).json();
    expect(config).toMatchObject({ channels: ['voice'], codeLength: 4 });
    expect(await (await service.get('/v1/config')).json()).toMatchObject({ codeLength: 6 });
    const refused = { phone: PHONE, flow: 'checkout', channel: 'sms' };
    expect(await codeOf(await service.post('/v1/send', refused))).toBe('malformed_request');
  });

  it('a challenge', async () => {
    const service = serviceWith(
      { challenge_from_send: 1 },
      { TURNSTILE_SITE_KEY: '1x00000000000000000000AA', TURNSTILE_SECRET: 'of Turnstile' },
    );
    expect(await codeOf(await service.post('/v1/send', { phone: PHONE, flow: 'checkout' }))).toBe(
      'challenge_failed',
    );
    await service.send();
    const config = await (await service.get('/v1/config?flow=checkout')).json();
    expect(config).toMatchObject({ challenge: { siteKey: '1x00000000000000000000AA' } });
    expect(await (await service.get('/v1/config')).json()).toMatchObject({ challenge: null });
  });

  it('the codes of a session', async () => {
    const service = serviceWith({ limits: { codes_per_session: 2 } });
    const { session } = await service.send({ phone: PHONE, flow: 'checkout' });
    expect(await codeOf(await service.verify(session, service.wrongCodeOf()))).toBe(
      'incorrect_code',
    );
    expect(await codeOf(await service.verify(session, service.wrongCodeOf(PHONE, 2)))).toBe(
      'too_many_attempts',
    );
  });
});

describe.each(['kv', 'object'])('the limits of a flow, with clients counted in %s', (limiter) => {
  const outcomes = async (
    service: ReturnType<typeof startService>,
    flow: string | undefined,
    phones: readonly string[],
  ) => {
    const codes: string[] = [];
    for (const phone of phones)
      codes.push(
        await codeOf(
          await service.post('/v1/send', { phone, ...(flow && { flow }) }, { ip: ADDRESS }),
        ),
      );
    return codes;
  };

  it('are stricter than the deployment’s, and count what came without it', async () => {
    const service = serviceWith({ limits: { send_per_ip: '2/1h' } }, { CLIENT_LIMITER: limiter });
    expect(await outcomes(service, undefined, PHONES.slice(0, 2))).toEqual(['ok', 'ok']);
    expect(await outcomes(service, 'checkout', PHONES.slice(2, 3))).toEqual(['rate_limited']);
    expect(await outcomes(service, undefined, PHONES.slice(3, 4))).toEqual(['ok']);
  });

  it('may look further back than the deployment’s, which forgets nothing for it', async () => {
    const service = serviceWith(
      { limits: { send_per_ip: '2/1d', send_per_phone: '2/1d' } },
      { CLIENT_LIMITER: limiter },
    );
    await outcomes(service, 'checkout', [PHONE]);
    service.advance(2 * 3_600_000);
    await outcomes(service, undefined, [PHONE]);
    service.advance(2 * 3_600_000);
    expect(await outcomes(service, 'checkout', [PHONES[1] as string])).toEqual(['rate_limited']);
    expect(await outcomes(service, undefined, [PHONES[1] as string])).toEqual(['ok']);
  });
});

describe('of a phone', () => {
  it('the sends of all flows are counted together', async () => {
    const service = serviceWith({ limits: { send_per_phone: '1/1h', cooldown: '1' } });
    await service.send();
    service.advance(31_000);
    const asked = { phone: PHONE, flow: 'checkout' };
    expect(await codeOf(await service.post('/v1/send', asked))).toBe('rate_limited');
    await service.send();
  });

  it('a day is remembered for the flow that looks back so far', async () => {
    const service = serviceWith(
      { limits: { send_per_phone: '2/1d', cooldown: '1' } },
      { LIMITS: { send_per_phone: '5/10m', cooldown: '1' } },
    );
    await service.send({ phone: PHONE, flow: 'checkout' });
    service.advance(3 * 3_600_000);
    await service.send();
    service.advance(3 * 3_600_000);
    const asked = { phone: PHONE, flow: 'checkout' };
    expect(await codeOf(await service.post('/v1/send', asked))).toBe('rate_limited');
    await service.send();
  });
});

describe('a ceiling of a flow', () => {
  it('stops that flow, and no other', async () => {
    const service = serviceWith({ limits: { send_total: '2/1h' } });
    const [a, b, c, d] = PHONES;
    await service.send({ phone: a, flow: 'checkout' });
    await service.send({ phone: b, flow: 'checkout' });
    expect(await codeOf(await service.post('/v1/send', { phone: c, flow: 'checkout' }))).toBe(
      'capacity',
    );
    await service.send({ phone: d });
  });
});

describe('Mitto’s own limits', () => {
  it('get what the operator says, under the names that they have there', async () => {
    const service = startService({
      settings: { MITTO_LIMITS: { per_phone: 'phone', per_ip: 'ip', per_site: 'site' } },
    });
    await service.send({ phone: PHONE }, { ip: ADDRESS });
    expect(service.sandbox.calls.list({ operation: 'send' })[0]?.body).toMatchObject({
      limits: { per_phone: PHONE, per_ip: ADDRESS, per_site: 'www.example.com' },
    });
  });

  it('get nothing where the operator says nothing', async () => {
    const service = startService();
    await service.send();
    expect(service.sandbox.calls.list({ operation: 'send' })[0]?.body).not.toHaveProperty('limits');
  });
});
