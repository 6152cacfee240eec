/**
 * Records as Mitto answers them. Few of their members are published, so: those that are known get a type and one
 * spelling, all others stay as they came, and nothing is lost. Pure, and never throws, whatever came.
 */
import { isObject } from './parse-response.ts';

/** A record: its known fields, if they have the known type, and all others. */
export type MittoRecord<Known> = Readonly<Partial<Known>> & {
  readonly [member: string]: unknown;
  /** The whole record as it came. Not enumerable. */
  readonly raw: unknown;
};

/** An array, with all that came around it. */
export type MittoList<Item> = readonly Item[] & {
  /** The whole answer as it came, such as what it says of further pages. Not enumerable. */
  readonly raw: unknown;
};

/** The value as the known type; `undefined` where it is of another. */
type MemberReader<Value> = (value: unknown) => Value | undefined;
export type MemberReaders<Known> = { readonly [Name in keyof Known]-?: MemberReader<Known[Name]> };

export function readRecord<Known extends object>(
  raw: unknown,
  readers: MemberReaders<Known>,
): MittoRecord<Known> {
  const came = isObject(raw) ? Object.entries(raw) : [];
  const exact = new Set(came.map(([name]) => name));
  const names = new Map(Object.keys(readers).map((name) => [name.toLowerCase(), name]));
  const members = new Map<string, unknown>();
  for (const [name, value] of came) {
    const known = names.get(name.toLowerCase());
    // Of two spellings the exact one counts, else the first; the other stays as it is.
    const isOther = known === undefined || (known !== name && exact.has(known));
    if (isOther || members.has(known)) members.set(name, value);
    else {
      const read = readers[known as keyof Known](value);
      // Under its type's name it would be a lie; `raw` has it.
      if (read !== undefined) members.set(known, read);
    }
  }
  members.delete('raw');
  return withRaw(Object.fromEntries(members), raw) as MittoRecord<Known>;
}

/**
 * A bare array, or the array of an object that has just one, or that has one of this name; `undefined` for anything
 * else.
 */
export function readList<Item>(
  raw: unknown,
  name: string,
  readItem: (item: unknown) => Item,
): MittoList<Item> | undefined {
  const items = Array.isArray(raw) ? (raw as unknown[]) : isObject(raw) && arrayOf(raw, name);
  return items ? withRaw(items.map(readItem), raw) : undefined;
}

function arrayOf(members: Readonly<Record<string, unknown>>, name: string): unknown[] | undefined {
  const arrays = Object.entries(members).filter((entry): entry is [string, unknown[]] =>
    Array.isArray(entry[1]),
  );
  const named = arrays.filter(([key]) => key.toLowerCase() === name.toLowerCase());
  const [found, ...others] = named.length > 0 ? named : arrays;
  return others.length === 0 ? found?.[1] : undefined;
}

function withRaw<Value extends object>(
  value: Value,
  raw: unknown,
): Value & { readonly raw: unknown } {
  return Object.defineProperty(value, 'raw', { value: raw }) as Value & { readonly raw: unknown };
}

export function textMember(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

/** A count, be it a number or the same as text. */
export function countMember(value: unknown): number | undefined {
  const isCount = typeof value === 'number' || (typeof value === 'string' && /^\d+$/.test(value));
  const count = isCount ? Number(value) : Number.NaN;
  return Number.isSafeInteger(count) && count >= 0 ? count : undefined;
}
