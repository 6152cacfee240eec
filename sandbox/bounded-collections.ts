/** Stores that drop their oldest entry when full: a sandbox may run for days under a load test. */

/** A log whose ids grow and are never used again, so that a reader can ask for what came after the last it saw. */
export class BoundedLog<Entry> {
  readonly #max: number;
  #entries: (Entry & { readonly id: number })[] = [];
  #lastId = 0;

  constructor(max: number) {
    this.#max = max;
  }

  add(entry: Entry): Entry & { readonly id: number } {
    this.#lastId += 1;
    const numbered = { ...entry, id: this.#lastId };
    this.#entries.push(numbered);
    if (this.#entries.length > this.#max) this.#entries.shift();
    return numbered;
  }

  /** Oldest first. */
  after(id = 0): readonly (Entry & { readonly id: number })[] {
    return this.#entries.filter((entry) => entry.id > id);
  }

  /** The ids go on: a page that polls for what is new must not miss what comes after a reset. */
  clear(): void {
    this.#entries = [];
  }
}

/** A map in order of insertion. */
export class BoundedMap<Key, Value> extends Map<Key, Value> {
  readonly #max: number;

  constructor(max: number) {
    super();
    this.#max = max;
  }

  override set(key: Key, value: Value): this {
    super.set(key, value);
    if (this.size > this.#max) {
      for (const oldest of this.keys()) {
        this.delete(oldest);
        break;
      }
    }
    return this;
  }
}
