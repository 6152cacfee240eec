/**
 * The Worker's side of the phones' Durable Objects: finds the one of a number, bounds the wait, and turns every
 * failure into one error. It fails closed when a store is down.
 */

import type { E164 } from '../../../shared/phone-number/e164.ts';
import type { ObjectNamespace } from '../../bindings.ts';
import { type Keyring, keyedHash, keysById } from '../../crypto/keyring.ts';
import { RequestError } from '../../errors.ts';
import { callDurableObject } from '../call-object.ts';
import type { Remote } from '../object-storage.ts';
import type { SendOutcome } from './idempotency.ts';
import type {
  DeliveryReport,
  FeedbackDecision,
  MessageDecision,
  MessageRequest,
  ReportDecision,
} from './message-transitions.ts';
import type { PhoneGate, WrittenSend } from './phone-object.ts';
import type { DeliveryState, PhoneHistory, PhonePolicies, PhoneRecord } from './phone-record.ts';
import type { RenewalDecision, Renewed } from './renew-transitions.ts';
import type { SendDecision, SendRequest } from './send-transitions.ts';
import type { CheckDecision, CheckResult, CheckSettlement } from './verify-transitions.ts';

export interface GrantedSend {
  kind: 'granted';
  send: number;
  resendInMs: number;
  /** The number was verified here before. */
  isKnown: boolean;
  /**
   * Takes note of what came of it. A failure to do so is not thrown, because the grant itself already counts.
   * @returns whether it is written down
   */
  settle(outcome: SendOutcome, written?: WrittenSend): Promise<boolean>;
}

export interface AdmittedCheck {
  kind: 'admitted';
  attemptsLeft: number;
  verdict?: 'right' | 'wrong';
  /**
   * @param keysId names the keys that the `sub` of the session's proofs is derived with
   * @throws RequestError when the object cannot be reached: a right code that is not written down gives no proof.
   */
  settle(result: CheckResult, nowMs: number, keysId: string): Promise<CheckSettlement>;
}

export interface GrantedMessage {
  kind: 'granted';
  /** As with a code. */
  settle(outcome: SendOutcome, written?: WrittenSend): Promise<boolean>;
}

export type RefusedMessage = Exclude<MessageDecision, { kind: 'granted' }>;
export type RefusedSend = Exclude<SendDecision, { kind: 'granted' }>;
export type RefusedCheck = Exclude<CheckDecision, { kind: 'admitted' } | Renewed>;

/** One phone's gate, as a request sees it. Every method throws RequestError `store_unavailable` when it is down. */
export interface PhoneLimiter {
  grantSend(request: SendRequest, nowMs: number): Promise<GrantedSend | RefusedSend>;
  admitCheck(
    check: { sessionId: string; send: number; codeHash: string },
    nowMs: number,
  ): Promise<AdmittedCheck | Renewed | RefusedCheck>;
  /** Another proof for a verified session; with `codeHash` for the same code again. */
  renew(
    session: { sessionId: string; send: number; codeHash?: string },
    nowMs: number,
  ): Promise<RenewalDecision | { kind: 'code_wrong' }>;
  cancel(sessionId: string): Promise<boolean>;
  redeem(proof: { id: string; expiresAtMs: number }): Promise<boolean>;
  grantMessage(request: MessageRequest, nowMs: number): Promise<GrantedMessage | RefusedMessage>;
  report(report: DeliveryReport, nowMs: number): Promise<ReportDecision>;
  /** What the site says of a session. */
  feedback(sessionId: string, outcome: 'genuine' | 'fraud'): Promise<FeedbackDecision>;
  /** What became of the newest message of a session. */
  delivery(sessionId: string): Promise<DeliveryState | null>;
  /** Every message that is remembered, by our reference. */
  messages(): Promise<PhoneRecord['messages']>;
}

/**
 * @param keysId names the keys under which the phone's object was opened; the current ones where nothing else is
 *   known. During a rotation a session stays with the object that it began in.
 */
export type PhoneLimiters = (
  phone: E164,
  keysId?: string,
  /** Of the flow that the request is for, where they are not the deployment's. */
  policies?: PhonePolicies,
) => Promise<PhoneLimiter>;

