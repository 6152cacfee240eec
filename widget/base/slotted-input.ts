import { isInput, isOfSlot, OWN, ownChildren, place, SET, setAttribute } from './own-nodes.ts';

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
const DEMANDS = ['required', 'pattern', 'minlength'] as const;
/** Whose `maxlength` has been taken: one that a script sets later is its own, and holds up no form. */
const unlimited = new WeakSet<Element>();

/** Other types cannot contain a plus, drop a leading zero, or have no caret. */
const TYPES_OF_TEXT = ['text', 'tel', 'search', 'password', 'hidden'];

/**
 * Unique on any page: two copies of this script may be on it, and what an earlier one has left behind, as in a snapshot
 * that is restored.
 */
const ID = `mitto-otp-${Math.random().toString(36).slice(2, 8)}`;
const OWN_ID = /^mitto-otp-.+-(?:hint|error)$/;

let lastId = 0;

type Kind = 'label' | 'hint' | 'error';

export class SlottedInput {
  readonly #host: HTMLElement;
  readonly #slot: 'phone' | 'code';
  readonly #attributes: Record<string, string>;
  readonly #id = `${ID}-${++lastId}`;
  #made: HTMLInputElement | null = null;
  #written: HTMLInputElement | null = null;
  #writtenDescription = '';
  #isFixed = false;
  #placeholder: string | null = null;
  readonly #texts = new Map<Kind, HTMLElement>();
  readonly #said = new Map<Kind, string>();

  constructor(
    host: HTMLElement,
    slot: 'phone' | 'code',
    /** Attributes for browsers, phones and password managers. */
    attributes: Record<string, string>,
  ) {
    this.#host = host;
    this.#slot = slot;
    this.#attributes = attributes;
  }

  get input(): HTMLInputElement {
    // Without a `name`, so that the number travels to the Worker and not with the form.
    this.#made ??= this.#complete(this.#host.ownerDocument.createElement('input'), false);
    return this.#written ?? this.#made;
  }

  /** The page gave the number, and wants that one confirmed and no other. */
  get isFixed(): boolean {
    return this.#isFixed;
  }

