/**
 * Compares in a time that tells neither where the two differ nor how long the secret is: what is compared are
 * hashes under a key of one use.
 */
export async function timingSafeEqual(a: string, b: string): Promise<boolean> {
  const oneUse = crypto.getRandomValues(new Uint8Array(32));
  const key = await crypto.subtle.importKey(
    'raw',
    oneUse,
    { name: 'HMAC', hash: 'SHA-256' },
    false,
    ['sign', 'verify'],
  );
  const mac = await crypto.subtle.sign('HMAC', key, new TextEncoder().encode(a));
  return crypto.subtle.verify('HMAC', key, mac, new TextEncoder().encode(b));
}
