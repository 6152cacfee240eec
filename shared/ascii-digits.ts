/**
 * The zero of each script whose digits people type or paste: keyboards in Arabic, Persian and Devanagari
 * produce them, and East Asian input methods the full-width ones.
 */
const ZEROS = [
  0x0660, // Arabic-Indic
  0x06f0, // Extended Arabic-Indic (Persian, Urdu)
  0x0966, // Devanagari
  0x09e6, // Bengali
  0xff10, // full-width
] as const;

/** Rewrites decimal digits of the scripts above in ASCII; every other character stays as it is. */
export function toAsciiDigits(text: string): string {
  return text.replace(/\p{Nd}/gu, (character) => {
    const codePoint = character.charCodeAt(0);
    const zero = ZEROS.find((candidate) => codePoint >= candidate && codePoint <= candidate + 9);
    return zero === undefined ? character : String(codePoint - zero);
  });
}
