import { speakAnew } from './define-language.ts';

let observer: MutationObserver | undefined;

/** Pages without reloads say by their root's `lang` alone that they now speak another language. */
export function observePageLanguage(): void {
  if (observer) return;
  observer = new MutationObserver(speakAnew);
  observer.observe(document.documentElement, { attributeFilter: ['lang'] });
}
