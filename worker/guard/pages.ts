/**
 * Where a guard keeps its counters: so many pages of so many entries, and no more, whatever is thrown at it. A key falls
 * on one page; a full page gives up what was untouched for longest. Nothing is listed and nothing grows.
 */
import type { ObjectStorage } from '../limits/object-storage.ts';
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
    const others = this.#page(page).filter(([known]) => known !== id);
    if (others.length >= SIZES[space].entries) {
      const loose = others.filter(([, , other]) => !isHeld(other));
      const [oldest] = (loose.length > 0 ? loose : others).toSorted(([, a], [, b]) => a - b);
      others.splice(others.indexOf(oldest as Entry), 1);
    }
    this.#set(page, [...others, [id, nowMs, value]]);
  }

  /** Drops what has lapsed from all pages. @returns whether anything is left */
  sweep(hasLapsed: (space: Space, entry: Entry) => boolean): boolean {
    let isAnyLeft = false;
    for (const [space, { pages }] of Object.entries(SIZES) as [Space, Size][])
      for (let index = 0; index < pages; index++) {
        const page = `${space}:${index}`;
        const entries = this.#page(page);
        const left = entries.filter((entry) => !hasLapsed(space, entry));
        if (left.length < entries.length) this.#set(page, left);
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
    const entries = this.#kv.get<Entry[]>(page) ?? [];
    this.#read.set(page, entries);
    return entries;
  }

  #set(page: string, entries: Entry[]): void {
    this.#read.set(page, entries);
    this.#changed.add(page);
  }
}

/** Ids are keyed hashes, so their beginning is as good as chance, and nobody outside can fill one page on purpose. */
function pageOf(space: Space, id: string): string {
  let number = 0;
  for (const character of id.slice(0, 8)) number = (number * 31 + character.charCodeAt(0)) >>> 0;
  return `${space}:${number % SIZES[space].pages}`;
}
