/** A page that a server has rendered, in a frame, and the hand of a visitor in it. */
import { waitUntil } from '@open-wc/testing';
import type { MittoOtpElement } from '../../../widget/mitto-otp-element.ts';
import type { ScriptName } from './middleware.ts';
import type { PageName } from './render.ts';

declare global {
  interface Window {
    /** What `hydration-probe.ts` saw in the page before any module ran, and since. */
    witness: {
      /** The nodes that the server has drawn. */
      readonly nodes: readonly Element[];
      /** Warnings and errors. */
      readonly remarks: readonly string[];
    };
  }
}

export class RenderedPage {
  readonly window: Window & typeof globalThis;

  private constructor(frame: HTMLIFrameElement) {
    if (!frame.contentWindow) throw new Error('The frame has no window');
    this.window = frame.contentWindow as Window & typeof globalThis;
  }

  /** Its modules have run when it is there. */
  static async open(
    page: PageName,
    script: ScriptName | 'forbidden',
    variant: 'of-another-version' | 'without-inline-styles' | '' = '',
  ): Promise<RenderedPage> {
    const frame = document.createElement('iframe');
    if (script === 'forbidden') frame.setAttribute('sandbox', 'allow-same-origin allow-forms');
    frame.src = `/served/${page}/${script === 'forbidden' ? 'hydrated' : script}/${variant}`;
    frame.width = '400';
    frame.height = '500';
    document.body.append(frame);
    await new Promise((resolve) => frame.addEventListener('load', resolve, { once: true }));
    return new RenderedPage(frame);
  }

  /** To be called in `afterEach`. */
  static closeAll(): void {
    for (const frame of document.querySelectorAll('iframe')) frame.remove();
  }

  get document(): Document {
    return this.window.document;
  }

  get element(): MittoOtpElement {
    const host = this.document.querySelector('sign-up-host')?.shadowRoot ?? this.document;
    return this.#found(host.querySelector('mitto-otp'));
  }

  get shadow(): ShadowRoot {
    return this.#found(this.element.shadowRoot);
  }

  get form(): HTMLFormElement {
    return this.#found(this.element.closest('form'));
  }

  input(slot: 'phone' | 'code'): HTMLInputElement {
    return this.#found(this.element.querySelector<HTMLInputElement>(`input[slot=${slot}]`));
  }

  part(name: string): HTMLElement {
    return this.#found(this.shadow.querySelector<HTMLElement>(`[part~="${name}"]`));
  }

  fill(slot: 'phone' | 'code', text: string): void {
    this.input(slot).value = text;
    this.input(slot).dispatchEvent(
      new this.window.InputEvent('input', { bubbles: true, composed: true }),
    );
  }

  /** A module that the page loads later than the others. */
  async load(module: string): Promise<void> {
    const script = this.document.createElement('script');
    script.type = 'module';
    script.src = module;
    this.document.head.append(script);
    await new Promise((resolve) => script.addEventListener('load', resolve, { once: true }));
  }

  /** Whether a file or an answer that the element asks for is there. */
  hasLoaded(path: RegExp): boolean {
    const entries = this.window.performance.getEntriesByType('resource');
    return entries.some(({ name }) => path.test(name));
  }

  async until(condition: () => boolean, what: string): Promise<void> {
    await waitUntil(condition, what, { timeout: 5000, interval: 5 });
    await this.element.updateComplete;
  }

  async reaches(step: 'phone' | 'code' | 'verified'): Promise<void> {
    await this.until(
      () => this.element.matches(`:state(${step})`) && !this.element.matches(':state(busy)'),
      `the step ${step} is not reached`,
    );
  }

  #found<Thing>(thing: Thing | null): Thing {
    if (thing === null) throw new Error('That is not on the page');
    return thing;
  }
}
