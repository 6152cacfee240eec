/** P19: an answer tells neither which limit tripped, nor what is wrong with a number, nor whether it was here before. */
import { describe, expect, it } from 'vitest';
import {
  PHONE,
  proofOf,
  SETTINGS,
  type ServiceOptions,
  startService,
  type TestService,
} from '../../support/worker/harness.ts';

/** Headers without the seconds, which are those of the wait that is told. */
function shapeOf(response: Response): Record<string, string> {
  const headers = Object.fromEntries(response.headers);
  for (const name of ['retry-after', 'ratelimit'])
    if (headers[name] !== undefined)
      headers[name] = headers[name].replace(/\d+$/, (digits) =>
        Number(digits) >= 1 ? 'n' : digits,
      );
  return { status: String(response.status), ...headers };
}

const limits = (LIMITS: Record<string, string>) => ({ settings: { LIMITS } });

const SEND_LIMITS: [string, ServiceOptions, (service: TestService) => Promise<Response>][] = [
  [
    'a cooldown',
    {},
    async (service) => {
      await service.send();
      return service.post('/v1/send', { phone: PHONE });
    },
  ],
  [
    'the sends of a phone',
    limits({ send_per_phone: '1/1d', cooldown: '1' }),
    async (service) => {
      await service.send();
      service.advance(1_000);
      return service.post('/v1/send', { phone: PHONE });
    },
  ],
  [
    'the wrong codes of a phone',
    limits({ fail_per_phone: '1/1h', cooldown: '1' }),
    async (service) => {
      const { session } = await service.send();
      await service.verify(session, service.wrongCodeOf());
      service.advance(1_000);
      return service.post('/v1/send', { phone: PHONE });
    },
  ],
  [
    'a range of numbers',
    limits({ send_per_prefix: '1/1h' }),
    async (service) => {
      await service.send();
      return service.post('/v1/send', { phone: '+4915123456780' });
    },
  ],
  [
    'a burst',
    { bindings: { BURST: { limit: async () => ({ success: false }) } } },
    (service) => service.post('/v1/send', { phone: PHONE }),
  ],
];

describe('a limit that trips', () => {
  it.each(SEND_LIMITS)(
    'because of %s looks like that of the address',
    async (_what, options, ask) => {
      const reference = startService({ settings: { LIMITS: { send_per_ip: '10/1h' } } });
      const phones = Array.from({ length: 10 }, (_, n) => `+491512345${n}000`);
      for (const phone of phones) await reference.send({ phone }, { ip: '203.0.113.200' });
      const expected = await reference.post(
        '/v1/send',
        { phone: '+436641234567' },
        { ip: '203.0.113.200' },
      );

      const answer = await ask(startService(options));
      expect(shapeOf(answer)).toEqual(shapeOf(expected));
      expect(await answer.text()).toBe(await expected.text());
    },
  );
});

describe('a number that gets no message', () => {
  it.each([
    ['a fixed line', '+493012345678'],
    ['a premium number', '+499001234567'],
    ['a shared-cost number', '+4918012345678'],
    ['a number that is not in use', '+4915'],
    ['too many digits', '+4915123456789012345'],
    ['a URI', `https://wa.me/${PHONE}`],
    ['nothing', ''],
  ])('(%s) is answered in the very bytes of any other', async (_what, phone) => {
    const service = startService();
    const expected = await service.post('/v1/send', { phone: 'hello' });
    const answer = await service.post('/v1/send', { phone });
    expect(shapeOf(answer)).toEqual(shapeOf(expected));
    expect(await answer.text()).toBe(await expected.text());
  });

  it.each([
    ['a country that is not listed', '+447400123456'],
    ['another one', '+34612345678'],
    ['a satellite', '+881631234567'],
  ])('(%s) is answered alike', async (_what, phone) => {
    const service = startService();
    const expected = await service.post('/v1/send', { phone: '+390612345678' });
    const answer = await service.post('/v1/send', { phone });
    expect(await answer.text()).toBe(await expected.text());
  });
});

describe('a number that was verified a day ago', () => {
  it('is answered as one that was never seen', async () => {
    const service = startService();
    const known = PHONE;
    const { session } = await service.send({ phone: known });
    await service.verify(session, service.codeOf(known));
    service.advance(86_400_000);

    const ask = async (phone: string) => {
      const response = await service.post(
        '/v1/send',
        { phone },
        { idempotencyKey: phone.slice(1) },
      );
      const { session, ...rest } = (await response.json()) as { session: string };
      return { shape: shapeOf(response), rest, sessionLength: session.length };
    };
    // Alike in their last two digits, which are shown.
    expect(await ask(known)).toEqual(await ask('+4915223456789'));
  });

  it('gets a wrong code in the same bytes', async () => {
    const service = startService();
    await service.verify((await service.send()).session, service.codeOf());
    service.advance(86_400_000);
    const wrong = async (phone: string) => {
      const { session } = await service.send({ phone });
      return (await service.verify(session, service.wrongCodeOf(phone))).text();
    };
    expect(await wrong(PHONE)).toBe(await wrong('+4915223456789'));
  });
});

describe('a session that is not good here', () => {
  it('is answered alike whether it is garbage, of another site, or of other keys', async () => {
    const service = startService();
    const { session } = await service.send();
    const other = startService({ settings: { OTP_SECRET: 'another secret of thirty-two bytes' } });
    const foreign = await other.send({ phone: '+4915223456789' });
    const answers = [
      await service.verify('garbage', '123456'),
      await service.verify(foreign.session, '123456'),
      await service.verify(session, '123456', { origin: 'https://shop.example.org' }),
    ];
    const texts = await Promise.all(answers.map((answer) => answer.text()));
    expect(new Set(texts).size).toBe(1);
  });

  it('is answered alike by a renewal, and one that was not verified as well', async () => {
    const service = startService();
    const { session } = await service.send();
    const other = startService({ settings: { OTP_SECRET: 'another secret of thirty-two bytes' } });
    const foreign = await other.send({ phone: '+4915223456789' });
    const renew = (session: string, origin?: string) =>
      service.post('/v1/renew', { session }, origin === undefined ? {} : { origin });
    const answers = [
      await renew('garbage'),
      await renew(foreign.session),
      await renew(session, 'https://shop.example.org'),
      await renew(session),
    ];
    const texts = await Promise.all(answers.map((answer) => answer.text()));
    expect(new Set(texts).size).toBe(1);
  });
});

describe('a verified session', () => {
  it('answers a wrong code in the same bytes as the right one once its proof was redeemed', async () => {
    const service = startService();
    const { session } = await service.send();
    const { proof } = await proofOf(await service.verify(session, service.codeOf()));
    const wrong = await service.verify(session, service.wrongCodeOf());
    await service.post(
      '/v1/siteverify',
      { secret: SETTINGS.SITE_SECRET, response: proof },
      { origin: null },
    );
    const right = await service.verify(session, service.codeOf());
    expect(shapeOf(right)).toEqual(shapeOf(wrong));
    expect(await right.text()).toBe(await wrong.text());
  });
});
