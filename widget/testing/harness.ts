/**
 * What a test says to the element and asks of it, in the words of a visitor; where things are in the tree is known
 * here alone.
 */
import '../define.ts';
import { fixture, waitUntil } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import type { MittoOtpElement } from '../mitto-otp-element.ts';
import { WorkerStandIn } from './worker-stand-in.ts';

export class Harness {
  readonly element: MittoOtpElement;
  readonly worker: WorkerStandIn;
  readonly events: Event[] = [];

  constructor(element: MittoOtpElement, worker: WorkerStandIn) {
    this.element = element;
    this.worker = worker;
    for (const type of ['mitto-sent', 'mitto-verified', 'mitto-error', 'mitto-reset'] as const)
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

  get countrySelect(): HTMLSelectElement | null {
    return this.element.shadowRoot?.querySelector('select') ?? null;
  }

  get country(): string | undefined {
    return this.part('country-code')?.textContent ?? undefined;
  }

  chooseCountry(country: string): void {
    const select = this.countrySelect;
    if (!select) throw new Error('There is no choice of countries');
    select.value = country;
    select.dispatchEvent(new Event('change'));
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
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/plain', text);
    // Firefox takes the text of a synthetic event by members of its own.
    const init = { bubbles: true, clipboardData, dataType: 'text/plain', data: text };
    input.dispatchEvent(new ClipboardEvent('paste', init));
    // A synthetic event pastes nothing by itself; this is what the browser would do next.
    document.execCommand('insertText', false, text);
  }

  async until(condition: () => boolean, what: string): Promise<void> {
    await waitUntil(condition, what, { timeout: 4000, interval: 5 });
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

// A form that is sent would take the test's page with it.
document.addEventListener('submit', (event) => event.preventDefault());

let worker: WorkerStandIn | undefined;

/** A fresh stand-in for each test; to be called in `beforeEach`, before `open`. */
export function startWorker(): WorkerStandIn {
  worker?.remove();
  worker = new WorkerStandIn();
  return worker;
}

/** Opens a page with the markup, and speaks to the first `<mitto-otp>` in it. */
export async function open(markup = '<mitto-otp></mitto-otp>'): Promise<Harness> {
  if (!worker) throw new Error('startWorker() first');
  const root = await fixture<HTMLElement>(markup);
  const element = root.matches('mitto-otp') ? root : root.querySelector('mitto-otp');
  const harness = new Harness(element as MittoOtpElement, worker);
  await harness.element.updateComplete;
  return harness;
}
