/**
 * Invisible characters: soft hyphens, zero-width spaces and joiners, variation selectors, tags, direction marks, control
 * characters. Text copied from pages, mails and contact apps contains them. White space is not included.
 */
const INVISIBLE = /[\p{Default_Ignorable_Code_Point}\p{Cf}]|(?![\s\u0085])\p{Cc}/gu;

/** The text without invisible characters. */
export function withoutInvisible(text: string): string {
  return text.replace(INVISIBLE, '');
}
