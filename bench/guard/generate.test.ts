import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ATTACKS, type AttackName } from './attacks.ts';
import { CROWDS } from './crowds.ts';
import { generate, inTurn, isAttack, PART_NAMES, type PartName, START_MS } from './generate.ts';
import { inOrder } from './in-order.ts';
import { COUNTRIES, countryOf } from './numbers.ts';
import { DEPLOYMENTS } from './parameters.ts';
import { parseLine, type SendLine, type TraceLine } from './trace.ts';

const HOUR_MS = 3_600_000;

/** As large as it has to be for a part to show. */
const TINY = { ...DEPLOYMENTS.small, attackScale: 0.1 };

function linesOf(part: PartName, seed = 1, attackScale = 0.1): TraceLine[] {
  const fromHour = 2;
  const scenario = {
    deployment: { ...TINY, attackScale: part === 'H' ? 0.01 : attackScale },
    days: 7 / 24,
    parts: [{ name: part, fromHour }],
    seed,
  };
  return [...generate(scenario).lines()];
}

const attackLines = (lines: readonly TraceLine[]) =>
  lines.filter((line): line is SendLine => line.kind === 'send' && !line.truth.honest);

describe('a generated trace', () => {
  it.each(PART_NAMES)(
    'of "%s" is in order, of the format, and to numbers that get a message',
    (part) => {
      const lines = linesOf(part);
      expect(lines.length).toBeGreaterThan(3);
      expect(lines.map((line) => parseLine(JSON.stringify(line), 'line'))).toEqual(lines);
      expect(lines.map(({ at }) => at)).toEqual(
        lines.map(({ at }) => at).toSorted((a, b) => a - b),
      );
      expect(lines.filter(({ phone }) => countryOf(phone) === undefined)).toEqual([]);
    },
  );

  it.each(['A', 'C', 'G', 'outage', 'Private Relay'] as const)(
    'of "%s" is the same with the same seed, and another with another',
    (part) => {
      const lines = linesOf(part);
      expect(linesOf(part)).toEqual(lines);
      expect(linesOf(part, 2)).not.toEqual(lines);
    },
  );

  it('gives the same lines each time that it is asked', () => {
    const parts = inTurn(['A', 'outage']);
    const trace = generate({ deployment: TINY, days: 2, parts, seed: 5 });
    expect([...trace.lines()]).toEqual([...trace.lines()]);
  });

  it('has about as many visits a day as the deployment', () => {
    const scenario = { deployment: { ...TINY, perDay: 1_000 }, days: 1, parts: [], seed: 3 };
    const visits = new Set(
      [...generate(scenario).lines()].flatMap((line) => (line.kind === 'send' ? [line.phone] : [])),
    );
    expect(visits.size).toBeGreaterThan(650);
    expect(visits.size).toBeLessThan(1_100);
  });

  it('puts one part after the other', () => {
    const parts = inTurn(['A', 'quiet', 'B']);
    const ends = parts.map(({ name, fromHour }) => {
      const { hours } = isAttack(name) ? ATTACKS[name] : CROWDS[name];
      return fromHour + hours;
    });
    expect(parts[1]?.fromHour).toBeGreaterThan(ends[0] ?? 0);
    expect(parts[2]?.fromHour).toBeGreaterThan(ends[1] ?? 0);
  });
});

describe('an attack', () => {
  it.each(Object.keys(ATTACKS) as AttackName[])('%s keeps to its hours', (name) => {
    const attack = attackLines(linesOf(name));
    expect(attack.length).toBeGreaterThan(2);
    for (const { at } of attack) {
      expect(at).toBeGreaterThanOrEqual(START_MS + 2 * HOUR_MS);
      expect(at).toBeLessThan(START_MS + (2 + ATTACKS[name].hours) * HOUR_MS);
    }
  });

  it('A comes from one address and goes to one range', () => {
    const attack = attackLines(linesOf('A'));
    expect(new Set(attack.map(({ ip }) => ip)).size).toBe(1);
    expect(new Set(attack.map(({ phone }) => phone.slice(0, -4))).size).toBe(1);
  });

  it('B goes to one range from many addresses', () => {
    const attack = attackLines(linesOf('B'));
    expect(new Set(attack.map(({ ip }) => ip)).size).toBeGreaterThan(attack.length / 2);
    expect(new Set(attack.map(({ phone }) => phone.slice(0, -4))).size).toBe(1);
  });

  it('C takes at most twenty numbers of each of its ranges', () => {
    const counts = new Map<string, number>();
    for (const { phone } of attackLines(linesOf('C', 1, 1)))
      counts.set(phone.slice(0, -4), (counts.get(phone.slice(0, -4)) ?? 0) + 1);
    expect(counts.size).toBeGreaterThan(40);
    expect(Math.max(...counts.values())).toBeLessThanOrEqual(20);
  });

  it('G types some of its codes, and the others none', () => {
    const isTyped = ({ truth }: SendLine) => truth.verifiesAfterMs !== undefined;
    expect(attackLines(linesOf('G')).some(isTyped)).toBe(true);
    expect(attackLines(linesOf('B')).some(isTyped)).toBe(false);
  });

  it('J is by voice', () => {
    expect(attackLines(linesOf('J')).every(({ channel }) => channel === 'voice')).toBe(true);
  });

  it('K is not reported', () => {
    expect(linesOf('K').every(({ kind }) => kind === 'send')).toBe(true);
  });
});

describe('a crowd', () => {
  it.each(Object.keys(CROWDS) as PartName[])('"%s" is honest', (name) => {
    expect(attackLines(linesOf(name))).toEqual([]);
  });
});

describe('numbers', () => {
  it('are known of nearly every country', () => {
    expect(COUNTRIES.length).toBeGreaterThan(220);
  });
});

describe('inOrder', () => {
  const bundles = fc.array(
    fc.array(fc.array(fc.nat(50), { maxLength: 3 }), { maxLength: 5 }).map((gaps) => {
      // Each bundle begins no earlier than the one before it, and goes on from there.
      let first = 0;
      return gaps.map(([gap, ...more]) => {
        first += gap ?? 0;
        return gap === undefined ? [] : [first, ...more.map((later) => first + later)];
      });
    }),
    { maxLength: 4 },
  );

  it('gives every line once, sorted', () => {
    fc.assert(
      fc.property(bundles, (sources) => {
        const lines = sources.map((source) => source.map((ats) => ats.map((at) => ({ at }))));
        const merged = [...inOrder(lines)].map(({ at }) => at);
        expect(merged).toEqual(sources.flat(2).toSorted((a, b) => a - b));
      }),
    );
  });
});
