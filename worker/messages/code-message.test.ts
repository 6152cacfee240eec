import { describe, expect, it } from 'vitest';
import { codeMessage, withCode } from './code-message.ts';
import { smsSize } from './segments.ts';
import { SHIPPED_LANGUAGES } from './shipped-texts.ts';

/** Those of the others need letters that the GSM alphabet does not have. */
const GSM_LANGUAGES = ['en', 'de', 'fr', 'it', 'es', 'pt', 'nl', 'pl', 'tr'];
const SITE = 'https://www.example.com';
/** 40 characters. */
const LONG_HOST = 'accounts.customer-service.my-example.com';

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

  it('is one segment where the language can be written so', () => {
    const { encoding, segments } = smsSize(delivered(sms.text));
    const isGsm = GSM_LANGUAGES.includes(language);
    expect(encoding).toBe(isGsm ? 'gsm7' : 'ucs2');
    expect(segments).toBeLessThanOrEqual(isGsm ? 1 : 2);
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
    expect(lines[0]).toBe(bare.text);
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
