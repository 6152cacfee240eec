/**
 * P6: whatever is refused has cost nothing: the provider has heard nothing of it, and KV holds what it held before.
 * One refusal of each code of the table, so that a new code has to find its place here.
 */
import { describe, expect, it } from 'vitest';
import { ERROR_CODES, type ErrorCode } from '../../../shared/api/error-codes.ts';
import { faultyStores, STORE_FAULTS } from '../../support/worker/faulty-stores.ts';
import {
  codeOf,
  NO_BURST,
  PHONE,
  proofOf,
  SETTINGS,
  type ServiceOptions,
  startService,
  type TestService,
} from '../../support/worker/harness.ts';
import { dumpKv } from '../../support/worker/store-dump.ts';

interface Case {
  code: ErrorCode;
  what: string;
  options?: ServiceOptions;
  /** What comes before, and may cost. */
  first?: (service: TestService) => Promise<unknown>;
  ask(service: TestService, before: unknown): Promise<Response>;
}

const send = (service: TestService, phone = PHONE) => service.send({ phone });
const sendTo = (phone: string) => (service: TestService) => service.post('/v1/send', { phone });
const limits = (LIMITS: Record<string, string>): ServiceOptions => ({ settings: { LIMITS } });
const sessionOf = (before: unknown) => (before as { session: string }).session;
/** Session and code of a phone that is at the end of its attempts. */
async function exhausted(service: TestService) {
  const { session } = await send(service);
  for (let n = 0; n < 5; n++) await service.verify(session, service.wrongCodeOf());
  return { session };
}

async function verified(service: TestService) {
  const { session } = await send(service);
  return { session, ...(await proofOf(await service.verify(session, service.codeOf()))) };
}
const renew = (service: TestService, before: unknown) =>
  service.post('/v1/renew', { session: sessionOf(before) });

const downStores = faultyStores();
downStores.before = (operation) => (operation === 'OTP_KV.get' ? STORE_FAULTS.throws() : undefined);

