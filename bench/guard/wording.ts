/** The figures as text: tables in Markdown. */
import { ATTACKS, type AttackName } from './attacks.ts';
import { CROWDS, type CrowdName } from './crowds.ts';
import { isAttack, type PartName } from './generate.ts';
import type { Outcome } from './outcome.ts';
import { parameterTable } from './parameters.ts';
import { FIGURE_CONTENDERS, type FinishedRun } from './runs.ts';
import { intervalOf } from './statistics.ts';

export const ATTACK_NAMES = Object.keys(ATTACKS) as AttackName[];
const CROWD_NAMES = Object.keys(CROWDS) as CrowdName[];

/** By the names of the sections of docs/guard.md. */
export function sections(runs: readonly FinishedRun[]): Record<string, string> {
  return {
    goals: goals(runs),
    leaks: table(
      ['attack', ...FIGURE_CONTENDERS],
      ATTACK_NAMES.map((part) => [
        titleOf(part),
        ...FIGURE_CONTENDERS.map((contender) =>
          shown(figuresOf(runs, part, contender), ({ leaked }) => leaked, whole),
        ),
      ]),
    ),
    honest: table(
      ['crowd', ...FIGURE_CONTENDERS.filter((name) => name !== 'none')],
      CROWD_NAMES.map((part) => [
        titleOf(part),
        ...FIGURE_CONTENDERS.filter((name) => name !== 'none').map((contender) => {
          const outcomes = figuresOf(runs, part, contender);
          return `${shown(outcomes, challengedShare, percent)} · ${shown(outcomes, lostShare, percent)}`;
        }),
      ]),
    ),
    'in full': FIGURE_CONTENDERS.map(
      (contender) =>
        `<details><summary>${contender}</summary>\n\n${inFull(runs, contender)}\n\n</details>`,
    ).join('\n\n'),
    parameters: parameterTable(),
  };
}

/** A run in a line, for the terminal. */
export function briefly({ part, seed, contender, outcome }: FinishedRun): string {
  const { leaked, attack, leakedPerRange, honest, honestChallenged, honestLost } = outcome;
  return [
    `${part} (${seed}) ${contender}: leaked ${leaked} of ${attack}, ${leakedPerRange} in one range`,
    `first block ${duration(outcome.firstBlockMs)}`,
    `challenged ${honestChallenged}, refused ${outcome.honestRefused}, lost ${honestLost} of ${honest}`,
    `ends ${duration(outcome.unblockMs)}`,
  ].join(' · ');
}

function inFull(runs: readonly FinishedRun[], contender: string): string {
  const rows = ([...ATTACK_NAMES, ...CROWD_NAMES] as PartName[]).map((part) => {
    const of = (figure: (outcome: Outcome) => number | null, show: (value: number) => string) =>
      shown(figuresOf(runs, part, contender), figure, show);
    return [
      titleOf(part),
      of(({ leaked, attack }) => (attack === 0 ? null : leaked), whole),
      of(({ cost, attack }) => (attack === 0 ? null : cost), whole),
      of(({ leakedPerRange, attack }) => (attack === 0 ? null : leakedPerRange), whole),
      of(({ firstBlockMs }) => firstBlockMs, duration),
      of(({ unblockMs }) => unblockMs, duration),
      of(challengedShare, percent),
      of(refusedShare, percent),
      of(lostShare, percent),
    ];
  });
  return table(
    [
      '',
      'leaked',
      '€',
      'most in a range',
      'first block after',
      'over after',
      'challenged',
      'refused',
      'lost',
    ],
    rows,
  );
}

/** Rules that ask everybody for a challenge recognise nothing: what leaks past them is no measure of a guard. */
const NOT_COMPARED: readonly string[] = [
  'none',
  'ours',
  'ours-without-challenge',
  'telnyx-captcha',
];

/** Of honest visitors in a family: whoever loses more has shut the door on them too. */
const MOST_LOST_TO_COMPARE = 0.01;

