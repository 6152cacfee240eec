/**
 * The `jti` of a proof: `<keys id>.<session id>.<random>`. What stands before the last dot names the verification, so
 * that one of its proofs that is redeemed is redeemed for all of them, and the first part names the keys under which
 * the phone's object was opened: there it is remembered. Neither part opens anything.
 */
import type { Session } from './session.ts';

export function proofIdOf(
  { gateKeysId, id }: Pick<Session, 'gateKeysId' | 'id'>,
  random: string,
): string {
  return `${gateKeysId}.${id}.${random}`;
}

/** `undefined` for the `jti` of version 0.1, which names a proof alone. */
export function readProofId(jti: string): { gateKeysId: string; sessionId: string } | undefined {
  const [gateKeysId, sessionId, random, ...rest] = jti.split('.');
  if (!gateKeysId || !sessionId || !random || rest.length > 0) return undefined;
  return { gateKeysId, sessionId };
}
