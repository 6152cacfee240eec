/** What callers hand in, checked before anything leaves. */
import { MittoInputError } from './errors.ts';

/**
 * The id of a resource, as a part of a path. Ids are a prefix and 32 hex in Mitto's samples; nothing that could mean
 * something in a URL is one: no dots or slashes, and not `search`, which is a path of its own.
 *
 * @throws MittoInputError
 */
export function sidSegment(name: string, sid: string): string {
  const isSid = typeof sid === 'string' && /^[A-Za-z0-9_-]{1,64}$/.test(sid);
  if (!isSid || sid.toLowerCase() === 'search')
    throw new MittoInputError(name, 'must be an id: up to 64 letters, digits, "_" and "-"');
  return sid;
}

/**
 * Filters of a search. `startDate` and `endDate` are documented for usage, both as `YYYY-MM-DD`; all other names are
 * assumed and pass through.
 */
export interface MittoFilter {
  /** `YYYY-MM-DD` */
  startDate?: string | undefined;
  /** `YYYY-MM-DD`, not before `startDate` */
  endDate?: string | undefined;
  [name: string]: unknown;
}

/**
 * The filters that are set; `undefined` where there is none.
 *
 * @throws MittoInputError
 */
export function filtersOf(filter: MittoFilter): Record<string, unknown> | undefined {
  const filters = Object.entries(filter).filter(([, value]) => value !== undefined);
  for (const [name, value] of filters)
    if (/^(start|end)date$/i.test(name) && !isDay(value))
      throw new MittoInputError(name, 'must be a day: YYYY-MM-DD');
  const { startDate, endDate } = filter;
  if (startDate !== undefined && endDate !== undefined && endDate < startDate)
    throw new MittoInputError('endDate', 'must not be before startDate');
  return filters.length === 0 ? undefined : Object.fromEntries(filters);
}

/**
 * The same as the parameters of a query, which knows texts only.
 *
 * @throws MittoInputError
 */
export function queryOf(filter: MittoFilter): Record<string, string> {
  return Object.fromEntries(
    Object.entries(filtersOf(filter) ?? {}).map(([name, value]) => {
      if (!['string', 'number', 'boolean'].includes(typeof value))
        throw new MittoInputError(name, 'must be a text, a number or a boolean');
      return [name, String(value)];
    }),
  );
}

function isDay(value: unknown): boolean {
  if (typeof value !== 'string' || !/^\d{4}-\d\d-\d\d$/.test(value)) return false;
  const time = Date.parse(value);
  // `Date.parse` takes 30 February for 2 March.
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(value);
}

/** @throws MittoInputError */
export function requireText(name: string, value: unknown): void {
  if (typeof value !== 'string' || value === '')
    throw new MittoInputError(name, 'must be a text that is not empty');
}
