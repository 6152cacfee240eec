import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toPhoneCandidate } from './phone-candidate.ts';

const international = (digits: string) => ({ kind: 'international', digits });
const national = (digits: string) => ({ kind: 'national', digits });
const refused = (reason: string) => ({ kind: 'refused', reason });

describe('toPhoneCandidate', () => {
  it.each([
    '+4915123456789',
    '+49 1512 3456789',
    '+49-151-234-567-89',
    '+49 (151) 23456789',
    '+49 (0) 151 23456789',
    '+49(0)15123456789',
    '+49.151.23456789',
    '+49 151/23456789',
    '004915123456789',
    '0049 151 23456789',
    '0049 (0) 151 23456789',
    '＋４９１５１２３４５６７８９',
    '+٤٩١٥١٢٣٤٥٦٧٨٩',
    '+۴۹۱۵۱۲۳۴۵۶۷۸۹',
    '\u202a+49 151 23456789\u202c',
    '\u2066+49\u2069 151 23456789',
    '+49\u00a0151\u202f234\u200956789',
    '+49\u2011151\u201123456789',
    '+49\u2212151\uff0d23456789',
    '  +49 151 23456789\n',
    '\t+4915123456789\t',
  ])('reads %j as the number +4915123456789', (text) => {
    expect(toPhoneCandidate(text)).toEqual(international('4915123456789'));
  });

  it.each([
    ['0151 23456789', '015123456789'],
    ['(0151) 234-567-89', '015123456789'],
    ['(030) - 1234567', '0301234567'],
    ['06.12.34.56.78', '0612345678'],
    ['(202) 555-0123', '2025550123'],
    ['0664/123 45 67', '06641234567'],
    ['(0)151 23456789', '015123456789'],
  ])('reads %j as a national number', (text, digits) => {
    expect(toPhoneCandidate(text)).toEqual(national(digits));
  });

  it.each([
    ['letters', '+49 151 ABC 56789'],
    ['vanity letters', '+1-800-FLOWERS'],
    ['a tel: URI', 'tel:+4915123456789'],
    ['an extension', '+4915123456789 ext 5'],
    ['an extension by x', '+4915123456789x5'],
    ['an extension by #', '+4915123456789#5'],
    ['a URI parameter', '+4915123456789;ext=5'],
    ['HTML', '<b>+4915123456789</b>'],
    ['an entity', '&#43;4915123456789'],
    ['a NUL at its end', '+4915123456789\0'],
    ['a NUL inside', '+49151\x0023456789'],
    ['a zero-width space', '+49151\u200b23456789'],
    ['a zero-width joiner', '+49151\u200d23456789'],
    ['a soft hyphen', '+49151\u00ad23456789'],
    ['a byte order mark inside', '+49151\ufeff23456789'],
    ['a combining mark', '+49151\u030123456789'],
    ['a line end inside', '+49151\n23456789'],
    ['a tab inside', '+49151\t23456789'],
    ['a decimal point', '+4915123456789.0'],
    ['a decimal point and a space', '+4915123456789. 0'],
    ['two decimals', '+4915123456789.00'],
    ['an exponent', '4.915123456789E+12'],
    ['a comma list', '+4915123456789,+4915123456780'],
    ['a semicolon list', '+4915123456789;+4915123456780'],
    ['a pause', '+4915123456789,5'],
    ['two pluses', '++4915123456789'],
    ['a plus inside', '+49+15123456789'],
    ['a plus at the end', '4915123456789+'],
    ['two numbers in one', '+49151234 +49151234'],
    ['a minus in front', '-4915123456789'],
    ['an open bracket', '+49 (151 23456789'],
    ['a bracket too many', '+49 151) 23456789'],
    ['brackets in brackets', '+49 ((151)) 23456789'],
    ['empty brackets', '+49 () 15123456789'],
    ['a star', '*31#+4915123456789'],
    ['a percent sign', '%2B4915123456789'],
    ['an address', '+4915123456789@example.com'],
    ['Thai digits', '+๔๙๑๕๑๒๓๔๕๖๗๘๙'],
    ['a plus only', '+'],
    ['separators only', '---'],
    ['four separators in a row', '+49    15123456789'],
  ])('refuses %s', (_what, text) => {
    expect(toPhoneCandidate(text)).toEqual(refused('not_a_number'));
  });

  it.each([
    ['', 'empty'],
    [' \u00a0\u202a\n', 'empty'],
    ['1234', 'too_short'],
    ['+1234', 'too_short'],
    ['001234', 'too_short'],
    ['+1234567890123456', 'too_long'],
    [`+${'1'.repeat(100_000)}`, 'too_long'],
  ])('refuses %j as %s', (text, reason) => {
    expect(toPhoneCandidate(text)).toEqual(refused(reason));
  });

  it('answers at once, however long the text and wherever it stops being a number', () => {
    // A pattern that backtracks would still be at it when the tests are stopped.
    const long = '1'.repeat(50_000);
    for (const text of [
      `${long}x`,
      `+${long}(`,
      `(${long}`,
      '1 '.repeat(50_000),
      '(1)'.repeat(9_999),
    ])
      expect(toPhoneCandidate(`${text}x`)).toEqual(refused('not_a_number'));
  });

  it('gives 5 to 15 ASCII digits, or refuses', () => {
    const pieces = fc.constantFrom(...'0123456789+()-./ ٣۴５ａx\0\u200b\u202a', '00', '(0)', '+49');
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 24 }), (chosen) => {
        const candidate = toPhoneCandidate(chosen.join(''));
        if (candidate.kind !== 'refused') expect(candidate.digits).toMatch(/^\d{5,15}$/);
      }),
      { numRuns: 500 },
    );
  });

  it('reads its own result as the same number', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[1-9][0-9]{4,14}$/), (digits) => {
        expect(toPhoneCandidate(`+${digits}`)).toEqual(international(digits));
        expect(toPhoneCandidate(`00${digits}`)).toEqual(international(digits));
      }),
    );
  });
});
