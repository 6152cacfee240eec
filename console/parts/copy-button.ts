import { html, type PropertyDeclarations, type TemplateResult } from 'lit';
import { ConsoleElement } from './console-element.ts';

/** How long it says what it has done. */
const SAID_MS = 2_000;

/** Puts a text into the clipboard, and says whether it is there. */
export class CopyButton extends ConsoleElement {
  static override properties: PropertyDeclarations = {
    text: {},
    what: {},
    said: { state: true },
  };

  declare text: string;
  /** Named to who cannot see what it stands beside. */
  declare what: string;
  declare said: '' | 'Copied' | 'Copy failed: select the text and copy it';
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    super();
    this.text = '';
    this.what = '';
    this.said = '';
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#timer);
  }

  async #copy(): Promise<void> {
    try {
      await navigator.clipboard.writeText(this.text);
      this.said = 'Copied';
    } catch {
      this.said = 'Copy failed: select the text and copy it';
    }
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.said = '';
    }, SAID_MS);
  }

  protected override render(): TemplateResult {
    return html`<button type="button" class="small" @click=${this.#copy}>
        Copy<span class="unseen"> ${this.what}</span>
      </button>
      <span class="fine" role="status">${this.said}</span>`;
  }
}
