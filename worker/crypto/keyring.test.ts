import { calculateJwkThumbprint, importJWK } from 'jose';
import { beforeAll, describe, expect, it } from 'vitest';
import { deriveKeyring, HASH_LABELS, type Keyring, keyedHash, keysById } from './keyring.ts';

const SECRET = 'a secret of at least thirty-two bytes';
const OTHER_SECRET = 'another secret of at least thirty-two bytes';

let keyring: Keyring;
let again: Keyring;
let other: Keyring;

beforeAll(async () => {
  [keyring, again, other] = await Promise.all([
    deriveKeyring(SECRET, undefined),
    deriveKeyring(SECRET, undefined),
    deriveKeyring(OTHER_SECRET, undefined),
  ]);
});

const hashesOf = ({ current }: Keyring, text: string) =>
  Promise.all(HASH_LABELS.map((label) => keyedHash(current, label, text)));

describe('the keys of a secret', () => {
  it('are the same in every isolate', async () => {
    expect(again.current.id).toBe(keyring.current.id);
    expect(again.current.proof.publicJwk).toEqual(keyring.current.proof.publicJwk);
    expect(await hashesOf(again, 'x')).toEqual(await hashesOf(keyring, 'x'));
  });

  it('stay the same from release to release, or every session and proof would be lost', () => {
    expect(keyring.current.id).toBe('HBGarSXbvLs');
    expect(keyring.current.proof.publicJwk.x).toBe('uhqG16AE7RZm-mFL041K8XYjoygIIiPY_XpUXqf4SUI');
  });

  it('are others for another secret', async () => {
    expect(other.current.id).not.toBe(keyring.current.id);
    expect(other.current.proof.publicJwk.kid).not.toBe(keyring.current.proof.publicJwk.kid);
    const mine = await hashesOf(keyring, 'x');
    for (const hash of await hashesOf(other, 'x')) expect(mine).not.toContain(hash);
  });

  it('differ from purpose to purpose', async () => {
    const hashes = await hashesOf(keyring, '+4915123456789');
    expect(new Set(hashes).size).toBe(HASH_LABELS.length);
  });

  it('cannot be taken out of the runtime', async () => {
    const { session, answer, hash, proof } = keyring.current;
    for (const key of [session, answer, proof.privateKey, ...Object.values(hash)]) {
      expect(key.extractable).toBe(false);
      await expect(crypto.subtle.exportKey('jwk', key)).rejects.toThrow();
    }
  });

  it('publish the public half of the signing key and nothing of the private one', async () => {
    const { publicJwk } = keyring.current.proof;
    expect(publicJwk).toEqual({
      kty: 'OKP',
      crv: 'Ed25519',
      x: expect.stringMatching(/^[\w-]{43}$/),
      kid: await calculateJwkThumbprint(publicJwk),
      alg: 'EdDSA',
      use: 'sig',
    });
  });

  it('sign what the published key verifies', async () => {
    const { privateKey, publicJwk } = keyring.current.proof;
    const text = new TextEncoder().encode('text');
    const publicKey = await importJWK(publicJwk);
    const signature = await crypto.subtle.sign('Ed25519', privateKey, text);
    expect(await crypto.subtle.verify('Ed25519', publicKey as CryptoKey, signature, text)).toBe(
      true,
    );
  });
});

describe('keyedHash', () => {
  it('is 128 bits in letters that a name or a URL can hold', async () => {
    for (const text of ['', 'x', '+4915123456789', 'ü'.repeat(1_000)])
      expect(await keyedHash(keyring.current, 'phone', text)).toMatch(/^[\w-]{22}$/);
  });

  it('tells texts apart', async () => {
    const texts = ['', 'a', 'A', 'a ', 'ab', '+4915123456789', '+4915123456780'];
    const hashes = await Promise.all(
      texts.map((text) => keyedHash(keyring.current, 'phone', text)),
    );
    expect(new Set(hashes).size).toBe(texts.length);
  });
});

describe('keysById', () => {
  it('finds the current keys and the ones before, by their names and no other', async () => {
    const rotated = await deriveKeyring(OTHER_SECRET, SECRET);
    expect(rotated.current.id).toBe(other.current.id);
    expect(rotated.previous?.id).toBe(keyring.current.id);
    expect(keysById(rotated, other.current.id)).toBe(rotated.current);
    expect(keysById(rotated, keyring.current.id)).toBe(rotated.previous);
    for (const id of ['', 'unknown', 'constructor', keyring.current.id.slice(0, -1)])
      expect(keysById(rotated, id)).toBeUndefined();
    expect(keysById(keyring, other.current.id)).toBeUndefined();
  });
});
