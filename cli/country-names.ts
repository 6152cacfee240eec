/** The country that a person means: its code, its name in several languages, its calling code, its flag. */
import {
  type CountryCode,
  getCountries,
  getCountryCallingCode,
  isSupportedCountry,
} from 'libphonenumber-js/max';

const LANGUAGES =
  'en de fr es it pt pt-PT nl pl tr ar he ja zh zh-Hant ru uk cs sk sv da nb fi ro hu el ko vi bg hr sl';

/** Not ISO 3166-1, or names that `Intl` does not have. */
const ALIASES: Readonly<Record<string, string>> = {
  uk: 'GB',
  gbr: 'GB',
  'great britain': 'GB',
  britain: 'GB',
  england: 'GB',
  scotland: 'GB',
  wales: 'GB',
  'northern ireland': 'GB',
  grossbritannien: 'GB',
  el: 'GR',
  usa: 'US',
  'u s a': 'US',
  america: 'US',
  'united states of america': 'US',
  amerika: 'US',
  uae: 'AE',
  holland: 'NL',
  'czech republic': 'CZ',
  turkey: 'TR',
  'south korea': 'KR',
  korea: 'KR',
  'ivory coast': 'CI',
  'republic of ireland': 'IE',
  brd: 'DE',
  deu: 'DE',
  ger: 'DE',
  aut: 'AT',
  che: 'CH',
  sui: 'CH',
  fra: 'FR',
  esp: 'ES',
  ita: 'IT',
  nld: 'NL',
  bel: 'BE',
  lux: 'LU',
  irl: 'IE',
  prt: 'PT',
  pol: 'PL',
  cze: 'CZ',
  dnk: 'DK',
  swe: 'SE',
  nor: 'NO',
  fin: 'FI',
  grc: 'GR',
  hun: 'HU',
  rou: 'RO',
  tur: 'TR',
  can: 'CA',
  mex: 'MX',
  bra: 'BR',
  aus: 'AU',
  nzl: 'NZ',
  jpn: 'JP',
  chn: 'CN',
  ind: 'IN',
  isr: 'IL',
  zaf: 'ZA',
};

let known: ReadonlyMap<string, CountryCode> | undefined;

/** The codes of a list; an unknown item stays, in capitals. */
export function readCountries(items: readonly string[]): string[] {
  const found = items.flatMap((item) => {
    const whole = countryOf(item);
    return whole === undefined ? byWords(item) : [whole];
  });
  return [...new Set(found)];
}

/** A suggestion for an unknown country. */
export function suggestCountry(text: string): string | undefined {
  const calling = /^(?:\+|00)(\d{1,4})$/.exec(text.replace(/\s/g, ''))?.[1];
  if (calling !== undefined) {
    const sharing = withCallingCode(calling);
    return sharing.length > 0 ? `+${calling} is shared by ${sharing.join(', ')}.` : undefined;
  }
  if (/^(eu|europe|europa|dach|world|all|alle|any|\*)$/i.test(text))
    return 'List each country: DE, AT, CH.';
  const wanted = simple(text);
  let best: { code: CountryCode; distance: number } | undefined;
  for (const [name, code] of names()) {
    const distance = editDistance(wanted, name);
    if (distance <= Math.max(1, Math.floor(name.length / 4)) && distance < (best?.distance ?? 9))
      best = { code, distance };
  }
  return best && wanted.length > 3 ? `Did you mean ${best.code}?` : undefined;
}

function countryOf(text: string): string | undefined {
  const plain = text.normalize('NFKC').trim();
  const code = plain.toUpperCase();
  if (isSupportedCountry(code)) return code;
  const flag = [...plain].map((one) => (one.codePointAt(0) ?? 0) - 0x1f1e6);
  if (flag.length === 2 && flag.every((letter) => letter >= 0 && letter < 26))
    return countryOf(String.fromCharCode(...flag.map((letter) => letter + 65)));
  // `.de`, and the region of a locale.
  const region = /^(?:\.|[a-z]{2}[-_])([a-z]{2})$/i.exec(plain)?.[1];
  if (region !== undefined && isSupportedCountry(region.toUpperCase())) return region.toUpperCase();
  const calling = /^(?:\+|00)(\d{1,3})$/.exec(plain.replace(/[\s()-]/g, ''))?.[1];
  if (calling !== undefined) {
    const sharing = withCallingCode(calling);
    return sharing.length === 1 ? sharing[0] : undefined;
  }
  return names().get(simple(plain));
}

/** Names without separators: `DE AT`, `Germany and the United Kingdom`. The longest match wins. */
function byWords(text: string): string[] {
  const words = text.trim().split(/\s+/);
  const codes: string[] = [];
  for (let at = 0; at < words.length; ) {
    let end = words.length;
    let code: string | undefined;
    for (; end > at; end -= 1) {
      code = countryOf(words.slice(at, end).join(' '));
      if (code !== undefined) break;
    }
    if (code === undefined) {
      if (!/^(and|und|et|y|e|en|i|ve|&|\+|\/)$/i.test(words[at] ?? '')) return [text.toUpperCase()];
      at += 1;
    } else {
      codes.push(code);
      at = end;
    }
  }
  return codes;
}

function withCallingCode(calling: string): CountryCode[] {
  return getCountries().filter((country) => getCountryCallingCode(country) === calling);
}

function names(): ReadonlyMap<string, CountryCode> {
  if (known) return known;
  const all = new Map<string, CountryCode>();
  for (const language of LANGUAGES.split(' '))
    for (const style of ['long', 'short'] as const) {
      const display = new Intl.DisplayNames(language, { type: 'region', style, fallback: 'none' });
      for (const country of getCountries()) {
        const name = display.of(country) ?? '';
        // As written on a keyboard without umlauts.
        const spelt = name.replace(/[äöüÄÖÜ]/g, (letter) => `${letter.normalize('NFD')[0]}e`);
        for (const one of [simple(name), simple(spelt)])
          if (one !== '' && !all.has(one)) all.set(one, country);
      }
    }
  for (const [name, code] of Object.entries(ALIASES))
    if (isSupportedCountry(code)) all.set(name, code);
  known = all;
  return all;
}

/** Without accents, punctuation, and an article. */
function simple(name: string): string {
  return name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll('ß', 'ss')
    .replaceAll('&', ' and ')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
    .replace(/^(the|die|der|das|la|le|les|el|los|il|os|de) (?=\p{L})/u, '');
}

function editDistance(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, at) => at);
  for (const [index, letter] of [...one].entries()) {
    const next = [index + 1];
    for (const [at, otherLetter] of [...other].entries())
      next.push(
        Math.min(
          (row[at + 1] ?? 0) + 1,
          (next[at] ?? 0) + 1,
          (row[at] ?? 0) + (letter === otherLetter ? 0 : 1),
        ),
      );
    row = next;
  }
  return row.at(-1) ?? 0;
}
