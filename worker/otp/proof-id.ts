/**
 * The `jti` of a proof: `<keys id>.<session id>.<sealed number>`. What stands before the last dot names the verification,
 * so that one of its proofs that is redeemed is redeemed for all of them, and the first part names the keys under which
 * the phone's object was opened: there it is remembered. The last part is another one in each proof, and lets us find
 * that object when a site says by the `jti` alone what has become of a visitor. None of them opens anything.
 */

import { type E164, isE164 } from '../../shared/phone-number/e164.ts';
import { type Keyring, keysById } from '../crypto/keyring.ts';
import { seal, unseal } from '../crypto/seal.ts';
import type { Session } from './session.ts';

export async function proofIdOf(
  { gateKeysId, id, phone }: Pick<Session, 'gateKeysId' | 'id' | 'phone'>,
  keyring: Keyring,
): Promise<string> {
  const [, sealed = ''] = (await seal(phone, 'locator', keyring)).split('.');
  return `${gateKeysId}.${id}.${sealed}`;
}

/** `undefined` for the `jti` of version 0.1, which names a proof alone. */
export function readProofId(jti: string): { gateKeysId: string; sessionId: string } | undefined {
  const [gateKeysId, sessionId, random, ...rest] = jti.split('.');
  if (!gateKeysId || !sessionId || !random || rest.length > 0) return undefined;
  return { gateKeysId, sessionId };
}

/** The number of the proof; `undefined` for a `jti` that is none of ours, or whose keys are known no more. */
export async function phoneOfProofId(jti: string, keyring: Keyring): Promise<E164 | undefined> {
  const named = readProofId(jti);
  if (!named || !keysById(keyring, named.gateKeysId)) return undefined;
  const sealed = jti.split('.').at(-1) ?? '';
  for (const keys of [keyring.current, keyring.previous]) {
    const phone = keys && (await unseal(`${keys.id}.${sealed}`, 'locator', keyring));
    if (phone !== undefined && isE164(phone)) return phone;
  }
  return undefined;
}
