import type { ReactiveController, ReactiveControllerHost } from 'lit';

const PRESS_EVENTS = ['pointerdown', 'pointerup', 'pointercancel'] as const;

/**
 * Tells when a visitor has left the element for elsewhere on the page, once the press that took them away is over: an
 * error that is shown before would move the button from under the finger. Another window or tab is not elsewhere.
 */
export class FocusLeaveController implements ReactiveController {
  readonly #host: ReactiveControllerHost & HTMLElement;
  readonly #onLeave: () => void;
  #isPressed = false;
  #isLeaving = false;
  #task: ReturnType<typeof setTimeout> | undefined;

  constructor(host: ReactiveControllerHost & HTMLElement, onLeave: () => void) {
    this.#host = host;
    this.#onLeave = onLeave;
    host.addController(this);
  }

  hostConnected(): void {
    this.#host.addEventListener('focusin', this);
    this.#host.addEventListener('focusout', this);
  }

  hostDisconnected(): void {
    this.#host.removeEventListener('focusin', this);
    this.#host.removeEventListener('focusout', this);
    this.#forget();
  }

  handleEvent({ type }: Event): void {
    switch (type) {
      case 'focusin':
        this.#forget();
        for (const type of PRESS_EVENTS) document.addEventListener(type, this, true);
        break;
      case 'pointerdown':
        this.#isPressed = true;
        break;
      case 'focusout':
        this.#isLeaving = true;
        if (!this.#isPressed) this.#wait();
        break;
      default:
        this.#isPressed = false;
        if (this.#isLeaving) this.#wait();
    }
  }

  /** For the click that follows a press, and for the focus to arrive. */
  #wait(): void {
    this.#task ??= setTimeout(() => {
      this.#task = undefined;
      if (hasFocusWithin(this.#host)) return;
      this.#forget();
      this.#onLeave();
    });
  }

  #forget(): void {
    clearTimeout(this.#task);
    this.#task = undefined;
    this.#isPressed = false;
    this.#isLeaving = false;
    for (const type of PRESS_EVENTS) document.removeEventListener(type, this, true);
  }
}

/** Also while another window has the keys. */
function hasFocusWithin(host: HTMLElement): boolean {
  const root = host.getRootNode();
  const active = root instanceof Document || root instanceof ShadowRoot ? root.activeElement : null;
  return host.contains(active);
}
