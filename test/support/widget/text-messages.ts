/** No text message reaches a test's browser, so this part of it is played. */
export class TextMessages {
  readonly listeners: { signal: AbortSignal; deliver(code: string): void }[] = [];
  /** As the standard says; a prompt that outlives the abort does not. */
  heedsAbort = true;
  readonly #real = Object.getOwnPropertyDescriptor(navigator, 'credentials');
  readonly #hadCredential = 'OTPCredential' in globalThis;

  constructor() {
    Object.defineProperty(navigator, 'credentials', {
      configurable: true,
      value: {
        get: ({ signal }: { signal: AbortSignal }) =>
          new Promise((resolve, reject) => {
            this.listeners.push({ signal, deliver: (code) => resolve({ code }) });
            signal.addEventListener('abort', () => {
              if (this.heedsAbort) reject(signal.reason);
            });
          }),
      },
    });
    if (!this.#hadCredential) Object.assign(globalThis, { OTPCredential: class {} });
  }

  /** Who listens, and who does no more. */
  get open(): boolean[] {
    return this.listeners.map(({ signal }) => !signal.aborted);
  }

  remove(): void {
    if (this.#real) Object.defineProperty(navigator, 'credentials', this.#real);
    else Reflect.deleteProperty(navigator, 'credentials');
    if (!this.#hadCredential) Reflect.deleteProperty(globalThis, 'OTPCredential');
  }
}
