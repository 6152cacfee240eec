import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clientIpOf, proxyMisconfiguration } from './client-ip.ts';

describe('whose request it is', () => {
  it('says the connection where no proxy is trusted, whatever the header says', () => {
    fc.assert(
      fc.property(fc.option(fc.string()), (forwardedFor) => {
        expect(clientIpOf({ peer: '192.0.2.1', forwardedFor, trustedProxies: 0 })).toBe(
          '192.0.2.1',
        );
      }),
    );
  });

  it('says the outermost proxy of ours, whatever a caller has written before', () => {
    const address = fc.ipV4();
    fc.assert(
      fc.property(
        fc.array(fc.string()),
        fc.array(address, { minLength: 1, maxLength: 3 }),
        (written, added) => {
          const forwardedFor = [...written, ...added].join(', ');
          const trustedProxies = added.length;
          expect(clientIpOf({ peer: '10.0.0.1', forwardedFor, trustedProxies })).toBe(added[0]);
        },
      ),
    );
  });

  it.each([null, '', '192.0.2.1'])(
    'is not known where a proxy has not told (%s)',
    (forwardedFor) => {
      const caller = clientIpOf({ peer: '10.0.0.1', forwardedFor, trustedProxies: 2 });
      expect(caller).toBeUndefined();
    },
  );

  it.each([
    ['203.0.113.7:51234', '203.0.113.7'],
    ['[2001:db8::1]:443', '2001:db8::1'],
    ['[2001:db8::1]', '2001:db8::1'],
    ['2001:db8::1', '2001:db8::1'],
  ])('is the address of %s without its port', (written, address) => {
    const forwardedFor = `198.51.100.1, ${written}`;
    expect(clientIpOf({ peer: '10.0.0.1', forwardedFor, trustedProxies: 1 })).toBe(address);
  });
});

describe('that the number of proxies does not fit', () => {
  it.each([
    { peer: '172.17.0.1', forwardedFor: '203.0.113.7', trustedProxies: 0 },
    { peer: '::ffff:127.0.0.1', forwardedFor: '203.0.113.7', trustedProxies: 0 },
    { peer: '127.0.0.1', forwardedFor: null, trustedProxies: 1 },
    { peer: '127.0.0.1', forwardedFor: '203.0.113.7', trustedProxies: 2 },
    { peer: '127.0.0.1', forwardedFor: 'a proxy', trustedProxies: 1 },
  ])('is told of $forwardedFor from $peer with $trustedProxies', (connection) => {
    expect(proxyMisconfiguration(connection)?.says).toContain('--trusted-proxies');
  });

  it.each([
    { peer: '172.17.0.1', forwardedFor: null, trustedProxies: 0 },
    // From outside anybody can write it: to trust it would be the mistake.
    { peer: '203.0.113.7', forwardedFor: '198.51.100.1', trustedProxies: 0 },
    { peer: '127.0.0.1', forwardedFor: '203.0.113.7', trustedProxies: 1 },
    { peer: '127.0.0.1', forwardedFor: '6.6.6.6, 203.0.113.7:51234', trustedProxies: 1 },
  ])('is not told of $forwardedFor from $peer with $trustedProxies', (connection) => {
    expect(proxyMisconfiguration(connection)).toBeUndefined();
  });
});
