import type { CounterStore } from '../../rate-limit/budget/counter-store.ts';
import type { Slot } from '../../rate-limit/sliding-window.ts';
import type { StorageBackend } from './storage-backend.ts';

/** Entries that a slice of the sweep examines per entry that it may drop. */
const LOOKS_PER_DROP = 50;

/** In the memory of this process: gone with it, limits and open sessions alike. */
export function createMemoryBackend(): StorageBackend {
  const entries = new Map<string, { value: string; expiresMs: number }>();
  const objects = new Map<string, Map<string, string>>();
  const alarms = new Map<string, number>();
  /** How far the sweep has come. */
  let sweptEntries = entries.entries();
  let dueAlarms = alarms.entries();

  return {
    readEntry(key, nowMs) {
      const entry = entries.get(key);
      return entry && entry.expiresMs > nowMs ? entry.value : undefined;
    },
    writeEntry: (key, value, expiresMs) => void entries.set(key, { value, expiresMs }),
    dropEntries(nowMs, most) {
      for (let looks = most * LOOKS_PER_DROP; looks > 0; looks--) {
        const { done, value } = sweptEntries.next();
        if (done) {
          sweptEntries = entries.entries();
          return false;
        }
        const [key, { expiresMs }] = value;
        if (expiresMs <= nowMs) entries.delete(key);
      }
      return true;
    },

    readPair: (object, key) => objects.get(object)?.get(key),
    writePair(object, key, value) {
      const pairs = objects.get(object) ?? new Map<string, string>();
      objects.set(object, pairs.set(key, value));
    },
    dropPairs(object) {
      objects.delete(object);
      alarms.delete(object);
    },

    setAlarm: (object, atMs) => void alarms.set(object, atMs),
    takeAlarms(nowMs, most) {
      const taken: string[] = [];
      // Where the last slice ended: from the start each time would be the square of their number.
      for (let next = dueAlarms.next(); !next.done; next = dueAlarms.next()) {
        const [object, atMs] = next.value;
        if (atMs > nowMs) continue;
        alarms.delete(object);
        taken.push(object);
        if (taken.length === most) return taken;
      }
      dueAlarms = alarms.entries();
      return taken;
    },

    ledger: createMemoryLedgerRows(),
    // One thread, and no `await` within: nobody can come in between. A transition throws before it writes, or not at all.
    inOneGo: (work) => work(),
    run: async (work) => work(),
    close() {},
  };
}

/** What has ended counts for nothing meanwhile. */
const SWEEP_MS = 60_000;

function createMemoryLedgerRows(): CounterStore {
  const slots = new Map<string, Map<number, { count: number; expiresMs: number }>>();
  const keys = new Map<string, { fingerprint: string; expiresMs: number }>();
  let nowMs = 0;
  let nextSweepMs = 0;
  let lastMs = 0;

  return {
    slots: (counter) =>
      [...(slots.get(counter) ?? [])].map(([startMs, { count }]): Slot => [startMs, count]),
    count(counter, startMs, expiresMs) {
      const starts = slots.get(counter) ?? new Map<number, { count: number; expiresMs: number }>();
      const count = (starts.get(startMs)?.count ?? 0) + 1;
      slots.set(counter, starts.set(startMs, { count, expiresMs }));
      lastMs = Math.max(lastMs, expiresMs);
    },
    uncount(counter, startMs) {
      const slot = slots.get(counter)?.get(startMs);
      if (slot && slot.count > 0) slot.count -= 1;
    },
    fingerprint(key) {
      const known = keys.get(key);
      return known && known.expiresMs > nowMs ? known.fingerprint : undefined;
    },
    remember(key, fingerprint, expiresMs) {
      keys.set(key, { fingerprint, expiresMs });
      lastMs = Math.max(lastMs, expiresMs);
    },
    forgetKey: (key) => void keys.delete(key),
    counters: (atMs) =>
      [...slots].flatMap(([counter, starts]) => {
        const open = [...starts.values()].filter(({ expiresMs }) => expiresMs > atMs);
        const used = open.reduce((sum, { count }) => sum + count, 0);
        return open.length > 0 ? [{ counter, used }] : [];
      }),
    forget(atMs) {
      nowMs = atMs;
      // Each send comes by here: all rows are looked through now and then only.
      if (nowMs < nextSweepMs) return;
      nextSweepMs = nowMs + SWEEP_MS;
      for (const [counter, starts] of slots) {
        for (const [startMs, { expiresMs }] of starts)
          if (expiresMs <= nowMs) starts.delete(startMs);
        if (starts.size === 0) slots.delete(counter);
      }
      for (const [key, { expiresMs }] of keys) if (expiresMs <= nowMs) keys.delete(key);
    },
    // Of all that ever were, taken back or not: an alarm that comes late finds the same.
    lastExpiryMs: () => (slots.size + keys.size > 0 ? lastMs : undefined),
  };
}
