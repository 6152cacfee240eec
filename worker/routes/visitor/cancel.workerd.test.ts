import { describe, expect, it } from 'vitest';
import { codeOf, OTHER_SITE, startService } from '../../../test/support/worker/harness.ts';

describe('POST /v1/cancel', () => {
  it('ends the session and tells Mitto, once', async () => {
    const service = startService();
    const { session } = await service.send();
    const [message] = service.sandbox.inbox.list();
    for (let times = 0; times < 2; times++) {
      const response = await service.post('/v1/cancel', { session });
      expect(response.status).toBe(204);
      expect(await response.text()).toBe('');
    }
    expect(service.sandbox.calls.list({ operation: 'cancel' }).map(({ body }) => body)).toEqual([
      { requestID: message?.requestID },
    ]);
    expect(await codeOf(await service.verify(session, service.codeOf()))).toBe('session_expired');
    expect(service.upstream('verify')).toBe(0);
  });

  it('gives back neither the send nor the cooldown', async () => {
    const service = startService();
    const { session } = await service.send();
    await service.post('/v1/cancel', { session });
    expect(await codeOf(await service.post('/v1/send', { phone: '+4915123456789' }))).toBe(
      'rate_limited',
    );
  });

  it('leaves alone a session that has given its proof', async () => {
    const service = startService();
    const { session } = await service.send();
    await service.verify(session, service.codeOf());
    expect((await service.post('/v1/cancel', { session })).status).toBe(204);
    expect(service.upstream('cancel')).toBe(0);
  });

  it('ends the session though Mitto does not hear', async () => {
    const service = startService();
    const { session } = await service.send();
    service.sandbox.knobs.patch({ faults: [{ on: 'cancel', kind: 'status', status: 500 }] });
    expect((await service.post('/v1/cancel', { session })).status).toBe(204);
    expect(await codeOf(await service.verify(session, service.codeOf()))).toBe('session_expired');
  });

  it('is refused for a session that is none, or of another site', async () => {
    const service = startService();
    const { session } = await service.send();
    expect(await codeOf(await service.post('/v1/cancel', { session: 'x' }))).toBe(
      'invalid_session',
    );
    expect(
      await codeOf(await service.post('/v1/cancel', { session }, { origin: OTHER_SITE })),
    ).toBe('invalid_session');
    expect(service.upstream('cancel')).toBe(0);
  });
});
