/** From what came over the wire to a success or a failure: pure, and never throws, whatever came. */
import { hasDuplicateKeys } from '../../shared/duplicate-keys.ts';
import type { OutboundAnswer } from '../egress/egress.ts';
import { retryAfterSeconds } from '../egress/retry-after.ts';
import { type MittoFailure, type MittoSaid, withSaid } from './failure.ts';

/** An envelope that is not a failure: HTTP 2xx, and `code` absent or 200 to 299. */
export interface MittoEnvelope {
  kind: 'success';
  status: number;
  /** A field of the JSON object, case-insensitive. */
  member(name: string): unknown;
  /** The same answer, taken for a failure after all. */
  failure<Kind extends 'refused' | 'unintelligible'>(kind: Kind, detail: string): MittoFailure;
}

/** What a call of the search, usage, limits and workflows answered; `undefined` for an empty body. */
export interface MittoContent {
  kind: 'success';
  status: number;
  value: unknown;
  failure(detail: string): MittoFailure;
}

/** Parses the response of a send or verify: a JSON object without duplicate keys. */
export function readEnvelope(answer: OutboundAnswer): MittoEnvelope | MittoFailure {
  const heard = hear(answer);
  if (heard.kind !== 'heard') return heard;
  const { status, text, failureOf } = heard;
  const members = isObject(heard.value) ? membersOf(heard.value) : undefined;
  if (!members) return failureOf({ kind: 'unintelligible', status, detail: whatItIs(text) });

  const member = (name: string) => members.get(name.toLowerCase());
  const failure: MittoEnvelope['failure'] = (kind, detail) => failureOf({ kind, status, detail });
  const code = member('code');
  if (code === undefined) return { kind: 'success', status, member, failure };
  if (typeof code !== 'number') return failure('refused', 'code is not a number');
  return heard.judge(code) ?? { kind: 'success', status, member, failure };
}

/**
 * Reads records: any JSON. A `code` in them is taken for the envelope's only where it looks like a status, because a
 * record may have a `code` of its own.
 */
export function readContent(answer: OutboundAnswer): MittoContent | MittoFailure {
  const heard = hear(answer);
  if (heard.kind !== 'heard') return heard;
  const { status, text, value, failureOf } = heard;
  if (value === undefined && text.trim() !== '')
    return failureOf({ kind: 'unintelligible', status, detail: whatItIs(text) });

  const code = statusOf(isObject(value) ? membersOf(value)?.get('code') : undefined);
  const failure = code === undefined ? undefined : heard.judge(code);
  return (
    failure ?? {
      kind: 'success',
      status,
      value,
      failure: (detail) => failureOf({ kind: 'unintelligible', status, detail }),
    }
  );
}

interface ProviderResponse {
  kind: 'heard';
  status: number;
  text: string;
  /** The JSON; `undefined` where it is none that can be relied on. */
  value: unknown;
  failureOf(failure: MittoFailure): MittoFailure;
  /** An envelope may carry in HTTP 200 what would be the status of an HTTP answer: it is read as that. */
  judge(code: number): MittoFailure | undefined;
}

/** An answer of HTTP 2xx, before anybody looks into it. */
function hear(answer: OutboundAnswer): ProviderResponse | MittoFailure {
  switch (answer.kind) {
    case 'unanswered':
      return { kind: 'unanswered', status: 0, detail: answer.why };
    case 'unreached':
      return { kind: 'unsent', status: 0, why: 'provider_unreachable', detail: 'unreachable' };
    case 'refused_by_relay':
      return { kind: 'unsent', status: 0, why: answer.why, detail: `relay: ${answer.detail}` };
    case 'oversized':
      return { kind: 'unintelligible', status: answer.status, detail: 'oversized' };
    case 'answered':
      break;
  }
  const { status, text, retryAfter } = answer;
  const value = parseJson(text);
  const said = saidBy(status, text, value);
  const failureOf = (failure: MittoFailure) => withSaid(failure, said);
  const judged = (code: number, detail: string) => {
    const failure = failureOfStatus(code, retryAfter, detail);
    return failure && failureOf(failure);
  };
  return (
    judged(status, `HTTP ${status}`) ?? {
      kind: 'heard',
      status,
      text,
      value,
      failureOf,
      judge: (code) => judged(code, `code ${code}`),
    }
  );
}

/** The failure of a status, of HTTP or of the envelope; `undefined` for 200 to 299. */
function failureOfStatus(
  status: number,
  retryAfter: string | null,
  detail: string,
): MittoFailure | undefined {
  // The response to a wrong key or an address that is not allow-listed is not documented: the operator has to fix both.
  if (status === 401 || status === 403) return { kind: 'unauthorized', status, detail };
  if (status === 429)
    return { kind: 'throttled', status, retryAfterSeconds: retryAfterSeconds(retryAfter), detail };
  if (status >= 400 && status < 500) return { kind: 'refused', status, detail };
  if (status >= 200 && status <= 299) return undefined;
  return { kind: 'unintelligible', status, detail };
}

function saidBy(httpStatus: number, body: string, value: unknown): MittoSaid {
  const members = isObject(value) ? membersOf(value) : undefined;
  const code = statusOf(members?.get('code'));
  const message = members?.get('message');
  return {
    httpStatus,
    ...(code === undefined ? {} : { code }),
    ...(typeof message === 'string' ? { message } : {}),
    body,
  };
}

/** A status as a number or as text. */
function statusOf(code: unknown): number | undefined {
  const text = typeof code === 'number' || typeof code === 'string' ? String(code) : '';
  return /^[1-5]\d\d$/.test(text) ? Number(text) : undefined;
}

/** `undefined` if the text is not JSON, or has a duplicate key. */
function parseJson(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    // `JSON.parse` keeps the last of two duplicate keys and drops the first silently.
    if (hasDuplicateKeys(text)) return undefined;
    return value;
  } catch {
    return undefined;
  }
}

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** By lower-case name; `undefined` where two names differ in their case alone. */
function membersOf(value: Readonly<Record<string, unknown>>): Map<string, unknown> | undefined {
  const entries = Object.entries(value);
  const members = new Map(entries.map(([name, member]) => [name.toLowerCase(), member]));
  return members.size === entries.length ? members : undefined;
}

/** What an answer is that was not understood. */
function whatItIs(text: string): string {
  const start = text.trimStart().slice(0, 64).toLowerCase();
  if (start === '') return 'an empty answer';
  if (/^<(!doctype html|html)/.test(start)) return 'an HTML page';
  if (start.startsWith('<')) return 'XML, and JSON was asked for';
  return 'not a JSON object, or one that names a member twice';
}
