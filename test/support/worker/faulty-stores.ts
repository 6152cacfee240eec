/** The stores of a test with a hook in front of each operation: to count it, to hold it, or to let it fail. */
import { env } from 'cloudflare:workers';

export interface FaultyStores {
  /** For `startService`. */
  bindings: Record<string, unknown>;
  /**
   * Runs before each operation, named as in `OTP_KV.put` or `PHONE_GATE.grantSend`. The operation is not carried out
   * before it has settled, and fails with what it throws.
   */
  before(operation: string): void | Promise<void>;
}

const OBJECTS = ['PHONE_GATE', 'SEND_LEDGER', 'CLIENT_GATE', 'GUARD_OBJECT'] as const;

export function faultyStores(): FaultyStores {
  const stores: FaultyStores = { bindings: {}, before: () => {} };

  async function pass<Answer>(operation: string, call: () => Answer): Promise<Awaited<Answer>> {
    await stores.before(operation);
    return await call();
  }

  stores.bindings = {
    OTP_KV: {
      get: (key: string, type: 'json') => pass('OTP_KV.get', () => env.OTP_KV.get(key, type)),
      put: (key: string, value: string, options: KVNamespacePutOptions) =>
        pass('OTP_KV.put', () => env.OTP_KV.put(key, value, options)),
    },
    BURST: { limit: () => pass('BURST.limit', () => ({ success: true })) },
    ...Object.fromEntries(OBJECTS.map((name) => [name, intercepted(name, pass)])),
  };
  return stores;
}

type Stub = Record<string, (...parameters: unknown[]) => unknown>;

function intercepted(
  name: (typeof OBJECTS)[number],
  pass: <Answer>(operation: string, call: () => Answer) => Promise<Awaited<Answer>>,
) {
  const namespace = env[name] as unknown as { getByName(name: string): Stub };
  return {
    getByName: (id: string) =>
      new Proxy(namespace.getByName(id), {
        get:
          (stub, method: string) =>
          (...parameters: unknown[]) =>
            pass(`${name}.${method}`, () => stub[method]?.(...parameters)),
      }),
  };
}

/** Not the one that `fastTimers` makes faster: what hangs has to outlast every deadline. */
const { setTimeout } = globalThis;

/** What a store that is down does to a call. The hanging one is a timer, or workerd would end the call at once. */
export const STORE_FAULTS = {
  throws: () => Promise.reject(new Error('The store is down')),
  hangs: () => new Promise<never>((_, reject) => setTimeout(reject, 60_000)),
} as const;

export type StoreFault = keyof typeof STORE_FAULTS;
