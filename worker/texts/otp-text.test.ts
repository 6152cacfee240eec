import { describe, expect, it } from 'vitest';
import { SHIPPED_LANGUAGES } from './default-templates.ts';
import { codeMessage, withCode } from './otp-text.ts';
import { smsSize } from './sms-segments.ts';

/** Those of the others need letters that the GSM alphabet does not have. */
const GSM_LANGUAGES = ['en', 'de', 'fr', 'it', 'es', 'pt', 'nl', 'pl', 'tr'];
const SITE = 'https://www.example.com';
/** 40 characters. */
const LONG_HOST = 'accounts.customer-service.my-example.com';

const HOSTS = [
  ...[
    'a.de',
    'shop.example',
    'www.example.com',
    'app.example.co.il',
    'anmeldung.stadtwerke.example',
  ],
  ...[
    'xn--mgbh0fb.xn--ngbc5azd',
    `${'a'.repeat(25)}.example`,
    LONG_HOST,
    `${'a'.repeat(50)}.example.com`,
  ],
];
const WARNINGS: Readonly<Record<string, string>> = {
  en: "Don't share it.",
  de: 'Geben Sie ihn nicht weiter.',
  fr: 'Ne le communiquez à personne.',
  it: 'Non condividerlo.',
  es: 'No lo comparta.',
  pt: 'Nunca o divulgue.',
  nl: 'Deel deze code niet.',
  pl: 'Nie podawaj go nikomu.',
  tr: 'Kimseye söylemeyin.',
  ar: 'يرجى عدم مشاركته.',
  he: 'אין לשתף אותו.',
  zh: '请勿告知他人。',
  'zh-Hant': '請勿告知他人。',
  ja: '他人に教えないでください。',
};

/** As the phone gets it: Mitto puts the code in place of the placeholder. */
const delivered = (text: string) => text.replaceAll('{code}', '123456');

const messageText = (
  site: string,
  channel: 'sms' | 'voice',
  locale: string | undefined,
  hasAutofillLine: boolean,
) => codeMessage({ site, channel, locale, template: undefined, codeLength: 6, hasAutofillLine });

