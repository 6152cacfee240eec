/**
 * The object of the deployment's sends: budgets that one phone cannot see (a range of numbers, a country,
 * the day), and which `Idempotency-Key` stands for which request, whatever the phone. One object counts them all
 * in one go; its methods await nothing.
 */

import type { ObjectStorage } from '../object-storage.ts';
import type { Idempotency } from '../phone/idempotency.ts';
import { IDEMPOTENCY_MS } from '../phone/phone-record.ts';
import type { Policy } from '../policy.ts';
import { slotExpiryMs, slotStartMs, waitMs } from '../sliding-window.ts';
import type { CounterStore } from './counter-store.ts';

/** One budget that a send is charged to. `key` names its counter: `total`, `country:DE`, `prefix:<keyed hash>`. */
export interface Debit {
  key: string;
  /** The same counter under the previous keys, whose count continues during a rotation. */
  formerKey?: string | undefined;
  policy: Policy;
}

export interface SendReservation {
  debits: readonly Debit[];
  idempotency?: Idempotency | undefined;
}

export type ReservationDecision =
  | { kind: 'reserved' }
  | { kind: 'exhausted'; key: string; waitMs: number }
  /** The key came before with another request, perhaps for another number. */
  | { kind: 'key_reused' };

export class SendLedger {
  readonly #rows: CounterStore;
  readonly #alarm: Pick<ObjectStorage, 'setAlarm'>;

  constructor(rows: CounterStore, alarm: Pick<ObjectStorage, 'setAlarm'>) {
    this.#rows = rows;
    this.#alarm = alarm;
  }

  /** Charges a send to all its budgets, or to none. */
  reserve({ debits, idempotency }: SendReservation, nowMs: number): ReservationDecision {
    this.#rows.forget(nowMs);
    if (idempotency && this.#isReused(idempotency)) return { kind: 'key_reused' };
    const waits = debits.map(({ key, formerKey, policy }) => {
      const slots = [key, formerKey].flatMap((name) =>
        name === undefined ? [] : this.#rows.slots(counterOf(name, policy)),
      );
      return { key, waitMs: waitMs(policy, slots, nowMs) };
    });
    const longest = waits.reduce((a, b) => (b.waitMs > a.waitMs ? b : a), { key: '', waitMs: 0 });
    if (longest.waitMs > 0) return { kind: 'exhausted', ...longest };

    for (const { key, policy } of debits) {
      const startMs = slotStartMs(policy, nowMs);
      this.#rows.count(counterOf(key, policy), startMs, slotExpiryMs(policy, startMs));
    }
    if (idempotency)
      this.#rows.remember(idempotency.key, idempotency.fingerprint, nowMs + IDEMPOTENCY_MS);
    this.#scheduleEnd();
    return { kind: 'reserved' };
  }

  /** Takes a reservation back whose send never left. */
  refund({ debits, idempotency }: SendReservation, reservedAtMs: number): void {
    for (const { key, policy } of debits)
      this.#rows.uncount(counterOf(key, policy), slotStartMs(policy, reservedAtMs));
    if (idempotency) this.#rows.forgetKey(idempotency.key);
  }

  /** How full each counter is that has anything in it. */
  used(nowMs: number): CounterUse[] {
    return this.#rows.counters(nowMs).map(({ counter, used }) => ({ ...policyOf(counter), used }));
  }

  alarm(nowMs: number): void {
    this.#rows.forget(nowMs);
    this.#scheduleEnd();
  }

  #isReused({ key, fingerprint, former }: Idempotency): boolean {
    return [{ key, fingerprint }, ...(former ? [former] : [])].some((candidate) => {
      const known = this.#rows.fingerprint(candidate.key);
      return known !== undefined && known !== candidate.fingerprint;
    });
  }

  /** The alarm empties what no later send has swept out. */
  #scheduleEnd(): void {
    const lastMs = this.#rows.lastExpiryMs();
    if (lastMs !== undefined) void this.#alarm.setAlarm(lastMs);
  }
}

export interface CounterUse extends Policy {
  key: string;
  used: number;
}

function policyOf(counter: string): Omit<CounterUse, 'used'> {
  const [, key = '', count = '', windowMs = ''] = /^(.+) (\d+)\/(\d+)$/.exec(counter) ?? [];
  return { key, count: Number(count), windowMs: Number(windowMs) };
}

/** Each policy has a counter of its own, because its slots have a length of their own. */
function counterOf(key: string, { count, windowMs }: Policy): string {
  return `${key} ${count}/${windowMs}`;
}
