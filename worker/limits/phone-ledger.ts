/**
 * What must be exact about one phone number, as pure transitions of one small record: when it was sent codes, how
 * many wrong ones were tried, which sessions are open, which proofs were redeemed.
 *
 * Every attempt is counted before it is evaluated, so that no interleaving can try more than it may. The record
 * belongs to the number, not to a session or an address: nothing a stranger or a resend does resets it
 * (NIST SP 800-63B-4, 3.1.3.2; RFC 4226, 7.3). It holds keyed hashes and times, never a number or a code.
 */
import { longestWindowMs, type Policy } from './policy.ts';
import { waitForAllMs } from './sliding-window.ts';

/** The limits of a phone, from the settings. */
export interface PhonePolicies {
  sends: readonly Policy[];
  failures: readonly Policy[];
  /** Seconds between sends: before the second, the third, …; the last value goes on. */
  cooldownSeconds: readonly number[];
  /** Codes that a session may try, over all its resends. */
  codesPerSession: number;
}

interface Session {
  /** Counts every code that was tried, whatever came of it. */
  attempts: number;
  phase: 'open' | 'verified' | 'cancelled';
  /** The number of the send whose code counts. An older one is dead. */
  send: number;
  expiresAtMs: number;
  /** Which check verified it, so that the same word said twice is heard once. */
  verifiedBy?: string;
  /** Codes that are being evaluated right now: keyed hash and start. */
  checking: { codeHash: string; startedAtMs: number }[];
}

/** A send that carried an `Idempotency-Key`. */
interface KeyedRequest {
  /** Keyed hash of the body. */
  fingerprint: string;
  startedAtMs: number;
  /** Sealed by the Worker. Absent while the send is under way. */
  answer?: string;
}

export interface PhoneLedger {
  /** Counts up over the phone's sends; names each. */
  lastSend: number;
  sendsMs: readonly number[];
  failuresMs: readonly number[];
  sessions: Readonly<Record<string, Session>>;
  requests: Readonly<Record<string, KeyedRequest>>;
  /** Ids of redeemed proofs, until they expire. */
  redeemed: Readonly<Record<string, number>>;
}

export const EMPTY_LEDGER: PhoneLedger = {
  lastSend: 0,
  sendsMs: [],
  failuresMs: [],
  sessions: {},
  requests: {},
  redeemed: {},
};

/** NIST SP 800-63B-4 and OWASP ASVS 6.5.5: an out-of-band code lives ten minutes at the most. */
export const CODE_LIFETIME_MS = 600_000;
/** For so long a repeated `Idempotency-Key` gets the first answer again. */
export const IDEMPOTENCY_MS = 86_400_000;
/** A send's cooldown grows with the sends of the hour before it. */
const COOLDOWN_MEMORY_MS = 3_600_000;
/** Past this, whoever was sending or checking is gone: the provider's deadline is 8 s. */
const ABANDONED_MS = 30_000;
/** A session is remembered a little past its code, so that a late call is told that it is used, not unknown. */
const SESSION_GRACE_MS = 60_000;

export interface SendRequest {
  sessionId: string;
  /** For another code in an open session: the send that the caller's session stands for. */
  resendOf?: number | undefined;
  idempotency?: Idempotency | undefined;
}

/** An `Idempotency-Key` and the body it came with, as keyed hashes. */
export interface Idempotency {
  key: string;
  fingerprint: string;
  /** The same two under the previous keys, during a rotation of the secret. */
  former?: { key: string; fingerprint: string } | undefined;
}

/**
 * What another record knows of the same phone. Records are named by a keyed hash, so a rotation of the secret starts
 * new ones; until the last thing that counts in the old one has lapsed, both are looked at.
 */
export interface PhoneHistory {
  sendsMs: readonly number[];
  failuresMs: readonly number[];
  /** The send that came with the former `Idempotency-Key`. */
  keyed?: KeyedRequest | undefined;
}

