import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RequestError } from '../errors.ts';
import { fillIn, languageOfTag, placeholdersOf, textIn } from './template.ts';
import { sendableText } from './validate-text.ts';

const name = fc.stringMatching(/^[a-zA-Z][a-zA-Z0-9_]{0,31}$/);
const plain = fc.string({ unit: 'binary' }).map((text) => text.replaceAll(/[{}]/g, ''));

describe('a text with placeholders', () => {
  it('is what stands between them, with each value where its name stood', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(plain, name)),
        fc.dictionary(name, fc.string({ unit: 'binary' })),
        (pieces, values) => {
          const text = pieces.map(([before, key]) => `${before}{${key}}`).join('');
          const expected = pieces
            .map(([before, key]) => {
              const value = Object.hasOwn(values, key) ? values[key] : undefined;
              return before + (value ?? `{${key}}`);
            })
            .join('');
          expect(fillIn(text, values)).toBe(expected);
          expect(placeholdersOf(text)).toEqual([...new Set(pieces.map(([, key]) => key))]);
        },
      ),
    );
  });

  it('gives a value no second meaning', () => {
    expect(fillIn('{a} {b}', { a: '{b}', b: '$& $1 {a}' })).toBe('{b} $& $1 {a}');
    expect(fillIn('{constructor} {__proto__}', {})).toBe('{constructor} {__proto__}');
  });

  it('is found in the wanted language, else in English, else in the first', () => {
    fc.assert(
      fc.property(
        fc.dictionary(name, fc.string(), { minKeys: 1 }),
        fc.string(),
        (texts, wanted) => {
          const { language, text } = textIn(texts, wanted);
          expect(text).toBe(texts[language]);
          if (Object.hasOwn(texts, wanted)) expect(language).toBe(wanted);
          else if (Object.hasOwn(texts, 'en')) expect(language).toBe('en');
          else expect(language).toBe(Object.keys(texts)[0]);
        },
      ),
    );
    expect(languageOfTag('pt-BR')).toBe('pt');
  });
});

describe('a text that a server wants to have sent', () => {
  it('is the same text, or is refused for what no phone draws', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 1_200 }), (text) => {
        const unbroken = text.replaceAll('\r\n', '\n');
        const isDrawn = [...unbroken].every((character) => {
          const code = character.charCodeAt(0);
          const isControl = (code < 0x20 && character !== '\n') || (code >= 0x7f && code <= 0x9f);
          const isTurning =
            (code >= 0x202a && code <= 0x202e) || (code >= 0x2066 && code <= 0x2069);
          return !isControl && !isTurning && code !== 0x2028 && code !== 0x2029;
        });
        const isSeen = /[^\s\p{Cf}]/u.test(unbroken) && unbroken.isWellFormed();
        if (isDrawn && isSeen && unbroken.length <= 1_000)
          expect(sendableText(text)).toBe(unbroken);
        else expect(() => sendableText(text)).toThrow(RequestError);
      }),
    );
  });

  it.each(['\n', ' ', '\u200b', 'half \ud800', '\u202eeman ruoY'])('refuses %j', (text) => {
    expect(() => sendableText(text)).toThrow(RequestError);
  });

  it.each(['يوم \u200eMonday\u200f', '👨\u200d👩\u200d👧 ist da'])('takes %s', (text) => {
    expect(sendableText(text)).toBe(text);
  });
});
