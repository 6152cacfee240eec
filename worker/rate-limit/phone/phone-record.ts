/**
 * What must be exact about one phone number, as one small record: when it was sent codes, how many wrong ones were
 * tried, which sessions are open, which proofs were redeemed. `send-transitions.ts` and `verify-transitions.ts` hold its
 * transitions, pure functions of record, command and clock.
 *
 * The record belongs to the number, not to a session or an address: nothing a stranger or a resend does resets it
 * (NIST SP 800-63B-4, 3.1.3.2; RFC 4226, 7.3). It holds keyed hashes and times, never a number or a code.
 */
import { longestWindowMs, type Policy } from '../policy.ts';
import { waitForAllMs } from '../sliding-window.ts';

/** The limits of a phone, from the settings. */
export interface PhonePolicies {
  sends: readonly Policy[];
  failures: readonly Policy[];
  /** Seconds between sends: before the second, the third, …; the last value repeats. */
  cooldownSeconds: readonly number[];
  /** Codes that a session may try, over all its resends. */
  codesPerSession: number;
  /** Custom messages; without it, only the deployment's budgets apply. */
  messages?: readonly Policy[];
  /** How long after its code a verified session renews its proof; without it, never. */
  renewMs?: number;
  /** How far back any flow looks; as far as these policies where it is not said. A flow forgets nothing for another. */
  memoryMs?: { sends: number; failures: number };
}

/** How a session was verified: what its renewed proofs say, and for how long there are any. */
export interface Verification {
  /** Keyed hash of the code that verified it. The same code again is a renewal, another one is nothing. */
  rightHash: string;
  /** The send of that code. A token of another send may name another channel, so it renews nothing. */
  send: number;
  /** Names the keys that its `sub` was derived with, so that a rotation does not change it. */
  keysId: string;
  atMs: number;
  renewableUntilMs: number;
  /** Other codes that were tried since. */
  wrongRepeats: number;
  /** It was cancelled, so it is not renewed. */
  isEnded?: true;
}

export interface PhoneSession {
  /** Counts every code that was tried, whatever came of it. */
  attempts: number;
  phase: 'open' | 'verified' | 'cancelled';
  /** The number of the send whose code is valid. Older codes are not. */
  send: number;
  /** Keyed hash of the valid code, if self-issued. */
  codeHash?: string;
  expiresAtMs: number;
  /** Which check verified it, so that the same word said twice is heard once. */
  verifiedBy?: string;
  /** Absent in a record of an earlier version: such a session renews nothing. */
  verification?: Verification;
  /** Codes that are being evaluated right now: keyed hash and start. */
  checking: { codeHash: string; startedAtMs: number }[];
}

/** A send that carried an `Idempotency-Key`. */
export interface IdempotencyRecord {
  /** Keyed hash of the body. */
  fingerprint: string;
  startedAtMs: number;
  /** Sealed by the Worker. Absent while the send is under way. */
  answer?: string;
}

export interface PhoneRecord {
  /** Counts up over the phone's sends; names each. */
  lastSend: number;
  sendsMs: readonly number[];
  failuresMs: readonly number[];
  sessions: Readonly<Record<string, PhoneSession>>;
  requests: Readonly<Record<string, IdempotencyRecord>>;
  /** Verifications of which a proof was redeemed, until none of their proofs lives any more. */
  redeemed: Readonly<Record<string, number>>;
  /** When custom messages were sent. */
  messagesMs: readonly number[];
  /** What became of messages, by our reference. See phone-messages.ts. */
  messages: Readonly<Record<string, PhoneMessage>>;
  /** When the number was first verified here, and when last: milliseconds, rounded to the day. */
  known?: { firstMs: number; lastMs: number };
}

/** What is known of a message: never its text. */
export interface PhoneMessage {
  connector: string;
  channel: string;
  /** The provider's id. */
  providerId: string;
  sentAtMs: number;
  state: DeliveryState;
  /** The provider's code of what went wrong. */
  errorCode?: string;
  /** Of a code: the session that it was sent for. */
  sessionId?: string;
  /** Of a code: its session was verified. */
  isVerified?: boolean;
  /** Of a code: what the guard has counted, and of which country. */
  guard?: string;
  country?: string;
  /** What the site said of it. */
  feedback?: 'genuine' | 'fraud';
}

