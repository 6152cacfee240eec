/**
 * Every key of the deployment, derived from `OTP_SECRET` by HKDF (RFC 5869) with one label a purpose, so that a
 * key that leaks for one purpose says nothing about another, and the operator keeps one secret.
 */
import { base64url, type CryptoKey, calculateJwkThumbprint, type JWK } from 'jose';

/** The keys under one secret. */
export interface Keys {
  /** Names these keys in sessions; not secret. */
  id: string;
  /** AES-GCM: seals sessions. */
  session: CryptoKey;
  /** AES-GCM: seals the answers that are kept for a repeated `Idempotency-Key`. */
  answer: CryptoKey;
  /** AES-GCM: seals what a callback URL is for. */
  callback: CryptoKey;
  /** AES-GCM: seals the ids of custom messages. */
  message: CryptoKey;
  /** AES-GCM: seals the ranges of numbers in the guard's log. */
  range: CryptoKey;
  /** AES-GCM: seals, in the id of a proof, the number that it is of. */
  locator: CryptoKey;
  /** HMAC keys: one a kind of thing that is stored or logged only as a keyed hash. */
  hash: Readonly<Record<HashLabel, CryptoKey>>;
  /** Ed25519: signs the proofs. */
  proof: { privateKey: CryptoKey; publicJwk: JWK & { kid: string } };
}

/** What is stored, named or logged only as a keyed hash. */
export const HASH_LABELS = [
  'phone',
  'prefix',
  'client',
  'idempotency',
  'code',
  'subject',
  'callback',
  'log',
  'guard',
] as const;
export type HashLabel = (typeof HASH_LABELS)[number];

/** During a rotation the previous keys still open what they sealed and verify what they signed. */
export interface Keyring {
  current: Keys;
  previous: Keys | undefined;
}

export async function deriveKeyring(
  secret: string,
  previousSecret: string | undefined,
): Promise<Keyring> {
  const [current, previous] = await Promise.all([
    deriveKeys(secret),
    previousSecret === undefined ? undefined : deriveKeys(previousSecret),
  ]);
  return { current, previous };
}

export function keysById(keyring: Keyring, id: string): Keys | undefined {
  return [keyring.current, keyring.previous].find((keys) => keys?.id === id);
}

/** A keyed hash as 22 characters of base64url: 128 bits, past any collision and any search without the key. */
export async function keyedHash(keys: Keys, label: HashLabel, text: string): Promise<string> {
  const mac = await crypto.subtle.sign('HMAC', keys.hash[label], new TextEncoder().encode(text));
  return base64url.encode(new Uint8Array(mac, 0, 16));
}

async function deriveKeys(secret: string): Promise<Keys> {
  const root = await crypto.subtle.importKey(
    'raw',
    new TextEncoder().encode(secret),
    'HKDF',
    false,
    ['deriveBits'],
  );
  const [id, session, answer, callback, message, range, locator, proofSeed, ...hashes] =
    await Promise.all([
      bits(root, 'key-id', 64),
      bits(root, 'session', 256),
      bits(root, 'answer', 256),
      bits(root, 'callback', 256),
      bits(root, 'message', 256),
      bits(root, 'range', 256),
      bits(root, 'locator', 256),
      bits(root, 'proof', 256),
      ...HASH_LABELS.map((label) => bits(root, `hash-${label}`, 256)),
    ]);
  const hash = await Promise.all(
    HASH_LABELS.map(
      async (label, index) => [label, await hmacKey(hashes[index] as ArrayBuffer)] as const,
    ),
  );
  return {
    id: base64url.encode(new Uint8Array(id)),
    session: await aesKey(session),
    answer: await aesKey(answer),
    callback: await aesKey(callback),
    message: await aesKey(message),
    range: await aesKey(range),
    locator: await aesKey(locator),
    hash: Object.fromEntries(hash) as Record<HashLabel, CryptoKey>,
    proof: await signingKey(new Uint8Array(proofSeed)),
  };
}

function bits(root: CryptoKey, label: string, length: number): Promise<ArrayBuffer> {
  const info = new TextEncoder().encode(`mitto-otp/v1/${label}`);
  return crypto.subtle.deriveBits(
    { name: 'HKDF', hash: 'SHA-256', salt: new Uint8Array(), info },
    root,
    length,
  );
}

function aesKey(raw: ArrayBuffer): Promise<CryptoKey> {
  return crypto.subtle.importKey('raw', raw, 'AES-GCM', false, ['encrypt', 'decrypt']);
}

function hmacKey(raw: ArrayBuffer): Promise<CryptoKey> {
  return crypto.subtle.importKey('raw', raw, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign']);
}

/** The fixed head of a PKCS #8 key for Ed25519 (RFC 8410, section 7); the 32 bytes of the seed follow. */
const ED25519_PKCS8_HEAD = Uint8Array.from([
  0x30, 0x2e, 0x02, 0x01, 0x00, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x04, 0x22, 0x04, 0x20,
]);

async function signingKey(seed: Uint8Array): Promise<Keys['proof']> {
  const pkcs8 = new Uint8Array([...ED25519_PKCS8_HEAD, ...seed]);
  const extractable = await crypto.subtle.importKey('pkcs8', pkcs8, 'Ed25519', true, ['sign']);
  const { d: _secret, ...jwk } = (await crypto.subtle.exportKey('jwk', extractable)) as JWK;
  const publicJwk = { kty: 'OKP', crv: 'Ed25519', x: jwk.x as string };
  const kid = await calculateJwkThumbprint(publicJwk);
  const privateKey = await crypto.subtle.importKey('pkcs8', pkcs8, 'Ed25519', false, ['sign']);
  return { privateKey, publicJwk: { ...publicJwk, kid, alg: 'EdDSA', use: 'sig' } };
}
