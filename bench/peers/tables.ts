/** The figures as docs/performance.md shows them. */
import { ratiosOf, type Spread, spreadOf } from './spread.ts';
import type { Visit } from './visit.ts';

/** A contender's visits, one a round. */
export interface Row {
  name: string;
  visits: readonly Visit[];
}

export function sizeTable(rows: readonly Row[]): string {
  return table(
    ['', 'to a usable field', 'in all', 'layout shift', 'with a gesture', 'calls elsewhere'],
    rows.map(({ name, visits }) => [
      name,
      sizeAndFiles(visits.map(({ toField }) => toField)),
      sizeAndFiles(visits.map(({ total }) => total)),
      shift(visits.map((visit) => visit.shift)),
      shift(visits.map((visit) => visit.shiftAfterInput)),
      String(spreadOf(visits.map(({ refused }) => refused)).median),
    ]),
  );
}

/** @param ours what the others are divided by, round by round */
export function speedTable(rows: readonly Row[], ours: Row): string {
  return table(
    ['', 'a usable field', 'main thread', 'of it, scripts'],
    rows.map(({ name, visits }) => [
      name,
      ...SPEEDS.map((speedOf) => ratio(ratiosOf(visits.map(speedOf), ours.visits.map(speedOf)))),
    ]),
  );
}

/** Of this machine, and never to be compared with another's. */
export function timeTable(rows: readonly Row[]): string {
  return table(
    ['', 'a usable field', 'main thread', 'of it, scripts'],
    rows.map(({ name, visits }) => [
      name,
      ...SPEEDS.map((speedOf) => milliseconds(spreadOf(visits.map(speedOf)))),
    ]),
  );
}

const SPEEDS: readonly ((visit: Visit) => number)[] = [
  ({ toField }) => toField.ms,
  ({ mainThread }) => mainThread.tasksMs,
  ({ mainThread }) => mainThread.scriptsMs,
];

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(head), `|${'---|'.repeat(head.length)}`, ...rows.map(line)].join('\n');
}

function sizeAndFiles(loads: readonly { bytes: number; requests: number }[]): string {
  const kilobytes = spreadOf(loads.map(({ bytes }) => bytes / 1_000));
  const { median: files } = spreadOf(loads.map(({ requests }) => requests));
  return `${withRange(kilobytes, (value) => value.toFixed(1), ' kB')} in ${files}`;
}

function shift(sums: readonly number[]): string {
  return withRange(spreadOf(sums), (value) => (value === 0 ? 'none' : value.toFixed(3)));
}

function ratio(values: readonly number[]): string {
  return withRange(spreadOf(values), (value) => value.toFixed(2));
}

function milliseconds(spread: Spread): string {
  return withRange(spread, (value) => value.toFixed(0), ' ms');
}

/** `1.20 (1.10–1.35)`, or `1.20` where all rounds say the same. */
function withRange(
  { median, min, max }: Spread,
  write: (value: number) => string,
  unit = '',
): string {
  const [middle, low, high] = [write(median), write(min), write(max)];
  return low === high ? `${middle}${unit}` : `${middle}${unit} (${low}–${high})`;
}
