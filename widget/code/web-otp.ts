import type { ReactiveController, ReactiveControllerHost } from 'lit';

/**
 * The code out of the text message itself, where the browser can hand it over (Chromium on Android, and the phone
 * beside the desktop). https://wicg.github.io/web-otp/
 */
interface OtpCredentialContainer {
  get(options: {
    otp: { transport: ['sms'] };
    signal: AbortSignal;
  }): Promise<{ code?: unknown } | null>;
}

interface Listening {
  abort: AbortController;
  settled: Promise<void>;
}

/**
 * The request that is out, of whichever element on the page: a message has one reader, and Chromium (156) loses the
 * whole tab when a second request is made beside the first and both are called off.
 */
let current: Listening | null = null;

export interface SmsListenerOptions {
  /** Whether a message is awaited now. */
  awaits(): boolean;
  onCode(text: string): void;
}

/** Listens for the text message of one element, one message at a time, while the page is visible. */
export class SmsListener implements ReactiveController {
  readonly #on: SmsListenerOptions;
  #mine: AbortController | null = null;

  constructor(host: ReactiveControllerHost, on: SmsListenerOptions) {
    this.#on = on;
    host.addController(this);
  }

  hostConnected(): void {
    window.addEventListener('pagehide', this.#stop);
    window.addEventListener('pageshow', this.#follow);
    this.follow();
  }

  hostDisconnected(): void {
    window.removeEventListener('pagehide', this.#stop);
    window.removeEventListener('pageshow', this.#follow);
    this.#stop();
  }

  /** To be called whenever what is awaited may have changed. */
  follow(): void {
    if (!this.#on.awaits()) this.#stop();
    else if (!this.#mine) this.#listen();
  }

  /** Another message was sent: stop waiting for the previous one. */
  listenAnew(): void {
    this.#stop();
    this.follow();
  }

  readonly #follow = (): void => this.follow();

  readonly #stop = (): void => {
    this.#mine?.abort();
    this.#mine = null;
  };

  #listen(): void {
    if (!('OTPCredential' in globalThis)) return;
    const abort = new AbortController();
    this.#mine = abort;
    const previous = current;
    previous?.abort.abort();
    current = { abort, settled: this.#receive(abort.signal, previous?.settled) };
  }

  async #receive(signal: AbortSignal, previous: Promise<void> | undefined): Promise<void> {
    await previous;
    if (signal.aborted) return;
    try {
      const container = navigator.credentials as unknown as OtpCredentialContainer;
      const credential = await container.get({ otp: { transport: ['sms'] }, signal });
      // The browser's prompt may outlive the abort, and then its answer belongs to a step that is over.
      if (!signal.aborted && typeof credential?.code === 'string') this.#on.onCode(credential.code);
    } catch {
      // No message, no permission, or called off: the visitor types the code.
    }
  }
}
