/**
 * What a person wrote, down to the number in it: without what they cannot see and what only surrounds it, and with each
 * kind of digit, space, dash and bracket in one form. Nothing here makes another number of a number: digits are only
 * read, never left out, and whatever is not known to be a separator stays and is refused.
 */
import { toAsciiDigits } from '../digits.ts';
import { withoutInvisible } from '../visible-text.ts';

/** Braille has a blank, and `\u0085` is a line end, of which `\s` does not know. */
const SPACES = /[\s\u0085\u2800]+/g;
/** With the minus signs, and the bullet that is a hyphen. */
const DASHES = /[\p{Pd}\u02d7\u2043\u2212]/gu;
const SLASHES = /[\u2044\u2215\uff0f]/g;
const FULL_STOPS = /[\u2024\uff0e]/g;
const MIDDLE_DOTS = /[\u00b7\u2022\u2027\u2219\u22c5\u30fb\uff65]/g;
const OPENING_BRACKETS = /[[\uff08\uff3b\ufe59]/g;
const CLOSING_BRACKETS = /[\]\uff09\uff3d\ufe5a]/g;
const PLUS_SIGNS = /[\u2795\ufe62\uff0b]/g;

/** Pictures of phones and of other things; a flag says a country, so it is only passed before a calling code. */
const PICTURES =
  /^(?:(?![\u{1f1e6}-\u{1f1ff}])[\p{So}\p{Sk}] ?)+|^[\p{So}\p{Sk} ]+(?=\(?\+|\(?00)/u;
/** The sign of a list, or a stray one. A minus that stands at a digit is none. */
const LIST_SIGN = /^[-*·:.,;>] ?(?=\(?\+)|^[-*·:.,;>] (?=[(\d])/;
const QUOTES = '"\'`´\u2018-\u201f\u00ab\u00bb\u2039\u203a';
const BEFORE = new RegExp(`^[${QUOTES} ]+`);
const BEHIND = new RegExp(`[${QUOTES} .,;:!?/·\u2026\u3001\u3002\uff01\uff0c\uff1a\uff1b\uff1f-]`);

/** `Tel.:`, `Mobile (private):`; before a calling code the colon may be missing, and the word may be any. */
const LABEL = /^\p{L}[\p{L}\p{M} ./-]*(?:\([\p{L} .]*\) ?)?(?:: ?(?:\/\/)?(?=[+(\d])|(?=\(?\+))/u;
/**
 * The names of a phone. Before a number without its calling code no other is passed by, because `Spain: 612 345 678` is
 * no number of the country that is chosen here.
 */
const PHONE_NAME =
  /^(?:(?:t|m|p|h|c|ph|no|nr|num|sms|gsm|home|work|call|callto|cell|cellulare|handy|whatsapp)\b|n[uú]m[eé]ro|number|nummer|tel|t[eé]l[eé]|fon|phone|mobil|m[oó]vil|mob\b|portable|kom[oó]rk|cep|тел|моб|電話|电话|手机|手機|携帯|هاتف|جوال|موبايل|טל|נייד)/iu;
/** Only a `tel:` link says a character by its number. */
const TEL_LINK = /^tel:/i;

/**
 * The number as it is dialled, with its separators: ASCII digits, `+`, `(`, `)`, `-`, `/`, `.`, `·` and single spaces,
 * where the text is a number and nothing else; else a text that `toPhoneCandidate` refuses.
 */
export function toPhoneText(text: string): string {
  const seen = withoutInvisible(text).trim();
  const link = TEL_LINK.test(seen) ? decoded(seen) : seen;
  const plain = toAsciiDigits(link)
    .replace(SPACES, ' ')
    .replace(DASHES, '-')
    .replace(SLASHES, '/')
    .replace(FULL_STOPS, '.')
    .replace(MIDDLE_DOTS, '·')
    .replace(OPENING_BRACKETS, '(')
    .replace(CLOSING_BRACKETS, ')')
    .replace(PLUS_SIGNS, '+')
    .replace('\uff1a', ':')
    .replace(/\( /g, '(')
    .replace(/ \)/g, ')');
  return withoutLabel(bare(plain.replace(PICTURES, '').replace(LIST_SIGN, '')));
}

/** What was copied without the name of a phone before it, in its own characters: `+49 (0)151 …` of `Tel: +49 (0)151 …`. */
export function withoutName(text: string): string {
  const trimmed = text.trim();
  return withoutLabel(TEL_LINK.test(trimmed) ? decoded(trimmed) : trimmed);
}

/** Nothing is there to be seen. */
export function isBlank(text: string): boolean {
  return withoutInvisible(text).replace(SPACES, '') === '';
}

/** Without quotes, the signs that end a sentence, and brackets around all of it. */
function bare(text: string): string {
  let end = text.length;
  // Not by a pattern: one that ends at the end would begin anew at each sign of a long text.
  while (end > 0 && BEHIND.test(text[end - 1] ?? '')) end -= 1;
  const inner = text.slice(0, end).replace(BEFORE, '');
  const [first, last] = [inner[0], inner.at(-1)];
  const [opens, closes] = [inner.split('(').length - 1, inner.split(')').length - 1];
  const isPair = first === '(' && last === ')' && opens === 1 && closes === 1;
  if (isPair || `${first}${last}` === '<>' || `${first}${last}` === '{}')
    return inner.slice(1, -1).trim();
  // Half of a pair, copied along with the number.
  if (last === ')' && opens === 0) return inner.slice(0, -1).trim();
  if (first === '(' && closes === 0) return inner.slice(1).trim();
  return inner;
}

function withoutLabel(text: string): string {
  const label = LABEL.exec(text)?.[0];
  if (label === undefined) return text;
  const number = text.slice(label.length);
  return /^\(?(?:\+|00)/.test(number) || PHONE_NAME.test(label) ? number : text;
}

function decoded(link: string): string {
  return link.replace(/%([2-7][\da-f])/gi, (_escape, code: string) =>
    String.fromCharCode(Number.parseInt(code, 16)),
  );
}
