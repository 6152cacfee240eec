/**
 * Stands for `cloudflare:workers` and `cloudflare:test` where the tests of the service run in Node, over the stores of
 * worker/hosts/node/ (see vitest.config.ts): the same tests, another host. `STORES` says which stores: `memory` or `sqlite`.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import type { ObjectNamespace, RateLimiter } from '../../../worker/bindings.ts';
import { createMemoryBackend } from '../../../worker/hosts/node/memory-backend.ts';
import { createRateLimiter } from '../../../worker/hosts/node/rate-limiter.ts';
import { openSqliteBackend } from '../../../worker/hosts/node/sqlite-backend.ts';
import type { StorageBackend } from '../../../worker/hosts/node/storage-backend.ts';
import { type Stores, storesOn } from '../../../worker/hosts/node/stores.ts';
import { type Recording, recordingStorage } from './recording-storage.ts';

const folder = mkdtempSync(join(tmpdir(), 'mitto-otp-stores-'));
let generation = 0;
let watched: Recording;
let stores: Stores;
let burst: RateLimiter;
open();

afterAll(() => {
  stores.close();
  rmSync(folder, { recursive: true });
});

function openShelf(): StorageBackend {
  return process.env['STORES'] === 'sqlite'
    ? openSqliteBackend(join(folder, `${generation}.sqlite`))
    : createMemoryBackend();
}

function open(): void {
  generation += 1;
  watched = recordingStorage(openShelf());
  // The clock of the stores is the machine's, as Cloudflare's are; looked up each time, because a test may turn it.
  burst = createRateLimiter();
  stores = storesOn(watched.shelf, { now: () => Date.now() });
}

interface Id {
  kind: 'phone' | 'client' | 'ledger' | 'guard';
  name: string;
}

type Methods = Record<string, (...parameters: unknown[]) => Promise<unknown>>;
const nameIn = ({ kind, name }: Id) => `${kind}:${name}`;

function namespace(
  binding: 'PHONE_GATE' | 'CLIENT_GATE' | 'SEND_LEDGER' | 'GUARD_OBJECT',
  kind: Id['kind'],
) {
  const stubOf = (name: string) => {
    const methods = stores.bindings[binding].getByName(name) as Methods;
    const breakable = Object.entries(methods).map(([method, call]) => [method, untilAborted(call)]);
    return { ...Object.fromEntries(breakable), id: { kind, name } satisfies Id };
  };
  return { kind, getByName: stubOf, get: ({ name }: Id) => stubOf(name) };
}

/** A ticket ends with the object that gave it. */
function untilAborted(call: (...parameters: unknown[]) => Promise<unknown>) {
  return async (...parameters: unknown[]) => {
    const born = aborts;
    const answer = (await call(...parameters)) as { settle?: (...rest: unknown[]) => unknown };
    if (typeof answer?.settle !== 'function') return answer;
    const { settle } = answer;
    return {
      ...answer,
      settle(...outcome: unknown[]) {
        if (aborts !== born) throw new Error('The object was reset');
        return settle(...outcome);
      },
    };
  };
}

export const env = {
  OTP_KV: {
    async get(key: string, type: 'text' | 'json' = 'text') {
      const value = await stores.bindings.OTP_KV.get(key, 'json');
      return type === 'json' || value === null ? value : JSON.stringify(value);
    },
    put: (key: string, value: string, options: { expirationTtl: number }) =>
      stores.bindings.OTP_KV.put(key, value, options),
    list: async () => ({ keys: watched.entries() }),
  },
  PHONE_GATE: namespace('PHONE_GATE', 'phone') satisfies ObjectNamespace,
  CLIENT_GATE: namespace('CLIENT_GATE', 'client') satisfies ObjectNamespace,
  SEND_LEDGER: namespace('SEND_LEDGER', 'ledger') satisfies ObjectNamespace,
  GUARD_OBJECT: namespace('GUARD_OBJECT', 'guard') satisfies ObjectNamespace,
  BURST: { limit: (options) => burst.limit(options) } satisfies RateLimiter,
  ASSETS: { fetch: async () => new Response(null, { status: 404 }) },
};

const pending = new WeakMap<object, Promise<unknown>[]>();

export function createExecutionContext() {
  const works: Promise<unknown>[] = [];
  const context = { waitUntil: (work: Promise<unknown>) => void works.push(work) };
  pending.set(context, works);
  return context;
}

export async function waitOnExecutionContext(context: object): Promise<void> {
  const works = pending.get(context) ?? [];
  while (works.length > 0) await Promise.allSettled(works.splice(0));
}

export async function reset(): Promise<void> {
  stores.close();
  open();
}

let aborts = 0;
export async function abortAllDurableObjects(): Promise<void> {
  aborts += 1;
}

export async function listDurableObjectIds({ kind }: { kind: Id['kind'] }): Promise<Id[]> {
  return watched.objects(kind).map((name) => ({ kind, name }));
}

export async function runDurableObjectAlarm({ id }: { id: Id }): Promise<boolean> {
  return watched.ring(nameIn(id), stores.sweep);
}

export async function runInDurableObject<Answer>(
  { id }: { id: Id },
  look: (object: null, state: { id: Id; storage: ReturnType<Recording['storage']> }) => Answer,
): Promise<Answer> {
  return look(null, { id, storage: watched.storage(nameIn(id)) });
}
