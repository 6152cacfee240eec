/**
 * From what a person typed to a candidate for a phone number: digits only, and whether they carry a country
 * code. Without any metadata, so that the widget can afford it; the Worker decides with the full metadata.
 *
 * Everything that is not plainly a phone number is refused here, because a lenient parser would find a number
 * inside it: `tel:` URIs, HTML, extensions, vanity letters, zero-width characters, a float from a spreadsheet.
 */
import { toAsciiDigits } from './ascii-digits.ts';

/** What the text amounts to. `digits` are ASCII, without plus, prefix `00` or separators. */
export type PhoneCandidate =
  | { kind: 'international'; digits: string }
  | { kind: 'national'; digits: string }
  | { kind: 'refused'; reason: 'empty' | 'not_a_number' | 'too_short' | 'too_long' };

/** ITU-T E.164: at most 15 digits, country code included. */
const MAX_DIGITS = 15;
/** The shortest subscriber numbers in use, with room for a country code. */
const MIN_DIGITS = 5;

/** Marks that contact apps and right-to-left pages wrap around a copied number. They carry no meaning in it. */
const DIRECTION_MARKS = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;
const SPACES = /[\u00a0\u2000-\u200a\u202f\u205f\u3000]/g;
const DASHES = /[\u2010-\u2015\u2212\uff0d]/g;

/**
 * One optional plus, then digits, bare or in one pair of brackets, with at most three separators between them (as
 * in `(030) - 12`). A step takes one bare digit and never a run of them: with runs, the same digits could be cut up
 * in exponentially many ways, and a long text that fails at its end would be tried in all of them.
 */
const SHAPE = /^\+? ?(?:\d|\(\d+\))(?:[ ./-]{0,3}(?:\d|\(\d+\)))*$/;

/**
 * `4915112345678.0` comes out of a spreadsheet. A dot before a single last digit is a decimal point, and so is the
 * only dot of the text before the last two; where there are more dots, as in `06.12.34.56.78`, they make groups.
 */
const DECIMAL = /\. *\d$|^[^.]*\.\d\d$/;

export function toPhoneCandidate(text: string): PhoneCandidate {
  const plain = toAsciiDigits(text)
    .replace(DIRECTION_MARKS, '')
    .replace(SPACES, ' ')
    .replace(DASHES, '-')
    .replace('\uff0b', '+')
    .trim();
  if (plain === '') return { kind: 'refused', reason: 'empty' };
  if (!SHAPE.test(plain) || DECIMAL.test(plain)) return { kind: 'refused', reason: 'not_a_number' };

  const hasPlus = plain.startsWith('+');
  // `+49 (0) 151 …` names the trunk prefix that is dialled inside the country only.
  const dialled = (/^(?:\+|00)/.test(plain) ? plain.replace('(0)', '') : plain).replace(/\D/g, '');
  const hasInternationalPrefix = !hasPlus && dialled.startsWith('00');
  const digits = hasInternationalPrefix ? dialled.slice(2) : dialled;

  if (digits.length < MIN_DIGITS) return { kind: 'refused', reason: 'too_short' };
  if (digits.length > MAX_DIGITS) return { kind: 'refused', reason: 'too_long' };
  return { kind: hasPlus || hasInternationalPrefix ? 'international' : 'national', digits };
}
