/**
 * The texts of codes that ship with the Worker, for each language of the element: by primary language subtag, and Chinese
 * also in traditional characters. Portuguese reads the same in Brazil and in Portugal.
 *
 * Where a language can be written in the GSM alphabet, its SMS is: one letter outside it would halve what fits into a
 * segment and so double the price. So `codigo`, `Twoj` and `Gecerlilik` go without the marks that the element writes them
 * with. The code comes first, where a lock screen shows it, and the site's name is in it, so that nobody types the code
 * elsewhere.
 */
import type { Channel } from '../../shared/api/channel.ts';

export const FALLBACK_LANGUAGE = 'en';

type Texts = Readonly<Record<string, string>>;

/** Each is shorter than the previous one. `codeMessage` uses the first that fits. */
export interface SmsTexts {
  /** Site, validity, and not to share it. */
  guarded: string;
  /** Site and validity. */
  full: string;
  /** The site alone. */
  ofSite: string;
  /** Validity, and not to share it, where the last line names the site. */
  guardedBrief: string;
  brief: string;
  shortest: string;
}

const ENGLISH_SMS: SmsTexts = {
  guarded: "{code} is your code for {site}. Valid for {minutes} min. Don't share it.",
  full: '{code} is your code for {site}. Valid for {minutes} min.',
  ofSite: '{code} is your code for {site}.',
  guardedBrief: "{code} is your code. Valid for {minutes} min. Don't share it.",
  brief: '{code} is your code. Valid for {minutes} min.',
  shortest: '{code} is your code.',
};

