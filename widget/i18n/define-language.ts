import type { PartialMessages } from './messages.ts';

export type WordSource = PartialMessages | (() => Promise<PartialMessages>);

/** What the page has brought, by canonical tag. */
export const definedLanguages = new Map<string, WordSource>();

/** Of the elements that are in a page: each looks anew at what it has to say. */
export const speakers = new Set<() => void>();

/**
 * Brings a language that the element does not speak, or says some sentences of one that it does in the page's own way.
 * What is missing is taken from the element's words for that language, or else said in English. Elements that are on
 * the page already speak it at once.
 *
 * @param tag - BCP 47. `de` serves every German; `de-CH` the Swiss alone, with the element's German behind it.
 * @param words - The words, or what fetches them once a page speaks that language.
 * @throws {RangeError} if the tag is none.
 */
export function defineLanguage(tag: string, words: WordSource): void {
  // As `Intl` writes it: `iw` is `he`, `pt-br` is `pt-BR`.
  definedLanguages.set(`${new Intl.Locale(tag)}`, words);
  speakAnew();
}

/** There is another language to be spoken. */
export function speakAnew(): void {
  for (const load of speakers) load();
}
