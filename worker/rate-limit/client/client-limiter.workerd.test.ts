import { listDurableObjectIds, runDurableObjectAlarm, runInDurableObject } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { describe, expect, it } from 'vitest';
import { codeOf, PHONE, START, startService } from '../../../test/support/worker/harness.ts';
import { RequestError } from '../../errors.ts';
import type { ClientLimiter } from './client-limiter.ts';
import { createDurableClientLimiter } from './durable-client-limiter.ts';
import { createKvClientLimiter } from './kv-client-limiter.ts';

const HOUR_MS = 3_600_000;
const START_MS = Date.parse(START);

type Isolate = (options?: { count?: number }) => ClientLimiter;

/** One isolate: a limiter with a memory of its own over the shared KV. */
const kvIsolate = ({ count = 5, kv = env.OTP_KV }: { count?: number; kv?: KVNamespace } = {}) =>
  createKvClientLimiter({
    kv,
    name: 'send',
    policies: [{ count, windowMs: HOUR_MS }],
    randomTag: () => crypto.randomUUID().slice(0, 8),
  });

const objectIsolate = ({ count = 5 }: { count?: number } = {}) =>
  createDurableClientLimiter({
    namespace: env.CLIENT_GATE,
    name: 'send',
    policies: [{ count, windowMs: HOUR_MS }],
  });

async function admit(limiter: ClientLimiter, client = 'c', nowMs = START_MS): Promise<boolean> {
  try {
    const place = await limiter.take(client, nowMs);
    await place.keep();
    return true;
  } catch (error) {
    if (error instanceof RequestError && error.reason.kind === 'client_limit') return false;
    throw error;
  }
}

const countOf = (admitted: boolean[]) => admitted.filter(Boolean).length;

const kinds: [string, Isolate][] = [
  ['KV', kvIsolate],
  ['a Durable Object', objectIsolate],
];

describe.each(kinds)('the limit per client in %s', (_kind, isolate) => {
  it.each([10, 50, 200])('admits exactly five of %i parallel requests', async (requests) => {
    const limiter = isolate();
    const admitted = await Promise.all(Array.from({ length: requests }, () => admit(limiter)));
    expect(countOf(admitted)).toBe(5);
  });

  it('admits exactly what is left when there were earlier ones', async () => {
    for (let n = 0; n < 3; n++) await admit(isolate());
    const limiter = isolate();
    const admitted = await Promise.all(Array.from({ length: 20 }, () => admit(limiter)));
    expect(countOf(admitted)).toBe(2);
  });

  it('counts over isolates that come one after the other', async () => {
    const admitted: boolean[] = [];
    for (let n = 0; n < 8; n++) admitted.push(await admit(isolate()));
    expect(admitted).toEqual([true, true, true, true, true, false, false, false]);
  });

  it('counts each client for itself', async () => {
    const limiter = isolate({ count: 1 });
    expect(await admit(limiter, 'a')).toBe(true);
    expect(await admit(limiter, 'b')).toBe(true);
    expect(await admit(limiter, 'a')).toBe(false);
  });

  it('numbers the places within the window', async () => {
    const limiter = isolate();
    const numbers = [];
    for (const hours of [0, 0, 0.5, 1]) {
      const place = await limiter.take('c', START_MS + hours * HOUR_MS);
      await place.keep();
      numbers.push(place.nth);
    }
    expect(numbers).toEqual([1, 2, 3, 2]);
  });

  it('admits again once the window has moved on, and says truly when', async () => {
    const limiter = isolate({ count: 1 });
    await admit(limiter);
    const refusal = await limiter
      .take('c', START_MS + 1_000)
      .catch((error) => error as RequestError);
    expect(refusal).toMatchObject({ reason: { kind: 'client_limit', waitMs: HOUR_MS - 1_000 } });
    expect(await admit(limiter, 'c', START_MS + HOUR_MS - 1)).toBe(false);
    expect(await admit(limiter, 'c', START_MS + HOUR_MS)).toBe(true);
  });

  it('does not count a place that was given back', async () => {
    const limiter = isolate({ count: 1 });
    await (await limiter.take('c', START_MS)).release();
    expect(await admit(limiter)).toBe(true);
    expect(await admit(limiter)).toBe(false);
  });

  it('does not give back a place that was kept', async () => {
    const limiter = isolate({ count: 1 });
    const place = await limiter.take('c', START_MS);
    await place.keep();
    await place.release();
    expect(await admit(limiter)).toBe(false);
  });
});

