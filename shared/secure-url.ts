/**
 * The address, when it is https, or http on this very machine; else `null`. Nothing else may carry a number or bring
 * a script: whoever stands on the way could read the one and write the other.
 */
export function secureUrl(address: string | URL): URL | null {
  const url = new URL(address);
  const isLoopback = /^(localhost|127(\.\d+){3}|\[::1\])$/.test(url.hostname);
  return url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback) ? url : null;
}
