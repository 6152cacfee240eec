/** From what a request says in the clear to what the guard knows it by: keyed hashes, one for each dimension. */
import { type Keys, keyedHash } from '../crypto/keyring.ts';
import type { Dimension, EdgeSignals, SendKeys, SendSignals } from './types.ts';

/** 54 bits: two keys of one country never meet by chance, and nobody without the secret finds what one stands for. */
const KEY_LENGTH = 9;
/** Short numbers, as of small islands, have no networks of ten million. */
const LONG_NATIONAL = 9;

/** Ranges that do not fit a number are absent, like signals that the host does not have. */
export async function sendKeysOf(signals: SendSignals, keys: Keys): Promise<SendKeys> {
  const { phone, callingCode, country, site, client, edge } = signals;
  const without = (digits: number) => phone.slice(0, -digits);
  const national = phone.length - 1 - callingCode.length;
  const tls = tlsPairOf(edge);
  const values: Partial<Record<Dimension, string>> = {
    range2: without(2),
    range3: without(3),
    range4: without(4),
    carrier: without(national >= LONG_NATIONAL ? 7 : Math.min(5, Math.max(4, national - 1))),
    ...(edge.asn === undefined ? {} : { asn: String(edge.asn) }),
    ...(tls === undefined ? {} : { tls }),
    ...(client === undefined ? {} : { client }),
    site,
  };
  const hash = async (kind: string, value: string) =>
    (await keyedHash(keys, 'guard', `${kind} ${value}`)).slice(0, KEY_LENGTH);
  const [hashed, number, ...neighbours] = await Promise.all([
    Promise.all(
      Object.entries(values).map(async ([name, value]) => [name, await hash(name, value)] as const),
    ),
    hash('number', phone),
    ...hundredsBeside(phone).map((hundred) => hash('range2', hundred)),
  ]);
  const isForeign = edge.country !== undefined && edge.country !== country;
  return { keys: { ...Object.fromEntries(hashed), country }, number, neighbours, isForeign };
}

/** The hundreds of numbers below and above that of a number, as `range2` names them. */
export function hundredsBeside(phone: string): string[] {
  const hundred = BigInt(phone.slice(1, -2));
  return [hundred - 1n, hundred + 1n].map((beside) => `+${beside}`);
}

/** What Cloudflare's edge says, as far as it says it in the form that it documents. */
export function edgeSignalsOf(cf: unknown): EdgeSignals {
  if (typeof cf !== 'object' || cf === null) return {};
  const { asn, country, tlsClientCiphersSha1, tlsClientExtensionsSha1 } = cf as Record<
    string,
    unknown
  >;
  return {
    ...(typeof asn === 'number' && Number.isSafeInteger(asn) && asn > 0 ? { asn } : {}),
    ...(typeof country === 'string' && /^[A-Z][A-Z0-9]$/.test(country) ? { country } : {}),
    ...(isText(tlsClientCiphersSha1) ? { tlsClientCiphersSha1 } : {}),
    ...(isText(tlsClientExtensionsSha1) ? { tlsClientExtensionsSha1 } : {}),
  };
}

function tlsPairOf({
  tlsClientCiphersSha1,
  tlsClientExtensionsSha1,
}: EdgeSignals): string | undefined {
  if (tlsClientCiphersSha1 === undefined || tlsClientExtensionsSha1 === undefined) return undefined;
  return `${tlsClientCiphersSha1} ${tlsClientExtensionsSha1}`;
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '' && value.length <= 128;
}
