/** Whose request it is, where no edge says so. */
import { clientKey, UNKNOWN_CLIENT } from '../../rate-limit/client/ip-address.ts';
import type { Notice } from './server-log.ts';

export interface Connection {
  /** At its other end. */
  peer: string | undefined;
  /** Each proxy has added the address that it was called from, on the right. */
  forwardedFor: string | null;
  /** Number of trusted proxies; the caller may have written entries further left. */
  trustedProxies: number;
}

/** @returns an address, or nothing if a trusted proxy did not add one */
export function clientIpOf({ peer, forwardedFor, trustedProxies }: Connection): string | undefined {
  if (trustedProxies === 0) return peer;
  const address = forwardedFor?.split(',').at(-trustedProxies)?.trim();
  // Some proxies write the port as well: `203.0.113.7:51234`, `[2001:db8::1]:443`.
  return address?.replace(/^\[(.*)\](?::\d+)?$|^([\d.]+):\d+$/, '$1$2');
}

const OF_THIS_NETWORK =
  /^(::ffff:)?(10|127|192\.168|172\.(1[6-9]|2\d|3[01]))\.|^::1$|^f[cd][\da-f]{2}:|^fe[89ab]/i;

/** That `trustedProxies` hardly fits: all visitors then share the limits of one client. */
export function proxyMisconfiguration(connection: Connection): Notice | undefined {
  const { peer = '', forwardedFor, trustedProxies } = connection;
  if (trustedProxies === 0)
    return forwardedFor !== null && OF_THIS_NETWORK.test(peer)
      ? {
          level: 'warn',
          says: 'X-Forwarded-For comes from this network, and no proxy is trusted: behind a proxy all visitors are one client then. See --trusted-proxies.',
        }
      : undefined;
  return clientKey(clientIpOf(connection) ?? '') === UNKNOWN_CLIENT
    ? {
        level: 'warn',
        says: 'X-Forwarded-For tells no address where the outermost trusted proxy writes it: all such visitors are one client. See --trusted-proxies.',
      }
    : undefined;
}
