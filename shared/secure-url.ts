/**
 * The URL if it is https, or http on loopback; otherwise `null`. On an unencrypted connection an attacker could read numbers
 * and replace scripts.
 */
export function secureUrl(address: string | URL): URL | null {
  const url = new URL(address);
  const isLoopback = /^(localhost|127(\.\d+){3}|\[::1\])$/.test(url.hostname);
  return url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback) ? url : null;
}