/**
 * In the order in which one outweighs another, whatever order they are told in. `blocked`: the provider or a carrier
 * kept it back.
 */
export const DELIVERY_STATES = [
  'pending',
  'sent',
  'not_delivered',
  'blocked',
  'delivered',
] as const;
export type DeliveryState = (typeof DELIVERY_STATES)[number];

export const EMPTY_RECORD: PhoneRecord = {
  lastSend: 0,
  sendsMs: [],
  failuresMs: [],
  sessions: {},
  requests: {},
  redeemed: {},
  messagesMs: [],
  messages: {},
};

const DAY_MS = 86_400_000;
/** NIST SP 800-63B-4 and OWASP ASVS 6.5.5: an out-of-band code lives ten minutes at the most. */
export const CODE_LIFETIME_MS = 600_000;
/** For so long a repeated `Idempotency-Key` gets the first answer again. */
export const IDEMPOTENCY_MS = 86_400_000;
/** A send's cooldown grows with the sends of the hour before it. */
const COOLDOWN_MEMORY_MS = 3_600_000;
/** After this, a send or verification in progress counts as interrupted: the provider's timeout is 8 s. */
export const ABANDONED_MS = 30_000;
/** A provider tries for two days (Mitto's default validity), and an operator asks the day after. */
const MESSAGE_MEMORY_MS = 3 * 86_400_000;
/** A number is known for this long after it was last verified. */
const KNOWN_MS = 400 * 86_400_000;
/** A session is kept a little longer than its code, so that a late call gets `session_used` and not an unknown session. */
const SESSION_GRACE_MS = 60_000;

/**
 * What another record knows of the same phone. Records are named by a keyed hash, so a rotation of the secret starts
 * new ones; until the last thing that counts in the old one has lapsed, both are looked at.
 */
export interface PhoneHistory {
  sendsMs: readonly number[];
  failuresMs: readonly number[];
  messagesMs: readonly number[];
  known?: PhoneRecord['known'];
  /** The send that came with the former `Idempotency-Key`. */
  keyed?: IdempotencyRecord | undefined;
}

/** A record after a command, and what was decided. */
export type Transition<Decision> = { ledger: PhoneRecord; decision: Decision };

/** The history that this record passes to another one of the same phone. */
export function exportHistory(ledger: PhoneRecord, formerKey: string | undefined): PhoneHistory {
  const { sendsMs, failuresMs, messagesMs, known } = ledger;
  return {
    ...(known ? { known } : {}),
    sendsMs,
    failuresMs,
    messagesMs,
    keyed: formerKey === undefined ? undefined : ledger.requests[formerKey],
  };
}

/** The record with what another one counted, for looking at limits; never to be stored. */
export function mergeHistory(ledger: PhoneRecord, carried: PhoneHistory | undefined): PhoneRecord {
  if (!carried) return ledger;
  const merge = (own: readonly number[], other: readonly number[]) =>
    [...own, ...other].sort((a, b) => a - b);
  return {
    ...ledger,
    sendsMs: merge(ledger.sendsMs, carried.sendsMs),
    failuresMs: merge(ledger.failuresMs, carried.failuresMs),
    messagesMs: merge(ledger.messagesMs, carried.messagesMs),
  };
}

/** Drops entries that no limit needs, so that a phone's record is bounded and expires by itself. */
export function prune(ledger: PhoneRecord, policies: PhonePolicies, nowMs: number): PhoneRecord {
  const sendMemoryMs = sendMemory(policies);
  const failureMemoryMs = failureMemory(policies);
  const { known, ...rest } = ledger;
  return {
    ...rest,
    ...(known && known.lastMs + KNOWN_MS > nowMs ? { known } : {}),
    sendsMs: ledger.sendsMs.filter((atMs) => atMs + sendMemoryMs > nowMs),
    failuresMs: ledger.failuresMs.filter((atMs) => atMs + failureMemoryMs > nowMs),
    sessions: keep(ledger.sessions, (session) => sessionLapsesAtMs(session) > nowMs),
    requests: keep(ledger.requests, (request) => request.startedAtMs + IDEMPOTENCY_MS > nowMs),
    redeemed: keep(ledger.redeemed, (expiresAtMs) => expiresAtMs > nowMs),
    messagesMs: ledger.messagesMs.filter((atMs) => atMs + messageMemory(policies) > nowMs),
    messages: keep(ledger.messages, ({ sentAtMs }) => sentAtMs + MESSAGE_MEMORY_MS > nowMs),
  };
}

