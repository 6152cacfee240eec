/**
 * The guard in the whole service: P25 (never a known number, never a country, nobody is told, ends by itself), and that
 * the shadow changes nothing.
 */
import { describe, expect, it } from 'vitest';
import { createFakeTurnstile, TURNSTILE_SECRET } from '../../test/support/worker/fake-turnstile.ts';
import { faultyStores, STORE_FAULTS } from '../../test/support/worker/faulty-stores.ts';
import {
  codeOf,
  NO_BURST,
  PHONE,
  proofOf,
  type ServiceOptions,
  startService,
  type TestService,
} from '../../test/support/worker/harness.ts';
import { dumpStores, resetStores } from '../../test/support/worker/store-dump.ts';

const ADMIN_TOKEN = 'the token of the operator, long enough';
const LIMITS = { send_per_prefix: '100000/1h', send_total: '100000/1d', send_per_ip: '100/1h' };
const MINUTE = 60_000;

function start(settings: Record<string, unknown> = {}, options: ServiceOptions = {}): TestService {
  return startService({
    ...options,
    settings: { GUARD: 'on', ADMIN_TOKEN, LIMITS, ...settings },
    bindings: { ...NO_BURST, ...options.bindings },
  });
}

/** Somebody runs through a range of numbers, from another address each time. */
const inRange = (nth: number, range = '+491512345') => `${range}${String(nth).padStart(4, '0')}`;
const from = (nth: number) => ({ ip: `203.0.${Math.floor(nth / 250)}.${(nth % 250) + 1}` });

async function pump(service: TestService, count: number, range?: string): Promise<string[]> {
  const codes: string[] = [];
  for (let nth = 0; nth < count; nth++) {
    const body = { phone: inRange(nth, range) };
    codes.push(await codeOf(await service.post('/v1/send', body, from(nth))));
    service.advance(5_000);
  }
  return codes;
}

const decisionsOf = async (service: TestService, query = '') => {
  const headers = { Authorization: `Bearer ${ADMIN_TOKEN}` };
  return (await service.get(`/v1/admin/decisions${query}`, headers)).json() as Promise<{
    decisions: {
      action: string;
      acted: boolean;
      count: number;
      range: string | null;
      reasons: { rule: string; figures: Record<string, number> }[];
    }[];
    next?: string;
  }>;
};

describe('the guard, on,', () => {
  it('stops a run through a range after a few messages', async () => {
    const service = start();
    const codes = await pump(service, 26);
    expect(service.upstream('send')).toBeLessThanOrEqual(20);
    expect(codes.at(-1)).toBe('rate_limited');
    expect(codes.every((code) => code === 'ok' || code === 'rate_limited')).toBe(true);
  });

  it('never blocks a number that was verified here before', async () => {
    const service = start();
    const { session } = await service.send({ phone: inRange(7_777) });
    await proofOf(await service.verify(session, service.codeOf(inRange(7_777))));
    service.advance(MINUTE);
    const codes = await pump(service, 26);
    expect(codes.at(-1)).toBe('rate_limited');
    await service.send({ phone: inRange(7_777) });
  });

  it('does not block other ranges of the country', async () => {
    const service = start();
    await pump(service, 26);
    await service.send({ phone: '+4917612345678' });
  });

  it('ends by itself once nobody tries any more', async () => {
    const service = start();
    await pump(service, 26);
    service.advance(21 * MINUTE);
    await service.send({ phone: inRange(9_000) });
  });

  it('ends early when codes are used that it lets through to find out', async () => {
    const service = start();
    await pump(service, 26);
    let admitted = 0;
    for (let nth = 0; nth < 120 && admitted < 8; nth++) {
      service.advance(MINUTE);
      const phone = inRange(5_000 + nth);
      const response = await service.post('/v1/send', { phone }, from(nth + 500));
      if (!response.ok) continue;
      admitted += 1;
      const { session } = (await response.json()) as { session: string };
      service.advance(10_000);
      await proofOf(await service.verify(session, service.codeOf(phone), from(nth + 500)));
    }
    // Without an end, the trickle grows thinner: that many would take half a day.
    expect(admitted).toBe(8);
  });

  it('answers what it blocks in the very bytes of a limit', async () => {
    const service = start();
    await pump(service, 26);
    const blocked = await service.post('/v1/send', { phone: inRange(999) }, from(999));
    await resetStores();
    const limited = start({ LIMITS: { send_per_prefix: '1/1h' }, GUARD: 'off' });
    await limited.send({ phone: inRange(1) });
    const reference = await limited.post('/v1/send', { phone: inRange(2) });
    expect(await blocked.text()).toBe(await reference.text());
    const shape = (response: Response) =>
      [...response.headers].map(([name, value]) => `${name}: ${value.replace(/\d+/g, '0')}`);
    expect(shape(blocked)).toEqual(shape(reference));
  });

  it('charges nothing for what it blocks, and leaves no record of the number', async () => {
    const service = start();
    await pump(service, 26);
    const before = (await dumpStores()).filter((line) => !line.startsWith('GUARD_OBJECT')).length;
    for (let nth = 0; nth < 10; nth++)
      await service.post('/v1/send', { phone: inRange(2_000 + nth) }, from(2_000 + nth));
    const after = (await dumpStores()).filter((line) => !line.startsWith('GUARD_OBJECT')).length;
    expect(after).toBe(before);
  });

  it('leaves a flow alone that turns it off', async () => {
    const service = start({ FLOWS: { login: { guard: 'off' } } });
    for (let nth = 0; nth < 26; nth++)
      await service.send({ phone: inRange(nth), flow: 'login' }, from(nth));
    expect(service.upstream('send')).toBe(26);
  });

  it('stores nothing in the clear', async () => {
    const service = start();
    await pump(service, 20);
    const everything = (await dumpStores()).join('\n');
    expect(everything).toContain('GUARD_OBJECT');
    expect(everything).not.toContain('491512345');
    expect(everything).not.toContain('203.0.');
  });
});

