/**
 * The address from which outbound calls leave, which Mitto has to allow-list. No third party is asked for it: a relay reports
 * the address of its last call; otherwise the operator's address is compared with the DNS.
 */
import { lookup } from 'node:dns/promises';
import { BlockList, isIP, isIPv6 } from 'node:net';
import type { WayOut } from '../../worker/doctor/egress-findings.ts';
import { type Finding, failed, ok, warning } from '../../worker/doctor/finding.ts';

const CHECK = 'egress_address';
const TRIED = 'egress address';

export interface Known {
  /** The URL of the deployment. */
  url: string;
  /** The address that the operator expects. */
  given: string | undefined;
  /** Whether Mitto has just accepted a call: then it has allow-listed the address, whichever it is. */
  isAnswered: boolean;
}

export async function addressFindings(way: WayOut, known: Known): Promise<Finding[]> {
  switch (way.by) {
    case 'relay':
      return [await ofRelay(way, known)];
    case 'vpc':
      return [unseen("your network's", known)];
    case 'direct':
      if (!way.isOnCloudflare) return [await ofMachine(known)];
      // The egress finding says that its addresses change.
      return known.given === undefined ? [] : [unseen("one of Cloudflare's", known)];
  }
}

async function ofRelay({ relay = '', addresses }: WayOut, { given, isAnswered }: Known) {
  const seen = addresses.filter((address) => isIP(address) !== 0).map(plainAddress);
  const list = seen.join(' and ');
  if (seen.length === 0 || seen.some(isInner)) {
    const named = await addressesOf(relay);
    const detail =
      list === '' ? 'the relay has not called a provider yet' : `${list} is not a public address`;
    if (given !== undefined && named.includes(given))
      return ok(CHECK, TRIED, `${given}, the address of ${hostIn(relay)}`);
    return warning(
      CHECK,
      TRIED,
      `${detail}; ${hostIn(relay)} resolves to ${inWords(named)}`,
      'Set RELAY_OUTSIDE_ADDRESS on the relay to its public address, and have Mitto allow-list that.',
    );
  }
  if (given !== undefined && !seen.includes(given))
    return failed(
      CHECK,
      TRIED,
      `${list}, expected ${given}`,
      `Have Mitto allow-list ${list} too, or make the relay's machine call from ${given} only.`,
    );
  const others = seen.filter((address) => address !== given).join(' and ');
  if (given !== undefined && others !== '')
    return warning(CHECK, TRIED, list, `Have Mitto allow-list ${others} too.`);
  return ok(
    CHECK,
    TRIED,
    isAnswered ? `${list}, allow-listed by Mitto` : `${list}: have Mitto allow-list it`,
  );
}

/** The calls of `serve` usually leave from the address where it is reached. */
async function ofMachine({ url, given, isAnswered }: Known): Promise<Finding> {
  const host = hostIn(url);
  const named = (await addressesOf(url)).filter((address) => !isInner(address));
  const detail = `${host} resolves to ${inWords(named)}`;
  if (given !== undefined && named.includes(given))
    return ok(CHECK, TRIED, `${given}, the address of ${host}`);
  if (isAnswered) return ok(CHECK, TRIED, `${detail}; Mitto accepts its calls`);
  return warning(
    CHECK,
    TRIED,
    given === undefined ? detail : `${detail}, expected ${given}`,
    `Have Mitto allow-list the address from which this machine calls${given === undefined ? '' : ` (${given}, if that is it)`}. Behind a NAT or a proxy it differs from the address where the machine is reached.`,
  );
}

function unseen(whose: string, { given, isAnswered }: Known): Finding {
  if (isAnswered) return ok(CHECK, TRIED, `${whose}, allow-listed by Mitto`);
  return warning(
    CHECK,
    TRIED,
    `${whose}; the doctor cannot verify ${given ?? 'it'}`,
    whose === "one of Cloudflare's"
      ? 'Only dedicated egress addresses are fixed. Otherwise use EGRESS = "relay" or "vpc".'
      : `Have Mitto allow-list ${given ?? 'the public address of your network'}.`,
  );
}

/** What `--egress-address` accepts: a public address. */
export function isOutsideAddress(text: string): boolean {
  return isIP(text) !== 0 && !isInner(plainAddress(text));
}

/** The canonical spelling, so that two addresses can be compared. */
export function plainAddress(text: string): string {
  const [address = ''] = text.split('%');
  return isIPv6(address) ? new URL(`http://[${address}]`).hostname.slice(1, -1) : address;
}

const INNER = new BlockList();
for (const [net, prefix] of [
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
] as const)
  INNER.addSubnet(net, prefix, 'ipv4');
INNER.addAddress('::1', 'ipv6');
INNER.addSubnet('fc00::', 7, 'ipv6');
INNER.addSubnet('fe80::', 10, 'ipv6');

/** Private or loopback. */
function isInner(address: string): boolean {
  return INNER.check(address, isIPv6(address) ? 'ipv6' : 'ipv4');
}

function hostIn(url: string): string {
  return new URL(url).hostname.replace(/^\[(.*)\]$/, '$1');
}

async function addressesOf(url: string): Promise<string[]> {
  const found = await lookup(hostIn(url), { all: true }).catch(() => []);
  return found.map(({ address }) => plainAddress(address));
}

function inWords(addresses: readonly string[]): string {
  return addresses.join(' and ') || 'no public address';
}
