/**
 * The Worker's side of the phones' Durable Objects: finds the one of a number, bounds the wait, and turns every
 * failure into one refusal. A store that is down closes the door.
 */
import { type Keyring, keyedHash, keysById } from '../keys.ts';
import type { E164 } from '../otp/phone-number.ts';
import { Refusal } from '../reason.ts';
import type { CheckDecision, CheckResult, CheckSettlement } from './phone-checks.ts';
import type { CheckTicket, PhoneGate, SendTicket } from './phone-gate.ts';
import type { PhoneHistory, PhonePolicies } from './phone-ledger.ts';
import type { SendDecision, SendOutcome, SendRequest } from './phone-sends.ts';
import { reach } from './reach.ts';

export interface GrantedSend {
  kind: 'granted';
  send: number;
  resendInMs: number;
  /** Takes note of what came of it; a failure to do so is swallowed, because the grant itself already counts. */
  settle(outcome: SendOutcome, sealedAnswer?: string): Promise<void>;
}

export interface AdmittedCheck {
  kind: 'admitted';
  attemptsLeft: number;
  /** @throws Refusal when the object cannot be reached: a right code that is not written down gives no proof. */
  settle(result: CheckResult, nowMs: number): Promise<CheckSettlement>;
}

export type RefusedSend = Exclude<SendDecision, { kind: 'granted' }>;
export type RefusedCheck = Exclude<CheckDecision, { kind: 'admitted' }>;

/** One phone's gate, as a request sees it. Every method throws Refusal `store_unavailable` when it is down. */
export interface Gate {
  grantSend(request: SendRequest, nowMs: number): Promise<GrantedSend | RefusedSend>;
  admitCheck(
    check: { sessionId: string; send: number; codeHash: string },
    nowMs: number,
  ): Promise<AdmittedCheck | RefusedCheck>;
  cancel(sessionId: string): Promise<boolean>;
  redeem(proof: { id: string; expiresAtMs: number }): Promise<boolean>;
}

/**
 * @param keysId names the keys under which the phone's object was opened; the current ones where nothing else is
 *   known. During a rotation a session stays with the object that it began in.
 */
export type PhoneGates = (phone: E164, keysId?: string) => Promise<Gate>;

export function createPhoneGates(
  namespace: DurableObjectNamespace<PhoneGate>,
  keyring: Keyring,
  policies: PhonePolicies,
): PhoneGates {
  return async (phone, keysId = keyring.current.id) => {
    const keys = keysById(keyring, keysId);
    if (!keys) throw new Refusal({ kind: 'session_unknown' });
    const name = await keyedHash(keys, 'phone', phone);
    // A stub is broken for good once a call on it failed: each call takes a new one.
    const stub = () => namespace.getByName(name);
    const otherKeys = keys === keyring.current ? keyring.previous : keyring.current;
    const otherName = otherKeys && (await keyedHash(otherKeys, 'phone', phone));

    function historyElsewhere({ idempotency }: SendRequest): Promise<PhoneHistory> | undefined {
      if (!otherName) return undefined;
      return reach(namespace.getByName(otherName).history(idempotency?.former?.key));
    }

    return {
      async grantSend(request, nowMs) {
        const carried = await historyElsewhere(request);
        const { decision, ticket } = await reach<{
          decision: SendDecision;
          ticket: Ticket<SendTicket> | null;
        }>(stub().grantSend(request, policies, nowMs, carried));
        if (decision.kind !== 'granted') return decision;
        const grant = { request, send: decision.send, grantedAtMs: nowMs };
        return {
          ...decision,
          async settle(outcome, sealedAnswer) {
            try {
              await redeemed(ticket, (held) => held.settle(outcome, sealedAnswer));
            } catch {
              await reach(stub().settleSend(grant, outcome, sealedAnswer)).catch(() => undefined);
            }
          },
        };
      },

      async admitCheck(check, nowMs) {
        const { decision, ticket } = await reach<{
          decision: CheckDecision;
          ticket: Ticket<CheckTicket> | null;
        }>(stub().admitCheck(check, policies, nowMs));
        if (decision.kind !== 'admitted') return decision;
        const { sessionId, codeHash } = check;
        const admission = { sessionId, codeHash, admittedAtMs: nowMs };
        return {
          ...decision,
          async settle(result, settledAtMs) {
            try {
              return await redeemed(ticket, (held) => held.settle(result, settledAtMs));
            } catch {
              // The object was reset between the two calls: its record was not.
              return reach<CheckSettlement>(stub().settleCheck(admission, result, settledAtMs));
            }
          },
        };
      },

      async cancel(sessionId) {
        return (await reach<{ kind: string }>(stub().cancel(sessionId))).kind === 'cancelled';
      },

      async redeem(proof) {
        return (await reach<{ kind: string }>(stub().redeem(proof))).kind === 'redeemed';
      },
    };
  };
}

/** A ticket as it arrives over RPC: each method answers with a promise, and the far end waits until it is let go. */
type Ticket<Target extends SendTicket | CheckTicket> = {
  settle(...parameters: Parameters<Target['settle']>): PromiseLike<ReturnType<Target['settle']>>;
} & Disposable;

/** Settles through a ticket, in the same billed call as the grant, and lets it go. */
async function redeemed<Held extends Disposable, Answer>(
  ticket: Held | null,
  settle: (held: Held) => PromiseLike<Answer>,
): Promise<Answer> {
  if (!ticket) throw new TypeError('granted without a ticket');
  using held = ticket;
  return await reach<Answer>(settle(held));
}
