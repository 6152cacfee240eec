/**
 * The object of one phone number: keeps its ledger and runs each transition in one go.
 *
 * Its methods await nothing, so no other request can come between reading and writing. The same object with one
 * foreign `await` inside would admit every one of 200 parallel guesses.
 */

import type { ObjectStorage } from '../object-storage.ts';
import type { SendOutcome } from './idempotency.ts';
import {
  type DeliveryReport,
  deliveryOf,
  grantMessage,
  type MessageDecision,
  type MessageRequest,
  type NamedMessage,
  noteFeedback,
  reportDelivery,
  settleMessage,
} from './message-transitions.ts';
import {
  type DeliveryState,
  EMPTY_RECORD,
  expiresAtMs,
  exportHistory,
  type PhoneHistory,
  type PhoneMessage,
  type PhonePolicies,
  type PhoneRecord,
  prune,
} from './phone-record.ts';
import { type RenewalDecision, renewProof, repeatCode } from './renew-transitions.ts';
import { grantSend, type SendDecision, type SendRequest, settleSend } from './send-transitions.ts';
import {
  admitCheck,
  type CheckDecision,
  type CheckResult,
  type CheckSettlement,
  cancelSession,
  redeemProof,
  settleCheck,
} from './verify-transitions.ts';

const LEDGER = 'ledger';
/** With the ledger, so that the alarm knows how long things count without asking anybody. */
const POLICIES = 'policies';

/** What `grantSend` was given and decided: enough to settle it, through the ticket or without. */
export interface SendGrant {
  request: SendRequest;
  send: number;
  grantedAtMs: number;
}

/** What is written down of a send besides its outcome. */
export interface WrittenSend {
  /** Sealed: what a repeated `Idempotency-Key` gets. */
  answer?: string;
  /** Keyed hash of the code, if self-issued. */
  codeHash?: string | undefined;
  /** What the provider took. */
  message?: NamedMessage | undefined;
}

export interface CheckAdmission {
  sessionId: string;
  send: number;
  codeHash: string;
  admittedAtMs: number;
  policies: PhonePolicies;
}

/** Settles a send within the call that granted it: one billed request instead of two. */
export type SettleSend = (outcome: SendOutcome, written?: WrittenSend) => void;
/** Settles a check within the call that admitted it. */
export type SettleCheck = (result: CheckResult, nowMs: number, keysId: string) => CheckSettlement;

export class PhoneGate {
  readonly #storage: ObjectStorage;

  constructor(storage: ObjectStorage) {
    this.#storage = storage;
  }

