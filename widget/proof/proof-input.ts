import { isInput, OWN, place, SET, setAttribute } from '../base/own-nodes.ts';

export { readProof } from './handed-back-proof.ts';

/**
 * The proof in a hidden input among the element's children, for scripts that collect the inputs of a form by themselves
 * and do not know of form-associated elements. The value of the element itself is then not submitted, or the form would
 * hold it twice.
 */
export class ProofInput {
  readonly #host: HTMLElement;
  #input: HTMLInputElement | null = null;

  constructor(host: HTMLElement) {
    this.#host = host;
  }

  /** What a server has written into the page, and not what the element itself has; once, because `write` follows. */
  handedBack(name: string): string {
    const written = this.#written(name);
    return !written || written.hasAttribute(SET) ? '' : written.value;
  }

  /** @param name `null` where there is to be no such input */
  write(name: string | null, proof: string, isDisabled: boolean): void {
    if (name === null) {
      this.#input?.remove();
      this.#input = null;
      return;
    }
    const written = this.#written(name);
    if (written) {
      if (written !== this.#input) this.#input?.remove();
      this.#input = written;
    }
    this.#input ??= this.#make();
    this.#write(this.#input, name, isDisabled ? '' : proof);
  }

  #written(name: string): HTMLInputElement | null {
    const hidden = [...this.#host.children].filter(isHidden);
    return hidden.find((input) => input.name === name && !input.hasAttribute(OWN)) ?? null;
  }

  #make(): HTMLInputElement {
    const input = this.#host.ownerDocument.createElement('input');
    input.type = 'hidden';
    return input;
  }

  #write(input: HTMLInputElement, name: string, proof: string): void {
    setAttribute(input, 'name', name);
    setAttribute(input, 'form', this.#host.getAttribute('form'));
    // Or browsers would keep the proof in the session history, and bring it back as a value that somebody typed.
    setAttribute(input, 'autocomplete', 'off');
    if (input.value !== proof) input.value = proof;
    // Without a proof the form has no such field.
    input.disabled = proof === '';
    if (input.parentNode !== this.#host) place(this.#host, input);
    else if (!input.hasAttribute(OWN)) setAttribute(input, SET, 'proof');
  }
}

function isHidden(node: Element): node is HTMLInputElement {
  return isInput(node) && node.type === 'hidden';
}
