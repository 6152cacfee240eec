/** A language tag that the API accepts for the message. */
export function localeOf(lang: string): string | undefined {
  return /^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8}){0,4}$/.test(lang) ? lang : undefined;
}
