import { describe, expect, it } from 'vitest';
import { type Attack, simulate } from './attack.ts';
import { simulateClients } from './bounded-state.ts';

const HOUR_MS = 3_600_000;

const ATTACK: Attack = {
  contender: 'kv limiter',
  requestsPerSecond: 100,
  locations: 10,
  isolatesPerLocation: 2,
  policy: { count: 10, windowMs: HOUR_MS },
  countedAtMs: [HOUR_MS],
  seed: 1,
};

async function admitted(attack: Partial<Attack>): Promise<number> {
  const [inTheHour = 0] = (await simulate({ ...ATTACK, ...attack })).admitted;
  return inTheHour;
}

const RATES = [1, 100, 100_000];

describe('an attack on the limit of a client', () => {
  it('comes out the same with the same seed, and otherwise with another', async () => {
    const outcome = await simulate(ATTACK);
    expect(await simulate(ATTACK)).toEqual(outcome);
    expect(await simulate({ ...ATTACK, seed: 2 })).not.toEqual(outcome);
  });

  it.each(RATES)('at %i a second finds the limit in KV exact in one isolate', async (rate) => {
    const alone = { requestsPerSecond: rate, locations: 1, isolatesPerLocation: 1 };
    expect(await admitted(alone)).toBe(10);
    expect(await admitted({ ...alone, writeRate: 'none' })).toBe(10);
  });

  it.each(RATES)('at %i a second finds the Durable Object exact everywhere', async (rate) => {
    const attack = {
      contender: 'durable object',
      requestsPerSecond: rate,
      locations: 300,
    } as const;
    expect(await admitted(attack)).toBe(10);
  });

  it('gets no more than the limit from each isolate, even if KV took every write', async () => {
    const attack = { requestsPerSecond: 100_000, writeRate: 'none' } as const;
    const most = ATTACK.policy.count * ATTACK.locations * ATTACK.isolatesPerLocation;
    expect(await admitted(attack)).toBeGreaterThan(most / 2);
    expect(await admitted(attack)).toBeLessThanOrEqual(most);
  });

  it('gets the limit again once the window has moved on', async () => {
    const [first = 0, second = 0] = (
      await simulate({
        ...ATTACK,
        locations: 1,
        isolatesPerLocation: 1,
        countedAtMs: [HOUR_MS - 1_000, 2 * HOUR_MS - 1_000],
      })
    ).admitted;
    expect([first, second]).toEqual([10, 20]);
  });

  it('gets ever more the faster it is, where plain code counts after the send', async () => {
    const contender = 'plain, counted after';
    const slow = await admitted({ contender, requestsPerSecond: 1_000 });
    const fast = await admitted({ contender, requestsPerSecond: 100_000 });
    expect(slow).toBeGreaterThan(1_000);
    expect(fast).toBe(100 * slow);
  });
});

describe('the memory of the limiter', () => {
  it('is of the last ten thousand clients, and KV is left with nothing', async () => {
    const state = await simulateClients(25_000, ATTACK.policy, 2 * HOUR_MS);
    expect(state).toMatchObject({ remembered: 10_000, keysLeft: 0 });
    // Half of the clients came within the last window.
    expect(state.keysAtMost).toBeGreaterThan(12_000);
    expect(state.keysAtMost).toBeLessThan(25_000);
  });
});
