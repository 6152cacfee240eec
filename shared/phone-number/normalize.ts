/**
 * From what a person typed to a candidate for a phone number: digits only, and whether they carry a country
 * code. Without any metadata, so that the widget can afford it; the Worker decides with the full metadata.
 *
 * Anything but exactly one number is rejected, because a lenient parser would find a number inside it: HTML, extensions,
 * vanity letters, two numbers, a mask, a float from a spreadsheet.
 */
import { isBlank, toPhoneText } from './phone-text.ts';

/** The parsed text. `digits` are ASCII, without plus, prefix `00` or separators. */
export type PhoneCandidate =
  | { kind: 'international'; digits: string }
  | { kind: 'national'; digits: string }
  | { kind: 'refused'; reason: 'empty' | 'not_a_number' | 'too_short' | 'too_long' };

/** ITU-T E.164: at most 15 digits, country code included. */
const MAX_DIGITS = 15;
/** The shortest subscriber numbers in use, with room for a country code. */
const MIN_DIGITS = 5;

/** At most two signs between two digits, with spaces around them, as in `(030) - 12`. */
const GAP = '(?: ?[-./·]){0,2} ?';
/**
 * One optional plus, then digits, bare or in one pair of brackets, with a gap between them. A step takes one bare digit
 * and never a run of them: with runs, the same digits could be cut up in exponentially many ways, and a long text that
 * fails at its end would be tried in all of them.
 */
const DIGITS = `(?:\\d|\\(\\d(?:${GAP}\\d)*\\))`;
const SHAPE = new RegExp(
  `^(?:\\+ ?|\\(\\+ ?\\d(?:${GAP}\\d)*\\)${GAP})?${DIGITS}(?:${GAP}${DIGITS})*$`,
);
/** Two dots between two digits are a mask. */
const MASKED = /[.·] ?[.·]/;

/**
 * `4915112345678.0` comes out of a spreadsheet. A dot before a single last digit is a decimal point, and so is the
 * only dot of the text before the last two; where there are more dots, as in `06.12.34.56.78`, they make groups.
 */
const DECIMAL = /\. *\d$|^[^.]*\.\d\d$/;

export function toPhoneCandidate(text: string): PhoneCandidate {
  const plain = toPhoneText(text);
  if (plain === '' && isBlank(text)) return { kind: 'refused', reason: 'empty' };
  if (!SHAPE.test(plain) || DECIMAL.test(plain) || MASKED.test(plain))
    return { kind: 'refused', reason: 'not_a_number' };

  const { isInternational, digits } = dialled(plain);
  if (digits.length < MIN_DIGITS) return { kind: 'refused', reason: 'too_short' };
  if (digits.length > MAX_DIGITS) return { kind: 'refused', reason: 'too_long' };
  return { kind: isInternational ? 'international' : 'national', digits };
}

/** The digits behind a plus or `00`, as far as they are typed; `null` where there is neither. */
export function internationalDigits(text: string): string | null {
  const { isInternational, digits } = dialled(toPhoneText(text));
  return isInternational ? digits : null;
}

/** Also of a text that is no number yet, or by a slip, so that its country is told by its digits alone. */
function dialled(plain: string): { isInternational: boolean; digits: string } {
  const hasPlus = /^\D*\+/.test(plain);
  // `+49 (0) 151 …` names the trunk prefix that is dialled inside the country only.
  const hasCallingCode = hasPlus || /^\D*00/.test(plain);
  const all = (hasCallingCode ? plain.replace('(0)', '') : plain).replace(/\D/g, '');
  const hasDoubleZero = !hasPlus && all.startsWith('00');
  return {
    isInternational: hasPlus || hasDoubleZero,
    digits: hasDoubleZero ? all.slice(2) : all,
  };
}
