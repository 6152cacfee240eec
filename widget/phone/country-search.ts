/** Which countries a visitor may mean by what they type into the picker. */
import type { CountryOption } from './countries.ts';
import { countryNames } from './country-names.ts';

/** What people call a country besides the names that `Intl` has for it. */
const OTHER_NAMES: Readonly<Record<string, readonly string[]>> = {
  AE: ['UAE'],
  CI: ['Ivory Coast'],
  CZ: ['Czech Republic'],
  GB: ['Great Britain', 'England', 'Scotland', 'Wales', 'Northern Ireland'],
  MK: ['Macedonia'],
  MM: ['Burma'],
  NL: ['Holland'],
  SZ: ['Swaziland'],
  TR: ['Turkey'],
  US: ['USA', 'America'],
};

/** Letters that Unicode does not decompose, but that people type without accents. */
const BASE_LETTERS: ReadonlyMap<string, string> = new Map([
  ['ß', 'ss'],
  ['æ', 'ae'],
  ['œ', 'oe'],
  ['ø', 'o'],
  ['đ', 'd'],
  ['ð', 'd'],
  ['ł', 'l'],
  ['ı', 'i'],
  ['þ', 'th'],
]);

export interface SearchableCountry extends CountryOption {
  /** Folded. */
  names: readonly string[];
}

/** @param languages of the page first; English and those of the browser besides */
export function searchable(
  options: readonly CountryOption[],
  languages: readonly string[],
): SearchableCountry[] {
  const naming = [...new Set([...languages, 'en'])].flatMap((lang) => [
    countryNames(lang),
    countryNames(lang, 'short'),
  ]);
  return options.map((option) => {
    const { country, name } = option;
    const names = [name, ...naming.map((nameOf) => nameOf(country))];
    const folded = [...names, ...(OTHER_NAMES[country] ?? [])].map(fold);
    return { ...option, names: [...new Set(folded)] };
  });
}

/** All of them for an empty query. Those that begin as it does come before those in whose middle it stands. */
export function findCountries(
  countries: readonly SearchableCountry[],
  query: string,
): SearchableCountry[] {
  const wanted = fold(query);
  if (wanted === '' || wanted === '+') return [...countries];
  const digits = /^(?:\+|00)?([\d ]+)$/.exec(wanted)?.[1]?.replaceAll(' ', '');
  return countries
    .map((country) => ({
      country,
      rank: digits ? rankByCode(country, digits) : rank(country, wanted),
    }))
    .filter(({ rank }) => rank > 0)
    .sort((a, b) => b.rank - a.rank)
    .map(({ country }) => country);
}

/** 0 for none. */
function rank({ country, names }: SearchableCountry, wanted: string): number {
  if (country.toLowerCase() === wanted || names.includes(wanted)) return 4;
  if (names.some((name) => name.startsWith(wanted))) return 3;
  if (names.some((name) => name.includes(` ${wanted}`))) return 2;
  return wanted.length > 1 && names.some((name) => name.includes(wanted)) ? 1 : 0;
}

/** Whole numbers are pasted here, too. */
function rankByCode({ callingCode }: SearchableCountry, digits: string): number {
  if (callingCode === '') return 0;
  if (callingCode === digits) return 3;
  return callingCode.startsWith(digits) ? 2 : Number(digits.startsWith(callingCode));
}

/** Without case, accents and punctuation. */
function fold(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{ASCII}]/gu, (letter) => BASE_LETTERS.get(letter) ?? letter)
    .replace(/[.'’ʼ]/g, '')
    .replace(/[^\p{L}\p{N}+]+/gu, ' ')
    .trim();
}