describe('the limit per client in a Durable Object', () => {
  it('is exact over isolates that come at the same time', async () => {
    const admitted = await Promise.all(Array.from({ length: 50 }, () => admit(objectIsolate())));
    expect(countOf(admitted)).toBe(5);
  });

  it('forgets by its alarm', async () => {
    await admit(objectIsolate());
    const [id] = await listDurableObjectIds(env.CLIENT_GATE);
    const stub = env.CLIENT_GATE.get(id as DurableObjectId);
    await runDurableObjectAlarm(stub);
    expect(await runInDurableObject(stub, (_gate, { storage }) => [...storage.kv.list()])).toEqual(
      [],
    );
  });
});

describe('the limit per client in KV', () => {
  it('writes nothing for a place that is refused or released', async () => {
    const limiter = kvIsolate({ count: 1 });
    await (await limiter.take('c', START_MS)).release();
    expect((await env.OTP_KV.list()).keys).toEqual([]);
    expect(await admit(limiter)).toBe(true);
    const before = await env.OTP_KV.get('limit:send:c');
    expect(await admit(limiter)).toBe(false);
    expect(await env.OTP_KV.get('limit:send:c')).toBe(before);
  });

  it('lets what it stores expire with the window', async () => {
    await admit(kvIsolate());
    const { keys } = await env.OTP_KV.list();
    expect(keys).toHaveLength(1);
    const secondsLeft = (keys[0]?.expiration ?? 0) - Date.now() / 1000;
    expect(secondsLeft).toBeLessThanOrEqual(3_600);
    expect(secondsLeft).toBeGreaterThan(3_500);
  });

  it("waits out KV's one write a second, and lets one write carry several requests", async () => {
    let writes = 0;
    let isBusy = true;
    const kv = {
      get: async () => null,
      put: async () => {
        if (isBusy) {
          isBusy = false;
          throw new Error('KV PUT failed: 429 Too Many Requests');
        }
        writes += 1;
      },
    } as unknown as KVNamespace;
    const limiter = kvIsolate({ kv });
    const admitted = await Promise.all([admit(limiter), admit(limiter)]);
    expect(admitted).toEqual([true, true]);
    expect(writes).toBe(1);
  });
});

describe('when KV', () => {
  const down = () => Promise.reject(new Error('KV is down'));
  const hangs = () => new Promise<never>(() => {});
  const faults: [string, Partial<Record<'get' | 'put', unknown>>][] = [
    ['throws on a read', { get: down }],
    ['hangs on a read', { get: hangs }],
    ['answers a read with garbage', { get: async () => ({ not: 'a list' }) }],
    [
      'answers a read with half a JSON',
      { get: () => Promise.reject(new SyntaxError('Unexpected end')) },
    ],
    ['throws on a write', { put: down }],
    ['hangs on a write', { put: hangs }],
    ['is too busy for a write, and stays so', { put: () => Promise.reject(new Error('429')) }],
  ];

  it.each(faults)('%s, the door stays shut, and nothing is counted', async (_how, fault) => {
    const kv = {
      get: (key: string, type: 'json') => env.OTP_KV.get(key, type),
      put: async () => {},
      ...fault,
    };
    const service = startService({ bindings: { OTP_KV: kv } });
    const response = await service.post('/v1/send', { phone: PHONE }, { idempotencyKey: 'k' });
    expect(response.status).toBe(503);
    expect(await codeOf(response)).toBe('temporarily_unavailable');
    expect(service.upstream()).toBe(0);

    // With KV back, the phone has no cooldown and the key may be used.
    const healed = startService({ sandbox: service.sandbox });
    await healed.send({ phone: PHONE }, { idempotencyKey: 'k' });
  });
});

describe('stores that are slow, all together', () => {
  it('are waited for six seconds, and then Mitto is not called', async () => {
    let isSlow = false;
    const kv = {
      get: (key: string, type: 'json') => env.OTP_KV.get(key, type),
      put: async (key: string, value: string, options: KVNamespacePutOptions) => {
        await env.OTP_KV.put(key, value, options);
        if (isSlow) service.advance(6_001);
      },
    };
    const service = startService({ bindings: { OTP_KV: kv } });
    const { session } = await service.send();
    isSlow = true;
    const check = await service.verify(session, service.codeOf());
    expect(await codeOf(check)).toBe('temporarily_unavailable');
    const other = { phone: '+4915223456789' };
    const send = await service.post('/v1/send', other, { idempotencyKey: 'k' });
    expect(await codeOf(send)).toBe('temporarily_unavailable');
    expect(service.upstream()).toBe(1);

    isSlow = false;
    await service.send(other, { idempotencyKey: 'k' });
    expect(await codeOf(await service.verify(session, service.codeOf()))).toBe('ok');
  });
});
