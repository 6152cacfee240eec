import type { SendOutcome } from '../../../worker/rate-limit/phone/idempotency.ts';
import type { PhonePolicies } from '../../../worker/rate-limit/phone/phone-record.ts';
import type {
  SendDecision,
  SendRequest,
} from '../../../worker/rate-limit/phone/send-transitions.ts';
import type {
  CheckDecision,
  CheckResult,
  CheckSettlement,
} from '../../../worker/rate-limit/phone/verify-transitions.ts';
import { type Admitted, DAY, type Granted, HOUR, MINUTE, SECOND, START } from './phone.ts';

/**
 * What is promised, written as plainly as can be: everything that ever happened is kept, and each question is
 * answered by counting. It knows nothing of how the ledger remembers and forgets.
 */
export class ReferenceModel {
  readonly sends: { atMs: number; send: number; counts: boolean }[] = [];
  readonly tries: { atMs: number; counts: boolean }[] = [];
  readonly sessions = new Map<string, PlainSession>();
  readonly keys = new Map<string, { fingerprint: string; atMs: number; answer?: string }>();
  readonly redeemed = new Map<string, number>();
  readonly policies: PhonePolicies;
  firstVerifiedMs: number | undefined;
  nowMs = START;

  constructor(policies: PhonePolicies) {
    this.policies = policies;
  }

  session(id: string): PlainSession | undefined {
    const session = this.sessions.get(id);
    return session && session.expiresAtMs + MINUTE > this.nowMs ? session : undefined;
  }

  sendTimes(): number[] {
    return this.sends.filter(({ counts }) => counts).map(({ atMs }) => atMs);
  }

  failureTimes(): number[] {
    return this.tries.filter(({ counts }) => counts).map(({ atMs }) => atMs);
  }

  static full(eventsMs: number[], policies: PhonePolicies['sends'], atMs: number): boolean {
    return policies.some(
      ({ count, windowMs }) =>
        eventsMs.filter((eventMs) => eventMs > atMs - windowMs).length >= count,
    );
  }

  cooledDownAtMs(): number {
    const times = this.sendTimes();
    const last = times.at(-1);
    if (last === undefined) return 0;
    const nth = times.filter((atMs) => atMs > last - HOUR).length;
    const { cooldownSeconds } = this.policies;
    return last + (cooldownSeconds[Math.min(nth, cooldownSeconds.length) - 1] ?? 0) * SECOND;
  }

  whyNot(atMs: number): 'failure_limit' | 'send_limit' | 'cooldown' | undefined {
    const { failures, sends } = this.policies;
    if (ReferenceModel.full(this.failureTimes(), failures, atMs)) return 'failure_limit';
    if (ReferenceModel.full(this.sendTimes(), sends, atMs)) return 'send_limit';
    return atMs < this.cooledDownAtMs() ? 'cooldown' : undefined;
  }

  /** By trial: the first of all moments at which anything changes where a send fits. */
  nextSendInMs(): number {
    const { failures, sends } = this.policies;
    const moments = [
      this.nowMs,
      this.cooledDownAtMs(),
      ...this.failureTimes().flatMap((atMs) => failures.map(({ windowMs }) => atMs + windowMs)),
      ...this.sendTimes().flatMap((atMs) => sends.map(({ windowMs }) => atMs + windowMs)),
    ];
    const fitting = moments.filter((atMs) => atMs >= this.nowMs && !this.whyNot(atMs));
    return Math.min(...fitting) - this.nowMs;
  }

  ask({ sessionId, resendOf, idempotency }: SendRequest): SendDecision {
    const keyed = idempotency && this.keys.get(idempotency.key);
    if (keyed && keyed.atMs + DAY > this.nowMs) {
      if (keyed.fingerprint !== idempotency.fingerprint) return { kind: 'key_reused' };
      if (keyed.answer !== undefined) return { kind: 'replayed', answer: keyed.answer };
      return { kind: this.nowMs - keyed.atMs > 30 * SECOND ? 'abandoned' : 'in_progress' };
    }
    const session = this.session(sessionId);
    if (resendOf !== undefined) {
      if (!session) return { kind: 'session_unknown' };
      if (session.phase !== 'open') return { kind: `session_${session.phase}` };
      if (resendOf < session.send) return { kind: 'session_superseded' };
      if (session.attempts >= this.policies.codesPerSession)
        return { kind: 'attempts_exhausted', waitMs: this.nextSendInMs() };
    }
    const why = this.whyNot(this.nowMs);
    if (why) return { kind: why, waitMs: this.nextSendInMs() };

    const send = this.sends.length + 1;
    this.sends.push({ atMs: this.nowMs, send, counts: true });
    if (resendOf === undefined)
      this.sessions.set(sessionId, new PlainSession(send, this.nowMs + 10 * MINUTE));
    if (idempotency)
      this.keys.set(idempotency.key, { fingerprint: idempotency.fingerprint, atMs: this.nowMs });
    const isKnown = this.firstVerifiedMs !== undefined;
    return { kind: 'granted', send, resendInMs: this.nextSendInMs(), isKnown };
  }

