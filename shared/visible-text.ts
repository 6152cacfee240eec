/**
 * Characters that nobody sees: soft hyphens, zero-width spaces and joiners, variation selectors, tags, marks of
 * direction, control characters. They come along with what is copied from pages, mails and contact apps. White space
 * is seen.
 */
const INVISIBLE = /[\p{Default_Ignorable_Code_Point}\p{Cf}]|(?![\s\u0085])\p{Cc}/gu;

/** The text without what a person cannot see in it. */
export function withoutInvisible(text: string): string {
  return text.replace(INVISIBLE, '');
}
