/**
 * What a phone may do, told as plainly as can be: lists of times, and loops over them. It is written from the
 * promises and shares no line with the ledger, so that an error would have to be made twice.
 */

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** The defaults: 3 sends in 10 minutes and 10 a day, and 10 wrong codes an hour. */
const SEND_WINDOWS = [
  { count: 3, lasts: 10 * MINUTE },
  { count: 10, lasts: DAY },
];
const FAILURE_WINDOW = { count: 10, lasts: HOUR };
const COOLDOWNS = [30, 60, 120, 300].map((seconds) => seconds * SECOND);
export const CODES_PER_SESSION = 5;
const CODE_LASTS = 600 * SECOND;
const RENEWED_FOR = 1_800 * SECOND;

export class PhoneModel {
  readonly sends: number[] = [];
  readonly failures: number[] = [];

  /** How long until this phone may get another code; 0 when it may now. */
  wait(now: number): number {
    return Math.max(
      this.#cooldown(now),
      ...SEND_WINDOWS.map((window) => roomIn(window, this.sends, now)),
      this.failureWait(now),
    );
  }

  failureWait(now: number): number {
    return roomIn(FAILURE_WINDOW, this.failures, now);
  }

  #cooldown(now: number): number {
    const last = this.sends.at(-1);
    if (last === undefined) return 0;
    const inTheHourBefore = this.sends.filter((at) => at > last - HOUR).length;
    const pause = COOLDOWNS[Math.min(inTheHourBefore, COOLDOWNS.length) - 1] ?? 0;
    return Math.max(0, last + pause - now);
  }
}

/** How long until fewer than `count` of the events lie in the window that ends then. */
function roomIn(
  { count, lasts }: { count: number; lasts: number },
  events: readonly number[],
  now: number,
): number {
  const live = events.filter((at) => at + lasts > now).sort((a, b) => a - b);
  const leaves = live.at(-count);
  return leaves === undefined ? 0 : leaves + lasts - now;
}

/** A session and its resends are one: one count of attempts, one proof. */
export interface SessionModel {
  phone: PhoneModel;
  attempts: number;
  phase: 'open' | 'verified' | 'cancelled';
  /** Which of its codes counts; the ones before are dead. */
  newest: number;
  /** By which of its codes it was verified, and when: that code again is a renewal. */
  verified?: { nth: number; at: number; wrongRepeats: number };
}

/** One code of a session, as the visitor holds it. */
export interface CodeModel {
  session: SessionModel;
  nth: number;
  diesAt: number;
}

export type Refused =
  | 'rate_limited'
  | 'session_expired'
  | 'session_used'
  | 'too_many_attempts'
  | 'incorrect_code';

/** A first code. */
export function modelSend(phone: PhoneModel, now: number): CodeModel | 'rate_limited' {
  if (phone.wait(now) > 0) return 'rate_limited';
  phone.sends.push(now);
  const session: SessionModel = { phone, attempts: 0, phase: 'open', newest: 1 };
  return { session, nth: 1, diesAt: now + CODE_LASTS };
}

export function modelResend({ session, ...code }: CodeModel, now: number): CodeModel | Refused {
  if (now >= code.diesAt) return 'session_expired';
  if (session.phase === 'verified') return 'session_used';
  if (session.phase === 'cancelled' || code.nth < session.newest) return 'session_expired';
  if (session.attempts >= CODES_PER_SESSION) return 'too_many_attempts';
  if (session.phone.wait(now) > 0) return 'rate_limited';
  session.phone.sends.push(now);
  session.newest += 1;
  return { session, nth: session.newest, diesAt: now + CODE_LASTS };
}

export function modelVerify(
  { session, ...code }: CodeModel,
  isRight: boolean,
  now: number,
): 'ok' | Refused {
  if (isRenewedBy({ session, ...code }, isRight, now)) return 'ok';
  if (now >= code.diesAt) return 'session_expired';
  if (session.phase === 'verified') return 'session_used';
  if (session.phase === 'cancelled' || code.nth < session.newest) return 'session_expired';
  if (session.attempts >= CODES_PER_SESSION) return 'too_many_attempts';
  session.attempts += 1;
  if (isRight) {
    session.phase = 'verified';
    session.verified = { nth: code.nth, at: now, wrongRepeats: 0 };
    return 'ok';
  }
  session.phone.failures.push(now);
  return session.attempts === CODES_PER_SESSION ? 'too_many_attempts' : 'incorrect_code';
}

function isRenewedBy({ session, nth }: CodeModel, isRight: boolean, now: number): boolean {
  const { verified } = session;
  if (verified?.nth !== nth || now >= verified.at + RENEWED_FOR) return false;
  if (verified.wrongRepeats >= CODES_PER_SESSION) return false;
  if (!isRight) verified.wrongRepeats += 1;
  return isRight;
}

export function modelCancel({ session, ...code }: CodeModel, now: number): 'ok' | Refused {
  if (now >= code.diesAt) return 'session_expired';
  delete session.verified;
  if (session.phase === 'open') session.phase = 'cancelled';
  return 'ok';
}
