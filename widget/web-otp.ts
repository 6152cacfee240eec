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

/** Listens for the text message of one element, one message at a time. */
export class SmsListener {
  #mine: AbortController | null = null;

  /** To listen anew ends what was listened for before. */
  listen(onCode: (text: string) => void): void {
    this.stop();
    if (!('OTPCredential' in globalThis)) return;
    const abort = new AbortController();
    this.#mine = abort;
    const previous = current;
    previous?.abort.abort();
    current = { abort, settled: this.#receive(abort.signal, previous?.settled, onCode) };
  }

  stop(): void {
    this.#mine?.abort();
    this.#mine = null;
  }

  async #receive(
    signal: AbortSignal,
    previous: Promise<void> | undefined,
    onCode: (text: string) => void,
  ): Promise<void> {
    await previous;
    if (signal.aborted) return;
    try {
      const container = navigator.credentials as unknown as OtpCredentialContainer;
      const credential = await container.get({ otp: { transport: ['sms'] }, signal });
      // The browser's prompt may outlive the abort, and then its answer belongs to a step that is over.
      if (!signal.aborted && typeof credential?.code === 'string') onCode(credential.code);
    } catch {
      // No message, no permission, or called off: the visitor types the code.
    }
  }
}
