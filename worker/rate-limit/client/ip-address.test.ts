import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clientKey, clientKeyOf } from './ip-address.ts';

const group = fc.integer({ min: 0, max: 0xffff });
const zeroHeavy = fc.oneof(fc.constant(0), group);
const ipv6 = fc.tuple(...Array.from({ length: 8 }, () => zeroHeavy));
const octets = fc.tuple(fc.nat(255), fc.nat(255), fc.nat(255), fc.nat(255));

/** One of the many ways to write an IPv6 address: letter case, leading zeros, one run of zeros left out. */
function spelt(groups: readonly number[], style: { upper: boolean; padded: boolean; gap: number }) {
  const texts = groups.map((value) => {
    const hex = value.toString(16).padStart(style.padded ? 4 : 1, '0');
    return style.upper ? hex.toUpperCase() : hex;
  });
  const from = style.gap % 8;
  let until = from;
  while (until < 8 && groups[until] === 0) until += 1;
  if (until === from) return texts.join(':');
  return `${texts.slice(0, from).join(':')}::${texts.slice(until).join(':')}`;
}
const style = fc.record({ upper: fc.boolean(), padded: fc.boolean(), gap: fc.nat(7) });
const isMapped = (groups: readonly number[]) =>
  groups.slice(0, 5).every((value) => value === 0) && groups[5] === 0xffff;

describe('a client is', () => {
  it.each([
    ['203.0.113.7', 'v4:203.0.113.7'],
    ['0.0.0.0', 'v4:0.0.0.0'],
    ['255.255.255.255', 'v4:255.255.255.255'],
    ['2001:db8:1:2:3:4:5:6', 'v6:2001:db8:1:2'],
    ['2001:0DB8:0001:0002:0003:0004:0005:0006', 'v6:2001:db8:1:2'],
    ['2001:db8:1:2::', 'v6:2001:db8:1:2'],
    ['2001:db8::1', 'v6:2001:db8:0:0'],
    ['2001:db8:0:0:1::', 'v6:2001:db8:0:0'],
    ['::1', 'v6:0:0:0:0'],
    ['::', 'v6:0:0:0:0'],
    ['1::', 'v6:1:0:0:0'],
    ['1:2:3:4:5:6:7::', 'v6:1:2:3:4'],
    ['::2:3:4:5:6:7:8', 'v6:0:2:3:4'],
    ['fe80::1%eth0', 'v6:fe80:0:0:0'],
    ['fe80::1%25eth0', 'v6:fe80:0:0:0'],
    ['2001:db8:1:2:3:4:192.0.2.1', 'v6:2001:db8:1:2'],
  ])('for %s the client %s', (address, key) => {
    expect(clientKey(address)).toBe(key);
  });

  it.each([
    '::ffff:203.0.113.7',
    '::FFFF:203.0.113.7',
    '::ffff:cb00:7107',
    '0:0:0:0:0:ffff:203.0.113.7',
    '0000:0000:0000:0000:0000:ffff:cb00:7107',
    '::ffff:203.0.113.7%eth0',
  ])('for %s the IPv4 client in it', (address) => {
    expect(clientKey(address)).toBe('v4:203.0.113.7');
  });

  it.each([
    ...['', ' ', 'unknown', 'localhost', 'example.com', '::g', ':', ':::', '1::2::3', '1:2:3', '%'],
    ...['1:2:3:4:5:6:7:8:9', '12345::', '[::1]', '::1]', '[::1', '::1]/', '::1]:80/', '::1]@[::2'],
    ...[
      '256.0.0.1',
      '1.2.3',
      '1.2.3.4.5',
      '1.2.3.4:80',
      '[::1]:80',
      '1.2.3.4, 5.6.7.8',
      '-1.2.3.4',
    ],
    ...['0x7f.0.0.1', '2130706433', '1.2.3.4/32', '::/64', '::ffff:256.1.1.1', '1٢.3.4.5', '::1 '],
    ...['::1\0', '::1?', '::1#', '::\u0661', '%::1', "' OR 1=1", 'null', 'undefined', '__proto__'],
  ])('for the illegible %j the one that all such share', (address) => {
    expect(clientKey(address)).toBe('unknown');
  });

  it('one for a /64, however its addresses are written', () => {
    fc.assert(
      fc.property(ipv6, ipv6, style, style, (one, other, first, second) => {
        const neighbour = [...one.slice(0, 4), ...other.slice(4)];
        fc.pre(!isMapped(one) && !isMapped(neighbour));
        expect(clientKey(spelt(one, first))).toMatch(/^v6:/);
        expect(clientKey(spelt(neighbour, second))).toBe(clientKey(spelt(one, first)));
      }),
      { numRuns: 500 },
    );
  });

  it('another one for another /64', () => {
    fc.assert(
      fc.property(ipv6, ipv6, style, (one, other, how) => {
        fc.pre(!isMapped(one) && !isMapped(other));
        fc.pre(one.slice(0, 4).join() !== other.slice(0, 4).join());
        expect(clientKey(spelt(one, how))).not.toBe(clientKey(spelt(other, how)));
      }),
    );
  });

  it('one for an IPv4 address and that address mapped, and another one for each other', () => {
    fc.assert(
      fc.property(octets, octets, (one, other) => {
        const address = one.join('.');
        expect(clientKey(address)).toBe(`v4:${address}`);
        expect(clientKey(`::ffff:${address}`)).toBe(`v4:${address}`);
        if (other.join('.') !== address)
          expect(clientKey(other.join('.'))).not.toBe(`v4:${address}`);
      }),
    );
  });

  it('never a key that a caller could make long or odd', () => {
    const odd = fc.string({ unit: fc.constantFrom(...'0123456789abcdef:.%[]/@?# ü') });
    fc.assert(
      fc.property(odd, (address) => {
        expect(clientKey(address)).toMatch(
          /^(unknown|v4:\d{1,3}(\.\d{1,3}){3}|v6:[0-9a-f]{1,4}(:[0-9a-f]{1,4}){3})$/,
        );
      }),
      { numRuns: 500 },
    );
  });
});

describe('the header of a client', () => {
  it('is CF-Connecting-IP and no other', () => {
    const spoofs = {
      'X-Forwarded-For': '198.51.100.1',
      'X-Real-IP': '198.51.100.2',
      'True-Client-IP': '198.51.100.3',
      'CF-Connecting-IPv6': '2001:db8::1',
      'CF-Pseudo-IPv4': '240.0.0.1',
      'X-Client-IP': '198.51.100.4',
      'X-Cluster-Client-IP': '198.51.100.5',
      'Fastly-Client-IP': '198.51.100.6',
      Forwarded: 'for=198.51.100.7',
      Via: '1.1 198.51.100.8',
    };
    expect(clientKeyOf(new Headers({ ...spoofs, 'CF-Connecting-IP': '203.0.113.7' }))).toBe(
      'v4:203.0.113.7',
    );
    expect(clientKeyOf(new Headers(spoofs))).toBe('unknown');
    expect(clientKeyOf(new Headers())).toBe('unknown');
  });

  it('is taken whole: two addresses in it are none', () => {
    const headers = new Headers({ 'CF-Connecting-IP': '203.0.113.7' });
    headers.append('CF-Connecting-IP', '198.51.100.1');
    expect(clientKeyOf(headers)).toBe('unknown');
  });
});
