import type { ReactiveController } from 'lit';
import { OWN } from './own-nodes.ts';
import type { FormControl } from './validation-bubble-controller.ts';

/** Whatever of its children a page's script may take away: what else it does to them is its own affair. */
const WATCHED = [
  ...['slot', 'id', 'for', 'form', 'type', 'readonly', 'disabled', 'value', OWN],
  ...['aria-describedby', 'required', 'pattern', 'minlength', 'maxlength'],
];

/** Has the element drawn again when the page changes its children or its labels. */
export class ChildrenWatch implements ReactiveController {
  readonly #host: FormControl;
  readonly #observer = new MutationObserver(() => this.#mend());
  #mending: ReturnType<typeof setTimeout> | undefined;

  constructor(host: FormControl) {
    this.#host = host;
    host.addController(this);
  }

  hostConnected(): void {
    this.#observer.observe(this.#host, {
      childList: true,
      subtree: true,
      attributeFilter: WATCHED,
    });
  }

  hostDisconnected(): void {
    this.#observer.disconnect();
  }

  /** Once all is as it should be: what the element itself has changed is no news. */
  follow(): void {
    for (const label of this.#host.labels)
      this.#observer.observe(label, { childList: true, characterData: true, subtree: true });
    this.#observer.takeRecords();
  }

  /** A page that takes away whatever is not its own is answered in tasks, so that it can't be hung by the two. */
  #mend(): void {
    this.#mending ??= setTimeout(() => {
      this.#mending = undefined;
      this.#host.requestUpdate();
    });
  }
}
