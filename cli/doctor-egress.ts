/**
 * The address that calls leave by: the one that Mitto has to have allow-listed. Nobody outside is asked for it. A relay
 * says by which address it has just left; of other ways, what an operator has been told is held against the DNS.
 */
import { lookup } from 'node:dns/promises';
import { BlockList, isIP, isIPv6 } from 'node:net';
import type { WayOut } from '../worker/doctor/egress-findings.ts';
import { type Finding, failed, ok, warning } from '../worker/doctor/finding.ts';

const CHECK = 'egress_address';
const TRIED = 'the address that calls leave by';

export interface Known {
  /** Where the deployment is reached. */
  url: string;
  /** The address that the operator has named. */
  given: string | undefined;
  /** Whether Mitto has just answered: then it knows the address, whichever it is. */
  isAnswered: boolean;
}

export async function addressFindings(way: WayOut, known: Known): Promise<Finding[]> {
  switch (way.by) {
    case 'relay':
      return [await ofRelay(way, known)];
    case 'vpc':
      return [unseen('that of your network', known)];
    case 'direct':
      if (!way.isOnCloudflare) return [await ofMachine(known)];
      // That its addresses change, the finding of the way out says.
      return known.given === undefined ? [] : [unseen('one of Cloudflare', known)];
  }
}

async function ofRelay({ relay = '', addresses }: WayOut, { given, isAnswered }: Known) {
  const seen = addresses.filter((address) => isIP(address) !== 0).map(plainAddress);
  const list = seen.join(' and ');
  if (seen.length === 0 || seen.some(isInner)) {
    const named = await addressesOf(relay);
    const detail =
      list === '' ? 'the relay has called nobody' : `${list}, which the outside does not see`;
    if (given !== undefined && named.includes(given))
      return ok(CHECK, TRIED, `${given}, where ${hostIn(relay)} is too`);
    return warning(
      CHECK,
      TRIED,
      `${detail}; ${hostIn(relay)} is at ${inWords(named)}`,
      'Set RELAY_OUTSIDE_ADDRESS at the relay to what the outside sees, and have Mitto allow-list that.',
    );
  }
  if (given !== undefined && !seen.includes(given))
    return failed(
      CHECK,
      TRIED,
      `${list}, and not ${given}`,
      `Have Mitto allow-list ${list} too, or let the machine of the relay leave by ${given} alone.`,
    );
  const others = seen.filter((address) => address !== given).join(' and ');
  if (given !== undefined && others !== '')
    return warning(CHECK, TRIED, list, `Have Mitto allow-list ${others} too.`);
  return ok(
    CHECK,
    TRIED,
    isAnswered ? `${list}, which Mitto answers` : `${list}: the one for Mitto to allow-list`,
  );
}

/** The service on a machine of one's own leaves, as a rule, by the address that it is reached at. */
async function ofMachine({ url, given, isAnswered }: Known): Promise<Finding> {
  const host = hostIn(url);
  const named = (await addressesOf(url)).filter((address) => !isInner(address));
  const detail = `${host} is at ${inWords(named)}`;
  if (given !== undefined && named.includes(given))
    return ok(CHECK, TRIED, `${given}, where ${host} is too`);
  if (isAnswered) return ok(CHECK, TRIED, `${detail}; Mitto answers the one that it leaves by`);
  return warning(
    CHECK,
    TRIED,
    given === undefined ? detail : `${detail}, and not at ${given}`,
    `Have Mitto allow-list the address that this machine leaves by${given === undefined ? '' : `: ${given}, if you know that it does`}. Behind a NAT or a proxy it is another than the one it is reached at.`,
  );
}

function unseen(whose: string, { given, isAnswered }: Known): Finding {
  if (isAnswered) return ok(CHECK, TRIED, `${whose}, which Mitto answers`);
  return warning(
    CHECK,
    TRIED,
    `${whose}; ${given ?? 'which one'} cannot be seen from here`,
    whose === 'one of Cloudflare'
      ? 'Only dedicated egress addresses stay the same: otherwise use EGRESS = "relay" or "vpc".'
      : `Have Mitto allow-list ${given ?? 'the address that your network leaves by'}.`,
  );
}

/** As `--egress-address` takes it: one that the outside can see. */
export function isOutsideAddress(text: string): boolean {
  return isIP(text) !== 0 && !isInner(plainAddress(text));
}

/** One spelling for each, so that two can be compared. */
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

/** Of a network behind a NAT, or of the machine itself. */
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
  return addresses.join(' and ') || 'no address that the outside sees';
}
