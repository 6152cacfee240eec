/**
 * Stands in for Turnstile in the page, by its documented API: draws into the container that it is given, calls back,
 * and throws at options that the real one throws at. Its script, `turnstile-api.ts`, is loaded as the real one is.
 */
import type { Challenge } from '../../../shared/api/responses.ts';
import type { TurnstileOptions } from '../../../widget/challenge/turnstile-loader.ts';

declare global {
  interface Window {
    turnstileStandIn?: FakeTurnstile | undefined;
  }
}

export interface RenderedWidget {
  id: string;
  container: HTMLElement;
  options: TurnstileOptions;
  isRemoved: boolean;
}

const SCRIPT = '/test/support/widget/turnstile-api.ts';

export const CHALLENGE: Challenge = {
  provider: 'turnstile',
  script: `${location.origin}${SCRIPT}`,
  siteKey: '1x00000000000000000000AA',
  action: 'mitto-otp-send',
};

export class FakeTurnstile {
  /** By itself, after a click, by a refusal, or never. */
  answers: 'pass' | 'ask' | 'fail' | 'time-out' | 'never' = 'pass';
  readonly widgets: RenderedWidget[] = [];
  readonly tokens: string[] = [];

  constructor() {
    window.turnstileStandIn = this;
  }

  /** The script elements that are in the page. */
  get scripts(): HTMLScriptElement[] {
    return [...document.querySelectorAll<HTMLScriptElement>(`script[src*="${SCRIPT}"]`)];
  }

  get last(): RenderedWidget {
    const widget = this.widgets.at(-1);
    if (!widget) throw new Error('No challenge was shown');
    return widget;
  }

  get isShown(): boolean {
    return this.widgets.some(({ isRemoved }) => !isRemoved);
  }

  /** What there is to click. */
  get button(): HTMLButtonElement {
    const button = this.last.container.querySelector('button');
    if (!button) throw new Error('There is nothing to click');
    return button;
  }

  pass({ options } = this.last): void {
    const token = `token-${this.tokens.length + 1}`;
    this.tokens.push(token);
    options.callback(token);
  }

  render(container: HTMLElement, options: TurnstileOptions): string {
    if (!container.isConnected) throw new Error('The container is not in the document');
    if (!/^[\w-]{0,32}$/.test(options.action)) throw new Error('Invalid action');
    if (!/^(auto|[a-z]{2}(-[a-z]{2})?)$/i.test(options.language))
      throw new Error('Invalid language');
    const id = `cf-widget-${this.widgets.length}`;
    const widget = { id, container, options, isRemoved: false };
    this.widgets.push(widget);
    setTimeout(() => this.#run(widget));
    return id;
  }

  remove(id: string): void {
    const widget = this.widgets.find((one) => one.id === id);
    if (!widget || widget.isRemoved) throw new Error(`There is no widget ${id}`);
    widget.isRemoved = true;
    widget.container.replaceChildren();
  }

  /** The page forgets the script, too. */
  takeAway(): void {
    window.turnstileStandIn = undefined;
    delete window.turnstile;
    for (const script of this.scripts) script.remove();
  }

  #run(widget: RenderedWidget): void {
    const { container, options } = widget;
    if (this.answers === 'pass') this.pass(widget);
    if (this.answers === 'fail') options['error-callback']('600010');
    if (this.answers === 'time-out') options['timeout-callback']();
    if (this.answers !== 'ask') return;
    options['before-interactive-callback']();
    const button = document.createElement('button');
    button.type = 'button';
    button.textContent = 'I am human';
    // WebKitGTK's own is white on light grey where the page is dark.
    button.style.cssText = 'background: Canvas; color: CanvasText';
    button.addEventListener('click', () => this.pass(widget));
    container.append(button);
  }
}
