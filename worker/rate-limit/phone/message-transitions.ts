/**
 * The messages of a phone, as transitions of its record: custom ones are granted and counted like codes, with limits of
 * their own; what became of any of them is noted as the provider tells it.
 */

import { waitForAllMs } from '../sliding-window.ts';
import {
  type Idempotency,
  type ReplayResult,
  replayResult,
  type SendOutcome,
  withAnswer,
  withRequest,
} from './idempotency.ts';
import {
  DELIVERY_STATES,
  type DeliveryState,
  mergeHistory,
  type PhoneHistory,
  type PhoneMessage,
  type PhonePolicies,
  type PhoneRecord,
  prune,
  type Transition,
} from './phone-record.ts';

/** A message that the provider took, under our reference. */
export interface NamedMessage
  extends Omit<PhoneMessage, 'state' | 'errorCode' | 'sessionId' | 'isVerified' | 'feedback'> {
  reference: string;
}

/** Past this the oldest are forgotten, however the limits are set. */
const MAX_MESSAGES = 100;

export interface MessageRequest {
  idempotency?: Idempotency | undefined;
}

export type MessageDecision =
  | { kind: 'granted' }
  | ReplayResult
  | { kind: 'send_limit'; waitMs: number };

/** May this phone be sent a custom message now? A grant counts at once. */
export function grantMessage(
  before: PhoneRecord,
  { idempotency }: MessageRequest,
  policies: PhonePolicies,
  nowMs: number,
  carried?: PhoneHistory,
): Transition<MessageDecision> {
  const ledger = prune(before, policies, nowMs);
  const repeated = replayResult(ledger, idempotency, carried, nowMs);
  if (repeated) return { ledger: before, decision: repeated };
  const { messagesMs } = mergeHistory(ledger, carried);
  const waitMs = waitForAllMs(policies.messages ?? [], messagesMs, nowMs);
  if (waitMs > 0) return { ledger: before, decision: { kind: 'send_limit', waitMs } };
  return {
    ledger: {
      ...ledger,
      messagesMs: [...ledger.messagesMs, nowMs],
      requests: withRequest(ledger.requests, idempotency, nowMs),
    },
    decision: { kind: 'granted' },
  };
}

/** Takes note of what came of a granted message, and of the sealed answer for its `Idempotency-Key`. */
export function settleMessage(
  ledger: PhoneRecord,
  settled: {
    request: MessageRequest;
    grantedAtMs: number;
    outcome: SendOutcome;
    answer?: string | undefined;
    message?: NamedMessage | undefined;
  },
): PhoneRecord {
  const { outcome, answer } = settled;
  let { messagesMs } = ledger;
  if (outcome === 'not_sent') {
    const index = messagesMs.lastIndexOf(settled.grantedAtMs);
    messagesMs = messagesMs.filter((_, at) => at !== index);
  }
  const requests = withAnswer(ledger.requests, settled.request.idempotency, outcome, answer);
  const after: PhoneRecord = { ...ledger, messagesMs, requests };
  return outcome === 'accepted' ? noteMessage(after, settled.message) : after;
}

/** Remembers a message that was taken. A report of it may have come before. */
export function noteMessage(
  ledger: PhoneRecord,
  message: NamedMessage | undefined,
  sessionId?: string,
): PhoneRecord {
  if (!message) return ledger;
  const { reference, ...known } = message;
  const reported = ledger.messages[reference];
  const noted: PhoneMessage = {
    ...known,
    state: reported?.state ?? 'pending',
    ...(reported?.errorCode === undefined ? {} : { errorCode: reported.errorCode }),
    ...(sessionId === undefined ? {} : { sessionId }),
  };
  return { ...ledger, messages: newest({ ...ledger.messages, [reference]: noted }) };
}

/** A provider's delivery report, identified by our reference or the provider's id. */
export interface DeliveryReport {
  connector: string;
  reference?: string | undefined;
  providerId?: string | undefined;
  state: DeliveryState;
  errorCode?: string | undefined;
  /**
   * The reference stood in a URL that only the provider knows, so it is believed even before the message is noted: the
   * report may be faster than the answer.
   */
  isCertain: boolean;
}

export type ReportDecision =
  /** `undelivered`: what the guard has counted of a code, of which it is known from now on that it did not arrive. */
  { kind: 'noted'; undelivered?: GuardedSend | undefined } | { kind: 'unknown_message' };

/** What the guard knows a send by. */
export interface GuardedSend {
  guard: string;
  country: string;
}