const CASES: Case[] = [
  {
    code: 'malformed_request',
    what: 'an unknown member',
    ask: (service) => service.post('/v1/send', { phone: PHONE, to: PHONE }),
  },
  {
    code: 'origin_not_allowed',
    what: 'a page that is not listed',
    ask: (service) => service.post('/v1/send', { phone: PHONE }, { origin: 'https://evil.test' }),
  },
  {
    code: 'invalid_session',
    what: 'a session that is none',
    ask: (service) => service.verify('none', '123456'),
  },
  {
    code: 'challenge_failed',
    what: 'no challenge passed',
    options: {
      settings: {
        CHALLENGE_FROM_SEND: 1,
        TURNSTILE_SITE_KEY: 'of-Turnstile',
        TURNSTILE_SECRET: 'known to Turnstile',
      },
    },
    ask: sendTo(PHONE),
  },
  { code: 'not_found', what: 'a path of no call', ask: (service) => service.post('/v1/sent', {}) },
  {
    code: 'method_not_allowed',
    what: 'another method',
    ask: (service) => service.get('/v1/send'),
  },
  {
    code: 'session_used',
    what: 'a session that has given its proof',
    first: verified,
    ask: (service, before) => service.verify(sessionOf(before), service.wrongCodeOf()),
  },
  {
    code: 'session_used',
    what: 'the renewal of a proof that was redeemed',
    async first(service) {
      const { session, proof } = await verified(service);
      const body = { secret: SETTINGS.SITE_SECRET, response: proof };
      await service.post('/v1/siteverify', body, { origin: null });
      return { session };
    },
    ask: renew,
  },
  {
    code: 'invalid_session',
    what: 'the renewal of a session that is not verified',
    first: (service) => send(service),
    ask: renew,
  },
  {
    code: 'origin_not_allowed',
    what: 'a renewal by a page that is not listed',
    first: verified,
    ask: (service, before) =>
      service.post('/v1/renew', { session: sessionOf(before) }, { origin: 'https://evil.test' }),
  },
  {
    code: 'session_expired',
    what: 'a renewal after half an hour',
    async first(service) {
      const { session } = await verified(service);
      service.advance(1_800_000);
      return { session };
    },
    ask: renew,
  },
  {
    code: 'rate_limited',
    what: 'a renewal by a client that has used up its checks',
    options: limits({ verify_per_ip: '1/10m' }),
    first: verified,
    ask: renew,
  },
  {
    code: 'request_in_progress',
    what: 'a gesture that is being served',
    async first(service) {
      service.sandbox.knobs.patch({ faults: [{ on: 'send', kind: 'delay', ms: 150 }] });
      const gesture = { idempotencyKey: 'gesture' };
      const served = service.post('/v1/send', { phone: PHONE }, gesture);
      while (service.upstream() === 0) await new Promise((resolve) => setTimeout(resolve, 5));
      return { served };
    },
    ask: (service) => service.post('/v1/send', { phone: PHONE }, { idempotencyKey: 'gesture' }),
  },
  {
    code: 'session_expired',
    what: 'a code of ten minutes ago',
    async first(service) {
      const answer = await send(service);
      service.advance(600_000);
      return answer;
    },
    ask: (service, before) => service.verify(sessionOf(before), service.codeOf()),
  },
  {
    code: 'payload_too_large',
    what: 'a large body',
    ask: (service) => service.post('/v1/send', { phone: 'x'.repeat(5_000) }),
  },
  {
    code: 'unsupported_media_type',
    what: 'plain text',
    ask: (service) =>
      service.post('/v1/send', { phone: PHONE }, { headers: { 'Content-Type': 'text/plain' } }),
  },
  { code: 'invalid_phone', what: 'a fixed line', ask: sendTo('+493012345678') },
  { code: 'destination_not_allowed', what: 'another country', ask: sendTo('+447400123456') },
  {
    code: 'invalid_code_format',
    what: 'letters for a code',
    first: (service) => send(service),
    ask: (service, before) => service.verify(sessionOf(before), 'abcdef'),
  },
  {
    code: 'idempotency_mismatch',
    what: 'a key that stands for another number',
    first: (service) => service.send({ phone: PHONE }, { idempotencyKey: 'gesture' }),
    ask: (service) =>
      service.post('/v1/send', { phone: '+436641234567' }, { idempotencyKey: 'gesture' }),
  },
  {
    code: 'rate_limited',
    what: 'a cooldown',
    first: (service) => send(service),
    ask: sendTo(PHONE),
  },
  {
    code: 'rate_limited',
    what: 'the sends of a phone',
    options: limits({ send_per_phone: '1/1d', cooldown: '1' }),
    async first(service) {
      await send(service);
      service.advance(1_000);
    },
    ask: sendTo(PHONE),
  },
  {
    code: 'rate_limited',
    what: 'the wrong codes of a phone',
    options: limits({ fail_per_phone: '5/1h', cooldown: '1' }),
    async first(service) {
      await exhausted(service);
      service.advance(1_000);
    },
    ask: sendTo(PHONE),
  },
  {
    code: 'rate_limited',
    what: 'the sends of a client',
    options: limits({ send_per_ip: '1/1h' }),
    first: (service) => send(service),
    ask: sendTo('+436641234567'),
  },
  {
    code: 'rate_limited',
    what: 'the checks of a client',
    options: limits({ verify_per_ip: '1/1h' }),
    async first(service) {
      const { session } = await send(service);
      await service.verify(session, service.wrongCodeOf());
      return { session };
    },
    ask: (service, before) => service.verify(sessionOf(before), service.codeOf()),
  },
  {
    code: 'rate_limited',
    what: 'a range of numbers',
    options: limits({ send_per_prefix: '1/1h' }),
    first: (service) => send(service),
    ask: sendTo('+4915123456780'),
  },
  {
    code: 'rate_limited',
    what: 'a burst',
    options: { bindings: { BURST: { limit: async () => ({ success: false }) } } },
    ask: sendTo(PHONE),
  },
  {
    code: 'too_many_attempts',
    what: 'a sixth code',
    first: exhausted,
    ask: (service, before) => service.verify(sessionOf(before), service.codeOf()),
  },
  {
    code: 'too_many_attempts',
    what: 'a resend after five codes',
    async first(service) {
      const answer = await exhausted(service);
      service.advance(60_000);
      return answer;
    },
    ask: (service, before) => service.post('/v1/send', { session: sessionOf(before) }),
  },
  {
    code: 'temporarily_unavailable',
    what: 'a store that is down',
    options: { bindings: downStores.bindings },
    ask: sendTo(PHONE),
  },
  {
    code: 'temporarily_unavailable',
    what: 'an open circuit',
    async first(service) {
      service.sandbox.knobs.patch({ faults: [{ on: 'send', kind: 'status', status: 500 }] });
      for (let n = 0; n < 5; n++) await service.post('/v1/send', { phone: `+49151234${n}6789` });
    },
    ask: sendTo(PHONE),
  },
  {
    code: 'misconfigured',
    what: 'a setting that is missing',
    options: { settings: { SENDER: undefined } },
    ask: sendTo(PHONE),
  },
  {
    code: 'capacity',
    what: 'the ceiling of the deployment',
    options: limits({ send_total: '1/1d' }),
    first: (service) => send(service),
    ask: sendTo('+436641234567'),
  },
];

/** Here the provider was asked, and its answer is the refusal; or no call gives the code yet. */
const NOT_FREE: ErrorCode[] = [
  'unauthorized',
  'incorrect_code',
  'upstream_error',
  'blocked_by_provider',
  'delivery_unknown',
  'upstream_timeout',
];

describe('a refused request costs nothing:', () => {
  it.each(CASES)('$code for $what', async ({ code, options = {}, first, ask }) => {
    const service = startService({ ...options, bindings: { ...NO_BURST, ...options.bindings } });
    const before = await first?.(service);
    const upstream = service.upstream();
    const stored = await dumpKv();

    const response = await ask(service, before);
    expect(await codeOf(response)).toBe(code);
    expect(response.status).toBe(ERROR_CODES[code].status);
    expect(service.upstream()).toBe(upstream);
    expect(await dumpKv()).toEqual(stored);
    if (typeof before === 'object' && before !== null && 'served' in before) await before.served;
  });

  it('every code of the table', () => {
    const proven = [...CASES.map(({ code }) => code), ...NOT_FREE];
    expect(new Set(proven)).toEqual(new Set(Object.keys(ERROR_CODES)));
  });
});
