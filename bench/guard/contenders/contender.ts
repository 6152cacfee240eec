/** Who takes part: a Worker with these settings, and for some a rule in front of it. */
import type { FeedbackLine, ReportLine, SendLine } from '../trace.ts';

export type Verdict = 'allow' | 'challenge' | 'block';

/** What a guard may see of a send: all but the truth, and the country of the number. */
export type SeenSend = Omit<SendLine, 'truth'> & { country: string };

/** A rule in front of the Worker. It is asked in order of time, and told what became of each message. */
export interface Decider {
  decide(send: SeenSend): Verdict | Promise<Verdict>;
  /** The message went out. */
  sent?(send: SeenSend): void | Promise<void>;
  /** Its code was typed, at `atMs`. */
  verified?(send: SeenSend, atMs: number): void | Promise<void>;
  report?(line: ReportLine): void | Promise<void>;
  feedback?(line: FeedbackLine): void | Promise<void>;
}

/** What an operator knows of his deployment when he sets limits and caps. */
export interface Size {
  /** Verifications a day. `undefined` where nobody has said: what depends on it is left open. */
  perDay: number | undefined;
}

export interface Contender {
  name: string;
  /** Of the Worker, by the names of docs/settings.md. */
  settings(size: Size): Record<string, unknown>;
  /** Whether visitors can be challenged. */
  hasChallenge: boolean;
  createDecider?(size: Size): Decider;
}
