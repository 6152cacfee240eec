import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { extractOtpCode, isOtpCode } from './otp-code.ts';

const digitsOf = (length: number) =>
  fc.stringMatching(new RegExp(`^[0-9]{${length}}$`)).filter((text) => text.length === length);
const codes = fc
  .integer({ min: 4, max: 10 })
  .chain((length) => fc.record({ length: fc.constant(length), code: digitsOf(length) }));

describe('isOtpCode', () => {
  it('takes ASCII digits of the right number, four to ten', () => {
    fc.assert(
      fc.property(codes, ({ code, length }) => {
        expect(isOtpCode(code, length)).toBe(true);
      }),
    );
  });

  it.each([
    ['too short', '12345'],
    ['too long', '1234567'],
    ['empty', ''],
    ['grouped', '123 456'],
    ['grouped, of the right length', '123 56'],
    ['with a line end', '12345\n'],
    ['with a line end too many', '123456\n'],
    ['signed', '+12345'],
    ['a decimal', '1234.5'],
    ['an exponent', '1e1000'],
    ['hexadecimal', '0x1234'],
    ['letters', 'abcdef'],
    ['full-width', '１２３４５６'],
    ['Arabic-Indic', '١٢٣٤٥٦'],
    ['with a NUL', '12345\0'],
  ])('refuses a code that is %s', (_what, text) => {
    expect(isOtpCode(text, 6)).toBe(false);
  });
});

describe('extractOtpCode', () => {
  it.each([
    ['123456', '123456'],
    ['123 456', '123456'],
    ['123-456', '123456'],
    ['123\u2013456', '123456'],
    ['123\u00a0456', '123456'],
    ['1 2 3 4 5 6', '123456'],
    [' 123456\n', '123456'],
    ['Your code is 123 456.', '123456'],
    ['Your code is 123-456. It is valid for 10 minutes.', '123456'],
    ['123456 is your code for www.example.com. Valid for 10 min.', '123456'],
    ['123456 ist Ihr Code.\n\n@www.example.com #123456', '123456'],
    ['G-123456 is your code', '123456'],
    ['For order 77 of 2026: 123456', '123456'],
    ['At 12:30 123456', '123456'],
    ['20.11.2026 123456', '123456'],
    ['Call 030 1234567 or type 123456', '123456'],
    ['１２３４５６', '123456'],
    ['رمزك هو ١٢٣٤٥٦', '123456'],
    ['رمزك هو ١٢٣ ٤٥٦', '123456'],
    ['۱۲۳۴۵۶ کد شما', '123456'],
    ['၁၂၃၄၅၆', '123456'],
    ['รหัสของคุณคือ ๑๒๓ ๔๕๖', '123456'],
    ['១២៣៤៥៦', '123456'],
    ['૧૨૩૪૫૬', '123456'],
    ['𝟏𝟐𝟑𝟒𝟓𝟔', '123456'],
    ['123\u200b456', '123456'],
    ['\u2066123\u00ad456\u2069', '123456'],
    ['\ufeff1\u20602\u200d3\ufe0e456', '123456'],
    ['123\u2009456', '123456'],
    ['123\t456', '123456'],
    ['123·456', '123456'],
    ['123\u2212456', '123456'],
  ])('finds the code in %j', (text, code) => {
    expect(extractOtpCode(text, 6)).toBe(code);
  });

  it.each([
    ['', ''],
    ['12', '12'],
    ['12-3', '123'],
    ['no digits', ''],
    ['1234567', '123456'],
    ['123--456', '123456'],
    ['๑๒', '12'],
    ['၁၂-၃', '123'],
  ])('takes the digits of %j as they come, because it is still being typed', (text, digits) => {
    expect(extractOtpCode(text, 6)).toBe(digits);
  });

  it('finds a code of any length among words', () => {
    const words = fc.string({ unit: fc.constantFrom(...'Your cde is: #.\n-') });
    fc.assert(
      fc.property(words, codes, words, (before, { code, length }, after) => {
        expect(extractOtpCode(`${before}${code}${after}`, length)).toBe(code);
      }),
    );
  });

  it('gives ASCII digits only, and never more than asked for', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme' }),
        fc.integer({ min: 4, max: 10 }),
        (text, length) => {
          const code = extractOtpCode(text, length);
          expect(code).toMatch(/^[0-9]*$/);
          expect(code.length).toBeLessThanOrEqual(length);
          expect(extractOtpCode(code, length)).toBe(code);
        },
      ),
    );
  });
});