export type SendDecision =
  | { kind: 'granted'; send: number; resendInMs: number }
  | { kind: 'replayed'; answer: string }
  /** The same key is being served; or was, and nobody knows what came of it. */
  | { kind: 'in_progress' | 'key_reused' }
  | { kind: 'abandoned' }
  | { kind: 'cooldown' | 'send_limit' | 'failure_limit'; waitMs: number }
  | { kind: 'attempts_exhausted'; waitMs: number }
  | { kind: 'session_unknown' | 'session_verified' | 'session_cancelled' | 'session_superseded' };

/** What came of a send that was granted. `not_sent`: it never left, so it does not count. */
export type SendOutcome = 'accepted' | 'not_accepted' | 'not_sent';

export type CheckDecision =
  | { kind: 'admitted'; attemptsLeft: number }
  | { kind: 'attempts_exhausted'; waitMs: number }
  | {
      kind:
        | 'in_progress'
        | 'session_unknown'
        | 'session_verified'
        | 'session_cancelled'
        | 'session_superseded';
    };

/** `not_evaluated`: the provider never said whether the code was right. */
export type CheckResult = 'right' | 'wrong' | 'not_evaluated';

export type CheckSettlement =
  | { kind: 'verified' }
  /** Another request of the same session was first. */
  | { kind: 'already_verified' }
  /** It was cancelled, or has lapsed, while the provider was asked. */
  | { kind: 'session_gone' }
  | { kind: 'wrong' | 'not_evaluated'; attemptsLeft: number; waitMs: number };

type Step<Decision> = { ledger: PhoneLedger; decision: Decision };

/** May this phone be sent a code now? A grant counts at once. */
export function grantSend(
  before: PhoneLedger,
  request: SendRequest,
  policies: PhonePolicies,
  nowMs: number,
  carried?: PhoneHistory,
): Step<SendDecision> {
  const ledger = forget(before, policies, nowMs);
  const refuse = (decision: SendDecision) => ({ ledger: before, decision });

  const repeated = repeatedRequest(ledger, request.idempotency, carried, nowMs);
  if (repeated) return refuse(repeated);

  const counted = withHistory(ledger, carried);
  const session = ledger.sessions[request.sessionId];
  if (request.resendOf !== undefined) {
    if (!session) return refuse({ kind: 'session_unknown' });
    if (session.phase === 'verified') return refuse({ kind: 'session_verified' });
    if (session.phase === 'cancelled') return refuse({ kind: 'session_cancelled' });
    if (request.resendOf < session.send) return refuse({ kind: 'session_superseded' });
    if (session.attempts >= policies.codesPerSession)
      return refuse({ kind: 'attempts_exhausted', waitMs: nextSendInMs(counted, policies, nowMs) });
  }

  const waitMs = nextSendInMs(counted, policies, nowMs);
  if (waitForAllMs(policies.failures, counted.failuresMs, nowMs) > 0)
    return refuse({ kind: 'failure_limit', waitMs });
  if (waitForAllMs(policies.sends, counted.sendsMs, nowMs) > 0)
    return refuse({ kind: 'send_limit', waitMs });
  if (waitMs > 0) return refuse({ kind: 'cooldown', waitMs });

  const send = ledger.lastSend + 1;
  const granted: PhoneLedger = {
    ...ledger,
    lastSend: send,
    sendsMs: [...ledger.sendsMs, nowMs],
    sessions:
      request.resendOf === undefined
        ? { ...ledger.sessions, [request.sessionId]: openSession(send, nowMs) }
        : ledger.sessions,
    requests: request.idempotency
      ? {
          ...ledger.requests,
          [request.idempotency.key]: {
            fingerprint: request.idempotency.fingerprint,
            startedAtMs: nowMs,
          },
        }
      : ledger.requests,
  };
  const resendInMs = nextSendInMs(withHistory(granted, carried), policies, nowMs);
  return { ledger: granted, decision: { kind: 'granted', send, resendInMs } };
}

