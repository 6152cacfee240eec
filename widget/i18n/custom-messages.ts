/** The words of a page, over those of the element. Loaded by pages that have some. */

import { warn } from '../diagnostics/warn.ts';
import { definedLanguages } from './define-language.ts';
import { enInitial } from './en-initial.ts';
import { mergeMessages } from './merge-messages.ts';
import type { InitialMessages, LanguagePack, Messages, PartialMessages } from './messages.ts';
import { validateMessages } from './validate-messages.ts';

const warned = new WeakSet<object>();
/** Once for all elements of a page. */
const fetched = new WeakMap<() => Promise<PartialMessages>, Promise<PartialMessages | null>>();

/** Each says anew what it says of the ones before: the element's language, the page's of the same, the one element's. */
export async function withCustomMessages(
  shipped: LanguagePack,
  tags: readonly string[],
  ofElement: PartialMessages | null,
): Promise<LanguagePack> {
  const lang = tags.find((tag) => definedLanguages.has(tag));
  const ofPage = await definedWords(lang);
  const own: unknown[] = [ofPage && { lang }, ofPage, ofElement];
  return {
    first: withTag(own.reduce<InitialMessages>(mergeMessages, shipped.first)),
    over: (english) => {
      for (const words of [ofPage, ofElement]) warnOfFaults(words, english);
      return withTag(own.reduce<Messages>(mergeMessages, shipped.over(english)));
    },
  };
}

function definedWords(
  lang: string | undefined,
): Promise<PartialMessages | null> | PartialMessages | null {
  const source = definedLanguages.get(lang ?? '') ?? null;
  if (typeof source !== 'function') return source;
  const words = fetched.get(source) ?? fetchWords(source, lang);
  fetched.set(source, words);
  return words;
}

async function fetchWords(
  source: () => Promise<PartialMessages>,
  lang: string | undefined,
): Promise<PartialMessages | null> {
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
function withTag<T extends InitialMessages>(words: T): T {
  try {
    Intl.getCanonicalLocales(words.lang);
    return words;
  } catch {
    warn(`words: ${words.lang} is no language tag`);
    return { ...words, lang: enInitial.lang };
  }
}

function warnOfFaults(layer: PartialMessages | null, english: Messages): void {
  if (typeof layer !== 'object' || layer === null || warned.has(layer)) return;
  warned.add(layer);
  const faults = validateMessages(layer, english);
  if (faults.length > 0) warn(`words: ${faults.join('; ')}`);
}
