/**
 * Where a guard keeps its counters: so many pages of so many entries, and no more, whatever is thrown at it. A key falls
 * on one page; a full page gives up what was untouched for longest. Nothing is listed and nothing grows.
 */
import type { ObjectStorage } from '../rate-limit/object-storage.ts';
import type { Dimension } from './types.ts';

/** `seen`: numbers of the last day. `times`: how long codes take. */
export type Space = Dimension | 'seen' | 'times';

interface Size {
  pages: number;
  /** Entries of a page. */
  entries: number;
}

export const SIZES: Readonly<Record<Space, Size>> = {
  range2: { pages: 256, entries: 16 },
  range3: { pages: 256, entries: 16 },
  range4: { pages: 256, entries: 16 },
  carrier: { pages: 8, entries: 16 },
  country: { pages: 1, entries: 1 },
  asn: { pages: 16, entries: 16 },
  // Browsers that put their extensions into another order each time bring a key for each connection.
  tls: { pages: 16, entries: 16 },
  client: { pages: 256, entries: 16 },
  site: { pages: 2, entries: 16 },
  seen: { pages: 256, entries: 64 },
  times: { pages: 1, entries: 1 },
};

export type Entry = readonly [id: string, touchedMs: number, value: unknown];

/** One call's view: pages are read once, and written at the end where they have changed. */
export class Pages {
  readonly #kv: ObjectStorage['kv'];
  readonly #read = new Map<string, Entry[]>();
  readonly #changed = new Set<string>();

  constructor(kv: ObjectStorage['kv']) {
    this.#kv = kv;
  }

  get<Value>(space: Space, id: string): Value | undefined {
    const entry = this.#page(pageOf(space, id)).find(([known]) => known === id);
    return entry?.[2] as Value | undefined;
  }

  /** @param isHeld whether an entry is kept before others, as far as there is room */
  put(
    space: Space,
    id: string,
    value: unknown,
    nowMs: number,
    isHeld: (value: unknown) => boolean = () => false,
  ): void {
    const page = pageOf(space, id);
    const entries = this.#page(page);
    const at = entries.findIndex(([known]) => known === id);
    const entry: Entry = [id, nowMs, value];
    if (at >= 0) entries[at] = entry;
    else if (entries.length < SIZES[space].entries) entries.push(entry);
    else entries[oldestOf(entries, isHeld)] = entry;
    this.#changed.add(page);
  }

  /** Drops what has lapsed from all pages. @returns whether anything is left */
  sweep(hasLapsed: (space: Space, entry: Entry) => boolean): boolean {
    let isAnyLeft = false;
    for (const [space, { pages }] of Object.entries(SIZES) as [Space, Size][])
      for (let index = 0; index < pages; index++) {
        const page = `${space}:${index}`;
        const entries = this.#page(page);
        const left = entries.filter((entry) => !hasLapsed(space, entry));
        if (left.length < entries.length) {
          this.#read.set(page, left);
          this.#changed.add(page);
        }
        if (left.length > 0) isAnyLeft = true;
      }
    return isAnyLeft;
  }

  /** Writes what has changed. */
  flush(): void {
    for (const page of this.#changed) this.#kv.put(page, this.#read.get(page) ?? []);
    this.#changed.clear();
  }

  #page(page: string): Entry[] {
    const known = this.#read.get(page);
    if (known) return known;
    // What comes out of the store is a copy: it may be written into.
    const entries = this.#kv.get<Entry[]>(page) ?? [];
    this.#read.set(page, entries);
    return entries;
  }
}

function oldestOf(entries: readonly Entry[], isHeld: (value: unknown) => boolean): number {
  const loose = entries.filter(([, , value]) => !isHeld(value));
  const among = loose.length > 0 ? loose : entries;
  return entries.indexOf(among.reduce((one, other) => (other[1] < one[1] ? other : one)));
}

/** Ids are keyed hashes, so their beginning is as good as chance, and nobody outside can fill one page on purpose. */
function pageOf(space: Space, id: string): string {
  let number = 0;
  for (const character of id.slice(0, 8)) number = (number * 31 + character.charCodeAt(0)) >>> 0;
  return `${space}:${number % SIZES[space].pages}`;
}
