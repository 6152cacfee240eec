/** Mobile numbers that libphonenumber takes, and so the Worker: by country, by carrier, and by range. */

import { type CountryCode, getCountryCallingCode } from 'libphonenumber-js/max';
import metadata from 'libphonenumber-js/max/metadata';
import examples from 'libphonenumber-js/mobile/examples';
import { toPhoneCandidate } from '../../shared/phone-number/normalize.ts';
import { validatePhone } from '../../shared/phone-number/validate.ts';
import { type Draws, drawsFrom } from './draws.ts';

const EVERY_COUNTRY = Object.keys(examples);

/** Numbers whose country is remembered: generator, player and rules ask for the same ones. */
const MOST_REMEMBERED = 100_000;
const countries = new Map<string, string | undefined>();

/** All countries with mobile numbers that no other country shares. */
export const COUNTRIES: readonly string[] = EVERY_COUNTRY.filter((country) => {
  const { head, national } = exampleOf(country);
  return countryOf(head + national) === country;
});

/** The last digits of a number that a range leaves open: ten thousand numbers. */
export const RANGE_DIGITS = 4;
const CARRIER_DIGITS = 3;
/** Of a country: enough to tell carriers apart. */
const MOST_CARRIERS = 6;
const TRIES = 60;

/** The country of a number that gets a message, whatever is listed; `undefined` where none would be sent. */
export function countryOf(phone: string): string | undefined {
  if (countries.has(phone)) return countries.get(phone);
  const judged = validatePhone(toPhoneCandidate(phone), undefined, EVERY_COUNTRY, metadata);
  const country = judged.kind === 'served' ? judged.country : undefined;
  if (countries.size >= MOST_REMEMBERED) countries.clear();
  countries.set(phone, country);
  return country;
}

const carriersByCountry = new Map<string, readonly string[]>();

/** Beginnings of numbers in E.164, each of one carrier: the same ones in every run. */
function carriersOf(country: string): readonly string[] {
  const known = carriersByCountry.get(country);
  if (known) return known;
  const { head, national } = exampleOf(country);
  const length = carrierLength(national);
  const draws = drawsFrom(`carriers ${country}`);
  const found = new Set([head + national.slice(0, length)]);
  for (let tries = 0; tries < TRIES && found.size < MOST_CARRIERS; tries++) {
    const carrier = head + national.slice(0, 1) + draws.digits(Math.max(0, length - 1));
    if ([1, 2, 3].every(() => countryOf(fill(carrier, national, head, draws)) === country))
      found.add(carrier);
  }
  const carriers = [...found];
  carriersByCountry.set(country, carriers);
  return carriers;
}

/** A number of that country; of a carrier or a range of it, where `start` says which. */
export function drawPhone(
  country: string,
  draws: Draws,
  start = draws.pick(carriersOf(country)),
): string {
  const { head, national } = exampleOf(country);
  for (let tries = 0; tries < TRIES; tries++) {
    const phone = fill(start, national, head, draws);
    if (countryOf(phone) === country) return phone;
  }
  return head + national;
}

/** The beginning of ten thousand numbers in a row, most of which are in use. */
export function drawRange(country: string, draws: Draws): string {
  return drawPhone(country, draws).slice(0, -RANGE_DIGITS);
}

function exampleOf(country: string): { head: string; national: string } {
  const national = examples[country as CountryCode] as unknown as string;
  return { head: `+${getCountryCallingCode(country as CountryCode)}`, national };
}

/** Short numbers, as of small islands, have shorter ones. */
function carrierLength(national: string): number {
  return Math.max(1, Math.min(CARRIER_DIGITS, national.length - RANGE_DIGITS));
}

function fill(start: string, national: string, head: string, draws: Draws): string {
  return start + draws.digits(Math.max(0, head.length + national.length - start.length));
}
