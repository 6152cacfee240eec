/**
 * The words of a code's message. Mitto replaces `{code}`. Short, in the visitor's language where we have it, with
 * the site's name so that nobody types the code elsewhere.
 */
import type { Channel } from '../../shared/channel.ts';

const MINUTES = 10;

/**
 * By primary language subtag. Only letters of the GSM 7-bit alphabet: one `ó` would halve what fits into a segment,
 * and so double the price.
 */
const SMS_TEXTS: Readonly<Record<string, (site: string) => string>> = {
  en: (site) => `{code} is your code for ${site}. Valid for ${MINUTES} min.`,
  de: (site) => `{code} ist Ihr Code für ${site}. ${MINUTES} Min. gültig.`,
  fr: (site) => `{code} est votre code pour ${site}. Valable ${MINUTES} min.`,
  es: (site) => `{code} es su clave para ${site}. Vence en ${MINUTES} min.`,
  it: (site) => `{code} è il tuo codice per ${site}. Valido ${MINUTES} min.`,
};

const VOICE_TEXTS: Readonly<Record<string, (site: string) => string>> = {
  en: (site) => `Hello. Your code for ${site} is {code}. Once more: {code}.`,
  de: (site) => `Guten Tag. Ihr Code für ${site} lautet {code}. Noch einmal: {code}.`,
  fr: (site) => `Bonjour. Votre code pour ${site} est {code}. Je répète : {code}.`,
  es: (site) => `Hola. Su código para ${site} es {code}. Repito: {code}.`,
  it: (site) => `Salve. Il tuo codice per ${site} è {code}. Ripeto: {code}.`,
};

const FALLBACK_LANGUAGE = 'en';

export interface MessageText {
  text: string;
  /** Of the text: a voice has to read it in the same one. */
  language: string;
}

/**
 * @param site the origin that asked, from the allow-list
 * @param withAutofillLine ends an SMS with `@host #code` (WICG sms-one-time-codes), by which phones offer the code
 *   on that host and no other
 */
export function messageText(
  site: string,
  channel: Channel,
  locale: string | undefined,
  withAutofillLine: boolean,
): MessageText {
  const { hostname, host } = new URL(site);
  const wanted = locale?.split('-')[0]?.toLowerCase() ?? FALLBACK_LANGUAGE;
  const texts = channel === 'voice' ? VOICE_TEXTS : SMS_TEXTS;
  const language = Object.hasOwn(texts, wanted) ? wanted : FALLBACK_LANGUAGE;
  const sentence = texts[language]?.(host) ?? '';
  if (channel === 'voice' || !withAutofillLine) return { text: sentence, language };
  return { text: `${sentence}\n\n@${hostname} #{code}`, language };
}
