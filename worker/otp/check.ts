/** The check of one code: counted first, evaluated second, and of all right answers one makes the proof. */

import type { VerifyAnswer } from '../../shared/answers.ts';
import type { CheckResult } from '../connectors/connector.ts';
import type { GuardedConnector } from '../connectors/guarded-connector.ts';
import type { Context } from '../context.ts';
import type { CheckSettlement } from '../limits/phone-checks.ts';
import type { PhonePolicies } from '../limits/phone-ledger.ts';
import { type Reason, Refusal } from '../reason.ts';
import { requireTimeLeft } from '../time-left.ts';
import { hashCode } from './own-code.ts';
import { signProof } from './proof.ts';
import type { Session } from './session.ts';

export interface CheckOrder {
  session: Session;
  code: string;
  /** Of the session. */
  connector: GuardedConnector;
  /** Of the session's flow; the deployment's own where it is gone. */
  policies: PhonePolicies | undefined;
}

/**
 * @param keepPlace counts the check for its client; the last thing before the provider is asked
 * @throws Refusal
 */
export async function checkCode(
  { session, code, connector, policies }: CheckOrder,
  keepPlace: () => Promise<void>,
  context: Context,
): Promise<VerifyAnswer> {
  const { service, runtime } = context;
  const { config, gates, keyring } = service;
  const codeHash = await hashCode(session, code, keyring);
  const gate = await gates(session.phone, session.gateKeysId, policies);
  const admission = await gate.admitCheck(
    { sessionId: session.id, send: session.send, codeHash },
    runtime.now(),
  );
  if (admission.kind !== 'admitted') throw new Refusal(admission);

  try {
    await keepPlace();
    requireTimeLeft(context);
    if (runtime.now() >= session.expiresAtMs) throw new Refusal({ kind: 'session_expired' });
  } catch (refusal) {
    await admission.settle('not_evaluated', runtime.now());
    throw refusal;
  }
  const check = await evaluate({ session, code, connector }, admission.verdict);
  const verifiedAtMs = runtime.now();
  const settlement = await admission.settle(check.kind, verifiedAtMs);
  if (check.kind === 'not_evaluated' && settlement.kind === 'not_evaluated')
    throw new Refusal(check.reason);
  if (settlement.kind !== 'verified') throw new Refusal(settlementReason(settlement));

  if (connector.codes === 'ours') context.waitUntil(connector.reportUse(session));
  const proof = await signProof(session, {
    keyring,
    issuer: config.PUBLIC_URL,
    lifetimeSeconds: config.PROOF_SECONDS,
    verifiedAtMs,
    id: runtime.randomId(),
  });
  return { proof, expiresIn: config.PROOF_SECONDS };
}

/** By its provider, or by the phone's object, which has already compared a code of ours. */
async function evaluate(
  { session, code, connector }: Omit<CheckOrder, 'policies'>,
  verdict: 'right' | 'wrong' | undefined,
): Promise<CheckResult> {
  if (connector.codes === 'provider') {
    const { phone: to, requestId, service } = session;
    return connector.check({ to, requestId, code, service });
  }
  if (verdict) return { kind: verdict };
  return { kind: 'not_evaluated', reason: { kind: 'store_unavailable' } };
}

function settlementReason(settlement: Exclude<CheckSettlement, { kind: 'verified' }>): Reason {
  switch (settlement.kind) {
    case 'already_verified':
      return { kind: 'session_verified' };
    case 'session_gone':
      return { kind: 'session_cancelled' };
    default:
      // The last wrong code is the end of the session, and says so at once.
      return settlement.attemptsLeft === 0
        ? { kind: 'attempts_exhausted', waitMs: settlement.waitMs }
        : { kind: 'code_wrong', attemptsLeft: settlement.attemptsLeft };
  }
}
