import {
  abortAllDurableObjects,
  listDurableObjectIds,
  runDurableObjectAlarm,
  runInDurableObject,
} from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { describe, expect, it } from 'vitest';
import { codeOf, PHONE, startService } from '../../../test/support/worker/harness.ts';

async function gateStub() {
  const [id] = await listDurableObjectIds(env.PHONE_GATE);
  if (!id) throw new Error('no gate');
  return env.PHONE_GATE.get(id);
}

describe("a phone's gate", () => {
  it('survives a reset of the object between a send and its check', async () => {
    const service = startService();
    const { session } = await service.send();
    for (let n = 0; n < 4; n++) await service.verify(session, service.wrongCodeOf());
    await abortAllDurableObjects();
    const response = await service.verify(session, service.wrongCodeOf());
    expect(await codeOf(response)).toBe('too_many_attempts');
  });

  it('survives a reset while Mitto is asked', async () => {
    const service = startService();
    const sandboxFetch = service.sandbox.fetch.bind(service.sandbox);
    service.sandbox.fetch = async (request) => {
      const response = await sandboxFetch(request);
      await abortAllDurableObjects();
      return response;
    };
    const { session } = await service.send(undefined, { idempotencyKey: 'k' });
    expect((await service.send(undefined, { idempotencyKey: 'k' })).session).toBe(session);
    expect(await codeOf(await service.verify(session, service.codeOf()))).toBe('ok');
    expect(await codeOf(await service.verify(session, service.wrongCodeOf()))).toBe('session_used');
    await abortAllDurableObjects();
    expect(await codeOf(await service.verify(session, service.codeOf()))).toBe('ok');
    expect(service.upstream('verify')).toBe(1);
  });

  it('keeps neither the number nor a code nor a session in the clear', async () => {
    const service = startService();
    const { session } = await service.send(undefined, { idempotencyKey: 'gesture-key' });
    const code = service.codeOf();
    await service.verify(session, service.wrongCodeOf());
    const dump = await runInDurableObject(await gateStub(), (_gate, { storage }) =>
      JSON.stringify([...storage.kv.list()]),
    );
    expect(dump).toContain('sendsMs');
    for (const secret of [
      PHONE,
      PHONE.slice(3),
      code,
      service.wrongCodeOf(),
      session,
      'gesture-key',
    ])
      expect(dump).not.toContain(secret);
  });

  it('forgets everything by its alarm once nothing counts any more', async () => {
    // The alarm goes by the real clock, so what it is to forget has to be long past on it.
    const past = Date.now() - 3 * 86_400_000;
    const service = startService({ runtime: { now: () => past } });
    await service.send(undefined, { idempotencyKey: 'k' });
    const stub = await gateStub();
    await runDurableObjectAlarm(stub);
    const left = await runInDurableObject(stub, (_gate, { storage }) => [...storage.kv.list()]);
    expect(left).toEqual([]);
  });

  it('keeps what still counts when the alarm comes early', async () => {
    const service = startService({ runtime: { now: () => Date.now() } });
    await service.send();
    const stub = await gateStub();
    await runDurableObjectAlarm(stub);
    expect(await codeOf(await service.post('/v1/send', { phone: PHONE }))).toBe('rate_limited');
  });
});

describe('when the gate', () => {
  const failing = (method: string, failure: () => Promise<never>) => ({
    PHONE_GATE: {
      getByName: (name: string) => {
        const stub = env.PHONE_GATE.getByName(name);
        return new Proxy(stub, {
          get: (target, property) =>
            property === method ? failure : Reflect.get(target, property),
        });
      },
    },
  });
  const throws = () => Promise.reject(new Error('Durable Object is overloaded.'));
  const hangs = () => new Promise<never>(() => {});

  it.each([
    ['throws', throws],
    ['hangs', hangs],
  ])('%s at a send: nothing is sent, and nothing is counted', async (_how, failure) => {
    const service = startService({ bindings: failing('grantSend', failure) });
    const response = await service.post('/v1/send', { phone: PHONE });
    expect(response.status).toBe(503);
    expect(await codeOf(response)).toBe('temporarily_unavailable');
    expect(service.upstream()).toBe(0);
    expect((await env.OTP_KV.list()).keys).toEqual([]);
  });

  it('throws at a check: Mitto is not asked', async () => {
    const healthy = startService();
    const { session } = await healthy.send();
    const service = startService({
      sandbox: healthy.sandbox,
      runtime: { now: healthy.now },
      bindings: failing('admitCheck', throws),
    });
    const response = await service.verify(session, healthy.codeOf());
    expect(await codeOf(response)).toBe('temporarily_unavailable');
    expect(service.upstream('verify')).toBe(0);
  });
});
