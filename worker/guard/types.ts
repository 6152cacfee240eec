/**
 * What the guard reads, decides and learns from. Plain data: it crosses the boundary of a Durable Object, and a
 * benchmark can play it. No phone number, address or fingerprint is in any of it but `SendSignals`, which lives as long
 * as its request: the guard remembers keyed hashes.
 */

/** `off`: nobody is asked. `shadow`: decides and records, and changes no answer. `on`: acts. */
export const GUARD_MODES = ['off', 'shadow', 'on'] as const;
export type GuardMode = (typeof GUARD_MODES)[number];

/**
 * What Cloudflare's edge says of a request (`request.cf`), as far as every plan has it. Everything is optional: another
 * host has none of it, and what is missing counts neither for nor against anybody.
 */
export interface EdgeSignals {
  /** Autonomous system that the request came from. */
  asn?: number;
  /** Of the address, ISO 3166-1; `T1` for Tor. */
  country?: string;
  /** Two halves of what the client's TLS looks like. They count as a pair. */
  tlsClientCiphersSha1?: string;
  tlsClientExtensionsSha1?: string;
}

/** A request for a code, in the clear. */
export interface SendSignals {
  /** E.164. */
  phone: string;
  /** Of the number, ISO 3166-1. */
  country: string;
  /** Digits without the plus. */
  callingCode: string;
  /** Origin. */
  site: string;
  /** The address, or the name that a site's server gives its user. Undefined where it is unknown. */
  client?: string | undefined;
  edge: EdgeSignals;
}

/**
 * What counts for itself. `range2`, `range3`, `range4`: the number without its last two, three, four digits. `carrier`:
 * the block that regulators give a network. `country` is all that one guard sees.
 */
export const DIMENSIONS = [
  'range2',
  'range3',
  'range4',
  'carrier',
  'country',
  'asn',
  'tls',
  'client',
  'site',
] as const;
export type Dimension = (typeof DIMENSIONS)[number];

/** A request for a code as the guard knows it: keyed hashes, short ones. */
export interface SendKeys {
  /** By dimension; what is not known is absent. `country` needs no hash: it is the guard's own. */
  keys: Readonly<Partial<Record<Dimension, string>>>;
  /** The number itself, to count distinct ones. */
  number: string;
  /** The request came from another country than the number: weak by itself, and little more with the rest. */
  isForeign?: boolean;
  /** The two hundreds of numbers on either side of its own: `range2` of the number plus and minus 100. */
  neighbours: readonly string[];
}

export type GuardAction = 'allow' | 'challenge' | 'block';

/**
 * Why. `rule` is stable, for people and tests:
 * - `conversion`: fewer codes are used than an honest crowd would use, and more are open than there is reason for
 * - `density`: more different numbers side by side than chance has
 * - `crowd`: many more numbers of a range than it is used to, and too few of them use their codes
 * - `blocked`: a block of an earlier decision goes on
 * - `probe`: let through although blocked, to see whether honest visitors are back
 * - `known_number`: the number was verified here before
 * - `operator`: a rule of the operator's
 * - `unavailable`: the guard did not answer in time
 */
export interface GuardReason {
  rule:
    | 'conversion'
    | 'density'
    | 'crowd'
    | 'blocked'
    | 'probe'
    | 'known_number'
    | 'operator'
    | 'unavailable';
  /** Where it was seen; absent where it concerns the request as a whole. */
  dimension?: Dimension;
  /** What it was seen by: counts, nats, milliseconds. Numbers only. */
  figures: Readonly<Record<string, number>>;
}

export interface GuardDecision {
  action: GuardAction;
  /** Empty where nothing stood out. */
  reasons: readonly GuardReason[];
  /** Of a block: when it ends at the earliest. */
  waitMs: number;
}

/** What became of a code that was sent. */
export const OUTCOMES = [
  /** The right code came. */
  'verified',
  /** The visitor asked for none any more ("change number"). */
  'cancelled',
  /** Another code of the same session took its place. */
  'superseded',
  /** The provider reports that it did not arrive. */
  'undelivered',
  /** It was never handed to a provider: a limit refused it after the guard was asked. */
  'not_sent',
  /** The site says so, later. */
  'genuine',
  'fraud',
] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** A send that the guard has counted: what later evidence names it by. */
export interface CountedSend extends Pick<SendKeys, 'keys' | 'number'> {
  sentAtMs: number;
  /** 1, or less for another code to a number that was counted within a day. */
  weight: number;
  /** Of another code: when the first one was sent, where nothing is known of that. */
  firstMs?: number | undefined;
}

/** What the guard learns from. */
export type GuardEvidence =
  | ({ kind: 'sent' } & CountedSend)
  | ({ kind: 'outcome'; outcome: Outcome; atMs: number } & CountedSend);
