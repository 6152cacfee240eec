import { describe, expect, it } from 'vitest';
import { PART_NAMES } from './generate.ts';
import type { Outcome } from './outcome.ts';
import { plot } from './plot.ts';
import { FIGURE_CONTENDERS, type FinishedRun } from './runs.ts';
import { replaceSections } from './sections.ts';
import { intervalOf } from './statistics.ts';
import { sections } from './wording.ts';

const OUTCOME: Outcome = {
  messages: 1_000,
  attack: 200,
  leaked: 100,
  leakedShare: 0.5,
  cost: 6,
  leakedPerRange: 40,
  firstBlockMs: 60_000,
  honest: 1_000,
  honestSent: 1_000,
  honestRefused: 0,
  honestChallenged: 0,
  honestLost: 0,
  unblockMs: 0,
};
const GOOD: Partial<Outcome> = { leaked: 4, leakedPerRange: 4 };

function runsWith(own: Partial<Outcome>, others: Partial<Outcome> = {}): FinishedRun[] {
  return [101, 102].flatMap((seed) =>
    PART_NAMES.flatMap((part) =>
      FIGURE_CONTENDERS.map((contender) => ({
        part,
        seed,
        contender,
        outcome: { ...OUTCOME, ...(contender.startsWith('ours') ? own : others) },
      })),
    ),
  );
}

const goalsOf = (runs: readonly FinishedRun[]) => sections(runs)['goals'] ?? '';

describe('the goals', () => {
  it('are met where each of them is', () => {
    expect(goalsOf(runsWith(GOOD))).not.toContain('not met');
  });

  it.each([
    ['a range gets more than 30', { leakedPerRange: 31 }, 'messages to a range'],
    ['more than a tenth of what the limits leak', { leaked: 11 }, 'over all attacks'],
    ['half of the best other one is passed', { leaked: 51 }, 'comparable'],
    ['0.5 % are challenged', { honestChallenged: 5 }, 'challenged in crowds'],
    ['0.05 % are lost', { honestLost: 1 }, 'lost in them'],
    ['somebody is held up for long', { unblockMs: 26 * 60_000 }, 'nobody is held up'],
  ])('are not met where %s', (_what, own, goal) => {
    const rows = goalsOf(runsWith({ ...GOOD, ...own })).split('\n');
    expect(rows.find((row) => row.includes(goal))).toContain('**not met**');
  });

  it('are not said to be met before everything was played', () => {
    expect(goalsOf(runsWith(GOOD).filter(({ part }) => part !== 'C'))).toMatch(
      /^Not played yet: C/,
    );
  });

  it('compare with those that lose few honest visitors, and with all', () => {
    const goals = goalsOf(runsWith({ ...GOOD, leaked: 9 }, { leaked: 10, honestLost: 10 }));
    const [, comparable = '', any = ''] =
      /^(\| half of the best other comparable .*)\n(\| half of the best other one.*)$/m.exec(
        goals,
      ) ?? [];
    expect(comparable).toContain('| met |');
    expect(any).toContain('A (9 against 10)');
  });
});

describe('the tables', () => {
  it('show the middle of the seeds, and how far they lie apart', () => {
    const runs = runsWith(GOOD).map((run) =>
      run.seed === 102 ? { ...run, outcome: { ...run.outcome, leaked: 2_000 } } : run,
    );
    expect(sections(runs)['leaks']).toContain('1,050 (100 to 2,000)');
  });

  it('do without what was not played', () => {
    expect(sections([])['leaks']).toContain('| — |');
    expect(plot([])).toContain('<svg');
  });

  it('have a picture that is well-formed', () => {
    const picture = plot(runsWith(GOOD));
    expect(picture.match(/<circle/g)?.length).toBe(12);
    expect(picture).not.toContain('NaN');
  });
});

describe('replaceSections', () => {
  it('writes between the comments and nowhere else', () => {
    const page = 'a\n<!-- simulated: x -->\nold\n<!-- end -->\nb\n';
    const renewed = replaceSections(page, { x: 'new' });
    expect(renewed).toBe('a\n<!-- simulated: x -->\n\nnew\n\n<!-- end -->\nb\n');
    expect(replaceSections(renewed, { x: 'new' })).toBe(renewed);
  });

  it('fails where the page has no such section', () => {
    expect(() => replaceSections('a', { x: 'new' })).toThrow('no section "x"');
  });
});

describe('intervalOf', () => {
  it('is of the least, the middle and the most', () => {
    expect(intervalOf([3, 1, 10])).toEqual({ low: 1, middle: 3, high: 10 });
    expect(intervalOf([4, 1])).toEqual({ low: 1, middle: 2.5, high: 4 });
    expect(intervalOf([])).toBeUndefined();
  });
});
