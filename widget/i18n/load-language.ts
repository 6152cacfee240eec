import { importWithRetry } from '../base/import-with-retry.ts';
import { definedLanguages } from './define-language.ts';
import { enInitial } from './en-initial.ts';
import type { LanguagePack, Messages, PartialMessages } from './messages.ts';

/** English comes with the element, and is enough for a page that speaks it. */
export const ENGLISH: LanguagePack = { first: enInitial, over: (english) => english };

/** Every other language is a file of its own, fetched when a page speaks it. By the tags that they serve. */
export const SHIPPED: Readonly<Record<string, () => Promise<{ words: Messages }>>> = {
  ar: () => import('./locales/ar.ts'),
  de: () => import('./locales/de.ts'),
  es: () => import('./locales/es.ts'),
  fr: () => import('./locales/fr.ts'),
  he: () => import('./locales/he.ts'),
  it: () => import('./locales/it.ts'),
  ja: () => import('./locales/ja.ts'),
  nl: () => import('./locales/nl.ts'),
  pl: () => import('./locales/pl.ts'),
  pt: () => import('./locales/pt.ts'),
  'pt-PT': () => import('./locales/pt-pt.ts'),
  tr: () => import('./locales/tr.ts'),
  zh: () => import('./locales/zh.ts'),
  'zh-Hant': () => import('./locales/zh-hant.ts'),
};

/**
 * What is said for a tag, in an element with these words of its own; nothing where English is all there is. Never
 * rejects: a file that did not arrive must not take the form down, and English can be spoken at once.
 */
export function loadLanguage(
  tag: string,
  ofElement: PartialMessages | null,
): Promise<LanguagePack> | undefined {
  const tags = tagsFor(tag);
  const load = SHIPPED[tags.find((each) => SHIPPED[each]) ?? ''];
  const shipped =
    load &&
    importWithRetry(load).then(
      ({ words }): LanguagePack => ({ first: words, over: () => words }),
      () => ENGLISH,
    );
  return ofElement || tags.some((each) => definedLanguages.has(each))
    ? import('./custom-messages.ts').then(
        async (own) => own.withCustomMessages((await shipped) ?? ENGLISH, tags, ofElement),
        () => shipped ?? ENGLISH,
      )
    : shipped;
}

/**
 * The tags under which there may be words, the closest first. With the script that `Intl` knows a language to be
 * written in, so that `zh-TW` finds `zh-Hant`, and nobody in Taiwan is handed the characters of the mainland.
 */
function tagsFor(tag: string): string[] {
  try {
    const { language, script, region } = new Intl.Locale(tag.replaceAll('_', '-')).maximize();
    const inScript = `${language}-${script}`;
    return [`${inScript}-${region}`, `${language}-${region}`, inScript, language];
  } catch {
    return [];
  }
}
