/**
 * The texts of codes that ship with the Worker, for each language of the element: by primary language subtag, and Chinese
 * also in traditional characters. Portuguese reads the same in Brazil and in Portugal.
 *
 * Where a language can be written in the GSM alphabet, its SMS is: one letter outside it would halve what fits into a
 * segment and so double the price. So `codigo` goes without the accent that the element writes it with. The code comes first, where a lock screen shows it, and the site's name is in it,
 * so that nobody types the code elsewhere.
 */
import type { Channel } from '../../shared/channel.ts';

export const FALLBACK_LANGUAGE = 'en';

type Texts = Readonly<Record<string, string>>;

const SMS: Texts = {
  en: '{code} is your code for {site}. Valid for {minutes} min.',
  de: '{code} ist Ihr Code für {site}. {minutes} Min. gültig.',
  fr: '{code} est votre code pour {site}. Valable {minutes} min.',
  it: '{code} è il tuo codice per {site}. Valido {minutes} min.',
  es: '{code} es su codigo para {site}. Vence en {minutes} min.',
  pt: '{code} é o seu codigo para {site}. Expira em {minutes} min.',
  nl: '{code} is uw code voor {site}. {minutes} min. geldig.',
  pl: '{code} to kod dla {site}. Wygasa za {minutes} min.',
  tr: '{code} - {site} onay kodunuz. Süre: {minutes} dakika.',
  ar: '{code} هو رمزك لـ {site}. صالح لمدة {minutes} دقائق.',
  he: '{code} הוא הקוד שלך עבור {site}. בתוקף ל-{minutes} דקות.',
  zh: '{code} 是您在 {site} 的验证码，{minutes} 分钟内有效。',
  'zh-Hant': '{code} 是您在 {site} 的驗證碼，{minutes} 分鐘內有效。',
  ja: '{code} は {site} の確認コードです。{minutes}分間有効です。',
};

/** Without the name of the site, which the last line has: for hosts too long to stand there twice. */
const BRIEF_SMS: Texts = {
  en: '{code} is your code. Valid for {minutes} min.',
  de: '{code} ist Ihr Code. {minutes} Min. gültig.',
  fr: '{code} est votre code. Valable {minutes} min.',
  it: '{code} è il tuo codice. Valido {minutes} min.',
  es: '{code} es su codigo. Vence en {minutes} min.',
  pt: '{code} é o seu codigo. Expira em {minutes} min.',
  nl: '{code} is uw code. {minutes} min. geldig.',
  pl: '{code} to kod. Wygasa za {minutes} min.',
  tr: '{code} - onay kodunuz. Süre: {minutes} dakika.',
  ar: '{code} هو رمزك. صالح لمدة {minutes} دقائق.',
  he: '{code} הוא הקוד שלך. בתוקף ל-{minutes} דקות.',
  zh: '{code} 是您的验证码，{minutes} 分钟内有效。',
  'zh-Hant': '{code} 是您的驗證碼，{minutes} 分鐘內有效。',
  ja: '{code} は確認コードです。{minutes}分間有効です。',
};

/** Read out, all Chinese is the same. */
const VOICE: Texts = {
  en: 'Hello. Your code for {site} is {code}. Once more: {code}.',
  de: 'Guten Tag. Ihr Code für {site} lautet {code}. Noch einmal: {code}.',
  fr: 'Bonjour. Votre code pour {site} est {code}. Je répète : {code}.',
  it: 'Salve. Il tuo codice per {site} è {code}. Ripeto: {code}.',
  es: 'Hola. Su código para {site} es {code}. Repito: {code}.',
  pt: 'Olá. O seu código para {site} é {code}. Repito: {code}.',
  nl: 'Hallo. Uw code voor {site} is {code}. Nogmaals: {code}.',
  pl: 'Dzień dobry. Kod dla {site} to {code}. Powtarzam: {code}.',
  tr: 'Merhaba. {site} için onay kodunuz {code}. Tekrar ediyorum: {code}.',
  ar: 'مرحبًا. رمزك لـ {site} هو {code}. مرة أخرى: {code}.',
  he: 'שלום. הקוד שלך עבור {site} הוא {code}. פעם נוספת: {code}.',
  zh: '您好。您在 {site} 的验证码是 {code}。重复一遍：{code}。',
  ja: 'こんにちは。{site} の確認コードは {code} です。もう一度申し上げます。{code} です。',
};

export const SHIPPED_LANGUAGES: Readonly<Record<Channel, readonly string[]>> = {
  sms: Object.keys(SMS),
  voice: Object.keys(VOICE),
};

export interface LocalText {
  text: string;
  /** Of a call a primary language subtag. */
  language: string;
}

/** In the first of the languages that there is one in, else in English. */
export function shippedText(
  channel: Channel,
  wanted: readonly string[],
  { isBrief = false }: { isBrief?: boolean } = {},
): LocalText {
  const texts = channel === 'voice' ? VOICE : isBrief ? BRIEF_SMS : SMS;
  const language = wanted.find((tag) => Object.hasOwn(texts, tag)) ?? FALLBACK_LANGUAGE;
  return { text: texts[language] ?? '', language };
}
