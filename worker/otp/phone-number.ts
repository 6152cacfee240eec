/**
 * The one way from what a person typed to a phone number. Its result is the limit's key, the provider's `to`, the
 * session's phone and the proof's claim: were there two ways, a number could be counted under one spelling and
 * messaged under another.
 */
import {
  type CountryCode,
  getCountryCallingCode,
  isSupportedCountry,
  type NumberType,
  type PhoneNumber,
  parsePhoneNumberWithError,
} from 'libphonenumber-js/max';
import { toPhoneCandidate } from '../../shared/phone-candidate.ts';
import { Refusal } from '../reason.ts';

declare const e164: unique symbol;
/** A checked number in E.164: `+4915123456789`. */
export type E164 = string & { readonly [e164]: true };

export interface Destination {
  phone: E164;
  /** ISO 3166-1 alpha-2. */
  country: string;
  /** ITU country code, without the plus. */
  callingCode: string;
}

/**
 * Numbers that can hold a SIM. Everything else is refused: fixed lines get no SMS, and premium, shared-cost,
 * personal and satellite numbers are what toll fraud is made of.
 */
const SERVED_TYPES: readonly NumberType[] = ['MOBILE', 'FIXED_LINE_OR_MOBILE'];

/**
 * @param text as typed
 * @param country of a number that is typed without its country code
 * @throws Refusal `phone_unreadable`, `country_not_listed` or `phone_type`
 */
export function parseDestination(
  text: string,
  country: string | undefined,
  allowedCountries: readonly string[],
): Destination {
  const candidate = toPhoneCandidate(text);
  if (candidate.kind === 'refused')
    throw new Refusal({ kind: 'phone_unreadable', detail: candidate.reason });
  if (candidate.kind === 'national' && country === undefined)
    throw new Refusal({ kind: 'phone_unreadable', detail: 'no_country' });

  const number =
    candidate.kind === 'international'
      ? parse(`+${candidate.digits}`)
      : parse(candidate.digits, country);
  // Of a number that is not in use, in a calling code that several countries share, nobody can say the country.
  if (!number.country && isCallingCodeOf(allowedCountries, number.countryCallingCode))
    throw new Refusal({ kind: 'phone_unreadable', detail: 'not_in_use' });
  // Satellite and other networks of no country (+870, +881, +979, …) have no `country`: never listed.
  if (!number.country || !allowedCountries.includes(number.country))
    throw new Refusal({ kind: 'country_not_listed', country: number.country });
  if (!number.isValid()) throw new Refusal({ kind: 'phone_unreadable', detail: 'not_in_use' });
  const type = number.getType();
  if (!SERVED_TYPES.includes(type))
    throw new Refusal({ kind: 'phone_type', type: type ?? 'unknown' });
  return {
    phone: number.number as string as E164,
    country: number.country,
    callingCode: number.countryCallingCode,
  };
}

function isCallingCodeOf(countries: readonly string[], callingCode: string): boolean {
  return countries.some(
    (country) => isSupportedCountry(country) && getCountryCallingCode(country) === callingCode,
  );
}

function parse(text: string, country?: string): PhoneNumber {
  try {
    return parsePhoneNumberWithError(text, {
      ...(country === undefined ? {} : { defaultCountry: country as CountryCode }),
      extract: false,
    });
  } catch (cause) {
    throw new Refusal({
      kind: 'phone_unreadable',
      detail: cause instanceof Error ? cause.message : 'unknown',
    });
  }
}

/** For the visitor who typed it, to see whether it was the right one: `+49 •••••••• 89`. */
export function maskPhone({
  phone,
  callingCode,
}: Pick<Destination, 'phone' | 'callingCode'>): string {
  const national = phone.slice(1 + callingCode.length);
  return `+${callingCode} ${'•'.repeat(Math.max(0, national.length - 2))}${national.slice(-2)}`;
}

/** The number without its last four digits: whoever pumps SMS runs through the rest. */
export function prefixOf(phone: E164): string {
  return phone.slice(0, -4);
}
