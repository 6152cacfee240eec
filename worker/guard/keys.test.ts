import { describe, expect, it } from 'vitest';
import { deriveKeyring } from '../crypto/keyring.ts';
import { edgeSignalsOf, hundredsBeside, sendKeysOf } from './keys.ts';
import type { SendSignals } from './types.ts';

const { current } = await deriveKeyring('a secret of at least thirty-two bytes', undefined);
const SIGNALS: SendSignals = {
  phone: '+4915123456789',
  country: 'DE',
  callingCode: '49',
  site: 'https://www.example.com',
  client: 'hash of a client',
  edge: {
    asn: 3320,
    country: 'DE',
    tlsClientCiphersSha1: 'ciphers',
    tlsClientExtensionsSha1: 'extensions',
  },
};
const keysOf = (signals: Partial<SendSignals> = {}) =>
  sendKeysOf({ ...SIGNALS, ...signals }, current);

describe('the keys of a send', () => {
  it('are one for each dimension, short, and say nothing', async () => {
    const { keys, number, neighbours } = await keysOf();
    const { country, ...hashed } = keys;
    expect(country).toBe('DE');
    expect(Object.keys(hashed).sort()).toEqual(
      ['asn', 'carrier', 'client', 'range2', 'range3', 'range4', 'site', 'tls'].sort(),
    );
    for (const hash of [...Object.values(hashed), number, ...neighbours])
      expect(hash).toMatch(/^[\w-]{9}$/);
    expect(new Set(Object.values(hashed)).size).toBe(8);
  });

  it('has no key for a signal that is missing', async () => {
    const { keys, isForeign } = await keysOf({ edge: {}, client: undefined });
    expect(Object.keys(keys).sort()).toEqual(
      ['carrier', 'country', 'range2', 'range3', 'range4', 'site'].sort(),
    );
    expect(isForeign).toBe(false);
    const half = await keysOf({ edge: { tlsClientCiphersSha1: 'ciphers' } });
    expect(half.keys).not.toHaveProperty('tls');
  });

  it('share the ranges that numbers share', async () => {
    const one = (await keysOf()).keys;
    const other = (await keysOf({ phone: '+4915123456889' })).keys;
    expect(other.range2).not.toBe(one.range2);
    expect(other.range3).toBe(one.range3);
    expect(other.range4).toBe(one.range4);
    expect(other.carrier).toBe(one.carrier);
  });

  it('name the hundreds on either side as the numbers there do', async () => {
    const { neighbours } = await keysOf({ phone: '+4915123450012' });
    const below = await keysOf({ phone: '+4915123449999' });
    const above = await keysOf({ phone: '+4915123450100' });
    expect(neighbours).toEqual([below.keys.range2, above.keys.range2]);
    expect(hundredsBeside('+4915123450012')).toEqual(
      ['+491512344 99', '+491512345 01'].map((t) => t.replace(' ', '')),
    );
  });

  it('say whether the request is from another country', async () => {
    expect((await keysOf({ edge: { country: 'FR' } })).isForeign).toBe(true);
    expect((await keysOf({ edge: { country: 'T1' } })).isForeign).toBe(true);
    expect((await keysOf()).isForeign).toBe(false);
  });
});

describe('what the edge says', () => {
  it('is taken in the form that is documented', () => {
    expect(
      edgeSignalsOf({ asn: 1, country: 'DE', colo: 'FRA', tlsClientCiphersSha1: 'x' }),
    ).toEqual({ asn: 1, country: 'DE', tlsClientCiphersSha1: 'x' });
  });

  it.each([undefined, null, 7, 'x', [], { asn: 'x', country: 'Germany', tlsClientCiphersSha1: 1 }])(
    'is nothing in %j',
    (cf) => {
      expect(edgeSignalsOf(cf)).toEqual({});
    },
  );
});
