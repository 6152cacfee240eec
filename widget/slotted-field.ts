/**
 * An input that lives among the element's own children, with its label, hint and error, each in a slot.
 *
 * Several password managers and older Safari do not fill inputs inside a shadow root, and neither `for` nor
 * `aria-describedby` reaches across its border: so all that belongs to the input stands where the input stands.
 * The page may write the input itself (as the fallback without script, too); then that one is used, and only what
 * it leaves unsaid is added.
 */
export interface FieldDescription {
  label: string;
  hint: string;
  error: string;
  /** Whether the error is about what was typed, and not about the network or the hour. */
  isInvalid: boolean;
  required: boolean;
  readOnly: boolean;
  disabled: boolean;
  /** Language of the texts. */
  lang: string;
}

/**
 * What the page's input may demand where there is no script, and may not in here: a form would be held up by a field
 * that is not shown, and `maxlength` would cut a pasted `Your code is 123456`.
 */
const DEMANDS = ['required', 'pattern', 'minlength', 'maxlength'] as const;

let lastId = 0;

export class SlottedField {
  readonly #host: HTMLElement;
  readonly #slot: 'phone' | 'code';
  readonly #attributes: Record<string, string>;
  readonly #id = `mitto-otp-${++lastId}`;
  #made: HTMLInputElement | null = null;
  #written: HTMLInputElement | null = null;
  #writtenDescription = '';
  #isFixed = false;
  readonly #texts = new Map<string, HTMLElement>();

  constructor(
    host: HTMLElement,
    slot: 'phone' | 'code',
    /** What the input says to browsers, phones and password managers. */
    attributes: Record<string, string>,
  ) {
    this.#host = host;
    this.#slot = slot;
    this.#attributes = attributes;
  }

  get input(): HTMLInputElement {
    // Without a `name`, so that the number travels to the Worker and not with the form.
    this.#made ??= this.#complete(document.createElement('input'));
    return this.#written ?? this.#made;
  }

  /** The page gave the number, and wants that one confirmed and no other. */
  get isFixed(): boolean {
    return this.#isFixed;
  }

  /**
   * Finds the page's input or makes one. Called on connection and whenever the slot changes: a page's children may
   * be parsed, or rendered by its framework, after the element is connected.
   */
  adopt(): void {
    const inputs = [...this.#host.children].filter((child) => child instanceof HTMLInputElement);
    // Of the other step's, too, which is not looked at before its time.
    for (const input of inputs) for (const name of DEMANDS) input.removeAttribute(name);
    const written = inputs.find((input) => input.slot === this.#slot && input !== this.#made);
    if (written) {
      if (this.#made && written !== this.#written && written.value === '')
        written.value = this.#made.value;
      this.#made?.remove();
      if (written !== this.#written) {
        this.#written = this.#complete(written);
        this.#writtenDescription = written.getAttribute('aria-describedby') ?? '';
        this.#isFixed = written.readOnly;
      }
    } else {
      this.#written = null;
      this.#writtenDescription = '';
      this.#isFixed = false;
      if (this.input.parentNode !== this.#host) this.#host.append(this.input);
    }
  }

  describe(is: FieldDescription): void {
    const { input } = this;
    if (this.#needsLabel(input)) this.#text('label', is.label, is.lang);
    const error = this.#text('error', is.error, is.lang);
    const hint = this.#text('hint', is.hint, is.lang);

    // The error is a description, and no `aria-errormessage`, which screen readers still read unevenly.
    const described = [error, hint].filter((node) => node.textContent).map((node) => node.id);
    const description = [...described, this.#writtenDescription].join(' ').trim();
    setAttribute(input, 'aria-describedby', description || null);
    setAttribute(input, 'aria-invalid', is.isInvalid ? 'true' : null);
    setAttribute(input, 'aria-required', is.required ? 'true' : null);
    input.readOnly = is.readOnly || this.#isFixed;
    input.disabled = is.disabled;
  }

  #complete(input: HTMLInputElement): HTMLInputElement {
    input.slot = this.#slot;
    input.id ||= this.#id;
    for (const [name, value] of Object.entries(this.#attributes))
      if (!input.hasAttribute(name)) input.setAttribute(name, value);
    return input;
  }

  /** A page that labels its own input, by whatever means, is not talked over. */
  #needsLabel(input: HTMLInputElement): boolean {
    if (input.ariaLabel || input.hasAttribute('aria-labelledby')) return false;
    const made = this.#texts.get('label');
    return ![...(input.labels ?? [])].some((label) => label !== made);
  }

  #text(kind: 'label' | 'hint' | 'error', text: string, lang: string): HTMLElement {
    let node = this.#texts.get(kind);
    if (!node) {
      node = document.createElement(kind === 'label' ? 'label' : 'div');
      node.id = `${this.#id}-${kind}`;
      node.slot = `${this.#slot}-${kind}`;
      this.#texts.set(kind, node);
    }
    if (node instanceof HTMLLabelElement && node.htmlFor !== this.input.id)
      node.htmlFor = this.input.id;
    if (node.parentNode !== this.#host) this.#host.append(node);
    if (node.textContent !== text) node.textContent = text;
    if (node.lang !== lang) node.lang = lang;
    return node;
  }
}

function setAttribute(element: Element, name: string, value: string | null): void {
  if (value === null) element.removeAttribute(name);
  else if (element.getAttribute(name) !== value) element.setAttribute(name, value);
}
