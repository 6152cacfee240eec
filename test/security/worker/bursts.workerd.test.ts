/** P8, P12: bursts against send, in parallel. Those against verify stand beside the route. */
import { describe, expect, it } from 'vitest';
import {
  codeOf,
  NO_BURST,
  PHONE,
  startService,
  type TestService,
} from '../../support/worker/harness.ts';

/** Each of another range, so that the budget of a range does not join in. */
const phoneNumber = (n: number) => `+4915${String(110_000_000 + n * 10_007).slice(0, 9)}`;
const address = (n: number) => `10.${n >> 16}.${(n >> 8) & 255}.${n & 255}`;

async function burst(
  service: TestService,
  count: number,
  visitor: (n: number) => { phone: string; ip: string },
): Promise<string[]> {
  const answers = await Promise.all(
    Array.from({ length: count }, (_, n) => {
      const { phone, ip } = visitor(n);
      return service.post('/v1/send', { phone }, { ip });
    }),
  );
  const codes = await Promise.all(answers.map(codeOf));
  expect(codes.filter((code) => code === 'ok')).toHaveLength(service.upstream('send'));
  expect(new Set(codes)).toEqual(new Set(['ok', 'rate_limited']));
  return codes;
}

describe.each([10, 50, 200])('%i sends at once', (count) => {
  it('from one address for one phone are one message', async () => {
    const service = startService({ bindings: NO_BURST });
    await burst(service, count, () => ({ phone: PHONE, ip: '203.0.113.1' }));
    expect(service.upstream()).toBe(1);
  });

  it('from as many addresses for one phone are one message', async () => {
    const service = startService({ bindings: NO_BURST });
    await burst(service, count, (n) => ({ phone: PHONE, ip: address(n) }));
    expect(service.upstream()).toBe(1);
  });

  it.each(['kv', 'object'])(
    'from one address for as many phones are as many messages as its limit says, kept in %s',
    async (CLIENT_LIMITER) => {
      const settings = { CLIENT_LIMITER, LIMITS: { send_per_ip: '5/1h' } };
      const service = startService({ bindings: NO_BURST, settings });
      await burst(service, count, (n) => ({ phone: phoneNumber(n), ip: '203.0.113.1' }));
      expect(service.upstream()).toBe(5);
    },
  );
});

describe('a thousand pairs of phone and address', () => {
  it('get a hundred messages where the ceiling is a hundred', { timeout: 30_000 }, async () => {
    // The ceiling alone: a hundred questions at once to the one object of a country wait for each other, and in SQLite
    // the last of them is refused for its time and not for the ceiling.
    const settings = { LIMITS: { send_total: '100/1d' }, GUARD: 'off' };
    const service = startService({ bindings: NO_BURST, settings });
    const codes: string[] = [];
    for (let round = 0; round < 10; round++) {
      const answers = await Promise.all(
        Array.from({ length: 100 }, (_, n) =>
          service.post('/v1/send', { phone: phoneNumber(n) }, { ip: address(round * 100 + n) }),
        ),
      );
      codes.push(...(await Promise.all(answers.map(codeOf))));
      service.advance(600_000);
    }
    expect(service.upstream('send')).toBe(100);
    expect(codes.slice(100)).toEqual(Array(900).fill('capacity'));
  });
});