export function createPhoneLimiters(
  namespace: ObjectNamespace,
  keyring: Keyring,
  deploymentPolicies: PhonePolicies,
): PhoneLimiters {
  return async (phone, keysId = keyring.current.id, policies = deploymentPolicies) => {
    const keys = keysById(keyring, keysId);
    if (!keys) throw new RequestError({ kind: 'session_unknown' });
    const name = await keyedHash(keys, 'phone', phone);
    // A stub is broken for good once a call on it failed: each call takes a new one.
    const stub = () => namespace.getByName(name) as Remote<PhoneGate>;
    const otherKeys = keys === keyring.current ? keyring.previous : keyring.current;
    const otherName = otherKeys && (await keyedHash(otherKeys, 'phone', phone));

    function historyElsewhere({
      idempotency,
    }: Pick<SendRequest, 'idempotency'>): Promise<PhoneHistory> | undefined {
      if (!otherName) return undefined;
      const other = namespace.getByName(otherName) as Remote<PhoneGate>;
      return callDurableObject(other.history(idempotency?.former?.key));
    }

    return {
      async grantSend(request, nowMs) {
        const carried = await historyElsewhere(request);
        const { decision, settle: ticket } = await callDurableObject<Answer<'grantSend'>>(
          stub().grantSend(request, policies, nowMs, carried),
        );
        if (decision.kind !== 'granted') return decision;
        const grant = { request, send: decision.send, grantedAtMs: nowMs };
        return {
          ...decision,
          async settle(outcome, written) {
            try {
              await redeemed(ticket, outcome, written);
              return true;
            } catch {
              return callDurableObject(stub().settleSend(grant, outcome, written)).then(
                () => true,
                () => false,
              );
            }
          },
        };
      },

      async admitCheck(check, nowMs) {
        const { decision, settle: ticket } = await callDurableObject<Answer<'admitCheck'>>(
          stub().admitCheck(check, policies, nowMs),
        );
        if (decision.kind !== 'admitted') return decision;
        const admission = { ...check, admittedAtMs: nowMs, policies };
        return {
          ...decision,
          async settle(result, settledAtMs, keysId) {
            try {
              return await redeemed(ticket, result, settledAtMs, keysId);
            } catch {
              // The object was reset between the two calls: its record was not.
              return callDurableObject<CheckSettlement>(
                stub().settleCheck(admission, result, settledAtMs, keysId),
              );
            }
          },
        };
      },

      renew: (session, nowMs) =>
        callDurableObject<ReturnType<PhoneGate['renew']>>(stub().renew(session, policies, nowMs)),

      async grantMessage(request, nowMs) {
        const carried = await historyElsewhere(request);
        const decision = await callDurableObject<MessageDecision>(
          stub().grantMessage(request, policies, nowMs, carried),
        );
        if (decision.kind !== 'granted') return decision;
        const grant = { request, grantedAtMs: nowMs };
        return {
          ...decision,
          settle: (outcome, written) =>
            callDurableObject(stub().settleMessage(grant, outcome, written)).then(
              () => true,
              () => false,
            ),
        };
      },

      async report(report, nowMs) {
        return callDurableObject<ReportDecision>(stub().report(report, policies, nowMs));
      },

      feedback: (sessionId, outcome) =>
        callDurableObject<FeedbackDecision>(stub().feedback(sessionId, outcome)),

      delivery: (sessionId) => callDurableObject<DeliveryState | null>(stub().delivery(sessionId)),

      messages: () => callDurableObject<PhoneRecord['messages']>(stub().messages()),

      async cancel(sessionId) {
        return (
          (await callDurableObject<{ kind: string }>(stub().cancel(sessionId))).kind === 'cancelled'
        );
      },

      async redeem(proof) {
        return (
          (await callDurableObject<{ kind: string }>(stub().redeem(proof))).kind === 'redeemed'
        );
      },
    };
  };
}

type Answer<Method extends 'grantSend' | 'admitCheck'> = ReturnType<PhoneGate[Method]>;

/**
 * Settles through a ticket, in the same billed call as the grant, and lets it go. Over RPC a function answers with a
 * promise, and the far end waits until it is disposed of; within one process it is a function like any other.
 */
async function redeemed<Parameters extends unknown[], Settlement>(
  ticket: ((...parameters: Parameters) => Settlement | PromiseLike<Settlement>) | undefined,
  ...parameters: Parameters
): Promise<Settlement> {
  if (!ticket) throw new TypeError('granted without a ticket');
  try {
    return await callDurableObject<Settlement>(Promise.resolve(ticket(...parameters)));
  } finally {
    (ticket as Partial<Disposable>)[Symbol.dispose]?.();
  }
}
