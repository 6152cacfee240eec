/**
 * One line of JSON a request. All that is logged passes through here, and what it takes is a closed list: no number,
 * code, address, session, proof or body can come in, because there is no field for it.
 */

import { type ErrorReason, toProblem } from './errors.ts';
import type { LogFields } from './request-context.ts';
import type { Route } from './routes/route.ts';

export interface LoggedRequest {
  method: string;
  /** Absent for an unknown path, which may contain anything. */
  route?: Route;
  facts: LogFields;
  reason?: ErrorReason;
  status: number;
  startedAtMs: number;
  endedAtMs: number;
}

export function logLine(logged: LoggedRequest): string {
  const { method, route, facts, reason, status, startedAtMs, endedAtMs } = logged;
  return JSON.stringify({
    at: new Date(endedAtMs).toISOString(),
    level: levelOf(reason),
    method,
    route: route?.path ?? 'other',
    status,
    outcome: reason ? toProblem(reason).code : 'ok',
    ...(reason ? { reason: reason.kind, ...reasonDetails(reason) } : {}),
    ...facts,
    ms: endedAtMs - startedAtMs,
  });
}

function levelOf(reason: ErrorReason | undefined): 'info' | 'warn' | 'error' {
  switch (reason?.kind) {
    case 'misconfigured':
    case 'provider_unauthorized':
    case 'provider_bad_sender':
    case 'store_unavailable':
    case 'unexpected':
      return 'error';
    case 'signature_wrong':
    case 'provider_refused':
    case 'provider_failed':
    case 'provider_unreached':
    case 'provider_unintelligible':
    case 'provider_down':
    case 'challenge_unavailable':
    case 'provider_throttled':
    case 'provider_silent':
    case 'delivery_unknown':
    case 'budget_exhausted':
      return 'warn';
    default:
      return 'info';
  }
}

/** The details for the operator. They are our own texts, never a caller's or a provider's. */
function reasonDetails(reason: ErrorReason): object {
  switch (reason.kind) {
    case 'misconfigured':
      return { problems: reason.problems };
    case 'provider_unauthorized':
      return {
        detail: reason.detail,
        mend: 'check the credentials of the connector, and that Mitto has allow-listed your IP',
      };
    case 'signature_wrong':
      return {
        mend: 'check PUBLIC_URL, and TWILIO_SIGNATURE_TOKEN or TWILIO_AUTH_TOKEN',
      };
    case 'provider_bad_sender':
      return { detail: reason.detail, mend: 'check the sender of the connector' };
    case 'provider_refused':
    case 'provider_failed':
    case 'provider_unreached':
    case 'provider_blocked':
    case 'provider_bad_number':
    case 'provider_unintelligible':
    case 'provider_silent':
    case 'delivery_unknown':
      return { detail: reason.detail };
    case 'phone_unreadable':
      return { detail: reason.detail };
    case 'budget_exhausted':
      return { budget: reason.budget };
    case 'store_unavailable':
      return { cause: nameOf(reason.cause) };
    case 'unexpected':
      return { cause: nameOf(reason.cause), at: framesOf(reason.cause) };
    default:
      return {};
  }
}

/** Its class, and codes such as `ENOSPC` or SQLite's number: node:sqlite gives all its errors one class. */
export function nameOf(cause: unknown): string {
  if (!(cause instanceof Error)) return 'unknown';
  const { name, code, errcode } = cause as { name: string; code?: unknown; errcode?: unknown };
  return [name, ...[code, errcode].map(String).filter(isCode)].join(' ');
}

function isCode(text: string): boolean {
  return /^([A-Z][A-Z0-9_]*|\d{1,5})$/.test(text);
}

/** Where it was thrown, without the message in front, which may quote what somebody sent. */
function framesOf(cause: unknown): string[] | undefined {
  if (!(cause instanceof Error) || !cause.stack?.includes(cause.message)) return undefined;
  const { stack, message } = cause;
  const behindMessage = stack.slice(stack.indexOf(message) + message.length);
  return [...behindMessage.matchAll(/^ {4}at (.+)$/gm)].slice(0, 3).map(([, frame = '']) => frame);
}