const SMS: Readonly<Record<string, SmsTexts>> = {
  en: ENGLISH_SMS,
  de: {
    guarded: '{code} ist Ihr Code für {site}. {minutes} Min. gültig. Geben Sie ihn nicht weiter.',
    full: '{code} ist Ihr Code für {site}. {minutes} Min. gültig.',
    ofSite: '{code} ist Ihr Code für {site}.',
    guardedBrief: '{code} ist Ihr Code. {minutes} Min. gültig. Geben Sie ihn nicht weiter.',
    brief: '{code} ist Ihr Code. {minutes} Min. gültig.',
    shortest: '{code} ist Ihr Code.',
  },
  fr: {
    guarded:
      '{code} est votre code pour {site}. Valable {minutes} min. Ne le communiquez à personne.',
    full: '{code} est votre code pour {site}. Valable {minutes} min.',
    ofSite: '{code} est votre code pour {site}.',
    guardedBrief: '{code} est votre code. Valable {minutes} min. Ne le communiquez à personne.',
    brief: '{code} est votre code. Valable {minutes} min.',
    shortest: '{code} est votre code.',
  },
  it: {
    guarded: '{code} è il tuo codice per {site}. Valido per {minutes} min. Non condividerlo.',
    full: '{code} è il tuo codice per {site}. Valido per {minutes} min.',
    ofSite: '{code} è il tuo codice per {site}.',
    guardedBrief: '{code} è il tuo codice. Valido per {minutes} min. Non condividerlo.',
    brief: '{code} è il tuo codice. Valido per {minutes} min.',
    shortest: '{code} è il tuo codice.',
  },
  es: {
    guarded: '{code} es su codigo para {site}. Caduca en {minutes} min. No lo comparta.',
    full: '{code} es su codigo para {site}. Caduca en {minutes} min.',
    ofSite: '{code} es su codigo para {site}.',
    guardedBrief: '{code} es su codigo. Caduca en {minutes} min. No lo comparta.',
    brief: '{code} es su codigo. Caduca en {minutes} min.',
    shortest: '{code} es su codigo.',
  },
  pt: {
    guarded: '{code} é o seu codigo para {site}. Expira em {minutes} min. Nunca o divulgue.',
    full: '{code} é o seu codigo para {site}. Expira em {minutes} min.',
    ofSite: '{code} é o seu codigo para {site}.',
    guardedBrief: '{code} é o seu codigo. Expira em {minutes} min. Nunca o divulgue.',
    brief: '{code} é o seu codigo. Expira em {minutes} min.',
    shortest: '{code} é o seu codigo.',
  },
  nl: {
    guarded: '{code} is uw code voor {site}. {minutes} min. geldig. Deel deze code niet.',
    full: '{code} is uw code voor {site}. {minutes} min. geldig.',
    ofSite: '{code} is uw code voor {site}.',
    guardedBrief: '{code} is uw code. {minutes} min. geldig. Deel deze code niet.',
    brief: '{code} is uw code. {minutes} min. geldig.',
    shortest: '{code} is uw code.',
  },
  pl: {
    guarded: '{code} to Twoj kod do {site}. Wygasa za {minutes} min. Nie podawaj go nikomu.',
    full: '{code} to Twoj kod do {site}. Wygasa za {minutes} min.',
    ofSite: '{code} to Twoj kod do {site}.',
    guardedBrief: '{code} to Twoj kod. Wygasa za {minutes} min. Nie podawaj go nikomu.',
    brief: '{code} to Twoj kod. Wygasa za {minutes} min.',
    shortest: '{code} to Twoj kod.',
  },
  tr: {
    guarded: '{code} - {site} onay kodunuz. Gecerlilik: {minutes} dk. Kimseye söylemeyin.',
    full: '{code} - {site} onay kodunuz. Gecerlilik: {minutes} dk.',
    ofSite: '{code} - {site} onay kodunuz.',
    guardedBrief: '{code} - onay kodunuz. Gecerlilik: {minutes} dk. Kimseye söylemeyin.',
    brief: '{code} - onay kodunuz. Gecerlilik: {minutes} dk.',
    shortest: '{code} - onay kodunuz.',
  },
  ar: {
    guarded: '{code} رمزك لـ {site}. صالح لمدة {minutes} دقائق. يرجى عدم مشاركته.',
    full: '{code} رمزك لـ {site}. صالح لمدة {minutes} دقائق.',
    ofSite: '{code} رمزك لـ {site}.',
    guardedBrief: '{code} رمزك. صالح لمدة {minutes} دقائق. يرجى عدم مشاركته.',
    brief: '{code} رمزك. صالح لمدة {minutes} دقائق.',
    shortest: '{code} رمزك.',
  },
  he: {
    guarded: '{code} הוא הקוד שלך ל-{site}. בתוקף ל-{minutes} דקות. אין לשתף אותו.',
    full: '{code} הוא הקוד שלך ל-{site}. בתוקף ל-{minutes} דקות.',
    ofSite: '{code} הוא הקוד שלך ל-{site}.',
    guardedBrief: '{code} הוא הקוד שלך. בתוקף ל-{minutes} דקות. אין לשתף אותו.',
    brief: '{code} הוא הקוד שלך. בתוקף ל-{minutes} דקות.',
    shortest: '{code} הוא הקוד.',
  },
  zh: {
    guarded: '{code} 是您在 {site} 的验证码，{minutes} 分钟内有效。请勿告知他人。',
    full: '{code} 是您在 {site} 的验证码，{minutes} 分钟内有效。',
    ofSite: '{code} 是您在 {site} 的验证码。',
    guardedBrief: '{code} 是您的验证码，{minutes} 分钟内有效。请勿告知他人。',
    brief: '{code} 是您的验证码，{minutes} 分钟内有效。',
    shortest: '{code} 是您的验证码。',
  },
  'zh-Hant': {
    guarded: '{code} 是您在 {site} 的驗證碼，{minutes} 分鐘內有效。請勿告知他人。',
    full: '{code} 是您在 {site} 的驗證碼，{minutes} 分鐘內有效。',
    ofSite: '{code} 是您在 {site} 的驗證碼。',
    guardedBrief: '{code} 是您的驗證碼，{minutes} 分鐘內有效。請勿告知他人。',
    brief: '{code} 是您的驗證碼，{minutes} 分鐘內有效。',
    shortest: '{code} 是您的驗證碼。',
  },
  ja: {
    guarded: '{code} は {site} の確認コードです。{minutes}分間有効です。他人に教えないでください。',
    full: '{code} は {site} の確認コードです。{minutes}分間有効です。',
    ofSite: '{code} は {site} の確認コードです。',
    guardedBrief: '{code} は確認コードです。{minutes}分間有効です。他人に教えないでください。',
    brief: '{code} は確認コードです。{minutes}分間有効です。',
    shortest: '{code} は確認コードです。',
  },
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
  pl: 'Dzień dobry. Twój kod do {site} to {code}. Powtarzam: {code}.',
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

/** What a call says, in the first of the languages that there is one in, else in English. */
export function shippedCall(wanted: readonly string[]): LocalText {
  const language = languageIn(VOICE, wanted);
  return { text: VOICE[language] ?? '', language };
}

/** The same of an SMS, in all its lengths. */
export function shippedSms(wanted: readonly string[]): { texts: SmsTexts; language: string } {
  const language = languageIn(SMS, wanted);
  return { texts: SMS[language] ?? ENGLISH_SMS, language };
}

function languageIn(texts: Readonly<Record<string, unknown>>, wanted: readonly string[]): string {
  return wanted.find((tag) => Object.hasOwn(texts, tag)) ?? FALLBACK_LANGUAGE;
}
