import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toAsciiDigits } from './digits.ts';

const DECIMAL_DIGIT = /^\p{Nd}$/u;

/** What each decimal digit is worth, by the library that writes numbers in all scripts, and so from another table. */
function worthOfDigits(): Map<string, string> {
  const worth = new Map<string, string>();
  for (const system of Intl.supportedValuesOf('numberingSystem')) {
    const format = new Intl.NumberFormat(`en-u-nu-${system}`, { useGrouping: false });
    for (let value = 0; value <= 9; value += 1) {
      const digit = format.format(value);
      if (DECIMAL_DIGIT.test(digit)) worth.set(digit, String(value));
    }
  }
  return worth;
}

function everyDecimalDigit(): string[] {
  const digits: string[] = [];
  for (let codePoint = 0; codePoint <= 0x10ffff; codePoint += 1) {
    const character = String.fromCodePoint(codePoint);
    if (DECIMAL_DIGIT.test(character)) digits.push(character);
  }
  return digits;
}

describe('toAsciiDigits', () => {
  it.each([
    ['Arabic-Indic', '٠١٢٣٤٥٦٧٨٩'],
    ['Persian and Urdu', '۰۱۲۳۴۵۶۷۸۹'],
    ['Devanagari', '०१२३४५६७८९'],
    ['Bengali', '০১২৩৪৫৬৭৮৯'],
    ['Gujarati', '૦૧૨૩૪૫૬૭૮૯'],
    ['Thai', '๐๑๒๓๔๕๖๗๘๙'],
    ['Lao', '໐໑໒໓໔໕໖໗໘໙'],
    ['Burmese', '၀၁၂၃၄၅၆၇၈၉'],
    ['Khmer', '០១២៣៤៥៦៧៨៩'],
    ['Tibetan', '༠༡༢༣༤༥༦༧༨༩'],
    ['Mongolian', '᠐᠑᠒᠓᠔᠕᠖᠗᠘᠙'],
    ['full-width', '０１２３４５６７８９'],
    ['Adlam, beyond the first plane', '𞥐𞥑𞥒𞥓𞥔𞥕𞥖𞥗𞥘𞥙'],
    ['mathematical bold', '𝟎𝟏𝟐𝟑𝟒𝟓𝟔𝟕𝟖𝟗'],
    ['mathematical monospace, the fifth set of a run', '𝟶𝟷𝟸𝟹𝟺𝟻𝟼𝟽𝟾𝟿'],
    ['ASCII', '0123456789'],
  ])('reads %s digits', (_script, digits) => {
    expect(toAsciiDigits(digits)).toBe('0123456789');
  });

  it('reads every decimal digit of Unicode as what it is worth', () => {
    const worth = worthOfDigits();
    const digits = everyDecimalDigit();
    expect(digits.length).toBeGreaterThan(600);
    const known = digits.filter((digit) => worth.has(digit));
    expect(known.length).toBeGreaterThan(600);
    for (const digit of known) expect(toAsciiDigits(digit), digit).toBe(worth.get(digit));
    for (const digit of digits) expect(toAsciiDigits(digit), digit).toMatch(/^[0-9]$/);
  });

  it.each([
    ['superscript', '¹²³'],
    ['Roman numerals', 'Ⅷ'],
    ['circled', '①②'],
    ['Chinese', '一二三'],
  ])('leaves %s digits alone, which nobody dials with', (_script, digits) => {
    expect(toAsciiDigits(digits)).toBe(digits);
  });

  it('changes nothing else, and changes nothing twice', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const once = toAsciiDigits(text);
        expect(toAsciiDigits(once)).toBe(once);
        expect(once.replace(/\d/g, '')).toBe(text.replace(/\p{Nd}/gu, ''));
      }),
    );
  });
});
