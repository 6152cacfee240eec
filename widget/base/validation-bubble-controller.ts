import type { ReactiveController, ReactiveControllerHost } from 'lit';

export type FormControl = ReactiveControllerHost &
  HTMLElement & { readonly form: HTMLFormElement | null; readonly labels: NodeList };

/**
 * Keeps the browser's bubble back where a form is not sent for want of the proof alone. It would say once more what
 * stands at the input, over the very button that leads on. So the focus, which the browser brings with the bubble, has
 * to be taken here.
 *
 * Only after a press of the form's button: a page may ask its form whether it is valid at every key.
 */
export class ValidationBubbleController implements ReactiveController {
  readonly #host: FormControl;
  readonly #takeFocus: () => void;
  #isPressed = false;

  constructor(host: FormControl, takeFocus: () => void) {
    this.#host = host;
    this.#takeFocus = takeFocus;
    host.addEventListener('invalid', this);
    host.addController(this);
  }

  hostConnected(): void {
    window.addEventListener('click', this, true);
  }

  hostDisconnected(): void {
    window.removeEventListener('click', this, true);
  }

  handleEvent(event: Event): void {
    if (event.type === 'click') this.#pressed(event);
    else if (this.#isPressed && this.#isOnlyFault()) {
      event.preventDefault();
      this.#takeFocus();
    }
  }

  /** Enter in a field is a click on the form's button, too. The form is checked before the click is over. */
  #pressed(event: Event): void {
    const { form } = this.#host;
    this.#isPressed = event.composedPath().some((node) => isSubmitButton(node, form));
    if (this.#isPressed)
      setTimeout(() => {
        this.#isPressed = false;
      });
  }

  #isOnlyFault(): boolean {
    const { form } = this.#host;
    const amiss = [...(form ? elementsOf(form) : [])].filter((each) =>
      each.matches(':invalid:not(fieldset)'),
    );
    return amiss.every((each) => each === this.#host);
  }
}

/** By the prototype, because a field that is called `elements` stands in its place on the form itself. */
function elementsOf(form: HTMLFormElement): HTMLFormControlsCollection {
  const { get } = Object.getOwnPropertyDescriptor(HTMLFormElement.prototype, 'elements') ?? {};
  return get?.call(form);
}

function isSubmitButton(node: EventTarget, form: HTMLFormElement | null): boolean {
  const isButton = node instanceof HTMLButtonElement || node instanceof HTMLInputElement;
  return isButton && form !== null && node.form === form && /^(submit|image)$/.test(node.type);
}
