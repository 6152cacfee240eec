import fc from 'fast-check';
import { expect, it } from 'vitest';
import { readTwiml } from '../../sandbox/twilio/twiml.ts';
import { isSayable, sayTwiml } from './twiml.ts';

/** Heard and unheard: what XML gives a meaning to, and what it may not hold. */
const text = fc.string({
  unit: fc.oneof(
    fc.constantFrom(
      '&',
      '<',
      '>',
      ']]>',
      '"',
      "'",
      '\ufffe',
      '\uffff',
      '\ud800',
      '\0',
      '\ud83d\ude00',
    ),
    fc.string({ minLength: 1, maxLength: 1, unit: 'binary' }),
  ),
});

function isXml(character: string): boolean {
  const isForbidden =
    /[\p{Cc}\ufffe\uffff]/u.test(character) && !/[\t\n\r\x7f-\x9f]/.test(character);
  return character.isWellFormed() && !isForbidden;
}

it('is a document that says the text, whatever the text is', () => {
  fc.assert(
    fc.property(text, (said) => {
      const sayable = [...said].filter((one) => isXml(one));
      expect(readTwiml(sayTwiml(said, 'en'))).toMatchObject({
        text: sayable.join('').replace(/\s+/g, ' ').trim(),
        language: 'en-US',
      });
    }),
  );
});

it('has at most 4000 characters, markup and all', () => {
  const room = 4000 - sayTwiml('', 'en').length;
  expect(isSayable('a'.repeat(room), 'en')).toBe(true);
  expect(isSayable('a'.repeat(room + 1), 'en')).toBe(false);
  expect(isSayable('"'.repeat(1000), 'en')).toBe(true);
  expect(isSayable('&'.repeat(1000), 'en')).toBe(false);
});
