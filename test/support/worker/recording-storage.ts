/** A shelf that tells what is on it, as Cloudflare's tests can ask of their stores. */
import type { StorageBackend } from '../../../worker/hosts/node/storage-backend.ts';

export interface Recording {
  shelf: StorageBackend;
  entries(): { name: string; expiration: number }[];
  objects(kind: string): string[];
  /** Rings the alarm of one object, due or not. @returns whether one was set */
  ring(object: string, sweep: () => Promise<void>): Promise<boolean>;
  storage(object: string): {
    kv: {
      list(): [string, unknown][];
      get(key: string): unknown;
      put(key: string, value: unknown): void;
    };
    sql: { exec(statement: string): { toArray(): Record<string, unknown>[] } };
    getAlarm(): number | null;
  };
}

/** Remembers the names of all that was ever put there; what is there still, the shelf itself says. */
export function recordingStorage(shelf: StorageBackend): Recording {
  const entries = new Map<string, number>();
  const pairs = new Map<string, Set<string>>();
  const alarms = new Map<string, number>();
  const counters = new Set<string>();
  const keys = new Set<string>();
  let ringing: string | undefined;

  const rows = (table: string) => {
    if (table === 'slots')
      return [...counters].flatMap((counter) =>
        shelf.ledger.slots(counter).map(([start_ms, count]) => ({ counter, start_ms, count })),
      );
    return [...keys].flatMap((key) => {
      const fingerprint = shelf.ledger.fingerprint(key);
      return fingerprint === undefined ? [] : [{ key, fingerprint }];
    });
  };

  return {
    shelf: {
      ...shelf,
      writeEntry(key, value, expiresMs) {
        entries.set(key, expiresMs);
        shelf.writeEntry(key, value, expiresMs);
      },
      writePair(object, key, value) {
        pairs.set(object, (pairs.get(object) ?? new Set()).add(key));
        shelf.writePair(object, key, value);
      },
      dropPairs(object) {
        alarms.delete(object);
        shelf.dropPairs(object);
      },
      setAlarm(object, atMs) {
        alarms.set(object, atMs);
        shelf.setAlarm(object, atMs);
      },
      takeAlarms: (nowMs, most) =>
        ringing === undefined ? shelf.takeAlarms(nowMs, most) : [ringing],
      ledger: {
        ...shelf.ledger,
        count(counter, ...rest) {
          counters.add(counter);
          shelf.ledger.count(counter, ...rest);
        },
        remember(key, ...rest) {
          keys.add(key);
          shelf.ledger.remember(key, ...rest);
        },
      },
    },
    entries: () =>
      [...entries]
        .filter(([key]) => shelf.readEntry(key, Date.now()) !== undefined)
        .map(([name, expiresMs]) => ({ name, expiration: expiresMs / 1000 })),
    objects(kind) {
      const names = kind === 'ledger' ? ['ledger:deployment'] : [...pairs.keys()];
      return names
        .filter((name) => name.startsWith(`${kind}:`))
        .map((name) => name.slice(kind.length + 1));
    },
    async ring(object, sweep) {
      if (!alarms.delete(object)) return false;
      ringing = object;
      try {
        await sweep();
      } finally {
        ringing = undefined;
      }
      return true;
    },
    storage: (object) => ({
      kv: {
        list: () =>
          [...(pairs.get(object) ?? [])].flatMap((key): [string, unknown][] => {
            const value = shelf.readPair(object, key);
            return value === undefined ? [] : [[key, JSON.parse(value)]];
          }),
        get(key) {
          const value = shelf.readPair(object, key);
          return value === undefined ? undefined : JSON.parse(value);
        },
        put: (key, value) => shelf.writePair(object, key, JSON.stringify(value)),
      },
      sql: {
        exec: (statement) => ({
          toArray: () => {
            if (!object.startsWith('ledger:')) return [];
            if (statement.includes('sqlite_master')) return [{ name: 'slots' }, { name: 'keys' }];
            return rows(statement.includes('"slots"') ? 'slots' : 'keys');
          },
        }),
      },
      getAlarm: () => alarms.get(object) ?? null,
    }),
  };
}
