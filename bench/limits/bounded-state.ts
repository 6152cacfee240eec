/** A million clients at one isolate: what it remembers of them, and what they leave in KV. */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { createKvClientLimiter } from '../../worker/rate-limit/client/kv-client-limiter.ts';
import type { Policy } from '../../worker/rate-limit/policy.ts';

export interface BoundedState {
  clients: number;
  /** Clients whose count the isolate still knew without asking KV. */
  remembered: number;
  /** Of the isolate, when each client that it remembers has used up its limit. */
  heapBytes: number;
  keysAtMost: number;
  bytesPerKeyAtMost: number;
  /** One window after the last request. */
  keysLeft: number;
}

/** KV that answers at once and keeps a key no longer than it was told to. */
class ExpiringKv {
  nowMs = 0;
  reads = 0;
  /** Counted whenever it was swept. */
  keysAtMost = 0;
  bytesPerKeyAtMost = 0;
  readonly #expiriesMs = new Map<string, number>();

  async get(): Promise<null> {
    this.reads += 1;
    return null;
  }

  async put(key: string, value: string, options: { expirationTtl: number }): Promise<void> {
    this.#expiriesMs.set(key, this.nowMs + options.expirationTtl * 1000);
    this.bytesPerKeyAtMost = Math.max(this.bytesPerKeyAtMost, key.length + value.length);
  }

  /** @returns how many keys are left */
  expire(): number {
    for (const [key, expiryMs] of this.#expiriesMs)
      if (expiryMs <= this.nowMs) this.#expiriesMs.delete(key);
    this.keysAtMost = Math.max(this.keysAtMost, this.#expiriesMs.size);
    return this.#expiriesMs.size;
  }
}

/** More than an isolate remembers. */
const FULL_CLIENTS = 12_000;
const SWEEP_EVERY_CLIENTS = 20_000;

/** @param spanMs in which they come, evenly, each once; the last of them then use up their limit */
export async function simulateClients(
  clients: number,
  policy: Policy,
  spanMs: number,
): Promise<BoundedState> {
  const kv = new ExpiringKv();
  let tags = 0;
  const limiter = createKvClientLimiter({
    kv: kv as unknown as KVNamespace,
    name: 'send',
    policies: [policy],
    randomTag: () => (tags++).toString(36).padStart(8, '0'),
  });
  const admit = async (client: number) => (await limiter.take(nameOf(client), kv.nowMs)).keep();
  const heapBefore = heapBytes();

  const fullFrom = Math.max(0, clients - FULL_CLIENTS);
  for (let client = 0; client < clients; client++) {
    kv.nowMs = Math.floor((client * spanMs) / clients);
    const uses = client < fullFrom ? 1 : policy.count;
    for (let use = 0; use < uses; use++) await admit(client);
    if (client % SWEEP_EVERY_CLIENTS === 0) kv.expire();
  }
  kv.expire();
  const lastMs = kv.nowMs;
  kv.nowMs += policy.windowMs;
  const keysLeft = kv.expire();
  const heap = heapBytes() - heapBefore;

  kv.nowMs = lastMs;
  const reads = kv.reads;
  let remembered = 0;
  // From the one that came last, backwards: a full one that is remembered is refused without a look into KV.
  for (let client = clients - 1; client >= fullFrom; client--) {
    await admit(client).catch(() => undefined);
    if (kv.reads > reads) break;
    remembered += 1;
  }
  const { keysAtMost, bytesPerKeyAtMost } = kv;
  return { clients, remembered, heapBytes: heap, keysAtMost, bytesPerKeyAtMost, keysLeft };
}

/** As long as the keyed hash that names a client. */
function nameOf(client: number): string {
  return client.toString(36).padStart(22, '0');
}

function heapBytes(): number {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
  return process.memoryUsage().heapUsed;
}
