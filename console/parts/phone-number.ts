/** What people put into numbers to read them by. */
const SEPARATORS = /[\s().\-/\u00a0\u200e\u202a\u202c]/g;

/** E.164, as the calls take it; `undefined` where it is not one. A number without its country could be anybody's. */
export function readPhoneNumber(text: string): string | undefined {
  const number = text.replace(SEPARATORS, '').replace(/^00/, '+');
  return /^\+[1-9]\d{4,14}$/.test(number) ? number : undefined;
}

export const PHONE_NUMBER_HINT = 'In international format, such as +49 1522 8817386.';
export const PHONE_NUMBER_PROBLEM =
  'Enter the number in international format, with + and the country code.';
