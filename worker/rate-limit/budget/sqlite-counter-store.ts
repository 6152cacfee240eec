import type { CounterStore } from './counter-store.ts';

/** Runs one statement of SQLite, and gives the rows that it answers with. */
export type Execute = (
  statement: string,
  ...values: (string | number)[]
) => Record<string, unknown>[];

const TABLES = [
  `CREATE TABLE IF NOT EXISTS slots (
    counter TEXT NOT NULL, start_ms INTEGER NOT NULL, count INTEGER NOT NULL, expires_ms INTEGER NOT NULL,
    PRIMARY KEY (counter, start_ms)) WITHOUT ROWID`,
  'CREATE INDEX IF NOT EXISTS slots_by_expiry ON slots (expires_ms)',
  `CREATE TABLE IF NOT EXISTS keys (
    key TEXT PRIMARY KEY, fingerprint TEXT NOT NULL, expires_ms INTEGER NOT NULL) WITHOUT ROWID`,
  'CREATE INDEX IF NOT EXISTS keys_by_expiry ON keys (expires_ms)',
];

/** The budget counters in SQLite, of a Durable Object or Node. */
export function createSqliteCounterStore(execute: Execute): CounterStore {
  for (const table of TABLES) execute(table);
  return {
    slots: (counter) =>
      execute('SELECT start_ms, count FROM slots WHERE counter = ?', counter).map(
        ({ start_ms, count }) => [Number(start_ms), Number(count)],
      ),
    count(counter, startMs, expiresMs) {
      execute(
        'INSERT INTO slots VALUES (?, ?, 1, ?) ON CONFLICT DO UPDATE SET count = count + 1',
        counter,
        startMs,
        expiresMs,
      );
    },
    uncount(counter, startMs) {
      execute(
        'UPDATE slots SET count = max(0, count - 1) WHERE counter = ? AND start_ms = ?',
        counter,
        startMs,
      );
    },
    fingerprint(key) {
      const [row] = execute('SELECT fingerprint FROM keys WHERE key = ?', key);
      return row && String(row['fingerprint']);
    },
    remember(key, fingerprint, expiresMs) {
      execute('INSERT OR REPLACE INTO keys VALUES (?, ?, ?)', key, fingerprint, expiresMs);
    },
    forgetKey(key) {
      execute('DELETE FROM keys WHERE key = ?', key);
    },
    counters: (nowMs) =>
      execute(
        'SELECT counter, sum(count) AS used FROM slots WHERE expires_ms > ? GROUP BY counter',
        nowMs,
      ).map(({ counter, used }) => ({ counter: String(counter), used: Number(used) })),
    forget(nowMs) {
      execute('DELETE FROM slots WHERE expires_ms <= ?', nowMs);
      execute('DELETE FROM keys WHERE expires_ms <= ?', nowMs);
    },
    lastExpiryMs() {
      // Each `max` is one look into an index, however many rows.
      const [row] = execute(
        'SELECT max(last) AS last FROM (SELECT max(expires_ms) AS last FROM slots UNION ALL SELECT max(expires_ms) FROM keys)',
      );
      return typeof row?.['last'] === 'number' ? row['last'] : undefined;
    },
  };
}
