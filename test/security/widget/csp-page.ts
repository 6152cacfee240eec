/**
 * A page under the strictest policy, in a frame, and the hand of a visitor in it. The frame is a realm of its own:
 * events have to be made by its constructors, or the element's `instanceof` does not know them.
 */
import './csp-violations.ts';
import { waitUntil } from '@open-wc/testing';
import type { MittoOtpElement } from '../../../widget/mitto-otp-element.ts';

export type Form = 'source' | 'built';
type Step = 'phone' | 'code' | 'verified';

export class StrictPage {
  readonly window: Window & typeof globalThis;

  private constructor(frame: HTMLIFrameElement) {
    if (!frame.contentWindow) throw new Error('The frame has no window');
    this.window = frame.contentWindow as Window & typeof globalThis;
  }

  /** Loads the page; the element is there, and has its configuration. */
  static async open(form: Form, around: '' | '/clobbered' = ''): Promise<StrictPage> {
    const frame = document.createElement('iframe');
    frame.src = `/strict/${form}${around}`;
    frame.width = '400';
    frame.height = '500';
    document.body.append(frame);
    await new Promise((resolve) => frame.addEventListener('load', resolve, { once: true }));
    const page = new StrictPage(frame);
    await page.until(() => page.part('country-face') !== null, 'the element does not start');
    return page;
  }

  /** Those that did not come up, too. To be called in `afterEach`. */
  static closeAll(): void {
    for (const frame of document.querySelectorAll('iframe')) frame.remove();
  }

  get element(): MittoOtpElement {
    // The one search that no name in the page's markup can take the place of here.
    return this.#found(this.document.getElementsByTagName('mitto-otp')[0] ?? null);
  }

  get document(): Document {
    return this.window.document;
  }

  /** What the policy has refused, and what was thrown. */
  get violations(): readonly string[] {
    return this.window.violations;
  }

  get phone(): HTMLInputElement {
    return this.#found(this.element.querySelector<HTMLInputElement>('input[slot=phone]'));
  }

  get code(): HTMLInputElement {
    return this.#found(this.element.querySelector<HTMLInputElement>('input[slot=code]'));
  }

  get error(): string {
    return this.element.querySelector('[slot=code-error]')?.textContent ?? '';
  }

  /** What the form around the element would send. */
  get formData(): FormData {
    return new this.window.FormData(this.#found(this.element.form));
  }

  part(name: string): HTMLElement | null {
    return this.element.shadowRoot?.querySelector<HTMLElement>(`[part~="${name}"]`) ?? null;
  }

  click(name: string): void {
    this.#found(this.part(name)).click();
  }

  fill(input: HTMLInputElement, text: string): void {
    input.value = text;
    input.dispatchEvent(new this.window.InputEvent('input', { bubbles: true, composed: true }));
  }

  paste(input: HTMLInputElement, text: string): void {
    input.focus();
    const clipboardData = new this.window.DataTransfer();
    clipboardData.setData('text/plain', text);
    // Firefox takes the text of a synthetic event by members of its own.
    const own = { dataType: 'text/plain', data: text };
    const init = { ...own, bubbles: true, cancelable: true, clipboardData };
    input.dispatchEvent(new this.window.ClipboardEvent('paste', init));
  }

  pressEnter(input: HTMLInputElement): void {
    input.dispatchEvent(
      new this.window.KeyboardEvent('keydown', { key: 'Enter', bubbles: true, composed: true }),
    );
  }

  /** How often a route of the API was called, as the browser counts. */
  callsTo(route: 'config' | 'send' | 'verify' | 'cancel'): number {
    return this.window.performance
      .getEntriesByType('resource')
      .filter(({ name }) => new URL(name).pathname === `/v1/${route}`).length;
  }

  async until(condition: () => boolean, what: string): Promise<void> {
    await waitUntil(condition, `${what} (${this.violations?.join('; ')})`, {
      timeout: 5000,
      interval: 5,
    });
  }

  async reaches(step: Step): Promise<void> {
    await this.until(
      () => this.element.matches(`:state(${step})`) && !this.element.matches(':state(busy)'),
      `the step ${step} is not reached`,
    );
    await this.element.updateComplete;
  }

  #found<Thing>(thing: Thing | null): Thing {
    if (thing === null) throw new Error('That is not on the page');
    return thing;
  }
}
