/**
 * The same cryptography without a trip to another thread for each operation: what Web Crypto does for the Worker, done
 * at once by `node:crypto`. The bytes are the same, and so is everything that is decided by them; a trace is played in
 * half of the time. What is not known here goes the usual way.
 */
import {
  type CipherGCM,
  createCipheriv,
  createDecipheriv,
  createHmac,
  createPrivateKey,
  createSecretKey,
  type DecipherGCM,
  type KeyObject,
  sign as signNow,
} from 'node:crypto';

const TAG_BYTES = 16;

type Bytes = ArrayBuffer | ArrayBufferView;
type Named = string | { name: string; iv?: Bytes; additionalData?: Bytes };

/** Of the keys that were imported while this was in place. */
type KeyObjects = WeakMap<CryptoKey, KeyObject>;

function bufferOf(bytes: Bytes): Buffer {
  return ArrayBuffer.isView(bytes)
    ? Buffer.from(bytes.buffer as ArrayBuffer, bytes.byteOffset, bytes.byteLength)
    : Buffer.from(bytes);
}

function arrayBufferOf(...parts: Buffer[]): ArrayBuffer {
  return new Uint8Array(Buffer.concat(parts)).buffer;
}

function nameOf(algorithm: Named): string {
  return typeof algorithm === 'string' ? algorithm : algorithm.name;
}

function hashOf({ algorithm }: CryptoKey): string {
  const { hash } = algorithm as { hash?: { name: string } | string };
  return (typeof hash === 'object' ? hash.name : (hash ?? '')).replace('-', '').toLowerCase();
}

/** Puts it in the place of `crypto.subtle`'s own, until disposed of. */
export function useQuickCrypto(): Disposable {
  const { subtle } = crypto;
  const keyObjects: KeyObjects = new WeakMap();
  const usual = {
    importKey: subtle.importKey.bind(subtle),
    sign: subtle.sign.bind(subtle),
    encrypt: subtle.encrypt.bind(subtle),
    decrypt: subtle.decrypt.bind(subtle),
  };
  const quick = {
    async importKey(...parameters: Parameters<SubtleCrypto['importKey']>): Promise<CryptoKey> {
      const key = await usual.importKey(...parameters);
      const [format, data] = parameters;
      const bytes =
        format === 'raw' || format === 'pkcs8' ? Buffer.from(bufferOf(data as Bytes)) : undefined;
      if (bytes && format === 'raw' && key.type === 'secret')
        keyObjects.set(key, createSecretKey(bytes));
      if (bytes && format === 'pkcs8')
        keyObjects.set(key, createPrivateKey({ key: bytes, format: 'der', type: 'pkcs8' }));
      return key;
    },
    async sign(algorithm: Named, key: CryptoKey, data: Bytes): Promise<ArrayBuffer> {
      const name = nameOf(algorithm);
      const own = keyObjects.get(key);
      if (own && name === 'HMAC')
        return arrayBufferOf(createHmac(hashOf(key), own).update(bufferOf(data)).digest());
      if (own && name === 'Ed25519') return arrayBufferOf(signNow(null, bufferOf(data), own));
      return usual.sign(algorithm as never, key, data as never);
    },
    async encrypt(algorithm: Named, key: CryptoKey, data: Bytes): Promise<ArrayBuffer> {
      const gcm = gcmOf(algorithm, key, keyObjects);
      if (!gcm) return usual.encrypt(algorithm as never, key, data as never);
      const cipher = createCipheriv(gcm.cipher, gcm.own, gcm.iv) as CipherGCM;
      if (gcm.additionalData) cipher.setAAD(gcm.additionalData);
      return arrayBufferOf(cipher.update(bufferOf(data)), cipher.final(), cipher.getAuthTag());
    },
    async decrypt(algorithm: Named, key: CryptoKey, data: Bytes): Promise<ArrayBuffer> {
      const gcm = gcmOf(algorithm, key, keyObjects);
      if (!gcm || data.byteLength < TAG_BYTES)
        return usual.decrypt(algorithm as never, key, data as never);
      const sealed = bufferOf(data);
      const decipher = createDecipheriv(gcm.cipher, gcm.own, gcm.iv) as DecipherGCM;
      if (gcm.additionalData) decipher.setAAD(gcm.additionalData);
      decipher.setAuthTag(sealed.subarray(-TAG_BYTES));
      return arrayBufferOf(decipher.update(sealed.subarray(0, -TAG_BYTES)), decipher.final());
    },
  };
  Object.assign(subtle, quick);
  return {
    [Symbol.dispose]() {
      for (const name of Object.keys(quick)) Reflect.deleteProperty(subtle, name);
    },
  };
}

function gcmOf(algorithm: Named, key: CryptoKey, keyObjects: KeyObjects) {
  const own = keyObjects.get(key);
  if (!own || typeof algorithm === 'string' || algorithm.name !== 'AES-GCM' || !algorithm.iv)
    return undefined;
  const { length } = key.algorithm as unknown as { length: number };
  return {
    own,
    cipher: `aes-${length}-gcm` as 'aes-256-gcm',
    iv: bufferOf(algorithm.iv),
    additionalData: algorithm.additionalData && bufferOf(algorithm.additionalData),
  };
}
