/**
 * Validates whether a number gets a message, and why not. The Worker uses the metadata of all countries, the widget that of
 * one calling code. Both use this rule, so that the widget rejects nothing that the Worker would accept.
 */
import {
  type CountryCode,
  getCountryCallingCode,
  isSupportedCountry,
  type MetadataJson,
  type NumberType,
  ParseError,
  type PhoneNumber,
  parsePhoneNumberWithError,
} from 'libphonenumber-js/core';
import type { PhoneCandidate } from './normalize.ts';

/**
 * Mobile numbers. All others are rejected: fixed lines get no SMS, and premium, shared-cost, personal and satellite numbers
 * are the targets of toll fraud.
 */
const SERVED_TYPES: readonly NumberType[] = ['MOBILE', 'FIXED_LINE_OR_MOBILE'];

/**
 * Until 2019 a mobile number of Mexico had a `1` behind its calling code, and `01`, `044` or `045` before it inside the
 * country. Contacts and messengers still hold it so. Numbers there have ten digits, and none begins with 0 or 1, so it
 * can be no other number.
 */
const OLD_MEXICAN_MOBILE = /^521(?=\d{10}$)/;
const OLD_MEXICAN_PREFIX = /^(?:0?1|04[45])(?=\d{10}$)/;

/** The detail of a number that made the library throw an unexpected error. */
export const UNKNOWN = 'unknown';
/** The detail of a number whose calling code is not in the metadata. */
export const NO_SUCH_CALLING_CODE = 'INVALID_COUNTRY';

export type PhoneValidation =
  /** `phone` in E.164, `country` in ISO 3166-1 alpha-2, `callingCode` without the plus. */
  | { kind: 'served'; phone: string; country: string; callingCode: string }
  | { kind: 'unreadable'; detail: string }
  /** Satellite and other networks of no country (+870, +881, +979, …) have none: never listed. */
  | { kind: 'not_listed'; country: string | undefined }
  | { kind: 'wrong_type'; type: string };

/**
 * @param country of a number that is typed without its country code
 * @param metadata holds at least the calling code of the number
 */
export function validatePhone(
  candidate: PhoneCandidate,
  country: string | undefined,
  allowedCountries: readonly string[],
  metadata: MetadataJson,
): PhoneValidation {
  if (candidate.kind === 'refused') return { kind: 'unreadable', detail: candidate.reason };
  if (candidate.kind === 'national' && country === undefined)
    return { kind: 'unreadable', detail: 'no_country' };

  let number: PhoneNumber;
  try {
    number = parseCandidate(candidate, country, metadata);
  } catch (cause) {
    return { kind: 'unreadable', detail: cause instanceof ParseError ? cause.message : UNKNOWN };
  }
  const callingCode = number.countryCallingCode;
  // The country of an unassigned number is unknown if several countries share its calling code.
  if (!number.country && isCallingCodeOf(allowedCountries, callingCode, metadata))
    return { kind: 'unreadable', detail: 'not_in_use' };
  if (!number.country || !allowedCountries.includes(number.country))
    return { kind: 'not_listed', country: number.country };
  if (!number.isValid()) return { kind: 'unreadable', detail: 'not_in_use' };
  const type = number.getType();
  if (!SERVED_TYPES.includes(type)) return { kind: 'wrong_type', type: type ?? 'unknown' };
  return { kind: 'served', phone: number.number, country: number.country, callingCode };
}

/** @throws Error of the library, whose message is a code such as `TOO_SHORT` */
export function parseCandidate(
  candidate: Exclude<PhoneCandidate, { kind: 'refused' }>,
  country: string | undefined,
  metadata: MetadataJson,
): PhoneNumber {
  const isNational = candidate.kind === 'national' && country !== undefined;
  return parsePhoneNumberWithError(
    isNational
      ? country === 'MX'
        ? candidate.digits.replace(OLD_MEXICAN_PREFIX, '')
        : candidate.digits
      : `+${candidate.digits.replace(OLD_MEXICAN_MOBILE, '52')}`,
    {
      ...(isNational ? { defaultCountry: country as CountryCode } : {}),
      extract: false,
    },
    metadata,
  );
}

function isCallingCodeOf(
  countries: readonly string[],
  callingCode: string,
  metadata: MetadataJson,
): boolean {
  return (countries as readonly CountryCode[]).some(
    (country) =>
      isSupportedCountry(country, metadata) &&
      getCountryCallingCode(country, metadata) === callingCode,
  );
}
