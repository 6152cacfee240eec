/** Several connectors in a flow: the next is asked when one has certainly not taken the message, and never else. */
import { describe, expect, it } from 'vitest';
import type { Fault } from '../../sandbox/faults.ts';
import { codeOf, PHONE, proofOf, startService } from '../../test/support/worker/harness.ts';
import { EVERY_CONNECTOR } from '../../test/support/worker/providers.ts';

const settings = { ...EVERY_CONNECTOR, CONNECTOR: 'mitto-2fa,twilio' };

function withFault(fault: Fault, more: Record<string, unknown> = {}) {
  const service = startService({ settings: { ...settings, ...more } });
  service.sandbox.knobs.patch({ faults: [fault] });
  return service;
}

describe('a message goes to the next connector', () => {
  it.each<[string, Fault]>([
    ['refuses it', { kind: 'status', on: 'mitto-2fa', status: 400 }],
    ['does not know our address', { kind: 'ip_not_allowed', on: 'mitto-2fa' }],
    ['wants us to wait', { kind: 'status', on: 'mitto-2fa', status: 429 }],
    ['is shut for maintenance', { kind: 'status', on: 'mitto-2fa', status: 503 }],
  ])('when the first %s', async (_what, fault) => {
    const service = withFault(fault);
    const { session } = await service.send();
    expect(service.sandbox.inbox.list().map(({ provider }) => provider)).toEqual(['twilio']);
    expect(service.log.at(-1)).toContain('"connector":"twilio"');
    expect(service.log.at(-1)).toContain('"passedOver":["mitto-2fa provider_');
    await proofOf(await service.verify(session, service.codeOf()));
    expect(service.upstream('verify')).toBe(0);
  });

  it('when the first has been down for a while, without asking it', async () => {
    const service = startService({
      settings: {
        ...settings,
        LIMITS: { send_per_ip: '50/1h', send_per_phone: '50/1h', cooldown: '1' },
      },
    });
    service.sandbox.knobs.patch({ faults: [{ kind: 'status', on: 'mitto-2fa', status: 503 }] });
    for (let count = 0; count < 7; count++) {
      await service.send();
      service.advance(1_001);
    }
    expect(service.upstream('send')).toBe(5);
    expect(service.sandbox.inbox.list()).toHaveLength(7);
  });

  it('that can carry the channel', async () => {
    const service = startService({
      settings: { ...settings, CONNECTOR: 'mitto-sms,twilio', CHANNELS: 'sms,voice' },
    });
    await service.send({ phone: PHONE, channel: 'voice' });
    expect(service.sandbox.calls.list({ provider: 'mitto-sms' })).toEqual([]);
    expect(service.sandbox.inbox.last()?.provider).toBe('twilio');
  });

  it('and counts as one send', async () => {
    const service = withFault({ kind: 'status', on: 'mitto-2fa', status: 503 });
    await service.send();
    expect(await codeOf(await service.post('/v1/send', { phone: PHONE }))).toBe('rate_limited');
    service.advance(31_000);
    await service.send();
    service.advance(61_000);
    await service.send();
    service.advance(121_000);
    expect(await codeOf(await service.post('/v1/send', { phone: PHONE }))).toBe('rate_limited');
  });
});

describe('a message goes to no other connector', () => {
  it.each<[string, Fault, string]>([
    ['took it', { kind: 'delay', on: 'mitto-2fa', ms: 0 }, 'ok'],
    [
      'may have taken it: the connection broke',
      { kind: 'cut', on: 'mitto-2fa' },
      'delivery_unknown',
    ],
    [
      'may have taken it: it broke midway',
      { kind: 'status', on: 'mitto-2fa', status: 500, takesEffect: true },
      'upstream_error',
    ],
    [
      'may have taken it: its gateway got no answer',
      { kind: 'status', on: 'mitto-2fa', status: 504 },
      'upstream_error',
    ],
    [
      'may have taken it: its answer makes no sense',
      { kind: 'malformed', on: 'mitto-2fa', shape: 'half_json' },
      'upstream_error',
    ],
  ])('when the first %s', async (_what, fault, expected) => {
    const service = withFault(fault);
    expect(await codeOf(await service.post('/v1/send', { phone: PHONE }))).toBe(expected);
    expect(service.sandbox.calls.list({ provider: 'twilio' })).toEqual([]);
  });

  it('when the first took so long to say no that the answer would come too late', async () => {
    const service = withFault({ kind: 'status', on: 'mitto-2fa', status: 503 });
    const slow = startService({
      settings,
      sandbox: service.sandbox,
      runtime: {
        now: service.now,
        fetch: (async (input: string, init: RequestInit) => {
          service.advance(1_500);
          return service.sandbox.fetch(new Request(input, init));
        }) as typeof fetch,
      },
    });
    expect(await codeOf(await slow.post('/v1/send', { phone: PHONE }))).toBe('upstream_error');
    expect(service.sandbox.calls.list({ provider: 'twilio' })).toEqual([]);
  });

  it('when the number is none', async () => {
    const service = startService({ settings: { ...settings, CONNECTOR: 'twilio,mitto-2fa' } });
    service.sandbox.knobs.patch({ faults: [{ kind: 'refused', on: 'twilio', code: 21211 }] });
    expect(await codeOf(await service.post('/v1/send', { phone: PHONE }))).toBe('invalid_phone');
    expect(service.upstream('send')).toBe(0);
  });

  it.each([21610, 30004, 30007, 30450, 60410, 60605])(
    'when the first keeps it back for the recipient’s sake or against fraud: %i',
    async (code) => {
      const service = startService({ settings: { ...settings, CONNECTOR: 'twilio,mitto-2fa' } });
      service.sandbox.knobs.patch({ faults: [{ kind: 'refused', on: 'twilio', code }] });
      expect(await codeOf(await service.post('/v1/send', { phone: PHONE }))).toBe(
        'blocked_by_provider',
      );
      expect(service.upstream('send')).toBe(0);
    },
  );

  it('and the last error is returned', async () => {
    const service = startService({ settings });
    service.sandbox.knobs.patch({
      faults: [
        { kind: 'status', on: 'mitto-2fa', status: 503 },
        { kind: 'refused', on: 'twilio', code: 21610 },
      ],
    });
    expect(await codeOf(await service.post('/v1/send', { phone: PHONE }))).toBe(
      'blocked_by_provider',
    );
  });
});

describe('a session', () => {
  it('may change the connector with a resend, and the code of the last one counts', async () => {
    const service = startService({ settings });
    const first = await service.send();
    const before = service.codeOf();
    service.advance(31_000);
    service.sandbox.knobs.patch({ faults: [{ kind: 'status', on: 'send', status: 503 }] });
    const second = await service.send({ session: first.session });
    expect(service.sandbox.inbox.last()?.provider).toBe('twilio');
    expect(await codeOf(await service.verify(first.session, before))).toBe('session_expired');
    expect(service.upstream('cancel')).toBe(1);
    await proofOf(await service.verify(second.session, service.codeOf()));
  });

  it('of a connector that is set up no more has to begin anew', async () => {
    const before = startService({ settings: { ...settings, CONNECTOR: 'twilio' } });
    const { session } = await before.send();
    const after = startService({
      sandbox: before.sandbox,
      runtime: { now: before.now },
      settings: { CHANNELS: 'sms' },
    });
    expect(await codeOf(await after.verify(session, before.codeOf()))).toBe('session_expired');
  });
});
