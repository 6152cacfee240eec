import type { ReactiveController } from 'lit';
import type { FormControl } from '../base/validation-bubble-controller.ts';

export interface RenewalAtSubmitOptions {
  /** Whether the form would go with a proof that has expired, and could be renewed. */
  isDue(): boolean;
  /** @returns whether the form may go now */
  renew(): Promise<boolean>;
}

/**
 * Holds a form that is sent with a proof that expired while the page slept, until the proof is renewed; then the form is
 * sent by the same button, once. It comes before the page's own listeners, which so see only what may be sent.
 */
export class RenewalAtSubmit implements ReactiveController {
  readonly #host: FormControl;
  readonly #options: RenewalAtSubmitOptions;
  /** A `submit` event does not leave the shadow tree that its form is in. */
  #root: EventTarget | null = null;
  #isHolding = false;

  constructor(host: FormControl, options: RenewalAtSubmitOptions) {
    this.#host = host;
    this.#options = options;
    host.addController(this);
  }

  hostConnected(): void {
    const root = this.#host.getRootNode();
    this.#root = root instanceof ShadowRoot ? root : window;
    this.#root.addEventListener('submit', this, true);
  }

  hostDisconnected(): void {
    this.#root?.removeEventListener('submit', this, true);
  }

  handleEvent(event: SubmitEvent): void {
    const { form } = this.#host;
    // What a script has made up sends nothing by itself.
    const isSent = event.isTrusted && !event.defaultPrevented;
    if (!isSent || !form || event.target !== form) return;
    if (!this.#isHolding && !this.#options.isDue()) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (!this.#isHolding) void this.#hold(form, event.submitter);
  }

  async #hold(form: HTMLFormElement, submitter: HTMLElement | null): Promise<void> {
    this.#isHolding = true;
    let maySend = false;
    try {
      maySend = await this.#options.renew();
      // A form ignores what is asked of it while it fires its event (HTML, "firing submission events").
      await new Promise((resolve) => setTimeout(resolve));
    } finally {
      this.#isHolding = false;
    }
    // The host's form is `null` once either is out of the page.
    if (!maySend || this.#host.form !== form || !this.#host.isConnected) return;
    // The page may have taken the button away meanwhile. By the prototype, because a field of that name may stand there.
    const button = isButtonOf(form, submitter) ? submitter : null;
    HTMLFormElement.prototype.requestSubmit.call(form, button);
  }
}

function isButtonOf(form: HTMLFormElement, submitter: HTMLElement | null): boolean {
  return submitter !== null && 'form' in submitter && submitter.form === form;
}