/** What a repeated `Idempotency-Key` gets; `undefined` for one that comes for the first time. */
function repeatedRequest(
  ledger: PhoneLedger,
  idempotency: Idempotency | undefined,
  carried: PhoneHistory | undefined,
  nowMs: number,
): SendDecision | undefined {
  if (!idempotency) return undefined;
  const own = ledger.requests[idempotency.key];
  const keyed = own ?? carried?.keyed;
  if (!keyed) return undefined;
  const fingerprint = own ? idempotency.fingerprint : idempotency.former?.fingerprint;
  if (keyed.fingerprint !== fingerprint) return { kind: 'key_reused' };
  if (keyed.answer !== undefined) return { kind: 'replayed', answer: keyed.answer };
  const isAbandoned = nowMs - keyed.startedAtMs > ABANDONED_MS;
  return isAbandoned ? { kind: 'abandoned' } : { kind: 'in_progress' };
}

/** What this record has to tell another one of the same phone. */
export function historyOf(ledger: PhoneLedger, formerKey: string | undefined): PhoneHistory {
  const { sendsMs, failuresMs } = ledger;
  return {
    sendsMs,
    failuresMs,
    keyed: formerKey === undefined ? undefined : ledger.requests[formerKey],
  };
}

function withHistory(ledger: PhoneLedger, carried: PhoneHistory | undefined): PhoneLedger {
  if (!carried) return ledger;
  const merge = (own: readonly number[], other: readonly number[]) =>
    [...own, ...other].sort((a, b) => a - b);
  return {
    ...ledger,
    sendsMs: merge(ledger.sendsMs, carried.sendsMs),
    failuresMs: merge(ledger.failuresMs, carried.failuresMs),
  };
}

/** Takes note of what came of a granted send, and of the sealed answer for its `Idempotency-Key`. */
export function settleSend(
  ledger: PhoneLedger,
  settled: {
    request: SendRequest;
    send: number;
    grantedAtMs: number;
    outcome: SendOutcome;
    answer?: string | undefined;
  },
): PhoneLedger {
  const { request, send, outcome, answer } = settled;
  const { [request.sessionId]: session, ...otherSessions } = ledger.sessions;
  let { sessions, sendsMs, requests } = ledger;

  if (outcome === 'accepted' && session) {
    // Two sends may be settled in the wrong order: the later one counts.
    const renewed: Session = {
      ...session,
      send: Math.max(session.send, send),
      expiresAtMs: Math.max(session.expiresAtMs, settled.grantedAtMs + CODE_LIFETIME_MS),
    };
    sessions = { ...otherSessions, [request.sessionId]: renewed };
  }
  if (outcome !== 'accepted' && request.resendOf === undefined) sessions = otherSessions;
  if (outcome === 'not_sent') {
    const index = sendsMs.lastIndexOf(settled.grantedAtMs);
    sendsMs = sendsMs.filter((_, at) => at !== index);
  }
  if (request.idempotency) {
    const { [request.idempotency.key]: keyed, ...otherRequests } = requests;
    // A send that never left is no answer to remember: the same key may try again.
    if (outcome === 'not_sent') requests = otherRequests;
    else if (keyed && answer !== undefined)
      requests = { ...otherRequests, [request.idempotency.key]: { ...keyed, answer } };
  }
  return { ...ledger, sessions, sendsMs, requests };
}

