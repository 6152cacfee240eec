/** P9: nothing that a caller writes into its request makes it another client. */
import { reset } from 'cloudflare:test';
import { describe, expect, it } from 'vitest';
import {
  codeOf,
  NO_BURST,
  PHONE,
  SITE,
  startService,
  WORKER,
} from '../../support/worker/harness.ts';

const OTHER_PHONE = '+4915223456780';

/** Whether the second caller is held to the limit that the first one has used up. */
async function areOneClient(
  first: Record<string, string>,
  second: Record<string, string>,
): Promise<boolean> {
  await reset();
  const settings = { LIMITS: { send_per_ip: '1/1h' } };
  const service = startService({ bindings: NO_BURST, settings });
  const ask = (phone: string, headers: Record<string, string>) =>
    service.fetch(
      new Request(`${WORKER}/v1/send`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', Origin: SITE, ...headers },
        body: JSON.stringify({ phone }),
      }),
    );
  expect(await codeOf(await ask(PHONE, first))).toBe('ok');
  return (await codeOf(await ask(OTHER_PHONE, second))) === 'rate_limited';
}

const from = (address: string) => ({ 'CF-Connecting-IP': address });

describe('a client', () => {
  it.each([
    'X-Forwarded-For',
    'X-Real-IP',
    'X-Client-IP',
    'X-Cluster-Client-IP',
    'X-Forwarded',
    'Forwarded-For',
    'Forwarded',
    'True-Client-IP',
    'CF-Connecting-IPv6',
    'CF-Pseudo-IPv4',
    'Fastly-Client-IP',
    'X-Azure-ClientIP',
    'X-Original-Forwarded-For',
    'Via',
    'User-Agent',
    'Cookie',
  ])('is not another one for its %s', async (header) => {
    const one = { ...from('203.0.113.1'), [header]: '198.51.100.1' };
    const other = { ...from('203.0.113.1'), [header]: '198.51.100.2' };
    expect(await areOneClient(one, other)).toBe(true);
    // Nor is it the same one for it.
    expect(await areOneClient(one, { ...from('203.0.113.2'), [header]: '198.51.100.1' })).toBe(
      false,
    );
  });

  it.each([
    ['the addresses of one /64', '2001:db8:0:1::1', '2001:db8:0:1:ffff:ffff:ffff:ffff'],
    ['one address in two spellings', '2001:db8:0:1::1', '2001:0DB8:0000:0001:0:0:0:1'],
    ['an IPv4 address and its mapped form', '203.0.113.9', '::ffff:203.0.113.9'],
    ['the two forms of a mapped address', '::ffff:203.0.113.9', '::FFFF:cb00:7109'],
    ['an address with a zone and without', 'fe80::1%eth0', 'fe80::1'],
    ['no legible address and another illegible one', 'unknown', '203.0.113.300'],
    ['an empty address and a list of some', '', '203.0.113.1, 203.0.113.2'],
  ])('has %s', async (_what, one, other) => {
    expect(await areOneClient(from(one), from(other))).toBe(true);
  });

  it.each([
    ['two IPv4 addresses', '203.0.113.1', '203.0.113.2'],
    ['two networks', '2001:db8:0:1::1', '2001:db8:0:2::1'],
    ['an IPv4 address and an IPv6 one that ends like it', '203.0.113.9', '2001:db8::cb00:7109'],
  ])('has not %s', async (_what, one, other) => {
    expect(await areOneClient(from(one), from(other))).toBe(false);
  });

  it('without an address shares one limit with all the others that have none', async () => {
    expect(await areOneClient({}, {})).toBe(true);
    expect(await areOneClient({}, from('garbage'))).toBe(true);
  });
});
