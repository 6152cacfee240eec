/** Converts Mitto's usage records to bars: one per period, stacked by channel. Pure. */
import type { DateRange } from '../admin-client.ts';
import { textOf, type UnknownRecord } from './records.ts';

export interface UsageBar {
  /** As the block begins, `YYYY-MM-DD` in Mitto's sample; empty where a record does not say. */
  start: string;
  end: string;
  /** By channel; a channel without a count is not there. */
  counts: ReadonlyMap<string, number>;
  total: number;
}

export interface UsageData {
  bars: readonly UsageBar[];
  /** The known ones first, so that each keeps its colour whatever else comes. */
  channels: readonly string[];
  total: number;
  /** Records whose count is not a number: they are in no bar. */
  uncounted: readonly UnknownRecord[];
}

const KNOWN_CHANNELS = ['sms', 'call', 'email'];
const DAY_MS = 86_400_000;
/** As many days as are filled in without a record: two years, and no more bars than pixels. */
const MAX_FILLED_DAYS = 731;

export function usageDataOf(records: readonly UnknownRecord[]): UsageData {
  const bars = new Map<string, { start: string; end: string; counts: Map<string, number> }>();
  const uncounted: UnknownRecord[] = [];
  for (const record of records) {
    const count = countOf(record);
    if (count === undefined) {
      uncounted.push(record);
      continue;
    }
    const start = dayOrText(record['startTime']);
    const end = dayOrText(record['endTime']);
    const key = `${start} ${end}`;
    const bar = bars.get(key) ?? { start, end, counts: new Map<string, number>() };
    const channel = textOf(record['channel']) || 'unnamed';
    bar.counts.set(channel, (bar.counts.get(channel) ?? 0) + count);
    bars.set(key, bar);
  }
  const ordered = [...bars.values()]
    .sort((one, other) => (one.start < other.start ? -1 : 1))
    .map((bar) => ({ ...bar, total: sum(bar.counts.values()) }));
  return {
    bars: ordered,
    channels: channelsOf(ordered),
    total: sum(ordered.map(({ total }) => total)),
    uncounted,
  };
}

/**
 * The same with an empty bar for each day that has no record, where all bars are of one day: otherwise the bars of a
 * Monday and a Friday would stand side by side.
 */
export function withEmptyDays(data: UsageData, range: DateRange): UsageData {
  const { bars } = data;
  if (bars.length === 0 || !bars.every(({ start, end }) => start === end && isDay(start)))
    return data;
  const days = bars.map(({ start }) => start);
  const first = range.startDate || (days[0] ?? '');
  const last = range.endDate || (days.at(-1) ?? '');
  const from = Date.parse(first);
  const count = Math.round((Date.parse(last) - from) / DAY_MS) + 1;
  if (!(count > bars.length && count <= MAX_FILLED_DAYS)) return data;
  const known = new Map(bars.map((bar) => [bar.start, bar]));
  const filled = Array.from({ length: count }, (_, index) => {
    const day = new Date(from + index * DAY_MS).toISOString().slice(0, 10);
    return known.get(day) ?? { start: day, end: day, counts: new Map(), total: 0 };
  });
  // A record outside of what was asked for is still a record.
  const outside = bars.filter(({ start }) => start < first || start > last);
  return {
    ...data,
    bars: [...filled, ...outside].sort((one, other) => (one.start < other.start ? -1 : 1)),
  };
}

/** The least of 2, 4, 6, 8, 10, 20, 40 … that the highest bar does not pass: its half is whole, and short to read. */
export function topOfScale(highest: number): number {
  let power = 1;
  for (;;) {
    for (const step of [2, 4, 6, 8, 10]) if (step * power >= highest) return step * power;
    power *= 10;
  }
}

/** A day, or what stands there instead. */
export function blockName({ start, end }: Pick<UsageBar, 'start' | 'end'>): string {
  if (start === '' && end === '') return 'No dates given';
  return start === end || end === '' ? start : `${start} to ${end}`;
}

function countOf({ countNumber, count }: UnknownRecord): number | undefined {
  const came = countNumber ?? count;
  const number = typeof came === 'string' && /^\d+$/.test(came) ? Number(came) : came;
  return typeof number === 'number' && Number.isSafeInteger(number) && number >= 0
    ? number
    : undefined;
}

/** Of a time stamp the day alone. */
function dayOrText(value: unknown): string {
  const text = textOf(value);
  return /^\d{4}-\d\d-\d\d(?=$|[T ])/.exec(text)?.[0] ?? text;
}

function isDay(text: string): boolean {
  return /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(Date.parse(text));
}

function channelsOf(bars: readonly UsageBar[]): string[] {
  const found = new Set(bars.flatMap(({ counts }) => [...counts.keys()]));
  const others = [...found].filter((channel) => !KNOWN_CHANNELS.includes(channel)).sort();
  return [...KNOWN_CHANNELS.filter((channel) => found.has(channel)), ...others];
}

function sum(numbers: Iterable<number>): number {
  let total = 0;
  for (const number of numbers) total += number;
  return total;
}
