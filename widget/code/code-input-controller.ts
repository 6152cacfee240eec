import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { extractOtpCode, findOtpCode, isOtpCode } from '../../shared/otp-code.ts';
import { isEnter } from '../base/enter-key.ts';
import { SlottedInput } from '../base/slotted-input.ts';

const EVENTS = [
  ...['beforeinput', 'input', 'change', 'compositionend', 'paste', 'drop', 'keydown'],
  ...['focusin', 'focusout'],
] as const;

export interface CodeInputOptions {
  codeLength(): number;
  onEnter(): void;
  onEdit(): void;
  /** The last digit was entered, by typing, paste or autofill. */
  onComplete(): void;
}

/**
 * What is sent to a phone is in no vault: a password manager could only lay its button over the last cell, fill the code
 * of an authenticator, or offer to save this one. Each has its own way to be told. They leave alone what the browser
 * and the phone do; a page that wants one takes its attribute away.
 */
const NOT_FOR_PASSWORD_MANAGERS: Readonly<Record<string, string>> = {
  // 1Password. https://developer.1password.com/docs/web/compatible-website-design/
  'data-1p-ignore': 'true',
  // Bitwarden
  'data-bwignore': 'true',
  // LastPass
  'data-lpignore': 'true',
  // Dashlane. https://www.dashlane.com/blog/dashlane-integration-forms
  'data-form-type': 'other',
};

/** The cells of the caret or the selection: from `start`, before `end`. */
export interface CellRange {
  start: number;
  end: number;
}

/**
 * The one real input of the code, and what it does with what is typed, pasted and filled. The cells behind it are
 * paint; caret, selection, undo, the long-press menu and autofill are the browser's own.
 */
export class CodeInputController implements ReactiveController {
  readonly field: SlottedInput;
  readonly #host: ReactiveControllerHost & HTMLElement;
  readonly #on: CodeInputOptions;
  /** As it was when it was last looked at. */
  #seen = '';
  /** The code was refused: the next digit at its end is the first of another one. */
  #beginsAnew = false;

  constructor(host: ReactiveControllerHost & HTMLElement, on: CodeInputOptions) {
    this.#host = host;
    this.#on = on;
    this.field = new SlottedInput(host, 'code', {
      type: 'text',
      autocomplete: 'one-time-code',
      inputmode: 'numeric',
      enterkeyhint: 'done',
      autocapitalize: 'off',
      spellcheck: 'false',
      dir: 'ltr',
      ...NOT_FOR_PASSWORD_MANAGERS,
    });
    host.addController(this);
  }

