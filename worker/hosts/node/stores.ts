/** The stores of a process that is not Cloudflare's: the same objects as there, on a shelf of this machine. */
import { clearInterval, setInterval } from 'node:timers';
import { setImmediate as nextTurn, setTimeout as pause } from 'node:timers/promises';
import type { Bindings, KeyValueStore, ObjectNamespace } from '../../bindings.ts';
import { GuardObject } from '../../guard/guard-object.ts';
import {
  ClientGate,
  type Hosted,
  type ObjectStorage,
  PhoneGate,
  SendLedger,
} from '../../rate-limit/objects.ts';
import { nameOf } from '../../request-log.ts';
import { createMemoryBackend } from './memory-backend.ts';
import { type Log, toStandardOutput, writeNotice } from './server-log.ts';
import type { StorageBackend } from './storage-backend.ts';

/** What has ended is dropped this often; nothing counts for longer than it should meanwhile. */
const SWEEP_MS = 60_000;
/** Some milliseconds of work: what is served meanwhile waits no longer than that. */
const SLICE = 20;

/** How long another process may hold the file when it is opened. */
const HELD_MS = 2_000;
const MIN_PAUSE_MS = 10;

/** Anybody may ask for their health: so often it is looked at. */
const CHECK_MS = 1_000;

type StoreBindings = Required<
  Pick<
    Bindings,
    'OTP_KV' | 'PHONE_GATE' | 'SEND_LEDGER' | 'CLIENT_GATE' | 'GUARD_OBJECT' | 'checkStores'
  >
>;

export interface Stores {
  /** By the names that the fetch handler knows them by. */
  bindings: StoreBindings;
  /** Drops what has ended, in slices, as it otherwise happens each minute. */
  sweep(): Promise<void>;
  close(): void;
}

export interface StoreOptions {
  /** Milliseconds since 1970. @default the machine's clock */
  now?(): number;
  /** Writes log lines that belong to no single request. @default standard output */
  log?: Log;
}

/** Stores in the memory of this process: for one process, and for a restart that may forget. */
export function createMemoryStores(options?: StoreOptions): Stores {
  return storesOn(createMemoryBackend(), options);
}

/**
 * Stores in a file of SQLite: for one machine, whose processes may share it.
 *
 * @throws where the runtime has no `node:sqlite` (Node has it from 22.13 on), or the file cannot be opened
 */
export async function openSqliteStores(path: string, options?: StoreOptions): Promise<Stores> {
  // Loaded when it is asked for: what lives in memory runs without it.
  const { isBusy, openSqliteBackend } = await import('./sqlite-backend.ts');
  return storesOn(await patiently(() => openSqliteBackend(path), isBusy), options);
}

type KindOfObject = 'phone' | 'client' | 'ledger' | 'guard';

