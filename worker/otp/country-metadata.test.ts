import * as fc from 'fast-check';
import { type CountryCode, parsePhoneNumberWithError } from 'libphonenumber-js/core';
import metadata from 'libphonenumber-js/max/metadata';
import examples from 'libphonenumber-js/mobile/examples';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { metadataForLibrary, PhoneMetadataSchema } from '../../shared/phone-number/metadata.ts';
import { toPhoneCandidate } from '../../shared/phone-number/normalize.ts';
import { validatePhone } from '../../shared/phone-number/validate.ts';
import { digitsOf, NumberingPlan } from '../../widget/phone/number-validator.ts';
import { RequestError } from '../errors.ts';
import { cutToCallingCode } from './country-metadata.ts';
import { parseDestination } from './parse-destination.ts';

const COUNTRIES = Object.keys(metadata.countries) as CountryCode[];

function cut(country: string) {
  const result = cutToCallingCode(country, metadata);
  if (!result) throw new Error(`There is no metadata of ${country}`);
  return result;
}

function callingCodeOf(country: CountryCode): string {
  return metadata.countries[country]?.[0];
}

describe('the metadata cut to a calling code', () => {
  it.each(COUNTRIES)(
    'of %s keeps its countries, the first of them first, and no other',
    (country) => {
      const { country_calling_codes, countries } = cut(country);
      const code = callingCodeOf(country);
      expect(country_calling_codes).toEqual({ [code]: metadata.country_calling_codes[code] });
      expect(Object.keys(countries)).toEqual(metadata.country_calling_codes[code]);
      expect(countries[country]).toBe(metadata.countries[country]);
    },
  );

  it('is read at the other end', () => {
    for (const country of COUNTRIES)
      expect(v.parse(PhoneMetadataSchema, JSON.parse(JSON.stringify(cut(country))))).toEqual(
        cut(country),
      );
  });

  it.each(['XX', '', '001', 'de', 'constructor', '__proto__'])('is none for %j', (country) => {
    expect(cutToCallingCode(country, metadata)).toBe(null);
  });
});

/** Numbers that are in use, and what comes of them by slips of the finger, in and out of their country. */
const slip = fc.oneof(
  fc.constant((digits: string) => digits),
  fc.nat(9).map((digit) => (digits: string) => digits + digit),
  fc.nat(12).map((length) => (digits: string) => digits.slice(0, length)),
  fc.tuple(fc.nat(14), fc.nat(9)).map(
    ([at, digit]) =>
      (digits: string) =>
        digits.slice(0, at) + digit + digits.slice(at + 1),
  ),
  fc.stringMatching(/^\d{4,12}$/).map((other) => () => other),
);
const typed = fc
  .record({
    country: fc.constantFrom(...COUNTRIES),
    slip,
    prefix: fc.constantFrom('+', '00', '0', ''),
    /** Besides its own, the countries of its calling code that are served. */
    neighbours: fc.nat(),
    isServed: fc.boolean(),
  })
  .map(({ country, slip, prefix, neighbours, isServed }) => {
    const code = callingCodeOf(country);
    const national = slip(examples[country] ?? '2025550123');
    const allowed = (metadata.country_calling_codes[code] ?? []).filter((neighbour, index) =>
      neighbour === country ? isServed : (neighbours >> index) % 2 === 1,
    );
    return {
      country,
      text: prefix === '+' || prefix === '00' ? `${prefix}${code}${national}` : prefix + national,
      allowed: [...allowed, ...(code === '49' ? [] : ['DE'])],
    };
  });

/** Begins as one dials abroad, and goes on with another calling code: the widget leaves it to the Worker. */
function leadsElsewhere(text: string, country: CountryCode): boolean {
  const dialled = new RegExp(`^(?:\\+|00|${metadata.countries[country]?.[1]})(\\d*)`).exec(
    text,
  )?.[1];
  return dialled !== undefined && !dialled.startsWith(callingCodeOf(country));
}

const faultByReason = {
  phone_unreadable: ['too_short', 'too_long', 'not_in_use'],
  phone_type: ['not_mobile'],
  country_not_listed: ['not_listed'],
} as const;

