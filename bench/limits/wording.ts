/** The figures as text: tables in Markdown, and numbers that do not pretend to be more exact than they are. */
import type { BoundedState } from './bounded-state.ts';
import {
  ISOLATES_PER_LOCATION,
  POLICY,
  type Row,
  VARIED_LOCATIONS,
  type VariationRow,
} from './figures.ts';

/** Up to ten thousand as it is, above it three digits and the size. */
export function rounded(value: number): string {
  if (value < 10_000) return value.toLocaleString('en-US');
  if (value < 1_000_000) return Number(value.toPrecision(3)).toLocaleString('en-US');
  return `${Number((value / 1_000_000).toPrecision(3))} million`;
}

export function overshootTable(rows: readonly Row[]): string {
  return table(
    [
      'locations',
      'requests a second',
      'ours in KV, 2 minutes',
      'ours in KV, 1 hour',
      'plain, counted before, 1 hour',
      'plain, counted after, 1 hour',
      'Durable Object, 1 hour',
    ],
    rows.map(({ locations, requestsPerSecond, admitted }) =>
      [
        locations,
        requestsPerSecond,
        admitted['kv limiter'].twoMinutes,
        admitted['kv limiter'].hour,
        admitted['plain, counted before'].hour,
        admitted['plain, counted after'].hour,
        admitted['durable object'].hour,
      ].map(rounded),
    ),
  );
}

/** The sentences that the tables come down to. */
export function findings(rows: readonly Row[]): string {
  const worst = (those: readonly Row[]) =>
    those.reduce((a, b) => (b.admitted['kv limiter'].hour > a.admitted['kv limiter'].hour ? b : a));
  const near = worst(rows.filter(({ locations }) => locations === 1));
  const far = worst(rows);
  const times = ({ admitted }: Row) =>
    `${rounded(admitted['kv limiter'].hour)} admitted, ${Number((admitted['kv limiter'].hour / POLICY.count).toPrecision(2))} times the limit`;
  const ceiling = POLICY.count * ISOLATES_PER_LOCATION;
  const most = Math.max(...rows.map(({ locations }) => locations));
  return [
    `- From one location, which is what an IP address can do: at most ${times(near)}.`,
    `- From anywhere: at most ${times(far)}, at ${rounded(far.requestsPerSecond)} requests a second from ${far.locations} locations.`,
    `- Whatever the rate and whatever KV does, an isolate admits ${POLICY.count} as long as it lives: ${ceiling} a location with ${ISOLATES_PER_LOCATION} isolates, ${rounded(ceiling * most)} from ${most} locations.`,
  ].join('\n');
}

export function variationTable(rows: readonly VariationRow[]): string {
  const from = VARIED_LOCATIONS.map((count) => (count === 1 ? '1 location' : `${count} locations`));
  return table(
    [
      'assumption',
      ...from.map((text) => `ours in KV, ${text}`),
      ...from.map((text) => `plain, counted before, ${text}`),
    ],
    rows.map(({ name, kvLimiter, plainBefore }) => [
      name,
      ...[...kvLimiter, ...plainBefore].map(rounded),
    ]),
  );
}

export function boundedStateTable(
  states: readonly { name: string; state: BoundedState }[],
): string {
  return table(
    [
      'limit',
      'clients',
      'remembered by the isolate',
      'heap of that, each at its limit',
      'KV keys at most',
      'bytes a key at most',
      'KV keys one window later',
    ],
    states.map(({ name, state }) => [
      name,
      rounded(state.clients),
      rounded(state.remembered),
      `under ${upToTen(state.heapBytes / 1e6)} MB`,
      rounded(state.keysAtMost),
      rounded(state.bytesPerKeyAtMost),
      rounded(state.keysLeft),
    ]),
  );
}

/** Heap sizes differ a little from run to run: said in steps of ten. */
function upToTen(value: number): number {
  return Math.ceil(value / 10) * 10;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  const rule = line(head.map((_, index) => (index === 0 ? '---' : '---:')));
  return [line(head), rule, ...rows.map(line)].join('\n');
}