  /** @returns with a grant, the way to settle it: a ticket, as long as the object lives */
  grantSend(
    request: SendRequest,
    policies: PhonePolicies,
    nowMs: number,
    carried?: PhoneHistory,
  ): { decision: SendDecision; settle?: SettleSend } {
    const { ledger, decision } = grantSend(this.#read(), request, policies, nowMs, carried);
    if (decision.kind !== 'granted') return { decision };
    this.#write(ledger, policies);
    const grant = { request, send: decision.send, grantedAtMs: nowMs };
    return { decision, settle: (outcome, written) => this.settleSend(grant, outcome, written) };
  }

  settleSend(grant: SendGrant, outcome: SendOutcome, written?: WrittenSend): void {
    const ledger = settleSend(this.#read(), { ...grant, outcome, ...written });
    // A number that was refused before anything was sent leaves nothing behind.
    if (expiresAtMs(ledger, this.#policies()) === undefined) void this.#storage.deleteAll();
    else this.#write(ledger);
  }

  admitCheck(
    check: { sessionId: string; send: number; codeHash: string },
    policies: PhonePolicies,
    nowMs: number,
  ): { decision: CheckDecision; settle?: SettleCheck } {
    const before = this.#read();
    const { ledger, decision } = admitCheck(before, check, policies, nowMs);
    if (ledger !== before) this.#write(ledger, policies);
    if (decision.kind !== 'admitted') return { decision };
    const admission = { ...check, admittedAtMs: nowMs, policies };
    return {
      decision,
      settle: (result, settledAtMs, keysId) =>
        this.settleCheck(admission, result, settledAtMs, keysId),
    };
  }

  /** @param keysId names the keys that the `sub` of the session's proofs is derived with */
  settleCheck(
    admission: CheckAdmission,
    result: CheckResult,
    nowMs: number,
    keysId: string,
  ): CheckSettlement {
    const { ledger, decision } = settleCheck(
      this.#read(),
      { ...admission, result, keysId },
      admission.policies,
      nowMs,
    );
    this.#write(ledger);
    return decision;
  }

  /** Another proof for a verified session; with `codeHash` for the same code again. */
  renew(
    session: { sessionId: string; send: number; codeHash?: string },
    policies: PhonePolicies,
    nowMs: number,
  ): RenewalDecision | { kind: 'code_wrong' } {
    const before = this.#read();
    const { codeHash } = session;
    if (codeHash === undefined) return renewProof(before, session, policies, nowMs);
    const { ledger, decision } = repeatCode(before, { ...session, codeHash }, policies, nowMs);
    if (ledger !== before) this.#write(ledger);
    return decision;
  }

  history(formerKey?: string): PhoneHistory {
    return exportHistory(this.#read(), formerKey);
  }

  cancel(sessionId: string): ReturnType<typeof cancelSession>['decision'] {
    const before = this.#read();
    const { ledger, decision } = cancelSession(before, sessionId);
    if (ledger !== before) this.#write(ledger);
    return decision;
  }

  redeem(proof: { id: string; expiresAtMs: number }): ReturnType<typeof redeemProof>['decision'] {
    const { ledger, decision } = redeemProof(this.#read(), proof);
    if (decision.kind === 'redeemed') this.#write(ledger);
    return decision;
  }

  grantMessage(
    request: MessageRequest,
    policies: PhonePolicies,
    nowMs: number,
    carried?: PhoneHistory,
  ): MessageDecision {
    const { ledger, decision } = grantMessage(this.#read(), request, policies, nowMs, carried);
    if (decision.kind === 'granted') this.#write(ledger, policies);
    return decision;
  }

  settleMessage(
    grant: { request: MessageRequest; grantedAtMs: number },
    outcome: SendOutcome,
    written?: WrittenSend,
  ): void {
    this.#write(settleMessage(this.#read(), { ...grant, outcome, ...written }));
  }

  report(
    report: DeliveryReport,
    policies: PhonePolicies,
    nowMs: number,
  ): ReturnType<typeof reportDelivery>['decision'] {
    const before = this.#read();
    const { ledger, decision } = reportDelivery(before, report, policies, nowMs);
    if (ledger !== before) this.#write(ledger);
    return decision;
  }

  feedback(
    sessionId: string,
    outcome: NonNullable<PhoneMessage['feedback']>,
  ): ReturnType<typeof noteFeedback>['decision'] {
    const { ledger, decision } = noteFeedback(this.#read(), sessionId, outcome);
    if (decision.kind === 'noted') this.#write(ledger);
    return decision;
  }

  /** What became of the newest message of a session. */
  delivery(sessionId: string): DeliveryState | null {
    return deliveryOf(this.#read(), sessionId) ?? null;
  }

  /** Every message that is remembered, by our reference. */
  messages(): PhoneRecord['messages'] {
    return this.#read().messages;
  }

  alarm(nowMs: number): void {
    const ledger = prune(this.#read(), this.#policies(), nowMs);
    if (expiresAtMs(ledger, this.#policies()) === undefined) void this.#storage.deleteAll();
    else this.#write(ledger);
  }

  #read(): PhoneRecord {
    // A record of an earlier version may lack a field.
    return { ...EMPTY_RECORD, ...this.#storage.kv.get<PhoneRecord>(LEDGER) };
  }

  #policies(): PhonePolicies {
    const none = { sends: [], failures: [], cooldownSeconds: [], codesPerSession: 0 };
    return this.#storage.kv.get<PhonePolicies>(POLICIES) ?? none;
  }

  #write(ledger: PhoneRecord, policies?: PhonePolicies): void {
    if (policies) this.#storage.kv.put(POLICIES, policies);
    this.#storage.kv.put(LEDGER, ledger);
    const lapses = expiresAtMs(ledger, policies ?? this.#policies());
    // The output gate holds the response until the alarm is stored, like every other write.
    if (lapses !== undefined) void this.#storage.setAlarm(lapses);
  }
}