describe('what the widget says of a number', () => {
  it('is what the Worker says of it, with the metadata of the whole world', () => {
    fc.assert(
      fc.property(typed, ({ country, text, allowed }) => {
        fc.pre(!leadsElsewhere(text, country));
        const judge = (of: Parameters<typeof validatePhone>[3]) =>
          validatePhone(toPhoneCandidate(text), country, allowed, of);
        expect(judge(metadataForLibrary(cut(country)))).toEqual(judge(metadata));
      }),
      { numRuns: 3_000 },
    );
  });

  it('is a fault where the Worker refuses it, and of the kind that the Worker finds', () => {
    fc.assert(
      fc.property(typed, ({ country, text, allowed }) => {
        fc.pre(text !== '');
        const fault = new NumberingPlan(country, cut(country)).faultOf(text, allowed);
        let kind: string | null = null;
        try {
          parseDestination(text, country, allowed);
        } catch (refusal) {
          if (!(refusal instanceof RequestError)) throw refusal;
          kind = refusal.reason.kind;
        }
        if (kind === null) expect(fault, text).toBe(null);
        else if (!leadsElsewhere(text, country))
          expect(faultByReason[kind as keyof typeof faultByReason], text).toContain(fault);
      }),
      { numRuns: 3_000 },
    );
  });

  it.each([
    ['DE', '0151 2345', 'too_short'],
    ['DE', '+49 151 234 567', 'too_short'],
    ['DE', '0151 234567890', 'too_long'],
    ['DE', '01', 'too_short'],
    ['DE', '030 1234567', 'not_mobile'],
    ['DE', '0900 1234567', 'not_mobile'],
    ['DE', '0151 23456789', null],
    ['FR', '06 12 34 56', 'too_short'],
    ['FR', '01 23 45 67 89', 'not_mobile'],
    ['FR', '07 12 34 56 78', 'not_in_use'],
    ['US', '202 555', 'too_short'],
    ['US', '(202) 555-01234', 'too_long'],
    ['US', '+1 242 359 1234', 'not_listed'],
    ['GB', '07400 123456', null],
    ['GB', '07781 123456', 'not_listed'],
    ['DE', '+33 6 12 34 56 78', null],
    ['DE', '+33 6', 'too_short'],
    ['DE', '', null],
    ['DE', ' ', null],
    ['DE', 'call me', 'not_in_use'],
  ] as const)('of a number in %s, %j, is %s', (country, text, fault) => {
    expect(new NumberingPlan(country, cut(country)).faultOf(text, [country])).toBe(fault);
  });
});

describe('the country of a whole number', () => {
  it.each([
    ['US', '+1 416 555 0123', 'CA'],
    ['CA', '+1 202 555 0123', 'US'],
    ['US', '001 242 359 1234', 'BS'],
    ['RU', '+7 771 234 5678', 'KZ'],
    ['GB', '+44 7781 123456', 'GG'],
    ['US', '+1 416', null],
    ['US', '416 555 0123', null],
    ['US', '+49 151 23456789', null],
  ])('with the metadata of %s, %s, is %s', (country, text, found) => {
    expect(new NumberingPlan(country, cut(country)).countryOf(text)).toBe(found);
  });

  it('is found in each of them as the Worker finds it', () => {
    for (const country of COUNTRIES.filter((each) => examples[each])) {
      const text = `+${callingCodeOf(country)}${examples[country]}`;
      const found = new NumberingPlan(country, cut(country)).countryOf(text);
      expect(found, text).toBe(parsePhoneNumberWithError(text, metadata).country);
    }
  });
});

describe('the groups of a number', () => {
  it.each([
    ['DE', '015123456789', '01512 3456789'],
    ['DE', '+4915123456789', '+49 1512 3456789'],
    ['DE', '004915123456789', '00 49 1512 3456789'],
    ['DE', '0151-2345 6789', '01512 3456789'],
    ['US', '2025550123', '(202) 555-0123'],
    ['CA', '4165550123', '(416) 555-0123'],
    ['FR', '0612345678', '06 12 34 56 78'],
    ['GB', '07400123456', '07400 123456'],
    ['DE', '01512', '01512'],
    ['DE', '', ''],
    ['DE', '+', '+'],
    // Another calling code, brackets that mean something, another script, a sentence: not ours to rewrite
    ['DE', '+33612345678', '+33612345678'],
    ['DE', '+49 (0) 151 23456789', '+49 (0) 151 23456789'],
    ['DE', '٠١٥١٢٣٤٥٦٧٨٩', '٠١٥١٢٣٤٥٦٧٨٩'],
    ['DE', 'call 0151', 'call 0151'],
    ['DE', '1'.repeat(60), '1'.repeat(60)],
  ])('in %s, of %j, are %j', (country, text, formatted) => {
    expect(new NumberingPlan(country, cut(country)).format(text)).toBe(formatted);
  });

  it('leave every digit where it was, the number the same, and nothing more to group', () => {
    const spaced = fc
      .tuple(typed, fc.array(fc.constantFrom('', '', '', ' ', '-', '/', '(', ')', '.')))
      .map(([{ country, text }, separators]) => ({
        country,
        text: [...text].map((digit, at) => (separators[at] ?? '') + digit).join(''),
      }));
    fc.assert(
      fc.property(spaced, ({ country, text }) => {
        const plan = new NumberingPlan(country, cut(country));
        const formatted = plan.format(text);
        expect(digitsOf(formatted)).toBe(digitsOf(text));
        expect(toPhoneCandidate(formatted)).toEqual(toPhoneCandidate(text));
        expect(plan.format(formatted)).toBe(formatted);
      }),
      { numRuns: 3_000 },
    );
  });

  it('are none where the metadata is broken, and nothing is thrown', () => {
    const { version, country_calling_codes } = cut('DE');
    const plan = new NumberingPlan('DE', {
      version,
      country_calling_codes,
      countries: { DE: ['49', '00', '(', [10], [['(', '$1', ['(']]], '0'] },
      nonGeographic: {},
    });
    expect(plan.format('015123456789')).toBe('015123456789');
    expect(plan.faultOf('015123456789', ['DE'])).toBe(null);
    expect(plan.countryOf('+4915123456789')).toBe(null);
  });
});
