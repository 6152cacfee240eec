/** P10 over all countries: one number has one key, whatever people make of its digits. */
import * as fc from 'fast-check';
import { type CountryCode, getCountries, parsePhoneNumberWithError } from 'libphonenumber-js/max';
import examples from 'libphonenumber-js/mobile/examples';
import { describe, expect, it } from 'vitest';
import { RequestError } from '../errors.ts';
import { parseDestination } from './parse-destination.ts';

const ALL: readonly string[] = getCountries();

interface Example {
  country: CountryCode;
  /** E.164. */
  phone: string;
  /** As people there write it. */
  national: string;
  international: string;
}

/** One mobile number of each country. */
const EXAMPLES: Example[] = getCountries().flatMap((country) => {
  const digits = examples[country];
  if (!digits) return [];
  const number = parsePhoneNumberWithError(digits, country);
  return {
    country,
    phone: number.number,
    national: number.formatNational(),
    international: number.formatInternational(),
  };
});

/** The number that gets a message, or `null` for a refusal. */
function keyOf(text: string, country?: string): string | null {
  try {
    return parseDestination(text, country, ALL).phone;
  } catch (error) {
    if (error instanceof RequestError) return null;
    throw error;
  }
}

/** Four digits without a calling code are taken for a number that is not typed to its end. */
const isTooShort = (national: string) => national.replace(/\D/g, '').length < 5;

const SPACES = [' ', '  ', '\t', '\n', '\u00a0', '\u2003', '\u3000', '\u2028', ' \u200b '];
const DASHES = [
  '-',
  '\u2010',
  '\u2011',
  '\u2013',
  '\u2014',
  '\u2212',
  '\uff0d',
  ' – ',
  ' / ',
  '\u2215',
];
const ZEROS = ['0', '٠', '۰', '०', '૦', '๐', '၀', '០', '༠', '０', '𝟎', '𝟶'];
const INVISIBLE = [
  '\u200b',
  '\u200d',
  '\u2060',
  '\ufeff',
  '\u00ad',
  '\ufe0f',
  '\u202a',
  '\u{e0030}',
  '\0',
];

/** The same text in other clothes. */
const dressed = fc
  .record({
    space: fc.constantFrom(...SPACES),
    dash: fc.constantFrom(...DASHES),
    zero: fc.constantFrom(...ZEROS),
    invisible: fc.constantFrom('', ...INVISIBLE),
    around: fc.constantFrom(
      ['', ''],
      ['"', '"'],
      ['', '.'],
      ['Tel.: ', ''],
      ['☎ ', ','],
      ['tel:', ''],
    ),
  })
  .map(({ space, dash, zero, invisible, around: [before, behind] }) => (text: string) => {
    const inside = [...text]
      .map((character) => {
        if (character === ' ') return space;
        if (character === '-') return dash;
        if (!/\d/.test(character)) return character;
        return String.fromCodePoint((zero.codePointAt(0) ?? 0) + Number(character)) + invisible;
      })
      .join('');
    return `${before}${inside}${behind}`;
  });

describe('the example number of every country', () => {
  it('is there for nearly all of them', () => {
    expect(EXAMPLES.length).toBeGreaterThan(230);
  });

  it('is itself, in the international form, in any clothes', () => {
    fc.assert(
      fc.property(fc.constantFrom(...EXAMPLES), dressed, ({ phone, international }, dress) => {
        const plain = international.replace('+', '');
        for (const text of [phone, international, `00 ${plain}`, `(+${plain.replace(' ', ') ')}`])
          expect(keyOf(dress(text)), JSON.stringify(dress(text))).toBe(phone);
      }),
      { numRuns: 3_000 },
    );
  });

  it('is itself, in the form of its country, in any clothes, or is refused for its dots', () => {
    fc.assert(
      fc.property(fc.constantFrom(...EXAMPLES), dressed, (example, dress) => {
        const text = dress(example.national);
        const mayBeRefused = text.includes('.') || isTooShort(example.national);
        const wanted = mayBeRefused ? [example.phone, null] : [example.phone];
        expect(wanted, JSON.stringify(text)).toContain(keyOf(text, example.country));
      }),
      { numRuns: 3_000 },
    );
  });

  it.each(EXAMPLES.map(({ country, ...example }) => [country, example] as const))(
    'of %s has one key in all its spellings',
    (country, { phone, national, international }) => {
      for (const text of [phone, international, international.replace('+', '00')])
        expect(keyOf(text)).toBe(phone);
      expect(keyOf(national, country)).toBe(isTooShort(national) ? null : phone);
      // With a country that it is not of: the digits say whose it is.
      expect(keyOf(phone, country === 'DE' ? 'FR' : 'DE')).toBe(phone);
    },
  );

  it('is never another number for a sign that is put into it', () => {
    const sign = fc.oneof(
      fc.constantFrom(
        ...'+()-./ ·,:;#*x"\'<>[]{}~_=&%',
        'ext',
        '(0)',
        '\u20e3',
        '²',
        '½',
        '☎',
        '🇪🇸',
      ),
      fc.constantFrom(...SPACES, ...DASHES, ...INVISIBLE),
      fc
        .string({ unit: 'grapheme', minLength: 1, maxLength: 2 })
        .filter((text) => !/\p{Nd}/u.test(text)),
    );
    fc.assert(
      fc.property(
        fc.constantFrom(...EXAMPLES),
        sign,
        fc.boolean(),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (example, sign, isNational, where) => {
          const text = isNational ? example.national : example.international;
          const at = Math.round(where * text.length);
          const odd = text.slice(0, at) + sign + text.slice(at);
          const key = keyOf(odd, example.country);
          // A zero in brackets is a digit, where it does not stand for the trunk prefix.
          if (sign === '(0)' && key !== null) return;
          // Without its plus it is a national number, if it is one.
          if (key !== null && !/^\D*\+/.test(odd) && !isNational) return;
          expect([example.phone, null], JSON.stringify(odd)).toContain(key);
        },
      ),
      { numRuns: 4_000 },
    );
  });
});
