import { toAsciiDigits } from './ascii-digits.ts';

/** Whether the text is a code as the API takes it: ASCII digits, exactly `length` of them. */
export function isOtpCode(text: string, length: number): boolean {
  return text.length === length && /^[0-9]+$/.test(text);
}

/** Digits in one piece. */
const SOLID_RUN = /\d+/g;
/** Digits that a message prints in groups: `123 456`, `123-456`. */
const GROUPED_RUN = /\d(?:[ \u00a0.\u2010-\u2015-]?\d)*/g;

/**
 * The code in what was typed, pasted or filled: `123 456`, `Your code is 123-456. It is valid for 10 minutes.`,
 * full-width and Arabic digits. A run of exactly `length` digits in one piece wins (`12:30 123456`), then one in
 * groups; where there is neither, the digits are taken as they come, at most `length` of them.
 */
export function extractOtpCode(text: string, length: number): string {
  const plain = toAsciiDigits(text);
  for (const runs of [SOLID_RUN, GROUPED_RUN]) {
    for (const [run] of plain.matchAll(runs)) {
      const digits = run.replace(/\D/g, '');
      if (digits.length === length) return digits;
    }
  }
  return plain.replace(/\D/g, '').slice(0, length);
}
