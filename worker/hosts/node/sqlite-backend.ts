import { closeSync, openSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import {
  createSqliteCounterStore,
  type Execute,
} from '../../rate-limit/budget/sqlite-counter-store.ts';
import type { StorageBackend } from './storage-backend.ts';
import { TransactionLost, WorkQueue } from './work-queue.ts';

const TABLES = [
  'CREATE TABLE IF NOT EXISTS entries (key TEXT PRIMARY KEY, value TEXT NOT NULL, expires_ms INTEGER NOT NULL) WITHOUT ROWID',
  'CREATE INDEX IF NOT EXISTS entries_by_expiry ON entries (expires_ms)',
  'CREATE TABLE IF NOT EXISTS pairs (object TEXT NOT NULL, key TEXT NOT NULL, value TEXT NOT NULL, PRIMARY KEY (object, key)) WITHOUT ROWID',
  'CREATE TABLE IF NOT EXISTS alarms (object TEXT PRIMARY KEY, at_ms INTEGER NOT NULL) WITHOUT ROWID',
  'CREATE INDEX IF NOT EXISTS alarms_by_time ON alarms (at_ms)',
];

/**
 * In a file of SQLite: limits and open sessions survive a restart. Several processes of one machine may share it. It
 * waits for none of them, because nothing else would be done meanwhile: whoever finds it held tries again.
 *
 * @param path made when it is not there, for its owner alone; `:memory:` for none
 */
export function openSqliteBackend(path: string): StorageBackend {
  if (path !== ':memory:') closeSync(openSync(path, 'a', 0o600));
  const database = new DatabaseSync(path, { timeout: 0 });
  try {
    // Each answer waits until what it stands on is on the disk: a crash must not give anybody his attempts back.
    database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL');
    return shelfIn(database);
  } catch (error) {
    database.close();
    throw error;
  }
}

/** Said alike by Node, Deno and Bun. */
export function isBusy(error: unknown): boolean {
  return error instanceof Error && error.message.startsWith('database is locked');
}

function shelfIn(database: DatabaseSync): StorageBackend {
  const prepared = new Map<string, ReturnType<DatabaseSync['prepare']>>();
  const execute: Execute = (statement, ...values) => {
    const known = prepared.get(statement) ?? database.prepare(statement);
    prepared.set(statement, known);
    return known.all(...values);
  };
  const valueIn = ([row]: ReturnType<Execute>): string | undefined => row && String(row['value']);

  let depth = 0;
  function inOneGo<Answer>(work: () => Answer): Answer {
    // The outermost takes the right to write before the first look: between look and writing no other process comes in.
    const [begin, commit, rollback] =
      depth === 0
        ? ['BEGIN IMMEDIATE', 'COMMIT', 'ROLLBACK']
        : ['SAVEPOINT part', 'RELEASE part', 'ROLLBACK TO part; RELEASE part'];
    database.exec(begin);
    depth += 1;
    try {
      const answer = work();
      database.exec(commit);
      return answer;
    } catch (error) {
      try {
        database.exec(rollback);
      } catch {
        throw new TransactionLost('The transaction was rolled back', { cause: error });
      }
      throw error;
    } finally {
      depth -= 1;
    }
  }

  const queue = new WorkQueue({ inOneGo, isBusy: isBusy });
  const ledger = inOneGo(() => {
    for (const table of TABLES) execute(table);
    return createSqliteCounterStore(execute);
  });

  return {
    readEntry: (key, nowMs) =>
      valueIn(execute('SELECT value FROM entries WHERE key = ? AND expires_ms > ?', key, nowMs)),
    writeEntry(key, value, expiresMs) {
      execute('INSERT OR REPLACE INTO entries VALUES (?, ?, ?)', key, value, expiresMs);
    },
    dropEntries: (nowMs, most) =>
      execute(
        'DELETE FROM entries WHERE key IN (SELECT key FROM entries WHERE expires_ms <= ? LIMIT ?) RETURNING 1',
        nowMs,
        most,
      ).length === most,

    readPair: (object, key) =>
      valueIn(execute('SELECT value FROM pairs WHERE object = ? AND key = ?', object, key)),
    writePair(object, key, value) {
      execute('INSERT OR REPLACE INTO pairs VALUES (?, ?, ?)', object, key, value);
    },
    dropPairs(object) {
      execute('DELETE FROM pairs WHERE object = ?', object);
      execute('DELETE FROM alarms WHERE object = ?', object);
    },

    setAlarm(object, atMs) {
      execute('INSERT OR REPLACE INTO alarms VALUES (?, ?)', object, atMs);
    },
    takeAlarms: (nowMs, most) =>
      execute(
        'DELETE FROM alarms WHERE object IN (SELECT object FROM alarms WHERE at_ms <= ? ORDER BY at_ms LIMIT ?) RETURNING object',
        nowMs,
        most,
      ).map(({ object }) => String(object)),

    ledger,
    inOneGo,
    run: (work) => queue.run(work),
    close: () => database.close(),
  };
}
