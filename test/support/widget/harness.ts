/**
 * What a test says to the element and asks of it, in the words of a visitor; where things are in the tree is known
 * here alone.
 */
import '../../../widget/define.ts';
import { fixture, waitUntil } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import type { MittoOtpElement } from '../../../widget/mitto-otp-element.ts';
import { CountryListHarness } from './country-list-harness.ts';
import { FakeWorker } from './fake-worker.ts';
import { type Font, setFont } from './fonts.ts';

export class Harness {
  readonly element: MittoOtpElement;
  readonly worker: FakeWorker;
  readonly events: Event[] = [];

  constructor(element: MittoOtpElement, worker: FakeWorker) {
    this.element = element;
    this.worker = worker;
    for (const type of [
      'mitto-sent',
      'mitto-verified',
      'mitto-expired',
      'mitto-error',
      'mitto-reset',
    ] as const)
      document.addEventListener(type, (event) => {
        if (event.target === element) this.events.push(event);
      });
  }

  get phone(): HTMLInputElement {
    return this.#lightChild('input[slot=phone]');
  }

  get code(): HTMLInputElement {
    return this.#lightChild('input[slot=code]');
  }

  get step(): 'phone' | 'code' | 'verified' | undefined {
    const steps = ['phone', 'code', 'verified'] as const;
    return steps.find((step) => this.element.matches(`:state(${step})`));
  }

  get isBusy(): boolean {
    return this.element.matches(':state(busy)');
  }

  get error(): string {
    return [...this.element.querySelectorAll('[slot$=-error]')]
      .map((node) => node.textContent ?? '')
      .join('');
  }

  get hint(): string {
    return this.element.querySelector('[slot=code-hint]')?.textContent ?? '';
  }

  /** The last sentence of the live region, without what makes a repetition a change. */
  get announced(): string {
    return this.part('status')?.textContent?.replace(/\u00a0$/, '') ?? '';
  }

  /** What the input that has the focus is described by: read when the focus comes to it. */
  get description(): string {
    const ids = document.activeElement?.getAttribute('aria-describedby')?.split(' ') ?? [];
    return ids.map((id) => document.getElementById(id)?.textContent ?? '').join(' ');
  }

  /** What a screen reader has come to say last: the live region's sentence, or what the focus has led it to. */
  get heard(): string {
    return this.announced || this.description;
  }

  get focused(): Element | null {
    return document.activeElement === this.element
      ? (this.element.shadowRoot?.activeElement ?? this.element)
      : document.activeElement;
  }

  part(name: string): HTMLElement | null {
    return this.element.shadowRoot?.querySelector<HTMLElement>(`[part~="${name}"]`) ?? null;
  }

  button(name: string): HTMLButtonElement {
    const button = this.part(name);
    if (!(button instanceof HTMLButtonElement)) throw new Error(`There is no button "${name}"`);
    return button;
  }

  isBlocked(name: string): boolean {
    return this.button(name).getAttribute('aria-disabled') === 'true';
  }

  get cells(): HTMLElement[] {
    return [...(this.element.shadowRoot?.querySelectorAll<HTMLElement>('[part~=cell]') ?? [])];
  }

  /** Which cells the caret or the selection is painted in. */
  get activeCells(): number[] {
    return this.cells.flatMap((cell, index) => (cell.part.contains('active') ? [index] : []));
  }

  get countrySelect(): HTMLSelectElement | null {
    return this.element.shadowRoot?.querySelector('select') ?? null;
  }

  get country(): string | undefined {
    return this.part('country-code')?.textContent ?? undefined;
  }

  /** The select, or for a mouse and keys the button that opens the list. */
  get countryControl(): HTMLSelectElement | HTMLButtonElement | null {
    return this.element.shadowRoot?.querySelector('select, button[part=country]') ?? null;
  }

  get countryList(): CountryListHarness {
    return new CountryListHarness(this);
  }

  async chooseCountry(country: string): Promise<void> {
    const control = this.countryControl;
    if (control instanceof HTMLSelectElement) {
      control.value = country;
      control.dispatchEvent(new Event('change'));
      return;
    }
    await this.countryList.open();
    this.countryList.choose(country);
  }

