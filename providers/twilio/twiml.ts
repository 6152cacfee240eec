/** The script of a call: one text read out. */

/**
 * `<Say>` takes a full tag, and these are the ones it has a voice for. An unknown language is read in English rather
 * than not at all.
 */
const SAY_LANGUAGES: Readonly<Record<string, string>> = {
  ar: 'ar-XA',
  de: 'de-DE',
  en: 'en-US',
  es: 'es-ES',
  fr: 'fr-FR',
  he: 'he-IL',
  it: 'it-IT',
  ja: 'ja-JP',
  nl: 'nl-NL',
  pl: 'pl-PL',
  pt: 'pt-PT',
  tr: 'tr-TR',
  zh: 'cmn-CN',
};

/** @param language primary subtag of the text */
export function sayTwiml(text: string, language: string): string {
  const tag = SAY_LANGUAGES[language] ?? 'en-US';
  return `<Response><Say language="${tag}">${escapeXml(text)}</Say></Response>`;
}

/** Whether the script of a call with this text is one that Twilio takes: at most 4000 characters, markup and all. */
export function isSayable(text: string, language: string): boolean {
  return sayTwiml(text, language).length <= 4000;
}

/** As the content of an element, where quotes stand for themselves. What no XML may hold no voice could read. */
function escapeXml(text: string): string {
  return text
    .replace(/[^\t\n\r\x20-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '')
    .replace(/[&<>]/g, (character) => `&#${character.charCodeAt(0)};`);
}
