/** Which traces the published figures are of, and what is kept of each run. */
import { ATTACKS } from './attacks.ts';
import { CROWDS } from './crowds.ts';
import { isAttack, PART_NAMES, type PartName, type Scenario } from './generate.ts';
import type { Outcome } from './outcome.ts';
import { DEPLOYMENTS } from './parameters.ts';

/** Thresholds were set by looking at these, and at no others. */
export const TUNING_SEEDS: readonly number[] = [1, 2, 3];
/** What is published is of these. */
export const REPORTED_SEEDS: readonly number[] = [101, 102];

export const FIGURE_CONTENDERS = [
  'none',
  'limits',
  'authgear',
  'vonage',
  'telnyx',
  'telnyx-captcha',
  'gitlab',
  'ours',
  'ours-without-challenge',
] as const;

export interface Run {
  part: PartName;
  seed: number;
  contender: string;
}

export interface FinishedRun extends Run {
  outcome: Outcome;
}

/** Of usual visits, before an attack or a crowd begins; and after it, longer than a block may outlast an attack. */
const BEFORE_HOURS = 12;
const AFTER_HOURS = 2;

/** One attack or crowd in the middle deployment, with half a day before it. */
export function scenarioOf({ part, seed }: Pick<Run, 'part' | 'seed'>): Scenario {
  const { hours } = isAttack(part) ? ATTACKS[part] : CROWDS[part];
  return {
    deployment: DEPLOYMENTS.middle,
    days: (BEFORE_HOURS + hours + AFTER_HOURS) / 24,
    parts: [{ name: part, fromHour: BEFORE_HOURS }],
    seed,
  };
}

export function allRuns(seeds: readonly number[]): Run[] {
  return seeds.flatMap((seed) =>
    PART_NAMES.flatMap((part) => FIGURE_CONTENDERS.map((contender) => ({ part, seed, contender }))),
  );
}
