/** The objects as Durable Objects, under the names of `wrangler.toml`. */
import { DurableObject } from 'cloudflare:workers';
import * as guard from '../../guard/guard-object.ts';
import { createSqliteCounterStore } from '../../rate-limit/budget/sqlite-counter-store.ts';
import * as limits from '../../rate-limit/objects.ts';

type Methods = Record<string, (...parameters: unknown[]) => unknown>;

/**
 * A Durable Object that answers calls with the methods of `Target`. RPC reaches what is on the prototype, and only that:
 * so they are put there, one by one.
 */
function durable<Target extends limits.Hosted>(
  Target: { prototype: Target },
  create: (storage: DurableObjectStorage) => Target,
) {
  class Durable extends DurableObject {
    readonly #target = create(this.ctx.storage);

    override alarm(): void {
      this.#target.alarm(Date.now());
    }

    static {
      for (const name of Object.getOwnPropertyNames(Target.prototype))
        if (name !== 'constructor' && name !== 'alarm')
          Object.defineProperty(Durable.prototype, name, {
            value(this: Durable, ...parameters: unknown[]) {
              return (this.#target as unknown as Methods)[name]?.(...parameters);
            },
          });
    }
  }
  return Durable as unknown as new (
    ctx: DurableObjectState,
    env: unknown,
  ) => DurableObject & Omit<Target, 'alarm'>;
}

export class PhoneGate extends durable(
  limits.PhoneGate,
  (storage) => new limits.PhoneGate(storage),
) {}

export class ClientGate extends durable(
  limits.ClientGate,
  (storage) => new limits.ClientGate(storage),
) {}

export class GuardObject extends durable(
  guard.GuardObject,
  (storage) => new guard.GuardObject(storage),
) {}

export class SendLedger extends durable(limits.SendLedger, (storage) => {
  const rows = createSqliteCounterStore((statement, ...values) =>
    storage.sql.exec(statement, ...values).toArray(),
  );
  return new limits.SendLedger(rows, storage);
}) {}