/** Reports come twice, late and in any order: of two states the weightier one stays. */
export function reportDelivery(
  before: PhoneRecord,
  report: DeliveryReport,
  policies: PhonePolicies,
  nowMs: number,
): Transition<ReportDecision> {
  const ledger = prune(before, policies, nowMs);
  const reference = referenceOf(ledger, report);
  if (reference === undefined) return { ledger: before, decision: { kind: 'unknown_message' } };
  const known = ledger.messages[reference] ?? {
    connector: report.connector,
    channel: '',
    providerId: report.providerId ?? '',
    sentAtMs: nowMs,
    state: 'pending',
  };
  const isNews = weight(report.state) > weight(known.state);
  if (!isNews && ledger.messages[reference]) return { ledger: before, decision: { kind: 'noted' } };
  const { errorCode: _former, ...rest } = known;
  const noted: PhoneMessage = {
    ...rest,
    state: isNews ? report.state : known.state,
    ...(report.errorCode === undefined ? {} : { errorCode: report.errorCode }),
  };
  return {
    ledger: { ...ledger, messages: newest({ ...ledger.messages, [reference]: noted }) },
    decision: {
      kind: 'noted',
      undelivered: isNews && hasFailed(noted) && !hasFailed(known) ? guardedOf(noted) : undefined,
    },
  };
}

export type FeedbackDecision =
  /** `sent`: what the guard has counted. */
  | { kind: 'noted'; sent: GuardedSend | undefined }
  /** It was said before, or there is nothing that it could be of. */
  | { kind: 'known' | 'unknown_session' };

/** What a site says of a session, once. */
export function noteFeedback(
  ledger: PhoneRecord,
  sessionId: string,
  outcome: NonNullable<PhoneMessage['feedback']>,
): Transition<FeedbackDecision> {
  const [reference, message] =
    Object.entries(ledger.messages).findLast(([, known]) => known.sessionId === sessionId) ?? [];
  if (reference === undefined || !message) return { ledger, decision: { kind: 'unknown_session' } };
  if (message.feedback === outcome) return { ledger, decision: { kind: 'known' } };
  const noted: PhoneMessage = { ...message, feedback: outcome };
  return {
    ledger: { ...ledger, messages: { ...ledger.messages, [reference]: noted } },
    decision: { kind: 'noted', sent: guardedOf(noted) },
  };
}

function guardedOf({ guard, country }: PhoneMessage): GuardedSend | undefined {
  return guard === undefined || country === undefined ? undefined : { guard, country };
}

/** What became of the newest message of a session; `undefined` where none is known. */
export function deliveryOf(ledger: PhoneRecord, sessionId: string): DeliveryState | undefined {
  return newestOf(ledger, sessionId)?.state;
}

/**
 * Whether the phone's last send is known to have come to nothing, by the report of its provider, and this is a way that
 * has not failed in its session. The cooldown is there so that nobody is sent one message after the other; this one nobody
 * got. Only the session that it was for may go on with it: a report of one session says nothing of what another has sent
 * since. And each way is free once: a call that nobody answered has rung, and must not ring again at once because a text
 * message failed in between.
 */
export function hasFailedOtherwise(
  ledger: PhoneRecord,
  { sessionId, channel }: { sessionId: string; channel: string },
): boolean {
  const last = newestOf(ledger, sessionId);
  if (!last || last.sentAtMs !== ledger.sendsMs.at(-1) || !hasFailed(last)) return false;
  return !Object.values(ledger.messages).some(
    (message) =>
      message.sessionId === sessionId && message.channel === channel && hasFailed(message),
  );
}

function hasFailed({ state }: PhoneMessage): boolean {
  return state === 'not_delivered' || state === 'blocked';
}

function newestOf({ messages }: PhoneRecord, sessionId: string): PhoneMessage | undefined {
  // Of two in one millisecond the one that was noted later.
  return Object.values(messages)
    .filter((message) => message.sessionId === sessionId)
    .reverse()
    .sort((a, b) => b.sentAtMs - a.sentAtMs)[0];
}

function referenceOf({ messages }: PhoneRecord, report: DeliveryReport): string | undefined {
  const { reference, providerId, connector } = report;
  if (reference !== undefined && (report.isCertain || Object.hasOwn(messages, reference)))
    return reference;
  if (providerId === undefined) return undefined;
  return Object.entries(messages).find(
    ([, message]) => message.providerId === providerId && message.connector === connector,
  )?.[0];
}

function weight(state: DeliveryState): number {
  return DELIVERY_STATES.indexOf(state);
}

function newest(messages: Record<string, PhoneMessage>): Record<string, PhoneMessage> {
  const entries = Object.entries(messages);
  if (entries.length <= MAX_MESSAGES) return messages;
  return Object.fromEntries(
    entries.sort(([, a], [, b]) => b.sentAtMs - a.sentAtMs).slice(0, MAX_MESSAGES),
  );
}
