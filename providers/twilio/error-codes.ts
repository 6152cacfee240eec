import type { ProviderFailure } from '../egress/provider-error.ts';

/** The account may not send there, or has no way to. */
const NOT_SERVED = new Set([21216, 21408, 21612]);
/** A recipient who opted out, a carrier's filter, protection against pumping and fraud. */
const KEPT_BACK = new Set([21610, 30004, 30007, 30450, 30453, 60410, 60605]);
const BAD_NUMBER = new Set([21211, 21214, 21217, 21614, 21635]);
/** No sender, one that is not the account's, or one that cannot do this. */
const BAD_SENDER = new Set([21210, 21212, 21603, 21606, 21659, 21660, 21701, 21703]);
const TOO_MANY = new Set([20429, 14107]);
const UNAUTHORIZED = new Set([20003, 20404, 70051]);
/** Of a call and of a message: no recipient, no sender, no text. */
const MISSING_PARAMETER: ReadonlySet<unknown> = new Set([21201, 21205, 21213, 21602, 21603, 21604]);

const DEFAULT_WAIT_MS = 30_000;

/** What one of Twilio's error codes means; `undefined` for one that says no more than that it refused. */
export function failureOfCode(code: number): ProviderFailure | undefined {
  const detail = `code ${code}`;
  if (isBlockedCode(code)) return { kind: 'blocked', detail, isFinal: KEPT_BACK.has(code) };
  if (BAD_NUMBER.has(code)) return { kind: 'bad_number', detail };
  if (BAD_SENDER.has(code)) return { kind: 'bad_sender', detail };
  if (TOO_MANY.has(code)) return { kind: 'throttled', waitMs: DEFAULT_WAIT_MS, detail };
  if (UNAUTHORIZED.has(code)) return { kind: 'unauthorized', detail };
  return undefined;
}

/** It has read the request, and so it has let it in. */
export function isMissingParameter(code: unknown): boolean {
  return MISSING_PARAMETER.has(code);
}

/** Of a delivery report: the provider or a carrier kept the message back. */
export function isBlockedCode(code: number): boolean {
  return NOT_SERVED.has(code) || KEPT_BACK.has(code);
}
