import { LitElement, type PropertyDeclarations } from 'lit';

/**
 * The part of a form control that every form control has, over `ElementInternals`. What the value is, and when it is
 * valid, is for the subclass to say.
 */
export abstract class FormAssociatedElement extends LitElement {
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

  get form(): HTMLFormElement | null {
    return this.internals.form;
  }

  get labels(): NodeList {
    return this.internals.labels;
  }

  get validity(): ValidityState {
    return this.internals.validity;
  }

  get validationMessage(): string {
    return this.internals.validationMessage;
  }

  get willValidate(): boolean {
    return this.internals.willValidate;
  }

  checkValidity(): boolean {
    return this.internals.checkValidity();
  }

  reportValidity(): boolean {
    return this.internals.reportValidity();
  }

  /** A message of the page's own; the empty string takes it back. */
  setCustomValidity(message: string): void {
    this.#customValidity = message;
    this.updateValidity();
  }

  formDisabledCallback(disabled: boolean): void {
    this.isDisabledByForm = disabled;
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
