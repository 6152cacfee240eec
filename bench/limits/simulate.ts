/**
 * Plays the attacks and writes their figures into docs/limits.md and docs/limits-overshoot.svg.
 * With `--check` it writes nothing, and fails where the files say something else.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { simulateClients } from './bounded-state.ts';
import { HOUR_MS, overshoot, POLICY, variations } from './figures.ts';
import { plot } from './plot.ts';
import { boundedStateTable, findings, overshootTable, variationTable } from './wording.ts';

const DOCS = join(import.meta.dirname, '../../docs');
const PAGE = join(DOCS, 'limits.md');
const PICTURE = join(DOCS, 'limits-overshoot.svg');
/** The default of `verify_per_ip`. */
const VERIFY_POLICY = { count: 30, windowMs: 600_000 };

// First, while nothing else is on the heap.
const states = [
  { name: '`send_per_ip`', state: await simulateClients(1_000_000, POLICY, 2 * HOUR_MS) },
  { name: '`verify_per_ip`', state: await simulateClients(100_000, VERIFY_POLICY, HOUR_MS) },
];
const rows = await collected(overshoot(), ({ locations, requestsPerSecond }) => {
  return `${locations} locations, ${requestsPerSecond} requests a second`;
});
const varied = await collected(variations(), ({ name }) => name);
const sections: Record<string, string> = {
  overshoot: `${findings(rows)}\n\n${overshootTable(rows)}`,
  variations: variationTable(varied),
  'bounded state': boundedStateTable(states),
};
const picture = plot(rows);
for (const section of Object.values(sections)) console.log(`${section}\n`);

const page = await readFile(PAGE, 'utf8');
const renewed = Object.entries(sections).reduce(
  (text, [name, section]) => replaceSection(text, name, section),
  page,
);
if (process.argv.includes('--check')) {
  const isSame = renewed === page && picture === (await readFile(PICTURE, 'utf8'));
  console.log(isSame ? 'The files say the same.' : 'The files say something else.');
  process.exitCode = isSame ? 0 : 1;
} else {
  await writeFile(PAGE, renewed);
  await writeFile(PICTURE, picture);
}

/** Says each as it comes, because all of them take minutes. */
async function collected<Row>(
  rows: AsyncIterable<Row>,
  nameOf: (row: Row) => string,
): Promise<Row[]> {
  const all: Row[] = [];
  for await (const row of rows) {
    all.push(row);
    const { user, system } = process.cpuUsage();
    console.error(`${Math.round((user + system) / 1e6)} s of one core: ${nameOf(row)}`);
  }
  return all;
}

/** What stands between the two comments of that name is the script's; the rest of the page is not. */
function replaceSection(text: string, name: string, section: string): string {
  const begin = `<!-- simulated: ${name} -->`;
  const end = '<!-- end -->';
  const from = text.indexOf(begin);
  const to = text.indexOf(end, from);
  if (from < 0 || to < 0) throw new Error(`docs/limits.md has no section "${name}"`);
  return `${text.slice(0, from)}${begin}\n\n${section}\n\n${text.slice(to)}`;
}
