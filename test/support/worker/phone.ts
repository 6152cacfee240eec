/** One phone as its ledger knows it, for tests of the ledger alone: no Durable Object, and a clock that the test turns. */

import type { SendOutcome } from '../../../worker/rate-limit/phone/idempotency.ts';
import {
  EMPTY_RECORD,
  type PhoneHistory,
  type PhonePolicies,
  type PhoneRecord,
} from '../../../worker/rate-limit/phone/phone-record.ts';
import {
  grantSend,
  type SendDecision,
  type SendRequest,
  settleSend,
} from '../../../worker/rate-limit/phone/send-transitions.ts';
import {
  admitCheck,
  type CheckDecision,
  type CheckResult,
  type CheckSettlement,
  cancelSession,
  redeemProof,
  settleCheck,
} from '../../../worker/rate-limit/phone/verify-transitions.ts';

export const SECOND = 1_000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;
export const START = Date.parse('2026-11-20T12:00:00Z');

/** The defaults of the settings. */
export const POLICIES: PhonePolicies = {
  sends: [
    { count: 3, windowMs: 10 * MINUTE },
    { count: 10, windowMs: DAY },
  ],
  failures: [{ count: 10, windowMs: HOUR }],
  cooldownSeconds: [30, 60, 120, 300],
  codesPerSession: 5,
};

export type Granted = Extract<SendDecision, { kind: 'granted' }> & {
  request: SendRequest;
  atMs: number;
};
export type Admitted = {
  sessionId: string;
  codeHash: string;
  admittedAtMs: number;
  send?: number;
};

/** One phone, its ledger and a clock: so that tests read like what people do. */
export class Phone {
  ledger: PhoneRecord = EMPTY_RECORD;
  nowMs = START;
  readonly policies: PhonePolicies;

  constructor(policies: Partial<PhonePolicies> = {}) {
    this.policies = { ...POLICIES, ...policies };
  }

  wait(milliseconds: number): this {
    this.nowMs += milliseconds;
    return this;
  }

  ask(request: SendRequest, carried?: PhoneHistory): SendDecision {
    const { ledger, decision } = grantSend(
      this.ledger,
      request,
      this.policies,
      this.nowMs,
      carried,
    );
    this.ledger = ledger;
    return decision;
  }

  settleSend(granted: Granted, outcome: SendOutcome, answer?: string): void {
    const { request, send, atMs } = granted;
    const settled = { request, send, grantedAtMs: atMs, outcome, answer };
    this.ledger = settleSend(this.ledger, settled);
  }

  /** Grants a send, or fails the test. */
  grant(request: SendRequest): Granted {
    const decision = this.ask(request);
    if (decision.kind !== 'granted') throw new Error(`refused: ${JSON.stringify(decision)}`);
    return { ...decision, request, atMs: this.nowMs };
  }

  /** A send that the provider takes. */
  send(sessionId: string, resendOf?: number): Granted {
    const granted = this.grant({ sessionId, resendOf });
    this.settleSend(granted, 'accepted');
    return granted;
  }

  admit(sessionId: string, send: number, codeHash = 'code'): CheckDecision {
    const check = { sessionId, send, codeHash };
    const { ledger, decision } = admitCheck(this.ledger, check, this.policies, this.nowMs);
    this.ledger = ledger;
    return decision;
  }

  settleCheck(admitted: Admitted, result: CheckResult): CheckSettlement {
    const settled = { send: 1, keysId: 'keys', ...admitted, result };
    const { ledger, decision } = settleCheck(this.ledger, settled, this.policies, this.nowMs);
    this.ledger = ledger;
    return decision;
  }

  /** A check that the provider answers at once. */
  check(sessionId: string, send: number, result: CheckResult): CheckDecision | CheckSettlement {
    const decision = this.admit(sessionId, send);
    if (decision.kind !== 'admitted') return decision;
    return this.settleCheck(
      { sessionId, codeHash: 'code', admittedAtMs: this.nowMs, send },
      result,
    );
  }

  cancel(sessionId: string) {
    const { ledger, decision } = cancelSession(this.ledger, sessionId);
    this.ledger = ledger;
    return decision.kind;
  }

  redeem(id: string, expiresAtMs: number) {
    const { ledger, decision } = redeemProof(this.ledger, { id, expiresAtMs });
    this.ledger = ledger;
    return decision.kind;
  }
}
