/**
 * The renewal of a proof, as transitions of a phone's record: a verified session gets further proofs of the same
 * verification for a while, without another message. It ends with the window, with the redemption of one of its proofs
 * (one verification is never spent twice), or when the visitor cancels.
 */
import type { PhonePolicies, PhoneRecord, Transition, Verification } from './phone-record.ts';

/** The claims that all proofs of a verification share. */
export interface Renewed {
  kind: 'renewed';
  verifiedAtMs: number;
  /** Names the keys that its `sub` is derived with. */
  keysId: string;
  /** When the number was first verified here, rounded to the day; absent where that is not known. */
  firstVerifiedMs?: number;
}

export type RenewalDecision =
  | Renewed
  | {
      kind:
        | 'session_unknown'
        /** Its code has not been given yet. */
        | 'session_unverified'
        | 'session_cancelled'
        | 'session_superseded'
        | 'renewal_over'
        /** A proof of it was redeemed. */
        | 'session_redeemed';
    };

/** May this session have another proof? Nothing is written: what is read decides. */
export function renewProof(
  ledger: PhoneRecord,
  { sessionId, send }: { sessionId: string; send: number },
  policies: PhonePolicies,
  nowMs: number,
): RenewalDecision {
  const session = ledger.sessions[sessionId];
  if (!session) return { kind: 'session_unknown' };
  if (session.phase === 'open') return { kind: 'session_unverified' };
  const { verification } = session;
  if (session.phase === 'cancelled' || verification?.isEnded) return { kind: 'session_cancelled' };
  if (Object.hasOwn(ledger.redeemed, sessionId)) return { kind: 'session_redeemed' };
  if (!verification) return { kind: 'renewal_over' };
  // Both ends: the setting may have been shortened since, and what was promised is not lengthened after the fact.
  const { atMs, renewableUntilMs, keysId } = verification;
  if (nowMs >= Math.min(renewableUntilMs, atMs + (policies.renewMs ?? 0)))
    return { kind: 'renewal_over' };
  if (send !== verification.send) return { kind: 'session_superseded' };
  const { known } = ledger;
  const first = known ? { firstVerifiedMs: known.firstMs } : {};
  return { kind: 'renewed', verifiedAtMs: atMs, keysId, ...first };
}

/**
 * A code in a session that is verified: the one that verified it is a renewal, so that a lost answer costs no message.
 * Other codes are counted apart from the session's attempts, which may be used up by then; past a session's share no
 * code is compared any more, so a verified session is nothing to guess at.
 */
export function repeatCode(
  ledger: PhoneRecord,
  check: { sessionId: string; send: number; codeHash: string },
  policies: PhonePolicies,
  nowMs: number,
): Transition<RenewalDecision | { kind: 'code_wrong' }> {
  const decision = renewProof(ledger, check, policies, nowMs);
  const verification = ledger.sessions[check.sessionId]?.verification;
  if (decision.kind !== 'renewed' || !verification) return { ledger, decision };
  if (verification.wrongRepeats >= policies.codesPerSession)
    return { ledger, decision: { kind: 'code_wrong' } };
  if (equalHashes(verification.rightHash, check.codeHash)) return { ledger, decision };
  const wrongRepeats = verification.wrongRepeats + 1;
  return {
    ledger: withVerification(ledger, check.sessionId, { ...verification, wrongRepeats }),
    decision: { kind: 'code_wrong' },
  };
}

/** The visitor wants no proof any more. */
export function endRenewals(ledger: PhoneRecord, sessionId: string): PhoneRecord {
  const verification = ledger.sessions[sessionId]?.verification;
  if (!verification || verification.isEnded) return ledger;
  return withVerification(ledger, sessionId, { ...verification, isEnded: true });
}

function withVerification(
  ledger: PhoneRecord,
  sessionId: string,
  verification: Verification,
): PhoneRecord {
  const session = ledger.sessions[sessionId];
  if (!session) return ledger;
  return {
    ...ledger,
    sessions: { ...ledger.sessions, [sessionId]: { ...session, verification } },
  };
}

/** Looks at every character, however early two hashes differ. */
export function equalHashes(a: string, b: string): boolean {
  let difference = a.length ^ b.length;
  for (let index = 0; index < a.length; index++)
    difference |= a.charCodeAt(index) ^ b.charCodeAt(index);
  return difference === 0;
}