  /**
   * Finds the page's input or makes one. Called on connection and with every update: a page's children may be parsed, or
   * rendered by its framework, after the element is connected, and be morphed, cloned or parsed again later.
   */
  adopt(): void {
    this.#adoptLeftovers();
    const inputs = [...this.#host.children].filter(isInput);
    // Of the other step's, too, which is not looked at before its time.
    for (const input of inputs) {
      for (const name of DEMANDS) input.removeAttribute(name);
      if (!unlimited.has(input)) input.removeAttribute('maxlength');
      unlimited.add(input);
    }
    const written = inputs.find((input) => input.slot === this.#slot && !input.hasAttribute(OWN));
    if (written) this.#adoptWritten(written);
    else {
      this.#written = null;
      this.#writtenDescription = '';
      this.#isFixed = false;
      place(this.#host, this.#complete(this.input, false));
    }
  }

  describe(is: FieldDescription): void {
    const { input } = this;
    if (this.#needsLabel(input)) this.#text('label', is.label, is.lang);
    else this.#texts.get('label')?.remove();
    const error = this.#text('error', is.error, is.lang);
    const hint = this.#text('hint', is.hint, is.lang);

    // The error is a description, and no `aria-errormessage`, which screen readers still read unevenly.
    const described = [error, hint].filter((node) => node.textContent).map((node) => node.id);
    const description = [...described, this.#writtenDescription].join(' ').trim();
    setAttribute(input, 'aria-describedby', description || null);
    setAttribute(input, 'aria-invalid', is.isInvalid ? 'true' : null);
    setAttribute(input, 'aria-required', is.required ? 'true' : null);
    // Not before it stands in the page, or the browser would give it the focus at once. A dialog that is opened looks
    // for it among its descendants, and does not look for a slot.
    if (this.#host.hasAttribute('autofocus')) setAttribute(input, 'autofocus', '');
    input.readOnly = is.readOnly || this.#isFixed;
    input.disabled = is.disabled;
    this.#followForm(input);
    if (input === this.#written) this.#note(input, 'readonly', is.readOnly && !this.#isFixed);
  }

  /** What a page has written stays, even where it is empty. */
  showPlaceholder(text: string | null): void {
    const { input } = this;
    const noted = notes(input).includes('placeholder');
    const isOurs = noted && input.getAttribute('placeholder') === this.#placeholder;
    if (isOurs || !input.hasAttribute('placeholder')) {
      setAttribute(input, 'placeholder', text);
      this.#placeholder = text;
      this.#note(input, 'placeholder', text !== null);
    } else if (noted) this.#note(input, 'placeholder', false);
  }

  /** What another element was before it was copied or its HTML was parsed again. */
  #adoptLeftovers(): void {
    const known = new Set<Element | null>([this.#made, ...this.#texts.values()]);
    for (const node of ownChildren(this.#host)) {
      if (!isOfSlot(node, this.#slot) || known.has(node)) continue;
      const typed = this.#slot === 'phone' && isInput(node) ? node : null;
      if (typed && !this.#made) {
        for (const name of ['readonly', 'disabled', 'form', 'placeholder', SET])
          typed.removeAttribute(name);
        typed.id = this.#id;
        this.#made = this.#complete(typed, false);
        known.add(typed);
      } else {
        if (typed && this.#made?.value === '') this.#made.value = typed.value;
        node.remove();
      }
    }
  }

  #adoptWritten(written: HTMLInputElement): void {
    // Its mark is gone: a page that morphs its tree has made it its own.
    if (written === this.#made) this.#made = null;
    const noted = notes(written);
    if (written !== this.#written) {
      if (this.#made && written.value === '') written.value = this.#made.value;
      // In a copy.
      if (noted.includes('id') && written.id !== this.#id) written.removeAttribute('id');
      for (const name of ['form', 'placeholder'])
        if (noted.includes(name)) written.removeAttribute(name);
      if (noted.includes('readonly')) written.readOnly = false;
      written.removeAttribute(SET);
      const described = written.getAttribute('aria-describedby')?.split(/\s+/) ?? [];
      this.#writtenDescription = described.filter((id) => !OWN_ID.test(id)).join(' ');
      this.#isFixed = written.readOnly;
    } else this.#isFixed = written.readOnly && !noted.includes('readonly');
    this.#made?.remove();
    this.#written = this.#complete(written, true);
  }

  #complete(input: HTMLInputElement, isWritten: boolean): HTMLInputElement {
    if (input.slot !== this.#slot) input.slot = this.#slot;
    if (!input.id) {
      input.id = this.#id;
      if (isWritten) this.#note(input, 'id', true);
    }
    for (const [name, value] of Object.entries(this.#attributes))
      if (!input.hasAttribute(name)) input.setAttribute(name, value);
    const type = this.#attributes['type'] ?? 'text';
    if (!TYPES_OF_TEXT.includes(input.type)) input.type = type;
    return input;
  }

  /** Enter submits the element's form, wherever the element is. */
  #followForm(input: HTMLInputElement): void {
    const form = this.#host.getAttribute('form');
    const isOurs = input === this.#made || notes(input).includes('form');
    if (!isOurs && (form === null || input.hasAttribute('form'))) return;
    setAttribute(input, 'form', form);
    if (input === this.#written) this.#note(input, 'form', form !== null);
  }

  #note(input: HTMLInputElement, name: string, isSet: boolean): void {
    const others = notes(input).filter((each) => each !== name);
    setAttribute(input, SET, [...others, ...(isSet ? [name] : [])].join(' ') || null);
  }

  /** A page that labels its own input, by whatever means, is not talked over. */
  #needsLabel(input: HTMLInputElement): boolean {
    if (input.ariaLabel || input.hasAttribute('aria-labelledby')) return false;
    const made = this.#texts.get('label');
    return ![...(input.labels ?? [])].some((label) => label !== made);
  }

  #text(kind: Kind, text: string, lang: string): HTMLElement {
    let node = this.#texts.get(kind);
    if (!node) {
      node = this.#host.ownerDocument.createElement(kind === 'label' ? 'label' : 'div');
      this.#texts.set(kind, node);
    }
    setAttribute(node, 'id', `${this.#id}-${kind}`);
    setAttribute(node, 'slot', `${this.#slot}-${kind}`);
    if (kind === 'label') setAttribute(node, 'for', this.input.id);
    place(this.#host, node);
    // What a translation has made of the same sentence stays.
    const isEmptied = text !== '' && node.textContent === '';
    if (this.#said.get(kind) !== text || isEmptied) {
      node.textContent = text;
      this.#said.set(kind, text);
    }
    if (node.lang !== lang) node.lang = lang;
    return node;
  }
}

function notes(input: HTMLInputElement): string[] {
  return input.getAttribute(SET)?.split(' ') ?? [];
}
