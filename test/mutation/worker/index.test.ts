/** `npm run prove` takes minutes; that it finds what it takes out, and that the document says the same, takes none. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { MUTANTS } from './index.ts';

const ROOT = join(import.meta.dirname, '../../..');
const read = (file: string) => readFileSync(join(ROOT, file), 'utf8');

describe.each(MUTANTS)('$promise, $control,', ({ file, was }) => {
  it('stands in its file once', () => {
    expect(read(file).split(was)).toHaveLength(2);
  });
});

it('docs/security.md has a row for each, and its count', () => {
  const document = read('docs/security.md');
  const [, table = ''] = document.split('## Controls and their mutation tests');
  // The widget's controls, and one of the settings, are taken out by hand.
  const rows = table
    .split('\n')
    .filter((line) => /^\| P\d+ \|/.test(line) && !/^\| P22 |taken out by hand/.test(line));
  const expected = MUTANTS.map(
    ({ promise, control, file, test: [testFile, name] }) =>
      `| ${promise} | ${control} | \`${file}\` | \`${testFile}\` › ${name} |`,
  );
  expect(new Set(rows)).toEqual(new Set(expected));
  expect(document).toContain(`${MUTANTS.length} of ${MUTANTS.length}.`);
});
