/** The check of one code: counted first, evaluated second, and of all right answers one makes the proof. */
import type { VerifyAnswer } from '../../shared/answers.ts';
import type { Context } from '../context.ts';
import { keyedHash } from '../keys.ts';
import type { CheckSettlement } from '../limits/phone-checks.ts';
import { type Reason, Refusal } from '../reason.ts';
import { signProof } from './proof.ts';
import type { Session } from './session.ts';
import { requireTimeLeft } from './time-left.ts';

/**
 * @param keepPlace counts the check for its client; the last thing before the provider is asked
 * @throws Refusal
 */
export async function checkCode(
  session: Session,
  code: string,
  keepPlace: () => Promise<void>,
  context: Context,
): Promise<VerifyAnswer> {
  const { service, runtime } = context;
  const { config, connector, gates, keyring } = service;
  const codeHash = await keyedHash(keyring.current, 'code', `${session.id} ${code}`);
  const gate = await gates(session.phone, session.gateKeysId);
  const admission = await gate.admitCheck(
    { sessionId: session.id, send: session.send, codeHash },
    runtime.now(),
  );
  if (admission.kind !== 'admitted') throw new Refusal(admission);

  try {
    await keepPlace();
    requireTimeLeft(context);
  } catch (refusal) {
    await admission.settle('not_evaluated', runtime.now());
    throw refusal;
  }
  const { phone, requestId } = session;
  const check = await connector.check({ to: phone, requestId, code, service: session.service });
  const verifiedAtMs = runtime.now();
  const settlement = await admission.settle(check.kind, verifiedAtMs);
  if (check.kind === 'not_evaluated' && settlement.kind === 'not_evaluated')
    throw new Refusal(check.reason);
  if (settlement.kind !== 'verified') throw new Refusal(settlementReason(settlement));

  const proof = await signProof(session, {
    keyring,
    issuer: config.PUBLIC_URL,
    lifetimeSeconds: config.PROOF_SECONDS,
    verifiedAtMs,
    id: runtime.randomId(),
  });
  return { proof, expiresIn: config.PROOF_SECONDS };
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
