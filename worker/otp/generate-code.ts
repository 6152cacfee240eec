/** Codes that we make ourselves, for providers that carry only text. */
import { type Keyring, keyedHash, keysById } from '../crypto/keyring.ts';
import { RequestError } from '../errors.ts';

/**
 * A code of uniformly random digits, leading zeros included.
 *
 * Each digit is drawn from a random byte; the bytes 250 to 255 are thrown away, or `% 10` would favour 0 to 5.
 */
export function generateCode(length: number, randomBytes: (count: number) => Uint8Array): string {
  let code = '';
  while (code.length < length)
    for (const byte of randomBytes(2 * length))
      if (byte < 250 && code.length < length) code += String(byte % 10);
  return code;
}

/**
 * What is stored of a code, and what a tried one is compared by: a keyed hash, bound to its session.
 * @param keysId names the keys under which the session's object was opened, so that a code survives a rotation
 */
export async function hashCode(
  session: { id: string; gateKeysId: string },
  code: string,
  keyring: Keyring,
): Promise<string> {
  const keys = keysById(keyring, session.gateKeysId);
  if (!keys) throw new RequestError({ kind: 'session_unknown' });
  return keyedHash(keys, 'code', `${session.id} ${code}`);
}
