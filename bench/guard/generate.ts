/**
 * Traces from a seed: a deployment's days, with attacks and crowds in them.
 *
 *     node bench/guard/generate.ts --with A,outage --deployment middle --days 7 --seed 1 > trace.jsonl
 */
import { parseArgs } from 'node:util';
import {
  ATTACKS,
  type Attack,
  type AttackName,
  type AttackPlan,
  bystanders,
  createAttack,
} from './attacks.ts';
import { CROWDS, type Crowd, type CrowdName, type CrowdTime } from './crowds.ts';
import { drawsFrom } from './draws.ts';
import { inOrder } from './in-order.ts';
import { DEPLOYMENTS, type Deployment, type DeploymentName } from './parameters.ts';
import {
  arrivals,
  createPopulation,
  dayAndNight,
  type Population,
  type Visit,
} from './population.ts';
import type { TraceLine } from './trace.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** A Monday, midnight. */
export const START_MS = Date.UTC(2026, 10, 2);

export type PartName = AttackName | CrowdName;
export const PART_NAMES = [...Object.keys(ATTACKS), ...Object.keys(CROWDS)] as PartName[];

export interface Part {
  name: PartName;
  /** From the beginning of the trace. */
  fromHour: number;
}

export interface Scenario {
  deployment: Deployment;
  days: number;
  parts: readonly Part[];
  seed: number;
}

/** What the generator knows besides the lines. */
export interface Trace {
  lines(): Generator<TraceLine>;
  attacks: readonly Pick<Attack, 'ranges' | 'countries' | 'fromMs' | 'untilMs'>[];
}

export function isAttack(name: string): name is AttackName {
  return Object.hasOwn(ATTACKS, name);
}

/** The same scenario makes the same lines, whatever else was generated before. */
export function generate({ deployment, days, parts, seed }: Scenario): Trace {
  const draws = drawsFrom(`${seed} ${deployment.name}`);
  const plans = parts.map((part, index) => ({ ...part, draws: draws.branch(`part ${index}`) }));
  const attacks = plans.flatMap(({ name, fromHour, draws }) => {
    if (!isAttack(name)) return [];
    const timing = { draws, fromMs: START_MS + fromHour * HOUR_MS, scale: deployment.attackScale };
    return [createAttack(ATTACKS[name], timing)];
  });

  function* lines(): Generator<TraceLine> {
    const isReported = !attacks.some(({ plan }) => plan.isUnreported);
    const population = createPopulation(draws.branch('population'), isReported);
    const time = (index: number, fromHour: number): CrowdTime => ({
      fromMs: START_MS + fromHour * HOUR_MS,
      perDay: deployment.perDay,
      draws: draws.branch(`crowd ${index}`),
      population,
    });
    const crowds = plans.flatMap(({ name, fromHour }, index) => {
      if (isAttack(name)) return [];
      const crowd: Crowd = CROWDS[name];
      return [{ crowd, time: time(index, fromHour) }];
    });
    const untilMs = START_MS + days * DAY_MS;
    const usual = crowds.flatMap(({ crowd, time }) =>
      crowd.usual
        ? [
            {
              fromMs: time.fromMs,
              untilMs: time.fromMs + crowd.hours * HOUR_MS,
              visitOf: crowd.usual(time),
            },
          ]
        : [],
    );
    const visitOf = (at: number): Visit =>
      usual.find((change) => at >= change.fromMs && at < change.untilMs)?.visitOf(at) ?? {};
    // Attacks that were made above have drawn already: each run of the lines makes them anew.
    const pumps = plans.flatMap(({ name, fromHour }, index) => {
      if (!isAttack(name)) return [];
      const own = draws.branch(`part ${index}`);
      const attack = createAttack(ATTACKS[name], {
        draws: own,
        fromMs: START_MS + fromHour * HOUR_MS,
        scale: deployment.attackScale,
      });
      const aside = draws.branch(`bystanders ${index}`);
      return [
        attack.lines(),
        bystanders(attack, population, aside),
        launched(attack, population, {
          perDay: deployment.perDay,
          draws: draws.branch(`launch ${index}`),
        }),
      ];
    });
    for (const line of inOrder([
      usualDays(population, { ...deployment, draws: draws.branch('arrivals'), untilMs, visitOf }),
      ...crowds.flatMap(({ crowd, time }) => (crowd.extra ? [crowd.extra(time)] : [])),
      ...pumps,
    ]))
      if (line.at < untilMs) yield line;
  }
  return { lines, attacks };
}

function* usualDays(
  population: Population,
  how: {
    perDay: number;
    draws: ReturnType<typeof drawsFrom>;
    untilMs: number;
    visitOf(at: number): Visit;
  },
): Generator<TraceLine[]> {
  const { perDay, draws, untilMs, visitOf } = how;
  const perHour = (at: number) => dayAndNight(perDay, at);
  for (const at of arrivals(draws, { fromMs: START_MS, untilMs, perHour, most: perDay / 10 }))
    yield population.visit(at, visitOf(at));
}

/** Honest visitors of a launch that an attack hides behind. */
function* launched(
  { plan, fromMs, untilMs, countries }: Attack,
  population: Population,
  { perDay, draws }: { perDay: number; draws: ReturnType<typeof drawsFrom> },
): Generator<TraceLine[]> {
  const { launch }: AttackPlan = plan;
  if (!launch) return;
  const perHour = (launch.factor - 1) * dayAndNight(perDay, fromMs);
  for (const at of arrivals(draws, { fromMs, untilMs, perHour: () => perHour, most: perHour }))
    yield population.visit(at, { country: draws.pick(countries) });
}

/** Parts one after the other, from the second day on, with hours of quiet between them. */
export function inTurn(names: readonly PartName[]): Part[] {
  let fromHour = 34;
  return names.map((name) => {
    const part = { name, fromHour };
    const { hours } = isAttack(name) ? ATTACKS[name] : CROWDS[name];
    fromHour += hours + 8;
    return part;
  });
}

if (import.meta.main) {
  const { values } = parseArgs({
    options: {
      with: { type: 'string', default: 'quiet' },
      deployment: { type: 'string', default: 'middle' },
      days: { type: 'string', default: '3' },
      seed: { type: 'string', default: '1' },
    },
  });
  const names = values.with.split(',').map((name) => name.trim()) as PartName[];
  const unknown = names.find((name) => !PART_NAMES.includes(name));
  const problem = unknown
    ? `--with: "${unknown}" is not one of ${PART_NAMES.join(', ')}`
    : !Object.hasOwn(DEPLOYMENTS, values.deployment)
      ? `--deployment: must be one of ${Object.keys(DEPLOYMENTS).join(', ')}`
      : !(Number(values.days) > 0)
        ? '--days: must be a number above 0'
        : !Number.isSafeInteger(Number(values.seed))
          ? '--seed: must be a whole number'
          : undefined;
  if (problem) {
    console.error(problem);
    process.exitCode = 1;
  } else {
    const scenario = {
      deployment: DEPLOYMENTS[values.deployment as DeploymentName],
      days: Number(values.days),
      parts: inTurn(names),
      seed: Number(values.seed),
    };
    for (const line of generate(scenario).lines())
      process.stdout.write(`${JSON.stringify(line)}\n`);
  }
}
