/** Which attacks are played, and the worst that came of each. */
import type { Policy } from '../../worker/rate-limit/policy.ts';
import { type Attack, type Outcome, sampling, simulate } from './attack.ts';
import type { ContenderName } from './contenders.ts';

export const RATES = [1, 10, 100, 1_000, 10_000, 100_000] as const;
export const LOCATIONS = [1, 10, 100, 300] as const;
/**
 * Cloudflare sends a Worker's requests in a location to one server as long as that one keeps up, and to more under
 * load. Nobody publishes how many: four stands between the one of a quiet day and the many of a flood.
 */
export const ISOLATES_PER_LOCATION = 4;
/** The default of `send_per_ip`. */
export const POLICY: Policy = { count: 10, windowMs: 3_600_000 };
const TWO_MINUTES_MS = 120_000;
export const HOUR_MS = 3_600_000;
const SEEDS = [1, 2, 3] as const;

/** The most that were admitted in any of the runs. */
export interface Worst {
  twoMinutes: number;
  hour: number;
}

export interface Row {
  requestsPerSecond: number;
  locations: number;
  admitted: Record<ContenderName, Worst>;
}

type Conditions = Pick<Attack, 'requestsPerSecond' | 'locations'> &
  Partial<Pick<Attack, 'isolatesPerLocation' | 'writeRate' | 'isolateLifeMs'>>;

async function worstOf(
  contender: ContenderName,
  conditions: Conditions,
  seeds: readonly number[] = SEEDS,
): Promise<Worst> {
  const worst: Worst = { twoMinutes: 0, hour: 0 };
  for (const seed of seeds) {
    const [twoMinutes, hour] = await admittedIn({
      contender,
      isolatesPerLocation: ISOLATES_PER_LOCATION,
      policy: POLICY,
      countedAtMs: [TWO_MINUTES_MS, HOUR_MS],
      seed,
      ...conditions,
    });
    worst.twoMinutes = Math.max(worst.twoMinutes, twoMinutes);
    worst.hour = Math.max(worst.hour, hour);
  }
  return worst;
}

const played = new Map<string, Promise<Outcome>>();

/** Where only a sample is played, the same sample serves every rate above it. */
async function admittedIn(attack: Attack): Promise<[twoMinutes: number, hour: number]> {
  const { playedPerSecond, weight } = sampling(attack);
  const sample: Attack = { ...attack, requestsPerSecond: playedPerSecond };
  const key = JSON.stringify(sample);
  const outcome = played.get(key) ?? simulate(sample);
  played.set(key, outcome);
  const [twoMinutes = 0, hour = 0] = (await outcome).admitted;
  return [Math.round(twoMinutes * weight), Math.round(hour * weight)];
}

export async function* overshoot(): AsyncGenerator<Row> {
  for (const locations of LOCATIONS)
    for (const requestsPerSecond of RATES) {
      const of = (contender: ContenderName) => worstOf(contender, { requestsPerSecond, locations });
      yield {
        requestsPerSecond,
        locations,
        admitted: {
          'kv limiter': await of('kv limiter'),
          'plain, counted before': await of('plain, counted before'),
          'plain, counted after': await of('plain, counted after'),
          'durable object': await of('durable object'),
        },
      };
    }
}

/** What the figures hang on: each assumption of the model that nobody guarantees, moved by itself. */
const VARIATIONS: readonly { name: string; conditions: Partial<Conditions> }[] = [
  { name: 'as above', conditions: {} },
  { name: 'one isolate a location', conditions: { isolatesPerLocation: 1 } },
  { name: '16 isolates a location', conditions: { isolatesPerLocation: 16 } },
  { name: 'an isolate lives 5 minutes on average', conditions: { isolateLifeMs: 300_000 } },
  {
    name: 'one write a second at each location, not over all',
    conditions: { writeRate: 'per location' },
  },
  { name: 'KV takes every write', conditions: { writeRate: 'none' } },
];

/** Of these rates the worst is shown, in one run each, because each assumption has its own. */
const VARIED_RATES = [10, 100, 10_000] as const;
export const VARIED_LOCATIONS = [1, 300] as const;

export interface VariationRow {
  name: string;
  /** In the hour, from each of `VARIED_LOCATIONS`. */
  kvLimiter: number[];
  plainBefore: number[];
}

export async function* variations(): AsyncGenerator<VariationRow> {
  for (const { name, conditions } of VARIATIONS) {
    const over = async (contender: ContenderName, locations: number) => {
      let worst = 0;
      for (const requestsPerSecond of VARIED_RATES) {
        const attack = { requestsPerSecond, locations, ...conditions };
        const { hour } = await worstOf(contender, attack, SEEDS.slice(0, 1));
        worst = Math.max(worst, hour);
      }
      return worst;
    };
    const row: VariationRow = { name, kvLimiter: [], plainBefore: [] };
    for (const locations of VARIED_LOCATIONS) {
      row.kvLimiter.push(await over('kv limiter', locations));
      row.plainBefore.push(await over('plain, counted before', locations));
    }
    yield row;
  }
}