/** Each goal, what it came to, and whether that is what was aimed for. */
function goals(runs: readonly FinishedRun[]): string {
  const missing = ([...ATTACK_NAMES, ...CROWD_NAMES] as PartName[]).filter(
    (part) => figuresOf(runs, part, 'ours').length === 0,
  );
  if (missing.length > 0) return `Not played yet: ${missing.map(titleOf).join(', ')}.`;
  const middle = (part: PartName, contender: string, figure: (outcome: Outcome) => number | null) =>
    intervalOf(figuresOf(runs, part, contender).flatMap((outcome) => figure(outcome) ?? []));
  const leaked = ({ leaked }: Outcome) => leaked;
  const highest = (parts: readonly PartName[], figure: (outcome: Outcome) => number | null) =>
    Math.max(...parts.map((part) => middle(part, 'ours', figure)?.high ?? 0));
  const sum = (contender: string) =>
    ATTACK_NAMES.reduce((all, part) => all + (middle(part, contender, leaked)?.middle ?? 0), 0);
  const behind = (isComparable: (part: PartName, contender: string) => boolean) =>
    ATTACK_NAMES.map((part) => {
      const others = FIGURE_CONTENDERS.filter(
        (name) => !NOT_COMPARED.includes(name) && isComparable(part, name),
      ).flatMap((name) => middle(part, name, leaked)?.middle ?? []);
      return { part, own: middle(part, 'ours', leaked)?.middle ?? 0, best: Math.min(...others) };
    }).filter(({ own, best }) => own > best / 2);
  const toldOf = (those: ReturnType<typeof behind>) =>
    those.length === 0
      ? 'each of them'
      : `not ${those.map(({ part, own, best }) => `${part} (${whole(own)} against ${whole(best)})`).join(', ')}`;
  const behindComparable = behind(
    (part, name) => (middle(part, name, lostShare)?.middle ?? 0) < MOST_LOST_TO_COMPARE,
  );
  const behindAny = behind(() => true);
  const ranges = highest(ATTACK_NAMES, ({ leakedPerRange }) => leakedPerRange);
  const challenged = highest(CROWD_NAMES, challengedShare);
  const lost = highest(CROWD_NAMES, lostShare);
  const lostInCrowds = (['launch of 20', 'outage'] as const).map((part) =>
    highest([part], ({ honestLost }) => honestLost),
  );
  const lostInPoisoning = highest(['I'], ({ honestLost }) => honestLost);
  const unblock = highest(ATTACK_NAMES, ({ unblockMs }) => unblockMs);
  const share = sum('ours') / Math.max(1, sum('limits'));
  const rows: [string, string, boolean][] = [
    ['at most 30 messages to a range', `${whole(ranges)} at most`, ranges <= 30],
    ['over all attacks a tenth of what `limits` leaks', percent(share), share <= 0.1],
    [
      'half of the best other comparable contender, family by family',
      toldOf(behindComparable),
      behindComparable.length === 0,
    ],
    [
      'half of the best other one, however many honest visitors that loses',
      toldOf(behindAny),
      behindAny.length === 0,
    ],
    [
      'under 0.5 % challenged in crowds without an attack',
      `${percent(challenged)} at most`,
      challenged < 0.005,
    ],
    ['under 0.05 % lost in them', `${percent(lost)} at most`, lost < 0.0005],
    [
      'a launch of 20× and an outage lose nobody',
      lostInCrowds.map(whole).join(' and '),
      lostInCrowds.every((count) => count === 0),
    ],
    ['poisoning loses no honest visitor', whole(lostInPoisoning), lostInPoisoning === 0],
    [
      'nobody is held up ten minutes after the attack and the shortest block',
      `${duration(unblock)} at most`,
      unblock <= MOST_UNBLOCK_MS,
    ],
  ];
  return table(
    ['goal', 'came to', ''],
    rows.map(([goal, came, isMet]) => [goal, came, isMet ? 'met' : '**not met**']),
  );
}

/** Ten minutes, and the shortest block of the guard. */
const MOST_UNBLOCK_MS = 25 * 60_000;

function challengedShare({ honestChallenged, honest }: Outcome): number {
  return honest === 0 ? 0 : honestChallenged / honest;
}

function refusedShare({ honestRefused, honest }: Outcome): number {
  return honest === 0 ? 0 : honestRefused / honest;
}

function lostShare({ honestLost, honest }: Outcome): number {
  return honest === 0 ? 0 : honestLost / honest;
}

export function figuresOf(
  runs: readonly FinishedRun[],
  part: PartName,
  contender: string,
): Outcome[] {
  return runs
    .filter((run) => run.part === part && run.contender === contender)
    .map(({ outcome }) => outcome);
}

function shown(
  outcomes: readonly Outcome[],
  figure: (outcome: Outcome) => number | null,
  show: (value: number) => string,
): string {
  const interval = intervalOf(outcomes.flatMap((outcome) => figure(outcome) ?? []));
  if (!interval) return '—';
  const [low, middle, high] = [interval.low, interval.middle, interval.high].map(show);
  return low === high ? `${middle}` : `${middle} (${low} to ${high})`;
}

export function titleOf(part: PartName): string {
  return isAttack(part) ? `${part} · ${ATTACKS[part].title}` : CROWDS[part].title;
}

function whole(value: number): string {
  return Math.round(value).toLocaleString('en-US');
}

function percent(share: number): string {
  if (share === 0) return '0 %';
  return `${Number((100 * share).toPrecision(2))} %`;
}

function duration(milliseconds: number | null): string {
  if (milliseconds === null) return 'never';
  const seconds = milliseconds / 1000;
  if (seconds < 120) return `${Math.round(seconds)} s`;
  if (seconds < 7_200) return `${Math.round(seconds / 60)} min`;
  return `${Math.round(seconds / 3_600)} h`;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  const rule = line(head.map((_, index) => (index === 0 ? '---' : '---:')));
  return [line(head), rule, ...rows.map(line)].join('\n');
}
