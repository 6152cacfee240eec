import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toAsciiDigits } from '../digits.ts';
import { internationalDigits, toPhoneCandidate } from './normalize.ts';

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
    // What nobody can see
    '+49 1512\u200b3456789',
    '+49151\u200c234\u200d56789',
    '+49\u00ad1512\u00ad3456789',
    '\ufeff+49151\ufeff23456789',
    '+49\u2060151\u206123456789',
    '+49151\u180e23456789',
    '+4\ufe0f9\ufe0e15123456789',
    '+49151\u034f\u{e0001}\u{e0034}\u{e007f}23456789',
    '\u3164+4915123456789\u115f',
    '+4915123456789\0',
    '+49151\x0023456789',
    '\u001b+4915123456789\u007f',
    // Spaces of all kinds, and dashes, and slashes
    '+49\t151\t23456789',
    '+49 151\n23456789',
    '+49\u2028151\u200323456789',
    '+49\u0085151\u280023456789',
    '+49    15123456789',
    '+49 \t \u00a0151  23456789',
    '+49 – 151 — 23456789',
    '+49\u2043151\u301c23456789',
    '+49 / 151 \u2215 234\u204456789',
    '+49 · 151 • 234・56789',
    '＋４９－１５１－２３４５６７８９',
    // Brackets
    '(+49) 15123456789',
    '( +49 ) 151 23456789',
    '(+49) (0) 151 23456789',
    '(+49)(0)151-234-567-89',
    '+(49) 151 23456789',
    '(0049) 151 23456789',
    '(00 49) 151 23456789',
    '[+49] 151 23456789',
    '（＋４９）151 23456789',
    '+49 (151 234) 56789',
    '(+49 151 23456789)',
    '+49 151 23456789)',
    '{+49 151 23456789}',
    '<+49 151 23456789>',
    // What stands around it
    '+49 151 23456789.',
    '+49 151 23456789,',
    '+49 151 23456789;',
    '+49 151 23456789!',
    '+49 151 23456789 …',
    '+49 151 23456789。',
    '"+49 151 23456789"',
    '„+49 151 23456789“,',
    '«+49 151 23456789»',
    "'+4915123456789",
    '- +49 151 23456789',
    '-+49 151 23456789',
    '• +49 151 23456789',
    ': +49 151 23456789',
    '+ 49 151 23456789',
    '﹢4915123456789',
    '➕49 151 23456789',
    '☎ +49 151 23456789',
    '📱+49 151 23456789',
    '🇩🇪 +49 151 23456789',
    // The names of a phone
    'Tel.: +49 151 23456789',
    'Tel.: (+49) 151 23456789',
    'Mobil (privat): +49 151 23456789',
    'mobile +49 151 23456789',
    'p:+4915123456789',
    'Germany: +49 151 23456789',
    '電話：+49 151 23456789',
    'tel:+4915123456789',
    'tel:+49-151-2345(6789)',
    'TEL:+49.151.23456789',
    'tel:%2B49%20151%2023456789',
    'tel://+4915123456789',
    'sms:+4915123456789',
    'whatsapp:+4915123456789',
    // Scripts
    '+๔๙๑๕๑๒๓๔๕๖๗๘๙',
    '+၄၉၁၅၁၂၃၄၅၆၇၈၉',
    '+𝟒𝟗𝟏𝟓𝟏𝟐𝟑𝟒𝟓𝟔𝟕𝟖𝟗',
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
    ['(0151-23456789)', '015123456789'],
    ['0151\u200b 23456789', '015123456789'],
    ['Tel.: 0151 23456789', '015123456789'],
    ['M: 0151/23456789.', '015123456789'],
    ['Número: 0151 23456789', '015123456789'],
    ['☎ 0151 23456789', '015123456789'],
    ['tel:0151-23456789', '015123456789'],
    ["'015123456789", '015123456789'],
    ['๐๑๕๑ ๒๓๔๕๖๗๘๙', '015123456789'],
  ])('reads %j as a national number', (text, digits) => {
    expect(toPhoneCandidate(text)).toEqual(national(digits));
  });

  it.each([
    ['letters', '+49 151 ABC 56789'],
    ['vanity letters', '+1-800-FLOWERS'],
    ['an extension', '+4915123456789 ext 5'],
    ['an extension by x', '+4915123456789x5'],
    ['an extension by #', '+4915123456789#5'],
    ['a URI parameter', '+4915123456789;ext=5'],
    ['HTML', '<b>+4915123456789</b>'],
    ['an entity', '&#43;4915123456789'],
    ['a combining mark', '+49151\u030123456789'],
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
    ['a plus only', '+'],
    ['separators only', '---'],
    ['quotes only', '""'],
    ['an extension of a tel: URI', 'tel:+4915123456789;ext=5'],
    ['a tel: URI of a number that is not global', 'tel:23456789;phone-context=+49151'],
    ['a link to a messenger', 'https://wa.me/4915123456789'],
    ['a percent sign inside', '+49%20151%2023456789'],
    ['a flag before a national number, which may be of its country', '🇪🇸 612345678'],
    ['a country before a national number', 'Spain: 612345678'],
    ['a country before a national number, without a colon', 'Spain 612345678'],
    ['another number before it', 'Room 5 0151 23456789'],
    ['another number before it, with a colon', 'Room: 5 0151 23456789 1'],
    ['a mask', '+49 •••••••••89'],
    ['a mask of dots', '+49 151 ... 6789'],
    ['a mask of two dots', '+49 151 .. 6789'],
    ['a mask of letters', '+49 151 xxx 6789'],
    ['three dashes', '+49 151 --- 6789'],
    ['superscript digits', '+49 151 234567⁸⁹'],
    ['a decimal comma', '4915123456789,0'],
    ['an Arabic decimal point', '+٤٩١٥١٢٣٤٥٦٧٨٩٫٠'],
    ['a date before it', '1.12.2026: 0151 23456789'],
  ])('refuses %s', (_what, text) => {
    expect(toPhoneCandidate(text)).toEqual(refused('not_a_number'));
  });

  it.each([
    ['', 'empty'],
    [' \u00a0\u202a\n', 'empty'],
    ['\u200b\u2060\u3164', 'empty'],
    ['1234', 'too_short'],
    ['+1234', 'too_short'],
    ['001234', 'too_short'],
    ['+1234567890123456', 'too_long'],
    [`+${'1'.repeat(100_000)}`, 'too_long'],
  ])('refuses %j as %s', (text, reason) => {
    expect(toPhoneCandidate(text)).toEqual(refused(reason));
  });

  it.each([
    ['a digit and a letter', `${'1'.repeat(50_000)}x`],
    ['an open bracket', `+${'1'.repeat(50_000)}(`],
    ['an open bracket before', `(${'1'.repeat(50_000)}x`],
    ['groups', `${'1 '.repeat(25_000)}x`],
    ['groups in brackets', `${'(1)'.repeat(16_000)}x`],
    ['groups in one bracket', `(${'1 - '.repeat(12_500)}x`],
    ['brackets that open', '(1 '.repeat(16_000)],
    ['separators', `1${' - '.repeat(16_000)}x`],
    ['signs that may end a sentence', `1${'. ! '.repeat(12_500)}x`],
    ['quotes', `${' "'.repeat(25_000)}x`],
    ['letters', 'a'.repeat(50_000)],
    ['words', `${'a '.repeat(25_000)}1`],
    ['pictures', `${'☎ '.repeat(25_000)}x`],
    ['flags', '\u{1f1e6}'.repeat(50_000)],
    ['pluses', '+'.repeat(50_000)],
    ['escapes', `tel:${'%2'.repeat(25_000)}`],
    ['invisible characters', `${'\u200b'.repeat(50_000)}x`],
    ['spaces', `1${' \u2003\t'.repeat(16_000)}x`],
  ])(
    'answers at once, however long the text and wherever it stops being a number: %s',
    (_what, text) => {
      // A pattern that backtracks would still be at it when the tests are stopped.
      expect(toPhoneCandidate(text)).toEqual(refused('not_a_number'));
    },
  );

  it('answers at once to digits of whatever script', () => {
    for (const digit of '1١๑𝟿') {
      const text = digit.repeat(50_000);
      expect(toPhoneCandidate(text)).toEqual(refused('too_long'));
    }
  });

  it('gives 5 to 15 ASCII digits, or refuses', () => {
    const pieces = fc.constantFrom(
      ...'0123456789+()-./ ٣۴５ａx\0\u200b\u202a·,:"',
      '00',
      '(0)',
      '+49',
      'tel:',
      '☎',
    );
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

  it('reads no digit that is not there, and leaves none out but a prefix', () => {
    const characters = fc.oneof(
      { weight: 3, arbitrary: fc.constantFrom(...'0123456789') },
      fc.constantFrom(...'+()-./ ·,:;"x', '\u200b', '\t', '(0)', 'Tel: '),
      fc.string({ unit: 'grapheme', minLength: 1, maxLength: 1 }),
    );
    fc.assert(
      fc.property(fc.array(characters, { maxLength: 24 }), (chosen) => {
        const text = chosen.join('');
        const candidate = toPhoneCandidate(text);
        if (candidate.kind === 'refused') return;
        const digits = toAsciiDigits(text).replace(/[^0-9]/g, '');
        const withoutTrunk = toAsciiDigits(text)
          .replace('(0)', '')
          .replace(/[^0-9]/g, '');
        expect([digits, withoutTrunk, digits.slice(2), withoutTrunk.slice(2)]).toContain(
          candidate.digits,
        );
      }),
      { numRuns: 2_000 },
    );
  });

  it.each([
    ['+34 6', '346'],
    ['(+34) 6', '346'],
    ['( +3', '3'],
    ['＋３４', '34'],
    ['0034', '34'],
    ['+(0)34', '34'],
    ['tel:+34', '34'],
    ['+', ''],
    ['0', null],
    ['612', null],
    ['', null],
  ])('knows the digits behind a plus or 00 while they are typed: %j', (text, digits) => {
    expect(internationalDigits(text)).toBe(digits);
  });
});