  hostConnected(): void {
    this.field.adopt();
    for (const type of EVENTS) this.#host.addEventListener(type, this);
    document.addEventListener('selectionchange', this.#redraw);
  }

  hostDisconnected(): void {
    document.removeEventListener('selectionchange', this.#redraw);
  }

  handleEvent(event: Event): void {
    if (event.target !== this.field.input) return;
    switch (event.type) {
      case 'keydown':
        if (isEnter(event)) {
          event.preventDefault();
          this.#on.onEnter();
        } else if (event instanceof KeyboardEvent) this.#selectOld(event);
        break;
      case 'beforeinput':
        if (event instanceof InputEvent) refuseLetters(event);
        break;
      case 'paste':
        if (event instanceof ClipboardEvent) this.#replace(event, event.clipboardData);
        break;
      case 'drop':
        if (event instanceof DragEvent) this.#replace(event, event.dataTransfer);
        break;
      case 'focusin':
      case 'focusout':
        // The element itself may be moving the focus at the end of an update.
        queueMicrotask(() => this.#host.requestUpdate());
        break;
      default:
        // A text that is being composed is not ours to change yet; `compositionend` comes by here again. Some keyboards
        // compose digits, too, and end it only when the field is left: nothing has to be changed in these.
        if (!(event instanceof InputEvent && event.isComposing) || this.#isWhole) this.#typed();
    }
  }

  get code(): string {
    return extractOtpCode(this.field.input.value, this.#on.codeLength());
  }

  get selected(): CellRange | null {
    const { input } = this.field;
    if (!input.matches(':focus')) return null;
    const start = Math.min(input.selectionStart ?? 0, this.#on.codeLength() - 1);
    return { start, end: Math.max(start + 1, input.selectionEnd ?? 0) };
  }

  /** As if it had been typed. */
  fill(text: string): void {
    this.field.input.value = text;
    this.#typed();
  }

  /**
   * A wrong code is written over by the first digit, and is still there to be looked at and corrected. Without a
   * selection: the browser's own, or the page's, would be painted over the cells.
   */
  beginAnew(): void {
    const { input } = this.field;
    const { length } = input.value;
    input.setSelectionRange(length, length);
    this.#beginsAnew = length > 0;
  }

  clear(): void {
    this.#beginsAnew = false;
    this.field.input.value = '';
    this.#seen = '';
  }

  get #isWhole(): boolean {
    return isOtpCode(this.field.input.value, this.#on.codeLength());
  }

  #typed(): void {
    const { input } = this.field;
    const old = this.#seen;
    // From the keyboard of a phone, whose keys have no names.
    const isAdded = this.#beginsAnew && old !== '' && input.value.startsWith(old);
    const text = isAdded ? input.value.slice(old.length) : input.value;
    if (isAdded && text === '') return;
    this.#beginsAnew = false;
    if (isAdded) input.value = text;
    const length = this.#on.codeLength();
    const code = extractOtpCode(text, length);
    // `maxlength` could not do this: it would cut `Your code is 123456`. Writing a value clears the history of undo,
    // so it is left alone where it can be.
    if (text !== code) this.#write(code);
    if (code === this.#seen) return;
    this.#seen = code;
    this.#on.onEdit();
    // What had to be cut to fit is something else than the code: a phone number, say.
    if (findOtpCode(text, length)) this.#on.onComplete();
  }

  /** Just for the key, so that what it replaces can be undone. */
  #selectOld({ key, ctrlKey, metaKey, altKey }: KeyboardEvent): void {
    const { input } = this.field;
    const isDigit = /^\p{Nd}$/u.test(key) && !ctrlKey && !metaKey && !altKey;
    const isAtEnd = input.selectionStart === input.value.length;
    if (this.#beginsAnew && isDigit && isAtEnd && !input.readOnly) input.select();
  }

  /** The caret stays behind the digit that it stood behind. */
  #write(code: string): void {
    const { input } = this.field;
    const before = input.value.slice(0, input.selectionStart ?? undefined);
    const caret = extractOtpCode(before, this.#on.codeLength()).length;
    input.value = code;
    // Safari takes the focus with it.
    if (input.matches(':focus')) input.setSelectionRange(caret, caret);
  }

  /**
   * A whole code replaces what is there, wherever the caret stands or the mouse let go: nobody pastes one to add to
   * another. In the browser's own way, so that it can be undone.
   */
  #replace(event: Event, data: DataTransfer | null): void {
    const { input } = this.field;
    if (input.readOnly) return;
    const code = findOtpCode(data?.getData('text/plain') ?? '', this.#on.codeLength());
    if (!code) return;
    event.preventDefault();
    input.focus();
    input.select();
    // By the prototype: on the document itself an image of that name may stand in its place.
    const { execCommand } = Document.prototype;
    if (!execCommand.call(document, 'insertText', false, code)) this.fill(code);
  }

  readonly #redraw = (): void => {
    if (this.field.input.matches(':focus')) this.#host.requestUpdate();
  };
}

/** Prevents letters from being typed, instead of removing them afterwards. */
function refuseLetters(event: InputEvent): void {
  const typed = event.inputType === 'insertText' && !event.isComposing ? event.data : null;
  if (typed?.length === 1 && !/\p{Nd}/u.test(typed)) event.preventDefault();
}
