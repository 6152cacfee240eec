/**
 * Who is one client to the limits per IP: an IPv4 address, or the /64 network of an IPv6 one, because a household
 * or a server rents a /64 and could otherwise take a new address for each request.
 */

/** All requests without a legible address share one key, and so one limit: there is no way past it. */
export const UNKNOWN_CLIENT = 'unknown';

/**
 * `CF-Connecting-IP` is the one header that Cloudflare sets itself. `X-Forwarded-For` and its kin are written by
 * whoever calls.
 */
export function clientKeyOf(headers: Headers): string {
  return clientKey(headers.get('CF-Connecting-IP') ?? '');
}

export function clientKey(address: string): string {
  if (/^\d{1,3}(\.\d{1,3}){3}$/.test(address)) return ipv4Key(address);
  const groups = ipv6Groups(address);
  if (!groups) return UNKNOWN_CLIENT;
  // ::ffff:a.b.c.d is that IPv4 address in IPv6 clothes (RFC 4291, 2.5.5.2).
  const isMapped = groups.slice(0, 5).every((group) => group === 0) && groups[5] === 0xffff;
  if (isMapped) {
    const [high = 0, low = 0] = groups.slice(6);
    return ipv4Key([high >> 8, high & 0xff, low >> 8, low & 0xff].join('.'));
  }
  return `v6:${groups
    .slice(0, 4)
    .map((group) => group.toString(16))
    .join(':')}`;
}

function ipv4Key(address: string): string {
  const octets = address.split('.').map(Number);
  return octets.every((octet) => octet <= 255) ? `v4:${octets.join('.')}` : UNKNOWN_CLIENT;
}

/** The eight groups of an IPv6 address. The platform's URL parser knows every way to write one (RFC 5952). */
export function ipv6Groups(address: string): number[] | undefined {
  const [plain = ''] = address.split('%');
  // Nothing but the characters of an address, or the URL around it could end early: `::1]/`.
  if (!/^[0-9a-f.]*:[0-9a-f:.]*$/i.test(plain) || !URL.canParse(`http://[${plain}]/`))
    return undefined;
  const canonical = new URL(`http://[${plain}]/`).hostname.slice(1, -1);
  const [head = '', tail] = canonical.split('::');
  const left = head === '' ? [] : head.split(':');
  const right = tail === undefined || tail === '' ? [] : tail.split(':');
  const gap = tail === undefined ? [] : Array<string>(8 - left.length - right.length).fill('0');
  return [...left, ...gap, ...right].map((group) => Number.parseInt(group, 16));
}