/** May this code be evaluated? The attempt counts at once, and as a failure until it is known to be none. */
export function admitCheck(
  before: PhoneLedger,
  check: { sessionId: string; send: number; codeHash: string },
  policies: PhonePolicies,
  nowMs: number,
): Step<CheckDecision> {
  const ledger = forget(before, policies, nowMs);
  const session = ledger.sessions[check.sessionId];
  const refuse = (decision: CheckDecision) => ({ ledger: before, decision });
  if (!session) return refuse({ kind: 'session_unknown' });
  if (session.phase === 'verified') return refuse({ kind: 'session_verified' });
  if (session.phase === 'cancelled') return refuse({ kind: 'session_cancelled' });
  if (check.send < session.send) return refuse({ kind: 'session_superseded' });

  const checking = session.checking.filter(
    ({ startedAtMs }) => nowMs - startedAtMs <= ABANDONED_MS,
  );
  if (session.attempts >= policies.codesPerSession) {
    // The outcome is open while a check is under way: one of them may yet be right.
    if (checking.length > 0) return refuse({ kind: 'in_progress' });
    return refuse({
      kind: 'attempts_exhausted',
      waitMs: nextSendInMs(ledger, policies, nowMs),
    });
  }

  const attempts = session.attempts + 1;
  const counted = (session: Session, failuresMs: readonly number[]): PhoneLedger => ({
    ...ledger,
    failuresMs,
    sessions: { ...ledger.sessions, [check.sessionId]: session },
  });
  // The same code twice at once is one gesture, or a race for two proofs: it counts, and is not evaluated again.
  if (checking.some(({ codeHash }) => codeHash === check.codeHash)) {
    return {
      ledger: counted({ ...session, attempts, checking }, ledger.failuresMs),
      decision: { kind: 'in_progress' },
    };
  }
  const started = { codeHash: check.codeHash, startedAtMs: nowMs };
  return {
    ledger: counted({ ...session, attempts, checking: [...checking, started] }, [
      ...ledger.failuresMs,
      nowMs,
    ]),
    decision: { kind: 'admitted', attemptsLeft: policies.codesPerSession - attempts },
  };
}

/** Takes note of the provider's word on a code. Exactly one right code of a session is the one that verifies it. */
export function settleCheck(
  before: PhoneLedger,
  settled: { sessionId: string; codeHash: string; admittedAtMs: number; result: CheckResult },
  policies: PhonePolicies,
  nowMs: number,
): Step<CheckSettlement> {
  const { sessionId, codeHash, admittedAtMs, result } = settled;
  const ledger = forget(before, policies, nowMs);
  const session = ledger.sessions[sessionId];
  const check = `${admittedAtMs} ${codeHash}`;
  if (session?.verifiedBy === check) return { ledger, decision: { kind: 'verified' } };
  const index = ledger.failuresMs.lastIndexOf(admittedAtMs);
  const failuresMs =
    result === 'wrong' ? ledger.failuresMs : ledger.failuresMs.filter((_, at) => at !== index);
  // Cancelled, or forgotten: whatever the provider said, this session gives no proof any more.
  if (!session || session.phase === 'cancelled') {
    return { ledger: { ...ledger, failuresMs }, decision: { kind: 'session_gone' } };
  }

  const checking = session.checking.filter((open) => open.codeHash !== codeHash);
  const verifies = result === 'right' && session.phase === 'open';
  const after: PhoneLedger = {
    ...ledger,
    failuresMs,
    sessions: {
      ...ledger.sessions,
      [sessionId]: {
        ...session,
        checking,
        ...(verifies ? { phase: 'verified', verifiedBy: check } : {}),
      },
    },
  };
  if (verifies) return { ledger: after, decision: { kind: 'verified' } };
  if (session.phase === 'verified')
    return { ledger: after, decision: { kind: 'already_verified' } };
  return {
    ledger: after,
    decision: {
      kind: result === 'wrong' ? 'wrong' : 'not_evaluated',
      attemptsLeft: Math.max(0, policies.codesPerSession - session.attempts),
      waitMs: nextSendInMs(after, policies, nowMs),
    },
  };
}

/** Ends an open session. A session that has given its proof stays as it is. */
export function cancelSession(
  ledger: PhoneLedger,
  sessionId: string,
): Step<{ kind: 'cancelled' | 'already_cancelled' | 'session_verified' | 'session_unknown' }> {
  const session = ledger.sessions[sessionId];
  if (!session) return { ledger, decision: { kind: 'session_unknown' } };
  if (session.phase === 'verified') return { ledger, decision: { kind: 'session_verified' } };
  if (session.phase === 'cancelled') return { ledger, decision: { kind: 'already_cancelled' } };
  const cancelled: Session = { ...session, phase: 'cancelled' };
  return {
    ledger: { ...ledger, sessions: { ...ledger.sessions, [sessionId]: cancelled } },
    decision: { kind: 'cancelled' },
  };
}

