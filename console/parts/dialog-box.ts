import { html, type PropertyDeclarations, type TemplateResult } from 'lit';
import { createRef, ref } from 'lit/directives/ref.js';
import { ConsoleElement } from './console-element.ts';

/**
 * A question or a closer look over the page. The browser keeps the focus in it, gives it back, and closes it with
 * Escape.
 *
 * @fires close - It is closed, by whatever way.
 */
export class DialogBox extends ConsoleElement {
  static override properties: PropertyDeclarations = {
    heading: {},
    content: { attribute: false },
    actions: { attribute: false },
  };

  declare heading: string;
  declare content: unknown;
  /** Buttons besides that which closes it. */
  declare actions: unknown;
  readonly #dialog = createRef<HTMLDialogElement>();

  constructor() {
    super();
    this.heading = '';
  }

  protected override firstUpdated(): void {
    this.#dialog.value?.showModal();
  }

  close(): void {
    this.#dialog.value?.close();
  }

  protected override render(): TemplateResult {
    return html`<dialog
      aria-labelledby="dialog-heading"
      ${ref(this.#dialog)}
      @close=${(event: Event) => {
        event.stopPropagation();
        this.dispatchEvent(new Event('close'));
      }}
    >
      <h2 id="dialog-heading">${this.heading}</h2>
      ${this.content}
      <div class="actions">
        ${this.actions}
        <button type="button" class="quiet" @click=${this.close}>${this.actions ? 'Cancel' : 'Close'}</button>
      </div>
    </dialog>`;
  }
}
