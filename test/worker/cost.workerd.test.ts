/** What a visitor costs, counted at the bindings. */
import { env } from 'cloudflare:workers';
import { describe, expect, it } from 'vitest';
import { codeOf, PHONE, proofOf, SETTINGS, startService } from '../support/worker/harness.ts';

function countedBindings() {
  const counts = { kvReads: 0, kvWrites: 0, objectRequests: 0, guardRequests: 0 };
  const countedNamespace = (
    namespace: DurableObjectNamespace<never>,
    count: 'objectRequests' | 'guardRequests' = 'objectRequests',
  ) => ({
    getByName: (name: string) =>
      new Proxy(namespace.getByName(name), {
        get(stub, method) {
          // A call of the stub is one billed request; further calls on what it returns belong to it.
          counts[count] += 1;
          return Reflect.get(stub, method);
        },
      }),
  });
  const bindings = {
    OTP_KV: {
      get(key: string, type: 'json') {
        counts.kvReads += 1;
        return env.OTP_KV.get(key, type);
      },
      put(key: string, value: string, options: KVNamespacePutOptions) {
        counts.kvWrites += 1;
        return env.OTP_KV.put(key, value, options);
      },
    },
    PHONE_GATE: countedNamespace(env.PHONE_GATE as never),
    SEND_LEDGER: countedNamespace(env.SEND_LEDGER as never),
    GUARD_OBJECT: countedNamespace(env.GUARD_OBJECT as never, 'guardRequests'),
  };
  return { counts, bindings };
}

describe('the cost', () => {
  it('of a verified visitor is 2 KV writes and 4 object requests, siteverify included', async () => {
    const { counts, bindings } = countedBindings();
    const service = startService({ bindings });
    const { session } = await service.send(undefined, { idempotencyKey: 'k' });
    const { proof } = await proofOf(await service.verify(session, service.codeOf()));
    expect(counts).toMatchObject({ kvReads: 2, kvWrites: 2, objectRequests: 3 });

    const body = { secret: SETTINGS.SITE_SECRET, response: proof };
    const answer = await service.post('/v1/siteverify', body, { origin: null });
    expect(await answer.json()).toMatchObject({ success: true });
    expect(counts).toMatchObject({ kvReads: 2, kvWrites: 2, objectRequests: 4 });
  });

  it.each(['shadow', 'on'])(
    'of the guard (%s) is one object request a send, one a verification, and one each half minute for the rules',
    async (GUARD) => {
      const { counts, bindings } = countedBindings();
      const service = startService({ bindings, settings: { GUARD } });
      await service.send({ phone: '+4915123456780' });
      expect(counts.guardRequests).toBe(2);
      const { session } = await service.send();
      expect(counts.guardRequests).toBe(3);
      await proofOf(await service.verify(session, service.codeOf()));
      expect(counts.guardRequests).toBe(4);
      service.advance(31_000);
      await service.send({ phone: '+4915123456781' });
      expect(counts.guardRequests).toBe(6);
    },
  );

  it('of the guard that is off is the rules alone', async () => {
    const { counts, bindings } = countedBindings();
    const service = startService({ bindings, settings: { GUARD: 'off' } });
    const { session } = await service.send();
    await proofOf(await service.verify(session, service.codeOf()));
    expect(counts.guardRequests).toBe(1);
  });

  it.each([
    ['a malformed body', '{}', 0],
    ['a number that is none', { phone: 'x' }, 0],
    ['a country that is not served', { phone: '+447400123456' }, 0],
    ["a phone's cooldown", { phone: PHONE }, 1],
  ])('of a request refused for %s is no KV write', async (_what, body, objectRequests) => {
    const { counts, bindings } = countedBindings();
    const service = startService({ bindings });
    await service.send();
    const before = { ...counts };
    expect(await codeOf(await service.post('/v1/send', body))).not.toBe('ok');
    expect(counts.kvWrites).toBe(before.kvWrites);
    expect(counts.objectRequests).toBe(before.objectRequests + objectRequests);
  });

  it('of a request over the limit of its address is nothing at all', async () => {
    const { counts, bindings } = countedBindings();
    const service = startService({ bindings, settings: { LIMITS: { send_per_ip: '1/1h' } } });
    await service.send();
    const before = { ...counts };
    expect(await codeOf(await service.post('/v1/send', { phone: '+4915123456780' }))).toBe(
      'rate_limited',
    );
    expect(counts).toEqual(before);
  });

  it('of a request over the ceiling of the deployment is no KV write', async () => {
    const { counts, bindings } = countedBindings();
    const service = startService({ bindings, settings: { LIMITS: { send_total: '1/1h' } } });
    await service.send();
    expect(await codeOf(await service.post('/v1/send', { phone: '+4915123456780' }))).toBe(
      'capacity',
    );
    expect(counts.kvWrites).toBe(1);
  });
});
