import { isServer } from 'lit';
import { speakers } from './define-language.ts';
import { ENGLISH, loadLanguage } from './load-language.ts';
import type { LanguagePack, PartialMessages } from './messages.ts';

/** How long the element waits for the texts of a language before it uses English. */
const PATIENCE_MS = 2000;

interface Speaker extends Element {
  words: PartialMessages | null;
  readonly hasUpdated: boolean;
  requestUpdate(): void;
}

/** The texts of one element, in the language around it. */
export class LanguageController {
  /** `undefined` while the first texts load, to avoid a flash of English. */
  spoken: LanguagePack | undefined = isServer ? ENGLISH : undefined;
  /** Comes when there is something to say it in. */
  ready: Promise<unknown> | undefined;
  readonly #host: Speaker;
  #asked: Promise<LanguagePack> | undefined;
  #isDrawn = false;

  constructor(host: Speaker) {
    this.#host = host;
  }

  /** @param isDrawn - A server has drawn the element, in English: that is not taken back. */
  connected(isDrawn: boolean): void {
    this.#isDrawn = isDrawn;
    if (isDrawn) this.spoken ??= ENGLISH;
    speakers.add(this.load);
    this.load();
  }

  disconnected(): void {
    speakers.delete(this.load);
  }

  /** The language or its texts may have changed. The previous ones stay until the new ones have loaded. */
  readonly load = (): void => {
    const asked = loadLanguage(languageOf(this.#host), this.#host.words);
    this.#asked = asked;
    if (asked) {
      // Texts before the first rendering are invisible: a page may set its own right after the script.
      if (!this.#isDrawn && !this.#host.hasUpdated) this.spoken = undefined;
      const arrived = asked.then((spoken) => {
        if (this.#asked === asked) this.#speak(spoken);
      });
      const patience = new Promise((resolve) => setTimeout(resolve, PATIENCE_MS));
      this.ready = Promise.race([arrived, patience]).then(() => {
        if (!this.spoken) this.#speak(ENGLISH);
      });
    } else this.#speak(ENGLISH);
  };

  #speak(spoken: LanguagePack): void {
    this.spoken = spoken;
    this.#host.requestUpdate();
  }
}

/** The language of an element: its own `lang`, the page's, or the visitor's. */
export function languageOf(element: Element): string {
  let scope: Element | null = element;
  while (scope) {
    const around = scope.closest<HTMLElement>('[lang]');
    // A field that is called `getAttribute` stands in its place on the form itself.
    const lang = around && Element.prototype.getAttribute.call(around, 'lang');
    if (lang) return lang;
    const root: Node = scope.getRootNode();
    scope = root instanceof ShadowRoot ? root.host : null;
  }
  return navigator.language;
}
