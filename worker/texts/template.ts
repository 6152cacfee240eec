/** Texts with placeholders: `{name}`, and nothing else has a meaning in them. */
import type { LocalText } from './default-templates.ts';
import { FALLBACK_LANGUAGE } from './default-templates.ts';

const PLACEHOLDER = /\{([a-zA-Z][a-zA-Z0-9_]{0,31})\}/g;

/** Names of the placeholders of a text, each once. */
export function placeholdersOf(text: string): string[] {
  return [...new Set([...text.matchAll(PLACEHOLDER)].map(([, name = '']) => name))];
}

/** In one pass, so that a value with a placeholder in it stays what it is. A name without a value stays as well. */
export function fillIn(text: string, values: Readonly<Record<string, string>>): string {
  return text.replace(PLACEHOLDER, (placeholder, name: string) =>
    Object.hasOwn(values, name) ? (values[name] ?? placeholder) : placeholder,
  );
}

/** Of an operator's texts the one in the wanted language, in English, or the first. */
export function textIn(
  texts: string | Readonly<Record<string, string>>,
  wanted: string,
): LocalText {
  if (typeof texts === 'string') return { text: texts, language: wanted };
  const [first = FALLBACK_LANGUAGE] = Object.keys(texts);
  const language = [wanted, FALLBACK_LANGUAGE].find((tag) => Object.hasOwn(texts, tag)) ?? first;
  return { text: texts[language] ?? '', language };
}

/** Where Chinese is written in traditional characters, unless the tag says otherwise: as the element has it. */
const TRADITIONAL_CHINESE = /^zh\b(?!.*-hans\b).*-(?:hant|tw|hk|mo)\b/i;

/** What may have a text for a BCP 47 tag, the closest first. */
export function languagesOfTag(tag: string | undefined): string[] {
  const language = languageOfTag(tag);
  return TRADITIONAL_CHINESE.test(tag ?? '') ? ['zh-Hant', language] : [language];
}

/** Primary language subtag of a BCP 47 tag, in lower case. */
export function languageOfTag(tag: string | undefined): string {
  return tag?.split('-')[0]?.toLowerCase() || FALLBACK_LANGUAGE;
}
