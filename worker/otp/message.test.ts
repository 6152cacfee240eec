import { describe, expect, it } from 'vitest';
import { messageText } from './message.ts';

const LANGUAGES = ['en', 'de', 'fr', 'es', 'it'];
const SITE = 'https://www.example.com';
/** 40 characters. */
const LONG_HOST = 'accounts.customer-service.my-example.com';

/** 3GPP TS 23.038: the basic table, without its escape. A character outside halves what fits into a message. */
const GSM_7_BIT =
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?' +
  '¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà';

/** As the phone gets it: Mitto puts the code in place of the placeholder. */
const delivered = (text: string) => text.replaceAll('{code}', '123456');

describe.each(LANGUAGES)('the message in %s', (language) => {
  const sms = messageText(SITE, 'sms', language, true);
  const bare = messageText(SITE, 'sms', language, false);
  const voice = messageText(SITE, 'voice', language, true);

  it('has the code, the site and its language', () => {
    for (const { text, language: own } of [sms, bare, voice]) {
      expect(own).toBe(language);
      expect(text).toContain('{code}');
      expect(text).toContain('www.example.com');
    }
  });

  it('says the code first, where a lock screen shows it', () => {
    expect(sms.text).toMatch(/^\{code\} /);
  });

  it('is of letters that cost no second segment', () => {
    for (const { text } of [sms, bare])
      for (const character of delivered(text))
        expect(GSM_7_BIT, JSON.stringify(character)).toContain(character);
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
    ['ja', 'en'],
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
