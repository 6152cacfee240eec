/** Days in UTC as `YYYY-MM-DD`, which sort as text. */
import * as v from 'valibot';

export function dayOf(time: number): string {
  return new Date(time).toISOString().slice(0, 10);
}

export function dayBefore(day: string): string {
  return dayOf(Date.parse(day) - 86_400_000);
}

export function firstDayOfMonth(day: string): string {
  return `${day.slice(0, 7)}-01`;
}

export function lastDayOfMonth(day: string): string {
  const [year = 0, month = 0] = day.split('-').map(Number);
  // Day 0 of the next month; `Date.UTC` counts months from 0.
  return dayOf(Date.UTC(year, month, 0));
}

const Day = v.pipe(
  v.string(),
  v.regex(/^\d{4}-\d\d-\d\d$/, 'not a date: YYYY-MM-DD'),
  v.check((day) => !Number.isNaN(Date.parse(day)), 'no such day'),
);

/** The documented filters of usage. Both days are included. */
export const DayRangeSchema = v.object({ startDate: v.optional(Day), endDate: v.optional(Day) });

export interface DayRange {
  startDate?: string | undefined;
  endDate?: string | undefined;
}

export function isWithin(day: string, { startDate, endDate }: DayRange): boolean {
  return (startDate === undefined || day >= startDate) && (endDate === undefined || day <= endDate);
}

/** The days that both ranges have. */
export function intersection(one: DayRange, other: DayRange): DayRange {
  return {
    startDate: later(one.startDate, other.startDate),
    endDate: earlier(one.endDate, other.endDate),
  };
}

function later(one: string | undefined, other: string | undefined): string | undefined {
  if (one === undefined || other === undefined) return one ?? other;
  return one > other ? one : other;
}

function earlier(one: string | undefined, other: string | undefined): string | undefined {
  if (one === undefined || other === undefined) return one ?? other;
  return one < other ? one : other;
}
