import { env } from 'cloudflare:workers';
import { describe, expect, it } from 'vitest';
import { codeOf, PHONE, startService } from '../../test/support/worker/harness.ts';

const phoneNumber = (n: number) => `+4915123${450000 + n * 10_000}`;

describe('when Mitto is down', () => {
  it('opens after five failures, counts nothing while open, and recovers', async () => {
    const service = startService();
    service.sandbox.knobs.patch({ faults: [{ on: 'send', kind: 'status', status: 503 }] });
    for (let n = 0; n < 5; n++)
      expect(await codeOf(await service.post('/v1/send', { phone: phoneNumber(n) }))).toBe(
        'upstream_error',
      );

    const keysBefore = (await env.OTP_KV.list()).keys.length;
    for (let n = 0; n < 20; n++) {
      const response = await service.post('/v1/send', { phone: PHONE }, { ip: `203.0.113.${n}` });
      expect(response.status).toBe(503);
      expect(await codeOf(response)).toBe('temporarily_unavailable');
      expect(response.headers.get('Retry-After')).toBe('5');
    }
    expect(service.upstream()).toBe(5);
    expect((await env.OTP_KV.list()).keys.length).toBe(keysBefore);

    service.sandbox.knobs.patch({ faults: [] });
    service.advance(5_000);
    await service.send({ phone: PHONE });
    await service.send({ phone: phoneNumber(9) });
  });

  it('after the pause one request tests it; the others get Retry-After and are not counted', async () => {
    const service = startService({ settings: { LIMITS: { send_total: '25/1d' } } });
    service.sandbox.knobs.patch({ faults: [{ on: 'send', kind: 'status', status: 503 }] });
    for (let n = 0; n < 5; n++) await service.post('/v1/send', { phone: phoneNumber(n) });
    service.advance(5_000);
    const sendToAll = () =>
      Promise.all(
        Array.from({ length: 20 }, (_, n) =>
          service.post('/v1/send', { phone: phoneNumber(n + 10) }, { ip: `203.0.113.${n}` }),
        ),
      );
    const codes = await Promise.all((await sendToAll()).map(codeOf));
    expect(codes.filter((code) => code === 'upstream_error')).toHaveLength(1);
    expect(codes.filter((code) => code === 'temporarily_unavailable')).toHaveLength(19);
    expect(service.upstream('send')).toBe(6);
    service.sandbox.knobs.patch({ faults: [] });
    service.advance(10_000);
    for (let n = 0; n < 19; n++)
      await service.send({ phone: phoneNumber(n + 30) }, { ip: `203.0.113.${n + 40}` });
  });

  it('for sending, codes that are out can still be checked', async () => {
    const service = startService();
    const { session } = await service.send({ phone: PHONE });
    service.sandbox.knobs.patch({ faults: [{ on: 'send', kind: 'status', status: 503 }] });
    for (let n = 0; n < 5; n++) await service.post('/v1/send', { phone: phoneNumber(n) });
    expect(await codeOf(await service.verify(session, service.codeOf()))).toBe('ok');
  });

  it('for checking, an attempt is not taken from a session once the circuit is open', async () => {
    const service = startService();
    const first = await service.send({ phone: PHONE });
    const second = await service.send({ phone: '+4915223456789' });
    service.sandbox.knobs.patch({ faults: [{ on: 'verify', kind: 'status', status: 500 }] });
    for (let n = 0; n < 5; n++) await service.verify(first.session, service.codeOf());
    const code = service.codeOf('+4915223456789');
    for (let n = 0; n < 6; n++)
      expect(await codeOf(await service.verify(second.session, code))).toBe(
        'temporarily_unavailable',
      );
    service.sandbox.knobs.patch({ faults: [] });
    service.advance(5_000);
    expect(await codeOf(await service.verify(second.session, code))).toBe('ok');
  });

  it('clear refusals do not count as an outage', async () => {
    const service = startService();
    service.sandbox.knobs.patch({ faults: [{ on: 'send', kind: 'status', status: 400 }] });
    for (let n = 0; n < 7; n++)
      expect(await codeOf(await service.post('/v1/send', { phone: phoneNumber(n) }))).toBe(
        'upstream_error',
      );
    expect(service.upstream()).toBe(7);
  });
});
