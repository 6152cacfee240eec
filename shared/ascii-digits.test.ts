import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toAsciiDigits } from './ascii-digits.ts';

describe('toAsciiDigits', () => {
  it.each([
    ['Arabic-Indic', '٠١٢٣٤٥٦٧٨٩'],
    ['Persian and Urdu', '۰۱۲۳۴۵۶۷۸۹'],
    ['Devanagari', '०१२३४५६७८९'],
    ['Bengali', '০১২৩৪৫৬৭৮৯'],
    ['full-width', '０１２３４５６７８９'],
    ['ASCII', '0123456789'],
  ])('reads %s digits', (_script, digits) => {
    expect(toAsciiDigits(digits)).toBe('0123456789');
  });

  it.each([
    ['Thai', '๐๑๒'],
    ['mathematical bold', '𝟎𝟏𝟐'],
    ['superscript', '¹²³'],
    ['Roman numerals', 'Ⅷ'],
    ['circled', '①②'],
  ])('leaves %s digits alone, which nobody dials with', (_script, digits) => {
    expect(toAsciiDigits(digits)).toBe(digits);
  });

  it('changes nothing else, and changes nothing twice', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const once = toAsciiDigits(text);
        expect(toAsciiDigits(once)).toBe(once);
        expect(once.replace(/\d/g, '')).toBe(text.replace(/[\d٠-٩۰-۹०-९০-৯０-９]/g, ''));
      }),
    );
  });
});
