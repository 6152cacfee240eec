/** What the widget gets to know of phone numbers: the metadata that the Worker judges by, cut to one calling code. */
import { type CountryCode, getExampleNumber, type MetadataJson } from 'libphonenumber-js/core';
import examples from 'libphonenumber-js/mobile/examples';
import type { PhoneMetadata } from '../../shared/phone-number/metadata.ts';

/**
 * All countries of the calling code, listed or not: a number is told to be of one of them by its being of no other, and
 * all of them take their formats from the first. So the widget's judgement of a number is the Worker's.
 *
 * @returns `null` for a country that the library does not know
 */
export function cutToCallingCode(country: string, metadata: MetadataJson): PhoneMetadata | null {
  const plans: Readonly<Record<string, unknown[] | undefined>> = metadata.countries;
  const callingCode = Object.hasOwn(plans, country) ? plans[country]?.[0] : undefined;
  if (typeof callingCode !== 'string') return null;
  const example = getExampleNumber(country as CountryCode, examples, metadata)?.formatNational();
  const neighbours: readonly CountryCode[] = metadata.country_calling_codes[callingCode] ?? [];
  return {
    version: 4,
    country_calling_codes: { [callingCode]: [...neighbours] },
    countries: Object.fromEntries(
      neighbours.map((neighbour) => [neighbour, plans[neighbour] ?? []]),
    ),
    nonGeographic: {},
    ...(example === undefined ? {} : { example }),
  };
}
