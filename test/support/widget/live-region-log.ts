/**
 * What a screen reader is given to say, in the order in which it comes: sentences of the live region, and name and
 * description of whatever the focus goes to. How it is worded then, each has its own ways.
 */
import type { Harness } from './harness.ts';

export class LiveRegionLog {
  /** `says` is the live region, `reads` what the focus comes to. */
  readonly lines: string[] = [];
  /** Name and description of what has the focus, each time that they change under it: some read that out, too. */
  readonly changes: string[] = [];
  readonly #page: Harness;
  readonly #observer = new MutationObserver(() => this.#look());
  #said = '';
  #read = '';

  constructor(page: Harness) {
    this.#page = page;
    const all = { subtree: true, childList: true, characterData: true, attributes: true };
    for (const root of [page.element, page.element.shadowRoot])
      if (root) this.#observer.observe(root, all);
    document.addEventListener('focusin', this.#onFocus);
  }

  stop(): void {
    this.#observer.disconnect();
    document.removeEventListener('focusin', this.#onFocus);
  }

  readonly #onFocus = (): void => {
    this.#read = this.#focused;
    this.lines.push(`reads: ${this.#read}`);
  };

  #look(): void {
    const said = this.#page.part('status')?.textContent ?? '';
    if (said !== this.#said && said !== '') this.lines.push(`says: ${said.trim()}`);
    this.#said = said;
    if (this.#focused === this.#read) return;
    this.#read = this.#focused;
    this.changes.push(this.#read);
  }

  get #focused(): string {
    const { focused, description } = this.#page;
    const label = focused instanceof HTMLInputElement ? focused.labels?.[0] : focused;
    const name = focused?.ariaLabel ?? label?.textContent?.trim() ?? '';
    return [name, description].filter((text) => text !== '').join(': ');
  }
}
