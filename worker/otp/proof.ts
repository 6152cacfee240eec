import { decodeJwt, decodeProtectedHeader, type JSONWebKeySet, SignJWT } from 'jose';
import { AMR_OF_CHANNEL, PROOF_ALGORITHM, PROOF_TYPE } from '../../shared/api/proof-claims.ts';
import { type Keyring, type Keys, keyedHash, keysById } from '../crypto/keyring.ts';
import { RequestError } from '../errors.ts';
import type { Session } from './session.ts';

/** Signs that the session's phone was verified, for the site that the session was opened on and no other. */
export async function signProof(
  session: Pick<Session, 'site' | 'phone' | 'channel' | 'nonce'>,
  options: {
    keyring: Keyring;
    issuer: string;
    lifetimeSeconds: number;
    /** When the code was checked: the same in all proofs of one verification. */
    verifiedAtMs: number;
    /** By default the same: a first proof. */
    issuedAtMs?: number;
    /** Names the keys of `sub`: those that were current when the code was checked. */
    subjectKeysId?: string;
    /** When the number was first verified here, rounded to the day. */
    firstVerifiedMs?: number | undefined;
    id: string;
  },
): Promise<string> {
  const { current } = options.keyring;
  const subjectKeys = keysById(options.keyring, options.subjectKeysId ?? current.id);
  if (!subjectKeys) throw new RequestError({ kind: 'session_unknown' });
  const atSeconds = Math.floor((options.issuedAtMs ?? options.verifiedAtMs) / 1000);
  return new SignJWT({
    phone_number: session.phone,
    phone_number_verified: true,
    amr: [AMR_OF_CHANNEL[session.channel]],
    auth_time: Math.floor(options.verifiedAtMs / 1000),
    ...(session.nonce === undefined ? {} : { nonce: session.nonce }),
    ...(options.firstVerifiedMs === undefined
      ? {}
      : { first_verified_at: Math.floor(options.firstVerifiedMs / 1000) }),
  })
    .setProtectedHeader({ alg: PROOF_ALGORITHM, typ: PROOF_TYPE, kid: current.proof.publicJwk.kid })
    .setIssuer(options.issuer)
    .setAudience(session.site)
    .setSubject(await keyedHash(subjectKeys, 'subject', `${session.site} ${session.phone}`))
    .setIssuedAt(atSeconds)
    .setExpirationTime(atSeconds + options.lifetimeSeconds)
    .setJti(options.id)
    .sign(current.proof.privateKey);
}

/** The keys that a proof may be signed with: the current one and, during a rotation, the one before. */
export function publicKeys({ current, previous }: Keyring): JSONWebKeySet {
  return { keys: [current, previous].flatMap((keys) => (keys ? [keys.proof.publicJwk] : [])) };
}

/** By which keys a proof that was verified is signed: where it is remembered that it was redeemed. */
export function signingKeysOf(proof: string, { current, previous }: Keyring): Keys | undefined {
  const { kid } = decodeProtectedHeader(proof);
  return [current, previous].find((keys) => keys?.proof.publicJwk.kid === kid);
}

/** The audience that a proof claims. Unverified: only to select the expected one. */
export function audienceOf(proof: string): string | undefined {
  try {
    const { aud } = decodeJwt(proof);
    return typeof aud === 'string' ? aud : undefined;
  } catch {
    return undefined;
  }
}
