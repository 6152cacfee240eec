/**
 * P23: everything that is kept expires by itself. How much a million clients leave behind is simulated in bench/;
 * here is that each store has its end, and comes to it.
 */
import { runDurableObjectAlarm, runInDurableObject } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { createKvClientLimiter } from '../../../worker/rate-limit/client/kv-client-limiter.ts';
import { codeOf, PHONE, proofOf, SETTINGS, startService } from '../../support/worker/harness.ts';
import { dumpKv, objectStubs, storedIn } from '../../support/worker/store-dump.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

afterEach(() => vi.restoreAllMocks());

/** Everything that can be written, written. */
async function live(settings: Record<string, unknown> = {}) {
  const service = startService({ settings });
  const { session } = await service.send(undefined, { idempotencyKey: 'gesture' });
  await service.verify(session, service.wrongCodeOf());
  const { proof } = await proofOf(await service.verify(session, service.codeOf()));
  const body = { secret: SETTINGS.SITE_SECRET, response: proof };
  await service.post('/v1/siteverify', body, { origin: null });
  const other = await service.send({ phone: '+4915223456789' });
  await service.post('/v1/cancel', { session: other.session });
  return service;
}

describe('every object', () => {
  it.each(['kv', 'object'])(
    'has an alarm for the end of all it keeps (clients in %s)',
    async (CLIENT_LIMITER) => {
      const service = await live({ CLIENT_LIMITER });
      const stubs = await objectStubs();
      const names = new Set(stubs.map(({ name }) => name));
      expect(names.size).toBe(CLIENT_LIMITER === 'kv' ? 3 : 4);
      for (const { name, stub } of stubs) {
        const alarm = await runInDurableObject(stub, (_object, { storage }) => storage.getAlarm());
        expect(alarm, name).toBeGreaterThan(service.now());
        // Three days for what became of a message; else a day, and a little for the width of a slot.
        const longest = name === 'PHONE_GATE' ? 3 * DAY : DAY + HOUR;
        expect(alarm, name).toBeLessThanOrEqual(service.now() + longest);
      }
    },
  );

  it('is empty once its alarm has rung', async () => {
    const service = await live({ CLIENT_LIMITER: 'object' });
    // The alarms go by the machine's clock, so that is what has to move on.
    vi.spyOn(Date, 'now').mockReturnValue(service.now() + 4 * DAY);
    for (const { name, stub } of await objectStubs()) {
      expect(await storedIn(stub), name).not.toEqual([]);
      expect(await runDurableObjectAlarm(stub), name).toBe(true);
      const left = (await storedIn(stub)).join('\n');
      // Of a number it is known for longer that it was verified, and of a country what became of its codes.
      if (name === 'PHONE_GATE') expect(left).toMatch(/^$|"sessions":\{\}.*"messages":\{\}/);
      else if (name !== 'GUARD_OBJECT') expect(left, name).toBe('');
    }
    vi.spyOn(Date, 'now').mockReturnValue(service.now() + 402 * DAY);
    for (const { name, stub } of await objectStubs()) {
      expect(await runDurableObjectAlarm(stub), name).toBe(true);
      expect(await storedIn(stub), name).toEqual([]);
    }
  });

  it('forgets what is over when it is next used, and does not wait for its alarm', async () => {
    const service = startService();
    for (let days = 0; days < 5; days++) {
      await service.send(undefined, { idempotencyKey: `gesture-${days}` });
      service.advance(DAY + HOUR);
    }
    await service.send();
    const kept = (
      await Promise.all((await objectStubs()).map(({ stub }) => storedIn(stub)))
    ).flat();
    const ledger = kept.find((entry) => entry.startsWith('["ledger"')) ?? '';
    const [, state] = JSON.parse(ledger) as [string, Record<string, object>];
    expect(Object.keys(state['sendsMs'] ?? {})).toHaveLength(1);
    expect(Object.keys(state['sessions'] ?? {})).toHaveLength(1);
    expect(Object.keys(state['requests'] ?? {})).toHaveLength(0);
    // This one, and those of the three days before.
    expect(Object.keys(state['messages'] ?? {})).toHaveLength(3);
    expect(kept.filter((entry) => entry.startsWith('keys '))).toEqual([]);
  });
});

describe('every key in KV', () => {
  it('expires with the window of its limit', async () => {
    await live();
    expect(await dumpKv()).toHaveLength(2);
    const { keys } = await env.OTP_KV.list();
    for (const { name, expiration = Number.POSITIVE_INFINITY } of keys) {
      const secondsLeft = expiration - Date.now() / 1000;
      expect(secondsLeft, name).toBeGreaterThan(60);
      expect(secondsLeft, name).toBeLessThanOrEqual(name.startsWith('limit:send:') ? 3_600 : 600);
    }
  });
});

describe('the memory of an isolate', () => {
  it('holds ten thousand clients and no more', async () => {
    const limiter = createKvClientLimiter({
      // A KV that never tells what it was told: only the memory counts.
      kv: { get: async () => null, put: async () => {} } as unknown as KVNamespace,
      name: 'send',
      policies: [{ count: 1, windowMs: HOUR }],
      randomTag: () => crypto.randomUUID().slice(0, 8),
    });
    const isAdmitted = async (client: string) => {
      const place = await limiter.take(client, 0).catch(() => undefined);
      await place?.keep();
      return place !== undefined;
    };
    expect(await isAdmitted('first')).toBe(true);
    for (let n = 1; n < 10_000; n++) await isAdmitted(`client-${n}`);
    expect(await isAdmitted('first')).toBe(false);
    // Asked after just now, it was not the longest unused.
    await isAdmitted('one more');
    expect(await isAdmitted('first')).toBe(false);
    for (let n = 0; n < 10_000; n++) await isAdmitted(`other-${n}`);
    expect(await isAdmitted('first')).toBe(true);
  });
});

describe('what a phone keeps', () => {
  it('does not grow with the requests that are refused', async () => {
    const service = startService();
    const { session } = await service.send();
    for (let n = 0; n < 5; n++) await service.verify(session, service.wrongCodeOf());
    const sizes: number[] = [];
    for (let n = 0; n < 12; n++) {
      const answers = [
        await service.post('/v1/send', { phone: PHONE }, { idempotencyKey: `k${n}` }),
        await service.verify(session, service.wrongCodeOf(PHONE, n + 2)),
      ];
      for (const answer of answers) expect(await codeOf(answer)).not.toBe('ok');
      const kept = await Promise.all((await objectStubs()).map(({ stub }) => storedIn(stub)));
      sizes.push(JSON.stringify(kept).length);
    }
    expect(new Set(sizes).size).toBe(1);
  });
});