  settleSend({ request, send, atMs }: Granted, outcome: SendOutcome, answer: string): void {
    const { sessionId, resendOf, idempotency } = request;
    const session = this.sessions.get(sessionId);
    if (outcome === 'accepted' && session) {
      session.send = Math.max(session.send, send);
      session.expiresAtMs = Math.max(session.expiresAtMs, atMs + 10 * MINUTE);
    }
    if (outcome !== 'accepted' && resendOf === undefined) this.sessions.delete(sessionId);
    const sent = this.sends[send - 1];
    if (outcome === 'not_sent' && sent) sent.counts = false;
    const keyed = idempotency && this.keys.get(idempotency.key);
    if (keyed && keyed.atMs === atMs) {
      if (outcome === 'not_sent') this.keys.delete(idempotency.key);
      else keyed.answer = answer;
    }
  }

  admit(sessionId: string, send: number, codeHash: string): CheckDecision {
    const session = this.session(sessionId);
    if (!session) return { kind: 'session_unknown' };
    if (session.phase !== 'open') return { kind: `session_${session.phase}` };
    if (send < session.send) return { kind: 'session_superseded' };
    if (session.expiresAtMs <= this.nowMs) return { kind: 'session_expired' };
    const underWay = [...session.checking].filter(([, atMs]) => this.nowMs - atMs <= 30 * SECOND);
    if (session.attempts >= this.policies.codesPerSession)
      return underWay.length > 0
        ? { kind: 'in_progress' }
        : { kind: 'attempts_exhausted', waitMs: this.nextSendInMs() };
    session.attempts += 1;
    // Who has been away for so long is given up: what it was counted for stays counted.
    for (const [hash] of session.checking)
      if (!underWay.some(([other]) => other === hash)) session.checking.delete(hash);
    if (underWay.some(([hash]) => hash === codeHash)) return { kind: 'in_progress' };
    session.checking.set(codeHash, this.nowMs);
    session.evaluated += 1;
    this.tries.push({ atMs: this.nowMs, counts: true });
    return { kind: 'admitted', attemptsLeft: this.policies.codesPerSession - session.attempts };
  }

  settleCheck(nth: number, check: Admitted, result: CheckResult): CheckSettlement {
    const tried = this.tries[nth];
    const session = this.session(check.sessionId);
    const isOpen = session?.checking.get(check.codeHash) === check.admittedAtMs;
    if (tried && isOpen && result !== 'wrong') tried.counts = false;
    if (isOpen) session?.checking.delete(check.codeHash);
    if (!session || session.phase === 'cancelled') return { kind: 'session_gone' };
    if (result === 'right' && session.phase === 'open') {
      session.phase = 'verified';
      this.firstVerifiedMs ??= Math.floor(this.nowMs / DAY) * DAY;
      return { kind: 'verified', firstVerifiedMs: this.firstVerifiedMs };
    }
    if (session.phase === 'verified') return { kind: 'already_verified' };
    const attemptsLeft = this.policies.codesPerSession - session.attempts;
    const kind = result === 'wrong' ? 'wrong' : 'not_evaluated';
    return { kind, attemptsLeft, waitMs: this.nextSendInMs() };
  }
}

class PlainSession {
  attempts = 0;
  evaluated = 0;
  phase: 'open' | 'verified' | 'cancelled' = 'open';
  readonly checking = new Map<string, number>();
  send: number;
  expiresAtMs: number;

  constructor(send: number, expiresAtMs: number) {
    this.send = send;
    this.expiresAtMs = expiresAtMs;
  }
}
