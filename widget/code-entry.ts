import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { extractOtpCode, isOtpCode } from '../shared/otp-code.ts';
import { isEnter } from './enter-key.ts';
import { SlottedField } from './slotted-field.ts';

export interface CodeEntryOptions {
  codeLength(): number;
  onEnter(): void;
  onEdit(): void;
  /** The last digit came, by whatever way. */
  onComplete(): void;
}

/** The cells that the caret or the selection stands in: from `start`, and before `end`. */
export interface CellRange {
  start: number;
  end: number;
}

/**
 * The one real input of the code, and what it does with what is typed, pasted and filled. The cells behind it are
 * paint; caret, selection, undo, the long-press menu and autofill are the browser's own.
 */
export class CodeEntry implements ReactiveController {
  readonly field: SlottedField;
  readonly #host: ReactiveControllerHost & HTMLElement;
  readonly #on: CodeEntryOptions;
  /** As it was when it was last looked at. */
  #seen = '';

  constructor(host: ReactiveControllerHost & HTMLElement, on: CodeEntryOptions) {
    this.#host = host;
    this.#on = on;
    this.field = new SlottedField(host, 'code', {
      type: 'text',
      autocomplete: 'one-time-code',
      inputmode: 'numeric',
      enterkeyhint: 'done',
      autocapitalize: 'off',
      spellcheck: 'false',
      dir: 'ltr',
    });
    host.addController(this);
  }

  hostConnected(): void {
    this.field.adopt();
    const events = ['beforeinput', 'input', 'change', 'compositionend', 'paste', 'keydown'];
    for (const type of [...events, 'focusin', 'focusout']) this.#host.addEventListener(type, this);
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
        }
        break;
      case 'beforeinput':
        if (event instanceof InputEvent) refuseLetters(event);
        break;
      case 'paste':
        if (event instanceof ClipboardEvent) this.#replaceByPaste(event);
        break;
      case 'focusin':
      case 'focusout':
        // The element itself may be moving the focus at the end of an update.
        queueMicrotask(() => this.#host.requestUpdate());
        break;
      default:
        // A text that is being composed is not ours to change yet; `compositionend` comes by here again.
        if (!(event instanceof InputEvent && event.isComposing)) this.#typed();
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

  clear(): void {
    this.field.input.value = '';
    this.#seen = '';
  }

  #typed(): void {
    const { input } = this.field;
    const length = this.#on.codeLength();
    const { code } = this;
    // `maxlength` could not do this: it would cut `Your code is 123456`. Writing a value clears the history of undo
    // and moves the caret, so it is left alone where it can be.
    if (input.value !== code) input.value = code;
    if (code === this.#seen) return;
    this.#seen = code;
    this.#on.onEdit();
    if (isOtpCode(code, length)) this.#on.onComplete();
  }

  /** A whole code replaces what is there, wherever the caret stands: nobody pastes one to add to another. */
  #replaceByPaste(event: ClipboardEvent): void {
    const text = event.clipboardData?.getData('text/plain') ?? '';
    const length = this.#on.codeLength();
    if (isOtpCode(extractOtpCode(text, length), length)) this.field.input.select();
  }

  readonly #redraw = (): void => {
    if (this.field.input.matches(':focus')) this.#host.requestUpdate();
  };
}

/** Keeps letters from being typed at all, which is kinder than to take them away again. */
function refuseLetters(event: InputEvent): void {
  const typed = event.inputType === 'insertText' && !event.isComposing ? event.data : null;
  if (typed?.length === 1 && !/\p{Nd}/u.test(typed)) event.preventDefault();
}
