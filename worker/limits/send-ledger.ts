/**
 * The Durable Object of the deployment's sends: budgets that one phone cannot see (a range of numbers, a country,
 * the day), and which `Idempotency-Key` stands for which request, whatever the phone. One object counts them all
 * in one go; its methods await nothing.
 */
import { DurableObject } from 'cloudflare:workers';
import { IDEMPOTENCY_MS } from './phone-ledger.ts';
import type { Idempotency } from './phone-sends.ts';
import type { Policy } from './policy.ts';
import { type Slot, slotExpiryMs, slotStartMs, waitMs } from './sliding-window.ts';

/** One budget that a send is charged to. `key` names its counter: `total`, `country:DE`, `prefix:<keyed hash>`. */
export interface Debit {
  key: string;
  /** The same counter under the previous keys, during a rotation of the secret: what it counted goes on. */
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

export class SendLedger extends DurableObject {
  readonly #sql = this.ctx.storage.sql;

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env);
    this.#sql.exec(`
      CREATE TABLE IF NOT EXISTS slots (
        counter TEXT NOT NULL, start_ms INTEGER NOT NULL, count INTEGER NOT NULL, expires_ms INTEGER NOT NULL,
        PRIMARY KEY (counter, start_ms)) WITHOUT ROWID;
      CREATE INDEX IF NOT EXISTS slots_by_expiry ON slots (expires_ms);
      CREATE TABLE IF NOT EXISTS keys (
        key TEXT PRIMARY KEY, fingerprint TEXT NOT NULL, expires_ms INTEGER NOT NULL) WITHOUT ROWID;
      CREATE INDEX IF NOT EXISTS keys_by_expiry ON keys (expires_ms);
    `);
  }

  /** Charges a send to all its budgets, or to none. */
  reserve({ debits, idempotency }: SendReservation, nowMs: number): ReservationDecision {
    this.#forget(nowMs);
    if (idempotency && this.#isReused(idempotency)) return { kind: 'key_reused' };
    const waits = debits.map(({ key, formerKey, policy }) => {
      const slots = [key, formerKey].flatMap((name) =>
        name === undefined ? [] : this.#slots(counterOf(name, policy)),
      );
      return { key, waitMs: waitMs(policy, slots, nowMs) };
    });
    const longest = waits.reduce((a, b) => (b.waitMs > a.waitMs ? b : a), { key: '', waitMs: 0 });
    if (longest.waitMs > 0) return { kind: 'exhausted', ...longest };

    for (const { key, policy } of debits) {
      const startMs = slotStartMs(policy, nowMs);
      this.#sql.exec(
        `INSERT INTO slots VALUES (?, ?, 1, ?) ON CONFLICT DO UPDATE SET count = count + 1`,
        counterOf(key, policy),
        startMs,
        slotExpiryMs(policy, startMs),
      );
    }
    if (idempotency)
      this.#sql.exec(
        'INSERT OR REPLACE INTO keys VALUES (?, ?, ?)',
        idempotency.key,
        idempotency.fingerprint,
        nowMs + IDEMPOTENCY_MS,
      );
    this.#scheduleEnd();
    return { kind: 'reserved' };
  }

  /** Takes a reservation back whose send never left. */
  refund({ debits, idempotency }: SendReservation, reservedAtMs: number): void {
    for (const { key, policy } of debits) {
      this.#sql.exec(
        'UPDATE slots SET count = max(0, count - 1) WHERE counter = ? AND start_ms = ?',
        counterOf(key, policy),
        slotStartMs(policy, reservedAtMs),
      );
    }
    if (idempotency) this.#sql.exec('DELETE FROM keys WHERE key = ?', idempotency.key);
  }

  /** How full each counter is that has anything in it. */
  used(nowMs: number): CounterUse[] {
    return this.#sql
      .exec<{ counter: string; used: number }>(
        'SELECT counter, sum(count) AS used FROM slots WHERE expires_ms > ? GROUP BY counter',
        nowMs,
      )
      .toArray()
      .map(({ counter, used }) => ({ ...policyOf(counter), used }));
  }

  override alarm(): void {
    this.#forget(Date.now());
    this.#scheduleEnd();
  }

  #isReused({ key, fingerprint, former }: Idempotency): boolean {
    return [{ key, fingerprint }, ...(former ? [former] : [])].some((candidate) =>
      this.#sql
        .exec<{ fingerprint: string }>('SELECT fingerprint FROM keys WHERE key = ?', candidate.key)
        .toArray()
        .some((known) => known.fingerprint !== candidate.fingerprint),
    );
  }

  #slots(counter: string): Slot[] {
    return this.#sql
      .exec<{ start_ms: number; count: number }>(
        'SELECT start_ms, count FROM slots WHERE counter = ?',
        counter,
      )
      .toArray()
      .map(({ start_ms, count }): Slot => [start_ms, count]);
  }

  #forget(nowMs: number): void {
    this.#sql.exec('DELETE FROM slots WHERE expires_ms <= ?', nowMs);
    this.#sql.exec('DELETE FROM keys WHERE expires_ms <= ?', nowMs);
  }

  /** The alarm empties what no later send has swept out. Each `max` is one look into an index, however many rows. */
  #scheduleEnd(): void {
    const { last } = this.#sql
      .exec<{ last: number | null }>(
        'SELECT max(last) AS last FROM (SELECT max(expires_ms) AS last FROM slots UNION ALL SELECT max(expires_ms) FROM keys)',
      )
      .one();
    if (last !== null) void this.ctx.storage.setAlarm(last);
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
