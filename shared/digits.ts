/**
 * The decimal digits of every script, in ASCII: keyboards in Arabic, Burmese, Devanagari or Thai type them, East Asian
 * input methods the full-width ones.
 *
 * Unicode gives each set of digits a run of ten from its zero (UAX #44, `Numeric_Type=Decimal`), and the sets that
 * adjoin, as the mathematical ones, each have their ten, too. So what a digit is worth is told by its distance from the
 * first digit of all that adjoin it, and no table of scripts is needed that would be behind the browser's.
 */
const FOREIGN_DIGIT = /(?![0-9])\p{Nd}/gu;
const DIGIT = /^\p{Nd}/u;

/** Rewrites decimal digits in ASCII; every other character stays as it is. */
export function toAsciiDigits(text: string): string {
  return text.replace(FOREIGN_DIGIT, (digit) => {
    const codePoint = digit.codePointAt(0) ?? 0;
    let first = codePoint;
    while (DIGIT.test(String.fromCodePoint(first - 1))) first -= 1;
    return String((codePoint - first) % 10);
  });
}
