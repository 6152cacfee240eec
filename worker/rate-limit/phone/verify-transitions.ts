/**
 * The checks of a phone's codes, and the end of its sessions and proofs, as transitions of its record. Every attempt
 * is counted before it is evaluated, so that no interleaving can try more than it may.
 */
import {
  ABANDONED_MS,
  nextSendInMs,
  type PhonePolicies,
  type PhoneRecord,
  type PhoneSession,
  prune,
  type Transition,
  withVerifiedNow,
} from './phone-record.ts';
import { endRenewals, equalHashes, type Renewed, repeatCode } from './renew-transitions.ts';

export type CheckDecision =
  /** `verdict`: for a self-issued code, whether this one is right. */
  | { kind: 'admitted'; attemptsLeft: number; verdict?: 'right' | 'wrong' }
  /** The code that verified this session came again. */
  | Renewed
  | { kind: 'attempts_exhausted'; waitMs: number }
  | {
      kind:
        | 'in_progress'
        | 'session_unknown'
        | 'session_expired'
        | 'session_verified'
        | 'session_cancelled'
        | 'session_superseded';
    };

/** `not_evaluated`: the provider did not say whether the code was right. */
export type CheckResult = 'right' | 'wrong' | 'not_evaluated';

export type CheckSettlement =
  /** `firstVerifiedMs`: when the number first was, rounded to the day. */
  | { kind: 'verified'; firstVerifiedMs?: number }
  /** Another request of the same session was first. */
  | { kind: 'already_verified' }
  /** It was cancelled or expired during the provider call. */
  | { kind: 'session_gone' }
  | { kind: 'wrong' | 'not_evaluated'; attemptsLeft: number; waitMs: number };

/** May this code be evaluated? The attempt counts at once, and as a failure until it is known to be none. */
export function admitCheck(
  before: PhoneRecord,
  check: { sessionId: string; send: number; codeHash: string },
  policies: PhonePolicies,
  nowMs: number,
): Transition<CheckDecision> {
  const ledger = prune(before, policies, nowMs);
  const session = ledger.sessions[check.sessionId];
  const refuse = (decision: CheckDecision) => ({ ledger: before, decision });
  if (!session) return refuse({ kind: 'session_unknown' });
  if (session.phase === 'verified') {
    const { ledger: repeated, decision } = repeatCode(before, check, policies, nowMs);
    return {
      ledger: repeated,
      decision: decision.kind === 'renewed' ? decision : { kind: 'session_verified' },
    };
  }
  if (session.phase === 'cancelled') return refuse({ kind: 'session_cancelled' });
  if (check.send < session.send) return refuse({ kind: 'session_superseded' });
  // The request may have come in time and waited for a store since.
  if (nowMs >= session.expiresAtMs) return refuse({ kind: 'session_expired' });

  const checking = session.checking.filter(
    ({ startedAtMs }) => nowMs - startedAtMs <= ABANDONED_MS,
  );
  if (session.attempts >= policies.codesPerSession) {
    // The outcome is open while a check is under way: one of them may yet be right.
    if (checking.length > 0) return refuse({ kind: 'in_progress' });
    return refuse({
      kind: 'attempts_exhausted',
      waitMs: nextSendInMs(ledger, policies, nowMs),
    });
  }

  const attempts = session.attempts + 1;
  const counted = (session: PhoneSession, failuresMs: readonly number[]): PhoneRecord => ({
    ...ledger,
    failuresMs,
    sessions: { ...ledger.sessions, [check.sessionId]: session },
  });
  // The same code twice at once is one user action, or a race for two proofs: it counts, and is not evaluated again.
  if (checking.some(({ codeHash }) => codeHash === check.codeHash)) {
    return {
      ledger: counted({ ...session, attempts, checking }, ledger.failuresMs),
      decision: { kind: 'in_progress' },
    };
  }
  const started = { codeHash: check.codeHash, startedAtMs: nowMs };
  return {
    ledger: counted({ ...session, attempts, checking: [...checking, started] }, [
      ...ledger.failuresMs,
      nowMs,
    ]),
    decision: {
      kind: 'admitted',
      attemptsLeft: policies.codesPerSession - attempts,
      ...(session.codeHash === undefined
        ? {}
        : { verdict: equalHashes(session.codeHash, check.codeHash) ? 'right' : 'wrong' }),
    },
  };
}

