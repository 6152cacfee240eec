/** Proofs of one verification: the first, and those that renew it without another message. */
import type { VerifyAnswer } from '../../shared/api/responses.ts';
import { RequestError } from '../errors.ts';
import type { PhonePolicies } from '../rate-limit/phone/phone-record.ts';
import type { Renewed } from '../rate-limit/phone/renew-transitions.ts';
import type { Context } from '../request-context.ts';
import { signProof } from './proof.ts';
import { proofIdOf } from './proof-id.ts';
import type { Session } from './session.ts';

/**
 * Another proof for a session that is verified. The phone's object is read and nothing is written, here or there.
 * @throws RequestError
 */
export async function renewSession(
  session: Session,
  policies: PhonePolicies | undefined,
  context: Context,
): Promise<VerifyAnswer> {
  const { service, runtime } = context;
  const gate = await service.gates(session.phone, session.gateKeysId, policies);
  const nowMs = runtime.now();
  const renewal = await gate.renew({ sessionId: session.id, send: session.send }, nowMs);
  switch (renewal.kind) {
    case 'renewed':
      return proofAnswer(session, renewal, context);
    case 'session_unknown':
    case 'session_unverified':
      // A late request gets the same error, whether or not the record still exists.
      throw new RequestError({
        kind: nowMs >= session.expiresAtMs ? 'session_expired' : renewal.kind,
      });
    case 'code_wrong':
      throw new TypeError('no code was given');
    default:
      throw new RequestError(renewal);
  }
}

/** Signs a proof of a verification. All of them say the same, but for `jti`, `iat` and `exp`. */
export async function proofAnswer(
  session: Session,
  { verifiedAtMs, keysId, firstVerifiedMs }: Omit<Renewed, 'kind'>,
  { service, runtime }: Context,
): Promise<VerifyAnswer> {
  const { config, keyring } = service;
  const proof = await signProof(session, {
    keyring,
    issuer: config.PUBLIC_URL,
    lifetimeSeconds: config.PROOF_SECONDS,
    verifiedAtMs,
    issuedAtMs: runtime.now(),
    subjectKeysId: keysId,
    firstVerifiedMs,
    id: await proofIdOf(session, keyring),
  });
  return { proof, expiresIn: config.PROOF_SECONDS };
}