describe.each(SHIPPED_LANGUAGES.sms)('the message in %s', (language) => {
  const sms = messageText(SITE, 'sms', language, true);
  const bare = messageText(SITE, 'sms', language, false);
  const voice = messageText(SITE, 'voice', language, true);

  it('has the code, the site and its language', () => {
    expect(voice.language).toBe(language.split('-')[0]);
    expect([sms.language, bare.language]).toEqual([language, language]);
    for (const { text } of [sms, bare, voice]) {
      expect(text).toContain('{code}');
      expect(text).toContain('www.example.com');
    }
  });

  it('says the code first, where a lock screen shows it', () => {
    expect(sms.text).toMatch(/^\{code\}/);
  });

  it('is written in the letters that cost least', () => {
    const { encoding } = smsSize(delivered(sms.text));
    expect(encoding).toBe(GSM_LANGUAGES.includes(language) ? 'gsm7' : 'ucs2');
  });

  it.each([4, 6, 8, 10])(
    'is one segment with a code of %i digits, whatever site asks',
    (codeLength) => {
      for (const host of HOSTS)
        for (const hasAutofillLine of [true, false]) {
          const asked = { channel: 'sms', locale: language, template: undefined } as const;
          const { text } = codeMessage({
            ...asked,
            site: `https://${host}`,
            codeLength,
            hasAutofillLine,
          });
          const sent = withCode(text, '8'.repeat(codeLength), 'sms');
          expect(smsSize(sent), `${host} ${hasAutofillLine}: ${sent}`).toMatchObject({
            segments: 1,
          });
          if (host.length <= 40) expect(sent).toContain(host);
        }
    },
  );

  it('asks not to share the code where there is room, and leaves that out first', () => {
    const textOf = (host: string) =>
      codeMessage({
        ...{ site: `https://${host}`, channel: 'sms', locale: language, template: undefined },
        ...{ codeLength: 4, hasAutofillLine: false },
      }).text;
    const warning = WARNINGS[language] ?? 'none';
    expect(textOf('a.example')).toContain(warning);
    const longHost = `${'a'.repeat(GSM_LANGUAGES.includes(language) ? 80 : 36)}.example`;
    expect(textOf(longHost)).toContain(longHost);
    expect(textOf(longHost)).not.toContain(warning);
  });

  it('fits into 140 characters with a longer host, and then leaves its name to the last line', () => {
    const host = `${'a'.repeat(50)}.example.com`;
    const { text } = messageText(`https://${host}`, 'sms', language, true);
    expect(delivered(text).length).toBeLessThanOrEqual(140);
    expect(text.split(host)).toHaveLength(2);
  });

  it('fits into 140 characters with a long host', () => {
    expect(LONG_HOST).toHaveLength(40);
    const { text } = messageText(`https://${LONG_HOST}`, 'sms', language, true);
    expect(delivered(text).length).toBeLessThanOrEqual(140);
  });

  it('ends with the line by which a phone fills the code in on that host', () => {
    const lines = sms.text.split('\n');
    expect(lines.at(-1)).toBe('@www.example.com #{code}');
    expect(lines.at(-2)).toBe('');
    expect(bare.text.split(' ')[0]).toBe('{code}');
  });

  it('has no such line where none is wanted, and none that is spoken', () => {
    for (const { text } of [bare, voice]) expect(text).not.toMatch(/[@#\n]/);
  });

  it('says the code twice to who listens', () => {
    expect(voice.text.split('{code}')).toHaveLength(3);
  });
});

describe('the message', () => {
  it('names the host without its port in the line for autofill, as the standard wants it', () => {
    const { text } = messageText('http://localhost:8787', 'sms', 'en', true);
    expect(text.split('\n').at(-1)).toBe('@localhost #{code}');
    expect(text.split('\n')[0]).toContain('localhost:8787');
  });

  it.each([
    ['de', 'de'],
    ['de-AT', 'de'],
    ['DE-at', 'de'],
    ['fr-CA-x-odd', 'fr'],
    ['ja', 'ja'],
    ['zh-Hans-CN', 'zh'],
    ['zh-Hans-HK', 'zh'],
    ['zh-TW', 'zh-Hant'],
    ['zh-hk', 'zh-Hant'],
    ['zh-MO', 'zh-Hant'],
    ['zh-Hant-CN', 'zh-Hant'],
    ['zh-CN', 'zh'],
    ['pt-PT', 'pt'],
    ['nds', 'en'],
    ['constructor', 'en'],
    ['', 'en'],
    [undefined, 'en'],
  ])('for the locale %s is in %s', (locale, language) => {
    for (const channel of ['sms', 'voice'] as const)
      expect(messageText(SITE, channel, locale, true)).toEqual(
        messageText(SITE, channel, language, true),
      );
  });
});

describe('a template of the operator', () => {
  const asked = { site: SITE, channel: 'sms', codeLength: 6, hasAutofillLine: true } as const;
  const template = { sms: { de: 'Ihr {site}-Code: {code}', en: '{code}, {minutes} min' } };

  it('is taken in the language of the visitor, in English, or as the first there is', () => {
    const textFor = (locale: string, of: Parameters<typeof codeMessage>[0]['template']) =>
      codeMessage({ ...asked, locale, template: of, hasAutofillLine: false });
    expect(textFor('de-AT', template)).toEqual({
      text: 'Ihr www.example.com-Code: {code}',
      language: 'de',
    });
    expect(textFor('fr', template)).toEqual({ text: '{code}, 10 min', language: 'en' });
    expect(textFor('fr', { sms: { pl: 'Kod: {code}' } }).language).toBe('pl');
    expect(textFor('fr', { sms: 'Code: {code}' }).text).toBe('Code: {code}');
  });

  it('ends with the line for autofill as ours do', () => {
    expect(codeMessage({ ...asked, locale: 'de', template }).text).toBe(
      'Ihr www.example.com-Code: {code}\n\n@www.example.com #{code}',
    );
  });

  it('leaves a channel that it has no words for to ours', () => {
    const { text } = codeMessage({ ...asked, channel: 'voice', locale: 'de', template });
    expect(text).toContain('Guten Tag');
  });
});

describe('a code', () => {
  it('stands wherever its place is', () => {
    expect(withCode('{code}\n\n@a.example #{code}', '012345', 'sms')).toBe(
      '012345\n\n@a.example #012345',
    );
  });

  it('is read out digit by digit', () => {
    expect(withCode('Your code is {code}.', '012345', 'voice')).toBe(
      'Your code is 0, 1, 2, 3, 4, 5.',
    );
  });
});