/** Takes note of the provider's word on a code. Exactly one right code of a session is the one that verifies it. */
export function settleCheck(
  before: PhoneRecord,
  settled: {
    sessionId: string;
    codeHash: string;
    admittedAtMs: number;
    result: CheckResult;
    /** The send that the code came by. */
    send: number;
    /** Names the keys of the proof's `sub`. */
    keysId: string;
  },
  policies: PhonePolicies,
  nowMs: number,
): Transition<CheckSettlement> {
  const { sessionId, codeHash, admittedAtMs, result, send, keysId } = settled;
  const ledger = prune(before, policies, nowMs);
  const session = ledger.sessions[sessionId];
  const check = `${admittedAtMs} ${codeHash}`;
  if (session?.verifiedBy === check) return { ledger, decision: verifiedOf(ledger) };
  if (!session) return { ledger, decision: { kind: 'session_gone' } };

  const isThis = (open: PhoneSession['checking'][number]) =>
    open.codeHash === codeHash && open.startedAtMs === admittedAtMs;
  const checking = session.checking.filter((open) => !isThis(open));
  // Given back once, though the same word may come twice: a second time it would be another check's failure.
  const isGivenBack = result !== 'wrong' && session.checking.some(isThis);
  const index = isGivenBack ? ledger.failuresMs.lastIndexOf(admittedAtMs) : -1;
  const failuresMs = ledger.failuresMs.filter((_, at) => at !== index);
  const verifies = result === 'right' && session.phase === 'open';
  const after: PhoneRecord = {
    ...ledger,
    failuresMs,
    sessions: {
      ...ledger.sessions,
      [sessionId]: {
        ...(verifies ? withoutCode(session) : session),
        checking,
        ...(verifies
          ? {
              phase: 'verified',
              verifiedBy: check,
              verification: {
                rightHash: codeHash,
                send,
                keysId,
                atMs: nowMs,
                renewableUntilMs: nowMs + (policies.renewMs ?? 0),
                wrongRepeats: 0,
              },
            }
          : {}),
      },
    },
    messages: verifies ? withVerified(ledger.messages, sessionId) : ledger.messages,
  };
  if (verifies) {
    const known = withVerifiedNow(after, nowMs);
    return { ledger: known, decision: verifiedOf(known) };
  }
  // Whatever the provider answered, this session issues no proof.
  if (session.phase === 'cancelled') return { ledger: after, decision: { kind: 'session_gone' } };
  if (session.phase === 'verified')
    return { ledger: after, decision: { kind: 'already_verified' } };
  return {
    ledger: after,
    decision: {
      kind: result === 'wrong' ? 'wrong' : 'not_evaluated',
      attemptsLeft: Math.max(0, policies.codesPerSession - session.attempts),
      waitMs: nextSendInMs(after, policies, nowMs),
    },
  };
}

function verifiedOf({ known }: PhoneRecord): { kind: 'verified'; firstVerifiedMs?: number } {
  return { kind: 'verified', ...(known ? { firstVerifiedMs: known.firstMs } : {}) };
}

/** For the operator, who looks at messages: it is known of them for longer than the session is. */
function withVerified(
  messages: PhoneRecord['messages'],
  sessionId: string,
): PhoneRecord['messages'] {
  return Object.fromEntries(
    Object.entries(messages).map(([reference, message]) => [
      reference,
      message.sessionId === sessionId ? { ...message, isVerified: true } : message,
    ]),
  );
}

/** What a code is compared with is not kept once the session is over; that it verified it is, as a keyed hash. */
function withoutCode({ codeHash: _used, ...session }: PhoneSession): PhoneSession {
  return session;
}

/** Ends an open session. One that has given its proof keeps it, and renews it no more. */
export function cancelSession(
  ledger: PhoneRecord,
  sessionId: string,
): Transition<{
  kind: 'cancelled' | 'already_cancelled' | 'session_verified' | 'session_unknown';
}> {
  const session = ledger.sessions[sessionId];
  if (!session) return { ledger, decision: { kind: 'session_unknown' } };
  if (session.phase === 'verified')
    return { ledger: endRenewals(ledger, sessionId), decision: { kind: 'session_verified' } };
  if (session.phase === 'cancelled') return { ledger, decision: { kind: 'already_cancelled' } };
  const cancelled: PhoneSession = { ...withoutCode(session), phase: 'cancelled' };
  return {
    ledger: { ...ledger, sessions: { ...ledger.sessions, [sessionId]: cancelled } },
    decision: { kind: 'cancelled' },
  };
}

/** A verification is redeemed once, by whichever of its proofs. `id`: of the verification. */
export function redeemProof(
  ledger: PhoneRecord,
  proof: { id: string; expiresAtMs: number },
): Transition<{ kind: 'redeemed' | 'already_redeemed' }> {
  if (Object.hasOwn(ledger.redeemed, proof.id))
    return { ledger, decision: { kind: 'already_redeemed' } };
  return {
    ledger: { ...ledger, redeemed: { ...ledger.redeemed, [proof.id]: proof.expiresAtMs } },
    decision: { kind: 'redeemed' },
  };
}
