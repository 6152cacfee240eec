/** The check of one code: counted first, evaluated second, and of all right answers one makes the proof. */

import type { VerifyAnswer } from '../../shared/api/responses.ts';
import type { CheckResult } from '../connectors/connector.ts';
import type { ConnectorWithCircuit } from '../connectors/with-circuit-breaker.ts';
import { type ErrorReason, RequestError } from '../errors.ts';
import type { PhonePolicies } from '../rate-limit/phone/phone-record.ts';
import type { CheckSettlement } from '../rate-limit/phone/verify-transitions.ts';
import type { Context } from '../request-context.ts';
import { requireTimeLeft } from '../request-deadline.ts';
import { hashCode } from './generate-code.ts';
import { proofAnswer } from './renewal.ts';
import { tellGuard } from './send-guard.ts';
import type { Session } from './session.ts';

export interface VerifyCommand {
  session: Session;
  code: string;
  /** Of the session. */
  connector: ConnectorWithCircuit;
  /** Of the session's flow; the deployment's own where it is gone. */
  policies: PhonePolicies | undefined;
}

/**
 * @param keepPlace commits the verification to its client's limit; the last step before the provider call
 * @throws RequestError
 */
export async function verifyCode(
  { session, code, connector, policies }: VerifyCommand,
  keepPlace: () => Promise<void>,
  context: Context,
): Promise<VerifyAnswer> {
  const { service, runtime } = context;
  const { gates, keyring } = service;
  const check = {
    sessionId: session.id,
    send: session.send,
    codeHash: await hashCode(session, code, keyring),
  };
  const gate = await gates(session.phone, session.gateKeysId, policies);
  // The code has expired, so the provider is not called; only a session that it verified in time continues.
  if (runtime.now() >= session.expiresAtMs) {
    const renewal = await gate.renew(check, runtime.now());
    if (renewal.kind === 'renewed') return proofAnswer(session, renewal, context);
    throw new RequestError({ kind: 'session_expired' });
  }
  const admission = await gate.admitCheck(check, runtime.now());
  // Its response was lost: return the same verification, without evaluating the code again.
  if (admission.kind === 'renewed') return proofAnswer(session, admission, context);
  if (admission.kind !== 'admitted') throw new RequestError(admission);
  const keysId = keyring.current.id;

  try {
    await keepPlace();
    requireTimeLeft(context);
    if (runtime.now() >= session.expiresAtMs) throw new RequestError({ kind: 'session_expired' });
  } catch (refusal) {
    await admission.settle('not_evaluated', runtime.now(), keysId);
    throw refusal;
  }
  const result = await evaluate({ session, code, connector }, admission.verdict);
  const verifiedAtMs = runtime.now();
  const settlement = await admission.settle(result.kind, verifiedAtMs, keysId);
  if (result.kind === 'not_evaluated' && settlement.kind === 'not_evaluated')
    throw new RequestError(result.reason);
  if (settlement.kind !== 'verified') throw new RequestError(settlementReason(settlement));

  context.waitUntil(tellGuard(session, 'verified', context));
  if (connector.codes === 'ours') context.waitUntil(connector.reportUse(session));
  return proofAnswer(session, { ...settlement, verifiedAtMs, keysId }, context);
}

/** Verified by its provider, or by the phone's object, which has already compared a self-issued code. */
async function evaluate(
  { session, code, connector }: Omit<VerifyCommand, 'policies'>,
  verdict: 'right' | 'wrong' | undefined,
): Promise<CheckResult> {
  if (connector.codes === 'provider') {
    const { phone: to, requestId, service } = session;
    return connector.check({ to, requestId, code, service });
  }
  if (verdict) return { kind: verdict };
  return { kind: 'not_evaluated', reason: { kind: 'store_unavailable' } };
}

function settlementReason(settlement: Exclude<CheckSettlement, { kind: 'verified' }>): ErrorReason {
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