/** Over any shelf. */
export function storesOn(shelf: StorageBackend, options: StoreOptions = {}): Stores {
  const { now = Date.now, log = toStandardOutput } = options;
  const create: Record<KindOfObject, (object: string) => Hosted> = {
    phone: (object) => new PhoneGate(storageOf(shelf, object)),
    client: (object) => new ClientGate(storageOf(shelf, object)),
    guard: (object) => new GuardObject(storageOf(shelf, object)),
    // There is one: its rows carry no name.
    ledger: (object) => new SendLedger(shelf.ledger, storageOf(shelf, object)),
  };
  const namespace = (kind: KindOfObject): ObjectNamespace => ({
    getByName: (name) => remote(create[kind](`${kind}:${name}`), shelf),
  });

  let isClosed = false;
  let health = { atMs: Number.NEGATIVE_INFINITY, checked: Promise.resolve() };
  function checkStores(): Promise<void> {
    if (performance.now() - health.atMs < CHECK_MS) return health.checked;
    // An entry that has ended as soon as it is written.
    const checked = shelf.run(() => shelf.writeEntry('health', '0', now()));
    health = { atMs: performance.now(), checked };
    return checked;
  }

  let sweepUnderWay: Promise<void> | undefined;
  function sweep(): Promise<void> {
    sweepUnderWay ??= sweepAll().finally(() => {
      sweepUnderWay = undefined;
    });
    return sweepUnderWay;
  }

  async function sweepAll(): Promise<void> {
    const nowMs = now();
    await inSlices(() => shelf.dropEntries(nowMs, SLICE));
    await inSlices(() => {
      const due = shelf.takeAlarms(nowMs, SLICE);
      for (const object of due) ring(object, nowMs);
      return due.length === SLICE;
    });
  }

  /** Each slice is a transaction; between two of them everything else has its turn. */
  async function inSlices(dropSome: () => boolean): Promise<void> {
    while (!isClosed && (await shelf.run(dropSome))) await nextTurn();
  }

  function ring(object: string, nowMs: number): void {
    const kind = object.slice(0, object.indexOf(':')) as KindOfObject;
    try {
      shelf.inOneGo(() => create[kind](object).alarm(nowMs));
    } catch (error) {
      // Torn, or of a later version: every call of it throws, so it counts for nothing, and its time is up.
      if (!isUnreadable(error)) throw error;
      shelf.dropPairs(object);
      writeNotice(log, { level: 'error', says: 'A record that nobody can read has been dropped.' });
    }
  }

  const sweeping = setInterval(() => {
    sweep().catch((error: unknown) => {
      // Passed over until the next minute.
      const says = 'What has ended could not be dropped.';
      writeNotice(log, { level: 'error', says, cause: nameOf(error) });
    });
  }, SWEEP_MS);
  // A process that has nothing else to do may end.
  sweeping.unref();

  return {
    bindings: {
      OTP_KV: keyValueStore(shelf, now),
      PHONE_GATE: namespace('phone'),
      CLIENT_GATE: namespace('client'),
      SEND_LEDGER: namespace('ledger'),
      GUARD_OBJECT: namespace('guard'),
      checkStores,
    },
    sweep,
    close() {
      isClosed = true;
      clearInterval(sweeping);
      shelf.close();
    },
  };
}

function keyValueStore(shelf: StorageBackend, now: () => number): KeyValueStore {
  return {
    async get(key) {
      const value = shelf.readEntry(key, now());
      return value === undefined ? null : JSON.parse(value);
    },
    async put(key, value, { expirationTtl }) {
      const expiresMs = now() + expirationTtl * 1000;
      await shelf.run(() => shelf.writeEntry(key, value, expiresMs));
    },
  };
}

function storageOf(shelf: StorageBackend, object: string): ObjectStorage {
  return {
    kv: {
      get<Value>(key: string) {
        const value = shelf.readPair(object, key);
        return value === undefined ? undefined : (JSON.parse(value) as Value);
      },
      put: (key, value) => shelf.writePair(object, key, JSON.stringify(value)),
    },
    setAlarm: (atMs) => shelf.setAlarm(object, atMs),
    deleteAll: () => shelf.dropPairs(object),
  };
}

/** What speaks for an object: each method runs as a whole, and so does the ticket that it may answer with. */
function remote(object: Hosted, shelf: StorageBackend): object {
  const methods = Object.getOwnPropertyNames(Object.getPrototypeOf(object));
  const target = object as unknown as Record<string, (...parameters: unknown[]) => unknown>;
  return Object.fromEntries(
    methods
      .filter((name) => name !== 'constructor' && name !== 'alarm')
      .map((name) => [
        name,
        async (...parameters: unknown[]) => {
          const answer = await shelf.run(() => target[name]?.(...parameters));
          return isTicketed(answer)
            ? {
                ...answer,
                settle: (...outcome: unknown[]) => shelf.run(() => answer.settle(...outcome)),
              }
            : answer;
        },
      ]),
  );
}

/** Of JSON that is none, or of another form. The store's own failures are no such errors. */
function isUnreadable(error: unknown): boolean {
  return error instanceof SyntaxError || error instanceof TypeError;
}

/** Retries while another process has locked the store, without blocking the event loop. */
async function patiently<Answer>(
  work: () => Answer,
  isBusy: (error: unknown) => boolean,
): Promise<Answer> {
  const sinceMs = performance.now();
  for (;;) {
    try {
      return work();
    } catch (error) {
      if (!isBusy(error) || performance.now() - sinceMs > HELD_MS) throw error;
    }
    // Not all of them at once.
    await pause(MIN_PAUSE_MS + Math.random() * MIN_PAUSE_MS);
  }
}

function isTicketed(answer: unknown): answer is { settle(...outcome: unknown[]): unknown } {
  return typeof answer === 'object' && answer !== null && 'settle' in answer;
}