  /** Real keys into the input of the number. */
  async typePhone(text: string): Promise<void> {
    this.phone.focus();
    await sendKeys({ type: text });
  }

  async typeCode(text: string): Promise<void> {
    this.code.focus();
    await sendKeys({ type: text });
  }

  async press(key: string): Promise<void> {
    await sendKeys({ press: key });
  }

  /** As autofill and the page's own scripts do it: a value and an event. */
  fill(input: HTMLInputElement, text: string): void {
    input.value = text;
    input.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }));
  }

  paste(input: HTMLInputElement, text: string): void {
    input.focus();
    const clipboardData = transferOf(text);
    // Firefox takes the text of a synthetic event by members of its own.
    const own = { dataType: 'text/plain', data: text };
    const init = { ...own, bubbles: true, cancelable: true, clipboardData };
    const event = new ClipboardEvent('paste', init);
    // A synthetic event pastes nothing by itself; this is what the browser would do next.
    if (input.dispatchEvent(event)) document.execCommand('insertText', false, text);
  }

  /** Text that was dragged from elsewhere, let go over an input. */
  drop(input: HTMLInputElement, text: string): void {
    const dataTransfer = transferOf(text);
    const event = new DragEvent('drop', { bubbles: true, cancelable: true, dataTransfer });
    if (!input.dispatchEvent(event)) return;
    input.focus();
    document.execCommand('insertText', false, text);
  }

  /** As an input method does it: nothing is settled before the end. */
  compose(input: HTMLInputElement, text: string): void {
    input.focus();
    input.dispatchEvent(new CompositionEvent('compositionstart', { bubbles: true }));
    input.value = text;
    const init = { bubbles: true, composed: true, isComposing: true, data: text };
    input.dispatchEvent(new InputEvent('input', { ...init, inputType: 'insertCompositionText' }));
  }

  endComposition(input: HTMLInputElement): void {
    const data = input.value;
    input.dispatchEvent(new CompositionEvent('compositionend', { bubbles: true, data }));
  }

  async until(condition: () => boolean, what: string, timeoutMs = 8000): Promise<void> {
    await waitUntil(condition, what, { timeout: timeoutMs, interval: 5 });
    await this.element.updateComplete;
  }

  async reaches(step: 'phone' | 'code' | 'verified'): Promise<void> {
    await this.until(() => this.step === step && !this.isBusy, `the step ${step} is not reached`);
  }

  async settles(): Promise<void> {
    await this.until(() => !this.isBusy, 'the element stays busy');
  }

  async configured(): Promise<void> {
    await this.until(() => this.part('country-face') !== null, 'the countries are not known');
  }

  /** To the code step by the shortest way. */
  async sendsCode(phone = '0151 23456789'): Promise<void> {
    this.fill(this.phone, phone);
    await this.element.send();
    await this.element.updateComplete;
  }

  async verifies(code = '123456'): Promise<void> {
    await this.sendsCode();
    this.fill(this.code, code);
    await this.settles();
  }

  #lightChild(selector: string): HTMLInputElement {
    const input = this.element.querySelector<HTMLInputElement>(selector);
    if (!input) throw new Error(`There is no ${selector}`);
    return input;
  }
}

function transferOf(text: string): DataTransfer {
  const transfer = new DataTransfer();
  transfer.setData('text/plain', text);
  return transfer;
}

// A form that is sent would take the test's page with it.
document.addEventListener('submit', (event) => event.preventDefault());

let worker: FakeWorker | undefined;

/** A fresh stand-in for each test; to be called in `beforeEach`, before `open`. */
export function startWorker(): FakeWorker {
  worker?.remove();
  worker = new FakeWorker();
  return worker;
}

/** Opens a page with the markup, set in one of the tests' own fonts, and speaks to the first `<mitto-otp>` in it. */
export async function open(markup = '<mitto-otp></mitto-otp>', font?: Font): Promise<Harness> {
  if (!worker) throw new Error('startWorker() first');
  await setFont(font);
  const root = await fixture<HTMLElement>(markup);
  const element = root.matches('mitto-otp') ? root : root.querySelector('mitto-otp');
  const harness = new Harness(element as MittoOtpElement, worker);
  await harness.element.updateComplete;
  return harness;
}
