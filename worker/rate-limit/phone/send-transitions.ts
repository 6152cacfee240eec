/** The sends of a phone, as transitions of its record: granted and counted first, settled when it is known what came. */

import { waitForAllMs } from '../sliding-window.ts';
import {
  type Idempotency,
  type ReplayResult,
  replayResult,
  type SendOutcome,
  withAnswer,
  withRequest,
} from './idempotency.ts';
import { hasFailedOtherwise, type NamedMessage, noteMessage } from './message-transitions.ts';
import {
  CODE_LIFETIME_MS,
  mergeHistory,
  nextSendInMs,
  type PhoneHistory,
  type PhonePolicies,
  type PhoneRecord,
  type PhoneSession,
  prune,
  type Transition,
} from './phone-record.ts';

export interface SendRequest {
  sessionId: string;
  /** For a resend: the send that the caller's session token belongs to. */
  resendOf?: number | undefined;
  /** How it is to go. */
  channel?: string | undefined;
  idempotency?: Idempotency | undefined;
}

export type SendDecision =
  /** `isKnown`: the number was verified here before. */
  | { kind: 'granted'; send: number; resendInMs: number; isKnown: boolean }
  | ReplayResult
  | { kind: 'cooldown' | 'send_limit' | 'failure_limit'; waitMs: number }
  | { kind: 'attempts_exhausted'; waitMs: number }
  | { kind: 'session_unknown' | 'session_verified' | 'session_cancelled' | 'session_superseded' };

/** May this phone be sent a code now? A grant counts at once. */
export function grantSend(
  before: PhoneRecord,
  request: SendRequest,
  policies: PhonePolicies,
  nowMs: number,
  carried?: PhoneHistory,
): Transition<SendDecision> {
  const ledger = prune(before, policies, nowMs);
  const refuse = (decision: SendDecision) => ({ ledger: before, decision });

  const repeated = replayResult(ledger, request.idempotency, carried, nowMs);
  if (repeated) return refuse(repeated);

  const counted = mergeHistory(ledger, carried);
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
  if (waitMs > 0 && !mayGoAnotherWay(counted, request)) return refuse({ kind: 'cooldown', waitMs });

  const send = ledger.lastSend + 1;
  // During a rotation the number may be known under the other keys alone.
  const known = ledger.known ?? carried?.known;
  const granted: PhoneRecord = {
    ...ledger,
    ...(known ? { known } : {}),
    lastSend: send,
    sendsMs: [...ledger.sendsMs, nowMs],
    sessions:
      request.resendOf === undefined
        ? { ...ledger.sessions, [request.sessionId]: openSession(send, nowMs) }
        : ledger.sessions,
    requests: withRequest(ledger.requests, request.idempotency, nowMs),
  };
  const resendInMs = nextSendInMs(mergeHistory(granted, carried), policies, nowMs);
  const isKnown = known !== undefined;
  return { ledger: granted, decision: { kind: 'granted', send, resendInMs, isKnown } };
}

/** Only the cooldown gives way; how many messages there may be is seen to before. */
function mayGoAnotherWay(
  counted: PhoneRecord,
  { sessionId, resendOf, channel }: SendRequest,
): boolean {
  if (resendOf === undefined || channel === undefined) return false;
  return hasFailedOtherwise(counted, { sessionId, channel });
}

/** Takes note of what came of a granted send, and of the sealed answer for its `Idempotency-Key`. */
export function settleSend(
  ledger: PhoneRecord,
  settled: {
    request: SendRequest;
    send: number;
    grantedAtMs: number;
    outcome: SendOutcome;
    answer?: string | undefined;
    /** Keyed hash of the code, if self-issued. */
    codeHash?: string | undefined;
    message?: NamedMessage | undefined;
  },
): PhoneRecord {
  const { request, send, outcome, answer, codeHash } = settled;
  const { [request.sessionId]: session, ...otherSessions } = ledger.sessions;
  let { sessions, sendsMs } = ledger;

  if (outcome === 'accepted' && session) {
    // Two sends may be settled in the wrong order: the later one counts, and the code that went with it.
    const { codeHash: before, ...rest } = session;
    const counting = send >= session.send ? codeHash : before;
    const renewed: PhoneSession = {
      ...rest,
      send: Math.max(session.send, send),
      expiresAtMs: Math.max(session.expiresAtMs, settled.grantedAtMs + CODE_LIFETIME_MS),
      ...(counting === undefined ? {} : { codeHash: counting }),
    };
    sessions = { ...otherSessions, [request.sessionId]: renewed };
  }
  if (outcome !== 'accepted' && request.resendOf === undefined) sessions = otherSessions;
  if (outcome === 'not_sent') {
    const index = sendsMs.lastIndexOf(settled.grantedAtMs);
    sendsMs = sendsMs.filter((_, at) => at !== index);
  }
  const requests = withAnswer(ledger.requests, request.idempotency, outcome, answer);
  const after: PhoneRecord = { ...ledger, sessions, sendsMs, requests };
  return outcome === 'accepted' ? noteMessage(after, settled.message, request.sessionId) : after;
}

function openSession(send: number, nowMs: number): PhoneSession {
  return { attempts: 0, phase: 'open', send, expiresAtMs: nowMs + CODE_LIFETIME_MS, checking: [] };
}
