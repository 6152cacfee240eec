import { toAsciiDigits } from './digits.ts';
import { withoutInvisible } from './visible-text.ts';

/** Whether the text is a valid code: 4 to 10 ASCII digits, or exactly `length`. */
export function isOtpCode(text: string, length?: number): boolean {
  return /^[0-9]{4,10}$/.test(text) && (length === undefined || text.length === length);
}

/** Consecutive digits. */
const SOLID_RUN = /\d+/g;
/** Digits in groups: `123 456`, `123-456`. */
const GROUPED_RUN = /\d(?:[\p{Zs}\t.·•\p{Pd}\u2212]?\d)*/gu;

/**
 * The one code in a text: `123 456`, `Your code is 123-456. It is valid for 10 minutes.`, full-width and Arabic digits.
 * A run of exactly `length` consecutive digits wins (`12:30 123456`), then one in groups. `null` if there is neither: an
 * incomplete code, or another text.
 */
export function findOtpCode(text: string, length: number): string | null {
  const plain = toAsciiDigits(withoutInvisible(text));
  for (const runs of [SOLID_RUN, GROUPED_RUN]) {
    for (const [run] of plain.matchAll(runs)) {
      const digits = run.replace(/\D/g, '');
      if (digits.length === length) return digits;
    }
  }
  return null;
}

/** The code in typed, pasted or filled text; without one, its digits, at most `length`. */
export function extractOtpCode(text: string, length: number): string {
  return findOtpCode(text, length) ?? toAsciiDigits(text).replace(/\D/g, '').slice(0, length);
}
