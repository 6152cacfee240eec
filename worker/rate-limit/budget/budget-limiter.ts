/** The budgets of the deployment: what a send is charged to besides its phone and its client. */

import type { E164 } from '../../../shared/phone-number/e164.ts';
import type { ObjectNamespace } from '../../bindings.ts';
import { type Keyring, type Keys, keyedHash } from '../../crypto/keyring.ts';
import { RequestError } from '../../errors.ts';
import { callDurableObject } from '../call-object.ts';
import type { Limits } from '../limits-schema.ts';
import type { Remote } from '../object-storage.ts';
import type { Policy } from '../policy.ts';
import type {
  CounterUse,
  ReservationDecision,
  SendLedger,
  SendReservation,
} from './budget-object.ts';

/** One object counts for the whole deployment: a ceiling that is spread over several is none. */
const LEDGER_NAME = 'deployment';

export interface BudgetLimiter {
  /**
   * Charges a send to all of them.
   * @returns how to take it back, should the send never leave
   * @throws RequestError `budget_exhausted`, `key_reused`, or `store_unavailable`
   */
  charge(
    send: {
      phone: E164;
      country: string;
      idempotency: SendReservation['idempotency'];
      /** What the flow may send by itself, below the deployment's own ceiling. */
      ceiling?: { flow: string; policies: readonly Policy[] } | undefined;
    },
    nowMs: number,
  ): Promise<() => Promise<void>>;
  /** Writes something down that counts nowhere, and takes it back. @throws RequestError `store_unavailable` */
  tryOut(nowMs: number): Promise<void>;
  /** How much of each is used now. Of the ranges of numbers only the fullest, without a name. */
  used(nowMs: number): Promise<BudgetUse[]>;
}

export interface BudgetUse {
  /** `total`, `country:DE`, `flow:checkout`, `prefix`. */
  budget: string;
  used: number;
  count: number;
  /** Seconds. */
  window: number;
}

export function createBudgetLimiter(
  namespace: ObjectNamespace,
  keyring: Keyring,
  limits: Limits,
): BudgetLimiter {
  const debitsOf = (key: string, policies: readonly Policy[] = [], formerKey?: string) =>
    policies.map((policy) => ({ key, formerKey, policy }));
  const ledger = () => namespace.getByName(LEDGER_NAME) as Remote<SendLedger>;
  const prefixKey = async (keys: Keys, phone: E164) =>
    // Without its last four digits, which SMS pumping enumerates.
    `prefix:${await keyedHash(keys, 'prefix', phone.slice(0, -4))}`;

  return {
    async charge({ phone, country, idempotency, ceiling }, nowMs) {
      const { current, previous } = keyring;
      const prefix = await prefixKey(current, phone);
      const formerPrefix = previous && (await prefixKey(previous, phone));
      const debits = [
        ...debitsOf(prefix, limits.send_per_prefix, formerPrefix),
        ...debitsOf(`country:${country}`, limits.send_per_country),
        ...debitsOf(`flow:${ceiling?.flow}`, ceiling?.policies),
        ...debitsOf('total', limits.send_total),
      ];
      const reservation = { debits, idempotency };
      const decision = await callDurableObject<ReservationDecision>(
        ledger().reserve(reservation, nowMs),
      );
      if (decision.kind === 'key_reused') throw new RequestError({ kind: 'key_reused' });
      if (decision.kind === 'exhausted')
        throw new RequestError({
          kind: 'budget_exhausted',
          budget: decision.key,
          waitMs: decision.waitMs,
        });
      return () => callDurableObject(ledger().refund(reservation, nowMs));
    },

    async tryOut(nowMs) {
      const nothing = { debits: [], idempotency: { key: 'doctor', fingerprint: '' } };
      await callDurableObject(ledger().reserve(nothing, nowMs));
      await callDurableObject(ledger().refund(nothing, nowMs));
    },

    async used(nowMs) {
      const counters = await callDurableObject<CounterUse[]>(ledger().used(nowMs));
      const fullest = new Map<string, BudgetUse>();
      for (const { key, used, count, windowMs } of counters) {
        const budget = key.startsWith('prefix:') ? 'prefix' : key;
        const name = `${budget} ${count}/${windowMs}`;
        if ((fullest.get(name)?.used ?? -1) < used)
          fullest.set(name, { budget, used, count, window: windowMs / 1000 });
      }
      return [...fullest.values()].sort((a, b) => (a.budget < b.budget ? -1 : 1));
    },
  };
}
