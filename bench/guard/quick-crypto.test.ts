import { describe, expect, it } from 'vitest';
import { deriveKeyring, keyedHash } from '../../worker/crypto/keyring.ts';
import { seal, unseal } from '../../worker/crypto/seal.ts';
import { useQuickCrypto } from './quick-crypto.ts';

const SECRET = 'the secret of the keys, of thirty-two bytes';

describe('the quicker cryptography', () => {
  it('makes the same hashes and signatures as Web Crypto, and opens what that has sealed', async () => {
    const usual = await deriveKeyring(SECRET, undefined);
    const data = new TextEncoder().encode('a proof');
    const expected = {
      hash: await keyedHash(usual.current, 'phone', '+4915112345678'),
      signature: await crypto.subtle.sign('Ed25519', usual.current.proof.privateKey, data),
    };
    const sealed = await seal('what is sealed', 'session', usual);

    let quickly: string;
    {
      using _crypto = useQuickCrypto();
      const quick = await deriveKeyring(SECRET, undefined);
      expect(await keyedHash(quick.current, 'phone', '+4915112345678')).toBe(expected.hash);
      const signature = await crypto.subtle.sign('Ed25519', quick.current.proof.privateKey, data);
      expect(new Uint8Array(signature)).toEqual(new Uint8Array(expected.signature));
      expect(await unseal(sealed, 'session', quick)).toBe('what is sealed');
      expect(await unseal(`${sealed.slice(0, -2)}AA`, 'session', quick)).toBeUndefined();
      quickly = await seal('sealed quickly', 'session', quick);
    }
    expect(await unseal(quickly, 'session', usual)).toBe('sealed quickly');
  });

  it('is gone once it is disposed of', () => {
    const { sign } = crypto.subtle;
    {
      using _crypto = useQuickCrypto();
      expect(crypto.subtle.sign).not.toBe(sign);
    }
    expect(crypto.subtle.sign).toBe(sign);
  });
});
