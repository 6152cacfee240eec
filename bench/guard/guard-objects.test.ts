import { afterEach, describe, expect, it } from 'vitest';
import type { GuardObject } from '../../worker/guard/guard-object.ts';
import { DIMENSIONS } from '../../worker/guard/types.ts';
import { createMemoryStores } from '../../worker/hosts/node/stores.ts';
import type { Remote } from '../../worker/rate-limit/object-storage.ts';
import { drawsFrom } from './draws.ts';
import { createGuardObjects } from './guard-objects.ts';

const START_MS = Date.UTC(2026, 10, 2);
const stores = createMemoryStores({ now: () => START_MS });
afterEach(() => stores.close());

describe("the guard's objects without JSON", () => {
  it('decide and learn as those of the stores do', async () => {
    const plain = stores.bindings.GUARD_OBJECT.getByName('DE') as Remote<GuardObject>;
    const quick = createGuardObjects().namespace.getByName('DE') as Remote<GuardObject>;
    const draws = drawsFrom(7);
    const facts = { site: 'https://shop.example', flow: null, channel: 'sms' as const, range: '' };
    const actions = new Set<string>();
    for (let index = 0; index < 150; index++) {
      const atMs = START_MS + index * 20_000;
      const ask = {
        keys: Object.fromEntries(DIMENSIONS.map((name) => [name, `${name}${draws.below(3)}`])),
        number: `number${draws.below(100)}`,
        neighbours: [],
        mode: 'on' as const,
        canChallenge: draws.chance(0.9),
        hasToken: draws.chance(0.1),
      };
      const [one, other] = await Promise.all([
        plain.decide(ask, facts, atMs),
        quick.decide(ask, facts, atMs),
      ]);
      expect({ ...other, settle: undefined }).toEqual({ ...one, settle: undefined });
      actions.add(one.decision.action);
      if (!one.sent || !draws.chance(0.3)) continue;
      await plain.learn(one.sent, 'verified', atMs + 9_000);
      await quick.learn(one.sent, 'verified', atMs + 9_000);
    }
    expect(actions).toContain('allow');
    expect(actions).toContain('challenge');
  });
});
