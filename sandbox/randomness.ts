/** Fresh random bytes. Tests hand in their own to have codes that they can foresee. */
export type RandomBytes = (length: number) => Uint8Array;

export const cryptoRandomBytes: RandomBytes = (length) =>
  crypto.getRandomValues(new Uint8Array(length));

/**
 * A code of decimal digits, leading zeros kept. Reducing 64 bits to at most ten digits leaves a bias below one in
 * a thousand million, and, unlike drawing again, ends for any randomness that a test hands in.
 */
export function randomCode(digits: number, randomBytes: RandomBytes): string {
  const value = BigInt(`0x${hexOf(randomBytes(8))}`);
  return String(value % 10n ** BigInt(digits)).padStart(digits, '0');
}

/** An id in the manner of Mitto's samples: a prefix and 32 hex digits. */
export function randomSid(prefix: string, randomBytes: RandomBytes): string {
  return prefix + hexOf(randomBytes(16));
}

function hexOf(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