/**
 * When the last entry of the record will have lapsed, but for what is known of the number: that lives on by itself, and
 * its end is told once everything else has gone. `undefined` for an empty record.
 */
export function expiresAtMs(ledger: PhoneRecord, policies: PhonePolicies): number | undefined {
  const lapses = [
    ...ledger.sendsMs.map((atMs) => atMs + sendMemory(policies)),
    ...ledger.failuresMs.map((atMs) => atMs + failureMemory(policies)),
    ...Object.values(ledger.sessions).map(sessionLapsesAtMs),
    ...Object.values(ledger.requests).map(({ startedAtMs }) => startedAtMs + IDEMPOTENCY_MS),
    ...Object.values(ledger.redeemed),
    ...ledger.messagesMs.map((atMs) => atMs + messageMemory(policies)),
    ...Object.values(ledger.messages).map(({ sentAtMs }) => sentAtMs + MESSAGE_MEMORY_MS),
  ];
  if (lapses.length > 0) return Math.max(...lapses);
  return ledger.known && ledger.known.lastMs + KNOWN_MS;
}

/** The record of a number that was verified just now. */
export function withVerifiedNow(ledger: PhoneRecord, nowMs: number): PhoneRecord {
  const dayMs = Math.floor(nowMs / DAY_MS) * DAY_MS;
  return { ...ledger, known: { firstMs: ledger.known?.firstMs ?? dayMs, lastMs: dayMs } };
}

/** The code ends sharp; the record of a verified session lives on for as long as its proof can be renewed. */
function sessionLapsesAtMs({ expiresAtMs, verification }: PhoneSession): number {
  return Math.max(expiresAtMs, verification?.renewableUntilMs ?? 0) + SESSION_GRACE_MS;
}

/** The longest of all that a next send has to wait for. */
export function nextSendInMs(ledger: PhoneRecord, policies: PhonePolicies, nowMs: number): number {
  return Math.max(
    cooldownMs(ledger, policies, nowMs),
    waitForAllMs(policies.sends, ledger.sendsMs, nowMs),
    waitForAllMs(policies.failures, ledger.failuresMs, nowMs),
  );
}

function cooldownMs(
  { sendsMs }: PhoneRecord,
  { cooldownSeconds }: PhonePolicies,
  nowMs: number,
): number {
  const last = sendsMs.at(-1);
  if (last === undefined) return 0;
  // Counted back from the last send and not from now, so that an announced wait stays correct.
  const recent = sendsMs.filter((atMs) => atMs + COOLDOWN_MEMORY_MS > last);
  const seconds = cooldownSeconds[recent.length - 1] ?? cooldownSeconds.at(-1) ?? 0;
  return Math.max(0, last + seconds * 1000 - nowMs);
}

function sendMemory({ sends, cooldownSeconds, memoryMs }: PhonePolicies): number {
  const longestCooldownMs = Math.max(0, ...cooldownSeconds) * 1000;
  const windowMs = memoryMs?.sends ?? longestWindowMs(sends);
  return Math.max(windowMs, COOLDOWN_MEMORY_MS + longestCooldownMs);
}

function messageMemory({ messages = [] }: PhonePolicies): number {
  return longestWindowMs(messages);
}

function failureMemory({ failures, memoryMs }: PhonePolicies): number {
  return memoryMs?.failures ?? longestWindowMs(failures);
}

function keep<Entry>(
  entries: Readonly<Record<string, Entry>>,
  isLive: (entry: Entry) => boolean,
): Record<string, Entry> {
  return Object.fromEntries(Object.entries(entries).filter(([, entry]) => isLive(entry)));
}
