/** The OTPs of the sandbox: a plain book with a clock, which knows nothing of HTTP. */
import { BoundedMap } from '../bounded-collections.ts';
import { sameDestination } from '../destination.ts';
import type { MittoChannel } from './channel.ts';

/** Open ones included: past this, the oldest is forgotten. */
const MAX_OTPS = 10_000;

export type OtpStatus = 'open' | 'verified' | 'cancelled' | 'exhausted' | 'expired';

export interface OtpDetails {
  readonly requestID: string;
  readonly accountSid: string;
  readonly service: string;
  readonly from: string;
  readonly to: string;
  readonly channel: MittoChannel;
  readonly code: string;
}

export interface Otp extends OtpDetails {
  /** Milliseconds since 1970, as all times here. */
  readonly sentAt: number;
  /** From this instant on it is dead. */
  readonly expiresAt: number;
  readonly attemptsLeft: number;
  /** As it was left; a look at the clock tells whether an open one has expired: see `OtpBook.statusOf`. */
  readonly closed: Exclude<OtpStatus, 'open' | 'expired'> | null;
}

/** What a check names its OTP by. Every key that is given has to fit. */
export interface OtpKeys {
  requestID?: string | undefined;
  service?: string | undefined;
  number?: string | undefined;
}

export interface VerifyRules {
  matches: 'any' | 'latest';
  rightCodeConsumes: boolean;
}

export type Verdict =
  | { kind: 'right'; otp: Otp }
  | { kind: 'wrong' }
  /** Nothing open that the keys name. */
  | { kind: 'no_otp' };

export class OtpBook {
  readonly #now: () => number;
  readonly #otps = new BoundedMap<string, Otp>(MAX_OTPS);

  constructor(now: () => number) {
    this.#now = now;
  }

  open(details: OtpDetails, rules: { expirySeconds: number; attempts: number }): Otp {
    const sentAt = this.#now();
    const otp: Otp = {
      ...details,
      sentAt,
      expiresAt: sentAt + rules.expirySeconds * 1000,
      attemptsLeft: rules.attempts,
      closed: null,
    };
    this.#otps.set(otp.requestID, otp);
    return otp;
  }

  /** A wrong code costs every OTP that it was compared with one attempt. */
  verify(keys: OtpKeys, code: string, rules: VerifyRules): Verdict {
    const named = this.all().filter((otp) => fits(otp, keys));
    const candidates = (rules.matches === 'latest' ? named.slice(-1) : named).filter(
      (otp) => this.statusOf(otp) === 'open',
    );
    if (candidates.length === 0) return { kind: 'no_otp' };

    const right = candidates.find((otp) => otp.code === code);
    if (right) {
      if (rules.rightCodeConsumes)
        this.#otps.set(right.requestID, { ...right, closed: 'verified' });
      return { kind: 'right', otp: right };
    }
    for (const otp of candidates) {
      const attemptsLeft = otp.attemptsLeft - 1;
      const closed = attemptsLeft === 0 ? 'exhausted' : null;
      this.#otps.set(otp.requestID, { ...otp, attemptsLeft, closed });
    }
    return { kind: 'wrong' };
  }

  /** `false` when there is no open OTP of that id. */
  cancel(requestID: string): boolean {
    const otp = this.find(requestID);
    if (!otp || this.statusOf(otp) !== 'open') return false;
    this.#otps.set(requestID, { ...otp, closed: 'cancelled' });
    return true;
  }

  find(requestID: string): Otp | undefined {
    return this.#otps.get(requestID);
  }

  /** Oldest first. */
  all(): readonly Otp[] {
    return [...this.#otps.values()];
  }

  statusOf(otp: Otp): OtpStatus {
    return otp.closed ?? (this.#now() < otp.expiresAt ? 'open' : 'expired');
  }

  clear(): void {
    this.#otps.clear();
  }
}

function fits(otp: Otp, keys: OtpKeys): boolean {
  return (
    (keys.requestID === undefined || keys.requestID === otp.requestID) &&
    (keys.service === undefined || keys.service === otp.service) &&
    (keys.number === undefined || sameDestination(keys.number, otp.to))
  );
}
