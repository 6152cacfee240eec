import type { PropertyDeclarations } from 'lit';
import { HydratingElement } from './hydrating-element.ts';

/**
 * The part of a form control that every form control has, over `ElementInternals`. What the value is, and when it is
 * valid, is for the subclass to say.
 */
export abstract class FormAssociatedElement extends HydratingElement {
  static readonly formAssociated = true;

  static override properties: PropertyDeclarations = {
    name: { reflect: true, useDefault: true },
    required: { type: Boolean, reflect: true, useDefault: true },
    disabled: { type: Boolean, reflect: true, useDefault: true },
    isDisabledByForm: { state: true },
  };

  declare name: string;
  declare required: boolean;
  declare disabled: boolean;
  /** By `disabled`, or by a fieldset around the element. */
  declare protected isDisabledByForm: boolean;

  protected readonly internals = this.attachInternals();
  #customValidity = '';

  constructor() {
    super();
    this.name = '';
    this.required = false;
    this.disabled = false;
    this.isDisabledByForm = false;
  }

  /** The form that the element belongs to. */
  get form(): HTMLFormElement | null {
    return this.internals.form;
  }

  /** The page's labels of the element. */
  get labels(): NodeList {
    return this.internals.labels;
  }

  /** As for a native control; here the tag name. */
  get type(): string {
    return this.localName;
  }

  /** As for a native control. */
  get validity(): ValidityState {
    return this.internals.validity;
  }

  /** The validation message; empty if the element is valid. */
  get validationMessage(): string {
    return this.internals.validationMessage;
  }

  /** Whether the form validates the element; `false` if it is disabled. */
  get willValidate(): boolean {
    return this.internals.willValidate;
  }

  /** Whether the element is valid; fires `invalid` if not. */
  checkValidity(): boolean {
    return this.internals.checkValidity();
  }

  /** As `checkValidity`, and shows the message to the visitor. */
  reportValidity(): boolean {
    return this.internals.reportValidity();
  }

  /** Sets a custom validation message; the empty string clears it. */
  setCustomValidity(message: string): void {
    this.#customValidity = message;
    this.updateValidity();
    this.requestUpdate();
  }

  /** Its inputs follow it into another form. */
  formAssociatedCallback(): void {
    queueMicrotask(() => this.requestUpdate());
  }

  formDisabledCallback(disabled: boolean): void {
    this.isDisabledByForm = disabled;
    // The element's own attribute is written in the middle of an update, and what changes there is not drawn.
    queueMicrotask(() => this.requestUpdate());
  }

  /** What the page's own labels call the control. */
  protected get labelText(): string {
    const texts = [...this.labels].map((label) => this.#textAround(label));
    return texts.join(' ').replace(/\s+/g, ' ').trim();
  }

  /** A label may be around the control, whose own texts are no part of its name. */
  #textAround(node: Node): string {
    if (node === this) return '';
    if (node.nodeType === Node.TEXT_NODE) return node.nodeValue ?? '';
    return [...node.childNodes].map((child) => this.#textAround(child)).join('');
  }

  /** Sets the validity anew from the state of the element. */
  protected abstract updateValidity(): void;

  /** `missing` is the message when there is no value and there has to be one. */
  protected setValidity(missing: string, anchor: HTMLElement): void {
    const message = this.#customValidity || missing;
    if (message === '') this.internals.setValidity({});
    else
      this.internals.setValidity(
        { customError: this.#customValidity !== '', valueMissing: missing !== '' },
        message,
        // The platform throws at an anchor that is not inside the element, as before its first connection.
        this.contains(anchor) ? anchor : this,
      );
  }
}
