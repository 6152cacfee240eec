import type { ObjectNamespace } from '../../bindings.ts';
import { RequestError } from '../../errors.ts';
import { callDurableObject } from '../call-object.ts';
import type { Remote } from '../object-storage.ts';
import { longestWindowMs, type Policy } from '../policy.ts';
import type { ClientLimiter } from './client-limiter.ts';
import type { ClientDecision, ClientGate } from './client-object.ts';

/** The limit per client in a Durable Object each: exact everywhere, for one object request more a call. */
export function createDurableClientLimiter(options: {
  namespace: ObjectNamespace;
  /** Names the limit: `send`, `verify`. */
  name: string;
  policies: readonly Policy[];
  /** How long an event is remembered: as long as any flow looks back. */
  memoryMs?: number;
}): ClientLimiter {
  const { namespace, name } = options;
  const memoryMs = options.memoryMs ?? longestWindowMs(options.policies);
  const gateOf = (client: string) => namespace.getByName(`${name}:${client}`) as Remote<ClientGate>;

  return {
    async take(client, nowMs, { formerClient, policies = options.policies } = {}) {
      const carried = formerClient
        ? await callDurableObject<number[]>(gateOf(formerClient).history())
        : [];
      const decision = await callDurableObject<ClientDecision>(
        gateOf(client).take(policies, memoryMs, nowMs, carried),
      );
      if (decision.kind === 'over_limit')
        throw new RequestError({ kind: 'client_limit', waitMs: decision.waitMs });
      let isKept = false;
      return {
        nth: decision.nth,
        async keep() {
          // It was written down when it was taken.
          isKept = true;
        },
        async release() {
          if (isKept) return;
          // Best effort: a place that is not given back only makes the limit stricter.
          await callDurableObject(gateOf(client).release(nowMs)).catch(() => undefined);
        },
      };
    },
  };
}
