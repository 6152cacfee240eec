/**
 * Groups the digits of a field while they are typed, and never fights the visitor for them.
 *
 * A value that a script sets is unknown to the browser's undo: Chromium and WebKit then bring digits back twice. So
 * what is grouped in a field that has the focus is typed, by `execCommand`, in a task of its own, because WebKit mixes
 * up an edit that is made in the middle of another one.
 *
 * It groups only what ends at the caret. Whoever edits in the middle sees the rest stand still until the field is left,
 * and whoever types separators of their own keeps them.
 */
const SEPARATORS = /[\s()./-]/;

export interface AsYouTypeOptions {
  input(): HTMLInputElement;
  /** The number is the page's own, and stays as the page wrote it. */
  isFixed(): boolean;
  /** The text in groups, or the text itself. */
  format(text: string): string;
  /** The groups have changed, and nothing else. */
  onFormat(): void;
}

export class AsYouType {
  readonly #options: AsYouTypeOptions;
  /** The visitor groups the digits. */
  #isOwnStyle = false;
  #task: ReturnType<typeof setTimeout> | undefined;
  #isTyping = false;

  constructor(options: AsYouTypeOptions) {
    this.#options = options;
  }

  /** An event that comes now is of our own making. */
  get isTyping(): boolean {
    return this.#isTyping;
  }

  /** After each `input`, `change` and `compositionend`. */
  edited(event: Event): void {
    const { inputType = '', data = null, isComposing = false } = event as Partial<InputEvent>;
    const { value } = this.#options.input();
    // What is taken back stays taken back.
    if (isComposing || inputType.startsWith('history')) return;
    const isKey = inputType === 'insertText' && data?.length === 1;
    if (isKey && SEPARATORS.test(data)) this.#isOwnStyle = true;
    // The whole text is new: pasted, autofilled, or retyped.
    else if (!isKey && !inputType.startsWith('delete')) this.#isOwnStyle = false;
    if (!/\d/.test(value)) this.#isOwnStyle = false;
    this.schedule();
  }

  /** The metadata is there, or the country has changed. */
  schedule(): void {
    this.#task ??= setTimeout(() => {
      this.#task = undefined;
      this.#run();
    });
  }

  /** Now, because the number is about to be sent. */
  flush(): void {
    clearTimeout(this.#task);
    this.#task = undefined;
    this.#run();
  }

  /** The field was left. */
  left(): void {
    clearTimeout(this.#task);
    this.#task = undefined;
    this.#set();
  }

  /** Deleting an inserted separator deletes the digit behind it; otherwise the separator would always come back. */
  beforeInput(event: InputEvent): void {
    const input = this.#options.input();
    const { value, selectionStart: start, selectionEnd: end } = input;
    if (this.#isTyping || this.#isOwnStyle || !event.cancelable || event.isComposing) return;
    if (start === null || start !== end || value !== this.#options.format(value)) return;
    const isBackward = event.inputType === 'deleteContentBackward';
    if (!isBackward && event.inputType !== 'deleteContentForward') return;
    const step = isBackward ? -1 : 1;
    let at = isBackward ? start - 1 : start;
    if (!SEPARATORS.test(value[at] ?? '')) return;
    while (SEPARATORS.test(value[at] ?? '')) at += step;
    // Nothing but a bracket before the first digit.
    if (value[at] === undefined) return;
    event.preventDefault();
    input.setSelectionRange(Math.min(start, at), isBackward ? start : at + 1);
    document.execCommand('delete');
  }

  #run(): void {
    const input = this.#options.input();
    // One that is read-only for the time of a request takes no keys.
    if (!hasFocus(input) || input.readOnly) {
      this.#set();
      return;
    }
    const { value, selectionStart, selectionEnd } = input;
    const isAtEnd = selectionStart === value.length && selectionEnd === value.length;
    const formatted = this.#formatted(input);
    if (!isAtEnd || formatted === value) return;
    let kept = 0;
    while (kept < formatted.length && formatted[kept] === value[kept]) kept += 1;
    this.#isTyping = true;
    input.setSelectionRange(kept, value.length);
    const rest = formatted.slice(kept);
    if (rest === '') document.execCommand('delete');
    else document.execCommand('insertText', false, rest);
    this.#isTyping = false;
    this.#options.onFormat();
  }

  /** Without the focus there is no other way, and nobody is about to undo anything. */
  #set(): void {
    const input = this.#options.input();
    const formatted = this.#formatted(input);
    if (formatted === input.value) return;
    input.value = formatted;
    this.#options.onFormat();
  }

  #formatted(input: HTMLInputElement): string {
    const { value, maxLength, disabled } = input;
    // In a page's own input of so many characters the groups would take the room of the last digits.
    const hasLimit = maxLength >= 0;
    if (this.#isOwnStyle || this.#options.isFixed() || disabled || hasLimit) return value;
    return this.#options.format(value);
  }
}

function hasFocus(input: HTMLInputElement): boolean {
  const root = input.getRootNode();
  return (root instanceof Document || root instanceof ShadowRoot) && root.activeElement === input;
}
