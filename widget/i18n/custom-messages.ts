/** The words of a page, over those of the element. Loaded by pages that have some. */

import { warn } from '../diagnostics/warn.ts';
import { definedLanguages } from './define-language.ts';
import { firstEn } from './en-initial.ts';
import { mergeWords } from './merge-messages.ts';
import type { FirstWords, SomeWords, Spoken, Words } from './messages.ts';
import { faultsOfWords } from './validate-messages.ts';

const warned = new WeakSet<object>();
/** Once for all elements of a page. */
const fetched = new WeakMap<() => Promise<SomeWords>, Promise<SomeWords | null>>();

/** Each says anew what it says of the ones before: the element's language, the page's of the same, the one element's. */
export async function withOwnWords(
  shipped: Spoken,
  tags: readonly string[],
  ofElement: SomeWords | null,
): Promise<Spoken> {
  const lang = tags.find((tag) => definedLanguages.has(tag));
  const ofPage = await definedWords(lang);
  const own: unknown[] = [ofPage && { lang }, ofPage, ofElement];
  return {
    first: withTag(own.reduce<FirstWords>(mergeWords, shipped.first)),
    over: (english) => {
      for (const words of [ofPage, ofElement]) warnOfFaults(words, english);
      return withTag(own.reduce<Words>(mergeWords, shipped.over(english)));
    },
  };
}

function definedWords(lang: string | undefined): Promise<SomeWords | null> | SomeWords | null {
  const source = definedLanguages.get(lang ?? '') ?? null;
  if (typeof source !== 'function') return source;
  const words = fetched.get(source) ?? fetchWords(source, lang);
  fetched.set(source, words);
  return words;
}

async function fetchWords(
  source: () => Promise<SomeWords>,
  lang: string | undefined,
): Promise<SomeWords | null> {
  try {
    return await Promise.resolve().then(source);
  } catch (error) {
    // The next element asks again.
    fetched.delete(source);
    warn(`words: the words of ${lang} did not come: ${error}`);
    return null;
  }
}

/** `Intl` throws at a tag that is none, and would do so in the middle of drawing. */
function withTag<T extends FirstWords>(words: T): T {
  try {
    Intl.getCanonicalLocales(words.lang);
    return words;
  } catch {
    warn(`words: ${words.lang} is no language tag`);
    return { ...words, lang: firstEn.lang };
  }
}

function warnOfFaults(layer: SomeWords | null, english: Words): void {
  if (typeof layer !== 'object' || layer === null || warned.has(layer)) return;
  warned.add(layer);
  const faults = faultsOfWords(layer, english);
  if (faults.length > 0) warn(`words: ${faults.join('; ')}`);
}
