/**
 * P13: a store that is down closes the door, never opens it, and never gives a 500. The faults of KV itself stand
 * beside its limiter, those of a phone's record beside its gate; here is every call against every store.
 */
import { abortAllDurableObjects } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { describe, expect, it } from 'vitest';
import { createProviderSandbox } from '../../../sandbox/provider-sandbox.ts';
import { fastTimers } from '../../support/worker/fast-timers.ts';
import { faultyStores, STORE_FAULTS, type StoreFault } from '../../support/worker/faulty-stores.ts';
import {
  codeOf,
  NO_BURST,
  PHONE,
  proofOf,
  SETTINGS,
  startService,
  type TestService,
} from '../../support/worker/harness.ts';
import { BY_MITTO_SMS } from '../../support/worker/providers.ts';

function startIntercepted(settings: Record<string, unknown> = {}) {
  const stores = faultyStores();
  const service = startService({ bindings: stores.bindings, settings });
  const fail = (operation: string, fault: StoreFault) => {
    stores.before = (current) => (current === operation ? STORE_FAULTS[fault]() : undefined);
  };
  return {
    service,
    fail,
    heal() {
      stores.before = () => {};
    },
  };
}

/** The deadlines are the real ones; only their time passes faster. */
async function hurried(ask: () => Promise<Response>): Promise<Response> {
  using _time = fastTimers();
  return await ask();
}

const siteverify = (service: TestService, response: string) =>
  service.post('/v1/siteverify', { secret: SETTINGS.SITE_SECRET, response }, { origin: null });

const CALLS = {
  send: ['BURST.limit', 'OTP_KV.get', 'OTP_KV.put', 'PHONE_GATE.grantSend', 'SEND_LEDGER.reserve'],
  verify: ['BURST.limit', 'OTP_KV.get', 'OTP_KV.put', 'PHONE_GATE.admitCheck'],
  renew: ['BURST.limit', 'OTP_KV.get', 'PHONE_GATE.renew'],
  cancel: ['BURST.limit', 'PHONE_GATE.cancel'],
  siteverify: ['BURST.limit', 'PHONE_GATE.redeem'],
} as const;

const matrix = Object.entries(CALLS).flatMap(([call, operations]) =>
  operations.flatMap((operation) =>
    (['throws', 'hangs'] as const).map((fault) => [operation, fault, call] as const),
  ),
);

describe('when a store is down', () => {
  it.each(matrix)(
    '(%s %s) %s says so, asks nobody, and works again afterwards',
    async (operation, fault, call) => {
      const { service, fail, heal } = startIntercepted();
      const { session } = await service.send();
      const code = service.codeOf();
      const proof =
        call === 'siteverify' || call === 'renew'
          ? await proofOf(await service.verify(session, code))
          : null;
      const before = service.upstream();
      const ask = {
        send: () => service.post('/v1/send', { phone: '+4915223456789' }),
        verify: () => service.verify(session, code),
        renew: () => service.post('/v1/renew', { session }),
        cancel: () => service.post('/v1/cancel', { session }),
        siteverify: () => siteverify(service, proof?.proof ?? ''),
      }[call as keyof typeof CALLS];

      fail(operation, fault);
      const response = await hurried(ask);
      expect(response.status).toBe(503);
      expect(await codeOf(response)).toBe('temporarily_unavailable');
      expect(Number(response.headers.get('Retry-After'))).toBeGreaterThanOrEqual(1);
      expect(service.upstream()).toBe(before);

      heal();
      expect(await codeOf(await ask())).toBe('ok');
    },
  );

  it.each(['throws', 'hangs'] as const)(
    'the limit per client in an object (%s) lets nobody through',
    async (fault) => {
      const { service, fail } = startIntercepted({ CLIENT_LIMITER: 'object' });
      fail('CLIENT_GATE.take', fault);
      const response = await hurried(() => service.post('/v1/send', { phone: PHONE }));
      expect(await codeOf(response)).toBe('temporarily_unavailable');
      expect(service.upstream()).toBe(0);
    },
  );
});

describe('when a store goes down while the provider is asked', () => {
  /** Resets the objects under the call, and then keeps the phone's record from being written by any other way. */
  function startFalling(operation: string, settings: Record<string, unknown> = {}) {
    const stores = faultyStores();
    const sandbox = createProviderSandbox();
    let falls = false;
    const service = startService({
      sandbox,
      settings,
      bindings: stores.bindings,
      runtime: {
        fetch: (async (input: string, init: RequestInit) => {
          const response = await sandbox.fetch(new Request(input, init));
          if (falls) {
            stores.before = (current) =>
              current === operation ? STORE_FAULTS.throws() : undefined;
            await abortAllDurableObjects();
          }
          return response;
        }) as typeof fetch,
      },
    });
    return {
      service,
      fall() {
        falls = true;
      },
      heal() {
        falls = false;
        stores.before = () => {};
      },
    };
  }

  it('a right code that is not written down gives no proof, and the attempt counts', async () => {
    const { service, fall, heal } = startFalling('PHONE_GATE.settleCheck');
    service.sandbox.knobs.patch({ rightCodeConsumes: false });
    const { session } = await service.send();
    fall();
    const response = await service.verify(session, service.codeOf());
    expect(await codeOf(response)).toBe('temporarily_unavailable');
    heal();
    expect(await (await service.verify(session, service.wrongCodeOf())).json()).toMatchObject({
      attemptsLeft: 3,
    });
  });

  it('a self-issued code whose hash cannot be stored: no session, and still counted', async () => {
    const { service, fall, heal } = startFalling('PHONE_GATE.settleSend', BY_MITTO_SMS);
    fall();
    const response = await service.post('/v1/send', { phone: PHONE });
    expect(await codeOf(response)).toBe('temporarily_unavailable');
    heal();
    expect(await codeOf(await service.post('/v1/send', { phone: PHONE }))).toBe('rate_limited');
  });

  it('a code that is sent is answered all the same, and counted', async () => {
    const { service, fall, heal } = startFalling('PHONE_GATE.settleSend');
    fall();
    const { session } = await service.send();
    heal();
    expect(await codeOf(await service.post('/v1/send', { phone: PHONE }))).toBe('rate_limited');
    expect(await codeOf(await service.verify(session, service.codeOf()))).toBe('ok');
  });
});

describe('when KV serves reads that are old', () => {
  it('the limit of a client is exact within the isolate, and that of a phone everywhere', async () => {
    const stale = { get: async () => null, put: env.OTP_KV.put.bind(env.OTP_KV) };
    const service = startService({
      bindings: { ...NO_BURST, OTP_KV: stale },
      settings: { LIMITS: { send_per_ip: '5/1h' } },
    });
    const elsewhere = startService({
      sandbox: service.sandbox,
      runtime: { now: service.now },
      bindings: { ...NO_BURST, OTP_KV: stale },
    });
    const ip = '203.0.113.1';
    const phones = Array.from({ length: 8 }, (_, n) => `+491512345${n}000`);
    for (const phone of phones) await service.post('/v1/send', { phone }, { ip });
    expect(service.upstream('send')).toBe(5);
    const again = await elsewhere.post('/v1/send', { phone: phones[0] }, { ip });
    expect(await codeOf(again)).toBe('rate_limited');
  });
});