describe('the guard, with a challenge,', () => {
  function startWithTurnstile() {
    const turnstile = createFakeTurnstile();
    const plain = start();
    const service = start(
      { TURNSTILE_SITE_KEY: '1x00000000000000000000AA', TURNSTILE_SECRET },
      {
        sandbox: plain.sandbox,
        runtime: {
          fetch: ((input: string, init: RequestInit) => {
            const request = new Request(input, init);
            return request.url.includes('/turnstile/')
              ? turnstile.fetch(request)
              : plain.sandbox.fetch(request);
          }) as typeof fetch,
        },
      },
    );
    return { service, turnstile };
  }

  it('asks for one where something stands out, and lets through who passes it', async () => {
    const { service, turnstile } = startWithTurnstile();
    const codes = await pump(service, 20);
    expect(codes.at(-1)).toBe('challenge_failed');
    expect(service.upstream('send')).toBeLessThanOrEqual(8);
    const challenge = turnstile.token();
    await service.send({ phone: inRange(500), challenge }, from(500));
  });

  it('counts nothing where it is not passed', async () => {
    const { service } = startWithTurnstile();
    await pump(service, 20);
    const sent = service.upstream('send');
    const body = { phone: inRange(500), challenge: 'never-handed-out' };
    expect(await codeOf(await service.post('/v1/send', body, from(500)))).toBe('challenge_failed');
    expect(service.upstream('send')).toBe(sent);
  });

  it('challenges a country at most, however it is flooded', async () => {
    const { service } = startWithTurnstile();
    const codes = [];
    for (let nth = 0; nth < 24; nth++) {
      const phone = `+4915${String(1_234_567 * (nth + 1))
        .padStart(9, '0')
        .slice(0, 9)}`;
      codes.push(await codeOf(await service.post('/v1/send', { phone }, from(nth))));
      service.advance(2_000);
    }
    expect(codes).toContain('challenge_failed');
    expect(codes).not.toContain('rate_limited');
  });
});

describe('the guard, in the shadow,', () => {
  it('changes no answer by a byte, and writes down what it would have done', async () => {
    const answers = async (guard: string, bindings = {}) => {
      const service = start({ GUARD: guard }, { bindings });
      const told: unknown[] = [];
      for (let nth = 0; nth < 26; nth++) {
        const response = await service.post('/v1/send', { phone: inRange(nth) }, from(nth));
        const { session: _random, ...body } = (await response.json()) as Record<string, unknown>;
        told.push([response.status, [...response.headers], body]);
        service.advance(5_000);
      }
      return { told, service };
    };
    const off = await answers('off');
    await resetStores();
    const shadow = await answers('shadow');
    expect(shadow.told).toEqual(off.told);
    const { decisions } = await decisionsOf(shadow.service);
    expect(decisions.some(({ action, acted }) => action === 'block' && !acted)).toBe(true);
    expect(shadow.service.log.join('\n')).toContain('"guard":"block"');
  });

  it('is the default', async () => {
    const service = startService({ settings: { ADMIN_TOKEN, LIMITS }, bindings: NO_BURST });
    await pump(service, 26);
    expect(service.upstream('send')).toBe(26);
    expect((await decisionsOf(service)).decisions.length).toBeGreaterThan(0);
  });
});

describe('a guard that is not there', () => {
  it.each(['throws', 'hangs'] as const)(
    '(%s) refuses nobody, and the limits still hold',
    async (fault) => {
      const stores = faultyStores();
      const service = start({ LIMITS: { send_per_prefix: '2/1h' } }, { bindings: stores.bindings });
      stores.before = (operation) =>
        operation.startsWith('GUARD_OBJECT') ? STORE_FAULTS[fault]() : undefined;
      const send = (nth: number) =>
        service.fetch(service.request('/v1/send', { phone: inRange(nth) }, from(nth)), {
          waitUntil: () => {},
          passThroughOnException: () => {},
          props: {},
        } as never);
      expect(await codeOf(await send(1))).toBe('ok');
      expect(await codeOf(await send(2))).toBe('ok');
      expect(await codeOf(await send(3))).toBe('rate_limited');
    },
  );

  it('is no problem by default, and one where it is to act', async () => {
    const unbound = { GUARD_OBJECT: undefined };
    const service = startService({ bindings: unbound });
    const { session } = await service.send({ phone: PHONE });
    await proofOf(await service.verify(session, service.codeOf()));
    const health = await start({}, { bindings: unbound }).get('/healthz');
    expect(await health.json()).toMatchObject({ checks: [{ setting: 'GUARD' }] });
  });
});
