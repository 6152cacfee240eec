import { isServer } from 'lit';
import { speakers } from './words/define-language.ts';
import { ENGLISH, type Spoken, spokenFor } from './words/languages.ts';
import type { SomeWords } from './words/words.ts';

/** How long there is only the room for words, before the element speaks English. */
const PATIENCE_MS = 2000;

interface Speaker extends Element {
  words: SomeWords | null;
  readonly hasUpdated: boolean;
  requestUpdate(): void;
}

/** What one element says, in the language around it. */
export class Language {
  /** Nothing while the first words are on their way: English would only be noticed as a flash. */
  spoken: Spoken | undefined = isServer ? ENGLISH : undefined;
  /** Comes when there is something to say it in. */
  ready: Promise<unknown> | undefined;
  readonly #host: Speaker;
  #asked: Promise<Spoken> | undefined;
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

  /** The language around the element, or what is said in it, may be another. Until that is there, the last stays. */
  readonly load = (): void => {
    const asked = spokenFor(languageOf(this.#host), this.#host.words);
    this.#asked = asked;
    if (asked) {
      // What is said before the first drawing is not seen: a page may bring its words right after the script.
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

  #speak(spoken: Spoken): void {
    this.spoken = spoken;
    this.#host.requestUpdate();
  }
}

/** The language that stands around an element: its own `lang`, the page's, or the visitor's. */
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