/** A proof succeeds once. */
export function redeemProof(
  ledger: PhoneLedger,
  proof: { id: string; expiresAtMs: number },
): Step<{ kind: 'redeemed' | 'already_redeemed' }> {
  if (Object.hasOwn(ledger.redeemed, proof.id))
    return { ledger, decision: { kind: 'already_redeemed' } };
  return {
    ledger: { ...ledger, redeemed: { ...ledger.redeemed, [proof.id]: proof.expiresAtMs } },
    decision: { kind: 'redeemed' },
  };
}

/** Drops what no limit looks at any more, so that a phone's record is bounded and ends by itself. */
export function forget(ledger: PhoneLedger, policies: PhonePolicies, nowMs: number): PhoneLedger {
  const sendMemoryMs = sendMemory(policies);
  const failureMemoryMs = longestWindowMs(policies.failures);
  return {
    ...ledger,
    sendsMs: ledger.sendsMs.filter((atMs) => atMs + sendMemoryMs > nowMs),
    failuresMs: ledger.failuresMs.filter((atMs) => atMs + failureMemoryMs > nowMs),
    sessions: keep(ledger.sessions, (session) => session.expiresAtMs + SESSION_GRACE_MS > nowMs),
    requests: keep(ledger.requests, (request) => request.startedAtMs + IDEMPOTENCY_MS > nowMs),
    redeemed: keep(ledger.redeemed, (expiresAtMs) => expiresAtMs > nowMs),
  };
}

/** When the last entry of the record will have lapsed; `undefined` for an empty one. */
export function lapsesAtMs(ledger: PhoneLedger, policies: PhonePolicies): number | undefined {
  const lapses = [
    ...ledger.sendsMs.map((atMs) => atMs + sendMemory(policies)),
    ...ledger.failuresMs.map((atMs) => atMs + longestWindowMs(policies.failures)),
    ...Object.values(ledger.sessions).map(({ expiresAtMs }) => expiresAtMs + SESSION_GRACE_MS),
    ...Object.values(ledger.requests).map(({ startedAtMs }) => startedAtMs + IDEMPOTENCY_MS),
    ...Object.values(ledger.redeemed),
  ];
  return lapses.length > 0 ? Math.max(...lapses) : undefined;
}

function openSession(send: number, nowMs: number): Session {
  return { attempts: 0, phase: 'open', send, expiresAtMs: nowMs + CODE_LIFETIME_MS, checking: [] };
}

function nextSendInMs(ledger: PhoneLedger, policies: PhonePolicies, nowMs: number): number {
  return Math.max(
    cooldownMs(ledger, policies, nowMs),
    waitForAllMs(policies.sends, ledger.sendsMs, nowMs),
    waitForAllMs(policies.failures, ledger.failuresMs, nowMs),
  );
}

function cooldownMs(
  { sendsMs }: PhoneLedger,
  { cooldownSeconds }: PhonePolicies,
  nowMs: number,
): number {
  const last = sendsMs.at(-1);
  if (last === undefined) return 0;
  // Counted back from the last send and not from now, so that a waiting time that was told stays true.
  const recent = sendsMs.filter((atMs) => atMs + COOLDOWN_MEMORY_MS > last);
  const seconds = cooldownSeconds[recent.length - 1] ?? cooldownSeconds.at(-1) ?? 0;
  return Math.max(0, last + seconds * 1000 - nowMs);
}

function sendMemory({ sends, cooldownSeconds }: PhonePolicies): number {
  const longestCooldownMs = Math.max(0, ...cooldownSeconds) * 1000;
  return Math.max(longestWindowMs(sends), COOLDOWN_MEMORY_MS + longestCooldownMs);
}

function keep<Entry>(
  entries: Readonly<Record<string, Entry>>,
  isLive: (entry: Entry) => boolean,
): Record<string, Entry> {
  return Object.fromEntries(Object.entries(entries).filter(([, entry]) => isLive(entry)));
}
