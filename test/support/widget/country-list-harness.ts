/** What it takes of the page's harness. */
interface Page {
  readonly countryControl: HTMLElement | null;
  part(name: string): HTMLElement | null;
  configured(): Promise<void>;
  until(condition: () => boolean, what: string): Promise<void>;
}

/** The list of countries, as a visitor with a mouse or a keyboard has it. */
export class CountryListHarness {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  get isOpen(): boolean {
    return this.popup.matches(':popover-open');
  }

  get popup(): HTMLElement {
    const popup = this.#page.part('country-popup');
    if (!popup) throw new Error('There is no list of countries');
    return popup;
  }

  get input(): HTMLInputElement {
    const input = this.popup.querySelector('input');
    if (!input) throw new Error('The list of countries is closed');
    return input;
  }

  get rows(): HTMLElement[] {
    return [...this.popup.querySelectorAll<HTMLElement>('[role=option]')];
  }

  get countries(): (string | undefined)[] {
    return this.rows.map((row) => row.dataset['country']);
  }

  /** The row that Enter would choose, as it is told. */
  get active(): string | undefined {
    const id = this.input.getAttribute('aria-activedescendant');
    return this.rows.find((row) => row.id === id)?.dataset['country'];
  }

  async open(): Promise<void> {
    await this.#page.configured();
    this.#page.countryControl?.click();
    await this.opens();
  }

  async opens(): Promise<void> {
    await this.#page.until(() => this.isOpen, 'the list of countries does not open');
  }

  choose(country: string): void {
    const row = this.rows.find((each) => each.dataset['country'] === country);
    if (!row) throw new Error(`${country} is not in the list`);
    row.click();
  }
}
