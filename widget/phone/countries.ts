/**
 * Which country a number belongs to, as far as one can tell from the calling codes that the Worker names. Numbers
 * themselves are not judged here: that takes metadata, which the Worker has.
 */
import type { ConfigAnswer } from '../../shared/api/responses.ts';
import { internationalDigits } from '../../shared/phone-number/normalize.ts';
import { countryNames } from './country-names.ts';

export interface CountryOption {
  /** ISO 3166-1 alpha-2. */
  country: string;
  name: string;
  /** Without the plus. */
  callingCode: string;
}

/**
 * The country to begin with: the page's, the visitor's as the edge sees it, the only one there is, or the one of
 * the browser's language. `null` when none of them is served: a guess would make a wrong number of a right one.
 */
export function defaultCountry(
  config: ConfigAnswer,
  wanted: string,
  languages: readonly string[],
): string | null {
  const only = config.countries.length === 1 ? config.countries[0] : undefined;
  const candidates = [wanted.toUpperCase(), config.country, only, ...languages.map(regionOf)];
  return candidates.find((country) => country && config.countries.includes(country)) ?? null;
}

/** Of each calling code that several countries share, the one that most of its numbers are of. */
const MAIN_COUNTRIES: ReadonlyMap<string | undefined, string> = new Map([
  ['1', 'US'],
  ['7', 'RU'],
  ['39', 'IT'],
  ['44', 'GB'],
  ['47', 'NO'],
  ['61', 'AU'],
  ['212', 'MA'],
  ['262', 'RE'],
  ['290', 'SH'],
  ['358', 'FI'],
  ['590', 'GP'],
  ['599', 'CW'],
]);

/**
 * The country of a text that begins with a plus or `00` and one of the calling codes. Where several countries share
 * the code (`+1`), the one that is chosen beside it is taken, until metadata tells which it is. It depends on nothing but
 * what is there now: a number that was deleted says nothing any more.
 */
export function countryOfText(
  text: string,
  config: ConfigAnswer,
  chosen: string | null,
): string | null {
  const digits = internationalDigits(text);
  if (!digits) return null;
  const matches = config.countries.filter((country) => {
    const callingCode = config.callingCodes[country];
    return callingCode !== undefined && digits.startsWith(callingCode);
  });
  const main = MAIN_COUNTRIES.get(config.callingCodes[matches[0] ?? '']);
  const wanted = [chosen, main].find((country) => country && matches.includes(country));
  return wanted ?? matches[0] ?? null;
}

/** The text with another calling code, for a visitor who typed `+49 …` and then selected France. */
export function withCallingCode(text: string, from: string, to: string): string {
  const digits = internationalDigits(text);
  if (!digits?.startsWith(from)) return text;
  const prefix = /^\s*(?:\+|00)\s*/.exec(text)?.[0];
  const rest =
    prefix && text.startsWith(from, prefix.length)
      ? text.slice(prefix.length + from.length)
      : digits.slice(from.length);
  return `+${to}${rest}`;
}

/** For the picker: by name, with the country to begin with on top. */
export function countryOptions(
  config: ConfigAnswer,
  first: string | null,
  lang: string,
): CountryOption[] {
  const nameOf = countryNames(lang);
  const { compare } = new Intl.Collator(lang);
  return config.countries
    .map((country) => ({
      country,
      name: nameOf(country),
      callingCode: config.callingCodes[country] ?? '',
    }))
    .sort(
      (a, b) =>
        Number(b.country === first) - Number(a.country === first) || compare(a.name, b.name),
    );
}

function regionOf(language: string): string | undefined {
  try {
    return new Intl.Locale(language).region;
  } catch {
    return undefined;
  }
}
