/** Mitto's records, with few documented fields: known ones first, others as received. */

export type UnknownRecord = Readonly<Record<string, unknown>>;

/** A value in one line of text, as it came. */
export function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  return value === undefined ? '' : JSON.stringify(value);
}

/** The fields of all records: known ones first, in their order, then the others as received. */
export function columnsOf(records: readonly UnknownRecord[], known: readonly string[]): string[] {
  const occurring = new Set(records.flatMap((record) => Object.keys(record)));
  const others = [...occurring].filter((name) => !known.includes(name));
  return [...known.filter((name) => occurring.has(name)), ...others];
}

/** The records that contain each word of the search, case-insensitive. */
export function recordsWith(
  records: readonly UnknownRecord[],
  search: string,
): readonly UnknownRecord[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return records;
  return records.filter((record) => {
    const text = Object.values(record).map(textOf).join('\n').toLowerCase();
    return words.every((word) => text.includes(word));
  });
}

/** The record's own id; `undefined` where it has none to be asked for by. */
export function sidOf({ sid }: UnknownRecord): string | undefined {
  return typeof sid === 'string' && sid !== '' ? sid : undefined;
}

export type ParsedRecord =
  | { kind: 'record'; record: UnknownRecord }
  | { kind: 'invalid'; problem: string };

/** What was typed as JSON. Only an object is a record. */
export function parseRecord(text: string): ParsedRecord {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return { kind: 'invalid', problem: `This is not JSON: ${(error as Error).message}` };
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return { kind: 'invalid', problem: 'It must be an object: { … }' };
  return { kind: 'record', record: value as UnknownRecord };
}

/** Keeps every other field in its place; an `undefined` value removes the field. */
export function withMember(record: UnknownRecord, name: string, value: unknown): UnknownRecord {
  if (value !== undefined) return { ...record, [name]: value };
  return Object.fromEntries(Object.entries(record).filter(([other]) => other !== name));
}
