/** All that the service has stored anywhere: to look at as text, and to wipe out. */
import { listDurableObjectIds, reset, runInDurableObject } from 'cloudflare:test';
import { env } from 'cloudflare:workers';

/** Each entry says where it was found and what it is. */
export async function dumpStores(): Promise<string[]> {
  return [...(await dumpKv()), ...(await dumpObjects())];
}

export async function dumpKv(): Promise<string[]> {
  const { keys } = await env.OTP_KV.list();
  return Promise.all(
    keys.map(
      async (key) => `OTP_KV ${JSON.stringify(key)} ${await env.OTP_KV.get(key.name, 'text')}`,
    ),
  );
}

/** Every Durable Object that holds anything. Those that an earlier test left empty are still listed by the machine. */
export async function objectStubs(): Promise<NamedStub[]> {
  const stubs = await everyStub();
  const holds = await Promise.all(stubs.map(async ({ stub }) => (await storedIn(stub)).length > 0));
  return stubs.filter((_, index) => holds[index]);
}

/** Empties every store. `reset()` alone passes over objects that were aborted and not used since. */
export async function resetStores(): Promise<void> {
  const stubs = await everyStub();
  await Promise.all(stubs.map(({ stub }) => runInDurableObject(stub, () => {})));
  await reset();
}

interface NamedStub {
  /** Of the binding. */
  name: string;
  stub: DurableObjectStub;
}

async function everyStub(): Promise<NamedStub[]> {
  const namespaces = {
    PHONE_GATE: env.PHONE_GATE,
    SEND_LEDGER: env.SEND_LEDGER,
    CLIENT_GATE: env.CLIENT_GATE,
    GUARD_OBJECT: env.GUARD_OBJECT,
  };
  const found = Object.entries(namespaces).map(async ([name, namespace]) => {
    const ids = await listDurableObjectIds(namespace as unknown as DurableObjectNamespace);
    return ids.map((id) => ({ name, stub: namespace.get(id) as unknown as DurableObjectStub }));
  });
  return (await Promise.all(found)).flat();
}

/** Key-value pairs and rows of one object. */
export function storedIn(stub: DurableObjectStub): Promise<string[]> {
  return runInDurableObject(stub, (_object, { storage, id }) => {
    const tables = storage.sql
      .exec<{ name: string }>(
        `SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '\\_cf\\_%' ESCAPE '\\'`,
      )
      .toArray();
    const rows = tables.flatMap(({ name }) =>
      storage.sql
        .exec(`SELECT * FROM "${name}"`)
        .toArray()
        .map((row) => `${name} ${JSON.stringify(row)}`),
    );
    const pairs = [...storage.kv.list()].map((pair) => JSON.stringify(pair));
    const isEmpty = rows.length === 0 && pairs.length === 0;
    return isEmpty || id.name === undefined ? [...rows, ...pairs] : [id.name, ...rows, ...pairs];
  });
}

async function dumpObjects(): Promise<string[]> {
  const stubs = await objectStubs();
  const dumps = await Promise.all(
    stubs.map(async ({ name, stub }) =>
      (await storedIn(stub)).map((entry) => `${name} ${stub.id} ${entry}`),
    ),
  );
  return dumps.flat();
}
