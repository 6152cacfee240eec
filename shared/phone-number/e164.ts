/** A checked phone number in E.164 (ITU-T E.164), and how it is shown. */

declare const e164: unique symbol;
/** A checked number in E.164: `+4915123456789`. */
export type E164 = string & { readonly [e164]: true };

export function isE164(text: string): text is E164 {
  return /^\+[1-9]\d{4,14}$/.test(text);
}

export interface Destination {
  phone: E164;
  /** ISO 3166-1 alpha-2. */
  country: string;
  /** ITU country code, without the plus. */
  callingCode: string;
}

/** For the visitor who typed it, to see whether it was the right one: `+49 •••••••• 89`. */
export function maskPhone({
  phone,
  callingCode,
}: Pick<Destination, 'phone' | 'callingCode'>): string {
  const national = phone.slice(1 + callingCode.length);
  return `+${callingCode} ${'•'.repeat(Math.max(0, national.length - 2))}${national.slice(-2)}`;
}
