/** That docs/settings.md has every setting, with its default and its bounds, and none that there is not. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { FlowLimitsSchema, LimitsSchema } from '../rate-limit/limits-schema.ts';
import { FlowSchema } from './flow-schema.ts';
import { SettingsSchema } from './schema.ts';

const page = readFileSync('docs/settings.md', 'utf8');

/** By the title of their section, what stands in its tables. The text above them holds for each row. */
const SECTIONS = page.split(/^## /m).map((section) => {
  const [title = '', ...lines] = section.split('\n');
  const rows = lines.filter((line) => line.startsWith('| `'));
  const heads = lines.filter((_line, index) => lines[index + 1]?.startsWith('|---'));
  const text = lines.filter((line) => !line.startsWith('|')).join('\n');
  return {
    title: title.replaceAll('`', ''),
    rows,
    hasDefaults: /default/.test(heads[0] ?? ''),
    text,
  };
});

interface Row {
  name: string;
  /** Absent where the table has no such column. */
  byDefault: string | undefined;
  words: string;
}

function rowsOf(...titles: string[]): Row[] {
  return SECTIONS.filter(({ title }) => titles.includes(title)).flatMap(
    ({ rows, hasDefaults, text }) =>
      rows.flatMap((row) => {
        const [names = '', ...cells] = row
          .split('|')
          .slice(1, -1)
          .map((cell) => cell.trim());
        const byDefault = hasDefaults ? cells.shift() : undefined;
        return [...names.matchAll(/`(\w+)`/g)].map(([, name = '']) => ({
          name,
          byDefault,
          words: `${cells.join(' ')} ${text}`,
        }));
      }),
  );
}

interface Schema {
  kind?: string;
  message?: unknown;
  default?: unknown;
  wrapped?: Schema;
  item?: Schema;
  pipe?: readonly Schema[];
}

/** The numbers of "must be at least 4", "must have counts of at most 100". */
function boundsOf({ message, wrapped, item, pipe = [] }: Schema): string[] {
  const own =
    typeof message === 'string' ? /at (?:least|most) (\d+)/.exec(message)?.[1] : undefined;
  const inside = [wrapped, item, ...pipe];
  return [...(own ? [own] : []), ...inside.flatMap((schema) => (schema ? boundsOf(schema) : []))];
}

function written(value: unknown): string {
  return value === undefined
    ? ''
    : typeof value === 'object'
      ? JSON.stringify(value)
      : String(value);
}

describe.each([
  ['settings', SettingsSchema, rowsOf('Required', 'Optional', 'Other connectors')],
  ['limits', LimitsSchema, rowsOf('LIMITS')],
  ['members of a flow', FlowSchema, rowsOf('Flows and templates')],
] as const)('the %s of the page', (_what, schema, rows) => {
  const entries: Record<string, Schema> = schema.entries;

  it('are those that are read', () => {
    expect(rows.map(({ name }) => name).sort()).toEqual(Object.keys(entries).sort());
  });

  it.each(rows)('$name with its bounds and its default', ({ name, words, byDefault }) => {
    const entry = entries[name] ?? {};
    for (const bound of boundsOf(entry)) expect(words).toMatch(new RegExp(`\\b${bound}\\b`));
    if (byDefault !== undefined)
      expect(byDefault.replace(/[`"]/g, '')).toBe(written(entry.default));
  });
});

it('names the limits that a flow may set', () => {
  const words = rowsOf('Flows and templates').find(({ name }) => name === 'limits')?.words ?? '';
  const named = [...(words.split(' below ')[0] ?? '').matchAll(/`([a-z_]+)`/g)];
  expect(named.map(([, name]) => name).sort()).toEqual(
    Object.keys(FlowLimitsSchema.entries).sort(),
  );
});

it('finds the bounds of a setting, however deep they stand', () => {
  const { entries } = LimitsSchema;
  expect(boundsOf(SettingsSchema.entries.CODE_LENGTH as Schema)).toEqual(['4', '10']);
  expect(boundsOf(entries.cooldown as Schema)).toEqual(expect.arrayContaining(['1', '3600']));
  expect(boundsOf(entries.send_per_ip as Schema)).toContain('100');
});
