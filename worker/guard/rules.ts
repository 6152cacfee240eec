/** Rules of the operator, which go before the guard: whom they match, and which of several counts. Pure. */
import { ipv6Groups } from '../rate-limit/client/ip-address.ts';
import type { GuardAction } from './types.ts';

export interface RuleMatch {
  /** Of the number. */
  country?: string | undefined;
  /** Of the number in E.164: `+4915`. */
  prefix?: string | undefined;
  asn?: number | undefined;
  /** An address or a network in CIDR notation. */
  ip?: string | undefined;
  /** Keyed hash of a number. */
  phone?: string | undefined;
  site?: string | undefined;
  flow?: string | undefined;
}

export interface Rule {
  id: string;
  match: RuleMatch;
  action: GuardAction;
  /** Ends by itself. */
  untilMs?: number | undefined;
  note: string;
  madeMs: number;
}

export interface RuleSubject {
  country: string;
  phone: string;
  /** Keyed hashes of the number, under the current keys and those before. */
  phoneHashes: readonly string[];
  asn?: number | undefined;
  address?: string | undefined;
  site: string;
  flow?: string | undefined;
}

const SEVERITY: Readonly<Record<GuardAction, number>> = { allow: 0, challenge: 1, block: 2 };

/** Of all that match the narrowest; of several as narrow the strictest. */
export function ruleFor(
  rules: readonly Rule[],
  subject: RuleSubject,
  nowMs: number,
): Rule | undefined {
  return rules
    .filter((rule) => (rule.untilMs ?? Number.POSITIVE_INFINITY) > nowMs && fits(rule, subject))
    .sort(
      (one, other) =>
        narrowness(other.match) - narrowness(one.match) ||
        SEVERITY[other.action] - SEVERITY[one.action],
    )[0];
}

function fits({ match }: Rule, subject: RuleSubject): boolean {
  const { country, prefix, asn, ip, phone, site, flow } = match;
  return (
    (country === undefined || country === subject.country) &&
    (prefix === undefined || subject.phone.startsWith(prefix)) &&
    (asn === undefined || asn === subject.asn) &&
    (ip === undefined || (subject.address !== undefined && isWithin(subject.address, ip))) &&
    (phone === undefined || subject.phoneHashes.includes(phone)) &&
    (site === undefined || site === subject.site) &&
    (flow === undefined || flow === subject.flow)
  );
}

/** A number is narrower than an address, an address than a network, and each member that is matched narrows further. */
export function narrowness({ country, prefix, asn, ip, phone, site, flow }: RuleMatch): number {
  const range = ip === undefined ? undefined : parseCidr(ip);
  return (
    (phone === undefined ? 0 : 1_000_000) +
    (range ? 10_000 + (range.length * 128) / range.address.length : 0) +
    (prefix === undefined ? 0 : 1_000 + prefix.length * 10) +
    (asn === undefined ? 0 : 500) +
    (flow === undefined ? 0 : 200) +
    (site === undefined ? 0 : 100) +
    (country === undefined ? 0 : 50)
  );
}

interface Network {
  /** Bits, `0` and `1`. */
  address: string;
  /** How many of them count. */
  length: number;
}

export function isWithin(address: string, cidr: string): boolean {
  const network = parseCidr(cidr);
  const bits = bitsOf(address);
  if (!network || bits?.length !== network.address.length) return false;
  return bits.slice(0, network.length) === network.address.slice(0, network.length);
}

/** `undefined` for what is neither an address nor a network. */
export function parseCidr(text: string): Network | undefined {
  const [address = '', length, ...rest] = text.split('/');
  const bits = bitsOf(address);
  if (!bits || rest.length > 0 || (length !== undefined && !/^\d{1,3}$/.test(length)))
    return undefined;
  const counted = length === undefined ? bits.length : Number(length);
  return counted <= bits.length ? { address: bits, length: counted } : undefined;
}

function bitsOf(address: string): string | undefined {
  const binary = (number: number, width: number) => number.toString(2).padStart(width, '0');
  if (/^\d{1,3}(\.\d{1,3}){3}$/.test(address)) {
    const octets = address.split('.').map(Number);
    return octets.every((octet) => octet <= 255)
      ? octets.map((octet) => binary(octet, 8)).join('')
      : undefined;
  }
  const groups = ipv6Groups(address);
  if (!groups) return undefined;
  const bits = groups.map((group) => binary(group, 16)).join('');
  // ::ffff:a.b.c.d is an IPv4 address (RFC 4291, 2.5.5.2).
  return bits.startsWith(`${'0'.repeat(80)}${'1'.repeat(16)}`) ? bits.slice(96) : bits;
}
