/**
 * `mitto-otp/mitto`: Mitto's 2FA API, typed. It knows what Mitto says and nothing of what we make of it.
 *
 * What is documented and what is assumed is marked at each call; docs/mitto.md has the whole list. Wherever an
 * answer could be read in two ways, it is read as "no".
 */

import { hasDuplicateMembers } from '../duplicate-members.ts';
import { createDirectEgress } from '../egress/direct.ts';
import type { Egress, OutboundAnswer } from '../egress/egress.ts';

export interface MittoClientOptions {
  /** `https://cpaas.mittoapi.com` */
  baseUrl: string;
  /** User of the Basic auth (documented). */
  accountId: string;
  /** Its password (documented). */
  apiKey: string;
  /** How its calls leave; straight from here by default. */
  egress?: Egress;
}

/** Body of `POST /2fa/send`. All names are documented; extra members pass through. */
export interface MittoSendRequest {
  service: string;
  from: string;
  /** E.164. The plus is Restcomm's form, of whose API Mitto's is a white label (assumed). */
  to: string;
  /** With the placeholder `{code}`, which Mitto replaces. */
  body: string;
  channel: 'sms' | 'call';
  voice?: 'man' | 'woman';
  language?: string;
  [extra: string]: unknown;
}

/** Body of `POST /2fa/verify`: its keys are assumed, so any map of strings is taken. */
export type MittoVerifyRequest = Readonly<Record<string, string>>;

/** Why a call has no result. `status` is 0 where there was no answer. */
export type MittoFailure =
  | { kind: 'unauthorized'; status: number; detail: string }
  | { kind: 'throttled'; status: number; retryAfterSeconds: number; detail: string }
  /** Mitto answered, and it was a no. */
  | { kind: 'refused'; status: number; detail: string }
  /** It answered something that is not its API: a server error, a page, half a JSON, a redirect. */
  | { kind: 'unintelligible'; status: number; detail: string }
  /** It did not answer; it may have acted all the same. */
  | { kind: 'unanswered'; status: 0; detail: string };

export type MittoSendResult = { kind: 'accepted'; requestId: string } | MittoFailure;
export type MittoVerifyResult = { kind: 'verified' } | MittoFailure;
export type MittoCancelResult = { kind: 'cancelled' } | MittoFailure;

export interface MittoClient {
  send(request: MittoSendRequest): Promise<MittoSendResult>;
  /** @param requestId when given, an answer that names another one verifies nothing. */
  verify(request: MittoVerifyRequest, requestId?: string): Promise<MittoVerifyResult>;
  cancel(requestId: string): Promise<MittoCancelResult>;
}

export function createMittoClient({
  baseUrl,
  accountId,
  apiKey,
  egress = createDirectEgress({ fetch: (input, init) => fetch(input, init) }),
}: MittoClientOptions): MittoClient {
  const credentials = new TextEncoder().encode(`${accountId}:${apiKey}`);
  const headers = {
    Authorization: `Basic ${btoa(String.fromCharCode(...credentials))}`,
    'Content-Type': 'application/json',
    // JSON or XML, as one asks (documented).
    Accept: 'application/json',
  };

  async function post(path: string, body: object): Promise<MittoAnswer | MittoFailure> {
    const url = `${baseUrl}${path}`;
    return read(await egress.call({ url, method: 'POST', headers, body: JSON.stringify(body) }));
  }

  return {
    async send(request) {
      const answer = await post('/2fa/send', request);
      if (answer.kind !== 'success') return answer;
      const requestId = answer.member('requestID');
      if (typeof requestId !== 'string' || !REQUEST_ID.test(requestId))
        return { kind: 'unintelligible', status: answer.status, detail: 'no requestID' };
      return { kind: 'accepted', requestId };
    },
    async verify(request, requestId) {
      const answer = await post('/2fa/verify', request);
      if (answer.kind !== 'success') return answer;
      const { status } = answer;
      // The form of the answer is assumed, so the envelope's code has to be there and be 200.
      if (answer.member('code') !== 200)
        return { kind: 'refused', status, detail: 'code is not 200' };
      const contradiction = ['verified', 'valid', 'success'].find((name) => {
        const value = answer.member(name);
        return value !== undefined && value !== true;
      });
      if (contradiction !== undefined)
        return { kind: 'refused', status, detail: `${contradiction} is not true` };
      const named = answer.member('requestID');
      if (named !== undefined && requestId !== undefined && named !== requestId)
        return { kind: 'refused', status, detail: 'requestID of another code' };
      return { kind: 'verified' };
    },
    async cancel(requestId) {
      const answer = await post('/2fa/cancel', { requestID: requestId });
      return answer.kind === 'success' ? { kind: 'cancelled' } : answer;
    },
  };
}

/** An answer that is not a failure: HTTP 2xx, and `code` absent or 200 to 299. */
interface MittoAnswer {
  kind: 'success';
  status: number;
  /** A member of the JSON object, whatever its case. */
  member(name: string): unknown;
}

/** `OTP` and 32 hex (documented); any plain name that fits into a session is taken. */
const REQUEST_ID = /^[\x21-\x7e]{1,128}$/;

/** A provider that asks for more is taken at this much. */
const MAX_RETRY_AFTER_SECONDS = 3_600;
const DEFAULT_RETRY_AFTER_SECONDS = 30;

function read(answer: OutboundAnswer): MittoAnswer | MittoFailure {
  if (answer.kind === 'unanswered') return { kind: 'unanswered', status: 0, detail: answer.why };
  const { status } = answer;
  if (answer.kind === 'oversized') return { kind: 'unintelligible', status, detail: 'oversized' };
  const failure = failureOf(status, answer, `HTTP ${status}`);
  if (failure) return failure;

  const members = membersOf(answer.text);
  if (!members) return { kind: 'unintelligible', status, detail: 'not a JSON object' };
  const member = (name: string) => members.get(name.toLowerCase());
  const code = member('code');
  if (code === undefined) return { kind: 'success', status, member };
  if (typeof code !== 'number') return { kind: 'refused', status, detail: 'code is not a number' };
  // An envelope may carry in HTTP 200 what would be the status of an HTTP answer: it is read as that.
  return failureOf(code, answer, `code ${code}`) ?? { kind: 'success', status, member };
}

/** What a status says of a call, be it HTTP's own or the envelope's; `undefined` for 200 to 299. */
function failureOf(
  status: number,
  { retryAfter }: Extract<OutboundAnswer, { kind: 'answered' }>,
  detail: string,
): MittoFailure | undefined {
  // What a wrong key or a foreign IP gets is not published: both of these are the operator's to mend.
  if (status === 401 || status === 403) return { kind: 'unauthorized', status, detail };
  if (status === 429)
    return { kind: 'throttled', status, retryAfterSeconds: retryAfterSeconds(retryAfter), detail };
  if (status >= 400 && status < 500) return { kind: 'refused', status, detail };
  if (status >= 200 && status <= 299) return undefined;
  return { kind: 'unintelligible', status, detail };
}

/** By lower-case name; `undefined` for anything but an object, or for one that names a member twice. */
function membersOf(text: string): Map<string, unknown> | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  // `JSON.parse` keeps the last of two members of one name, and says nothing of the first.
  if (hasDuplicateMembers(text)) return undefined;
  const entries = Object.entries(value);
  const members = new Map(entries.map(([name, member]) => [name.toLowerCase(), member as unknown]));
  return members.size === entries.length ? members : undefined;
}

/** Whole seconds, or a date (RFC 9110, 10.2.3); nonsense counts as absent. */
function retryAfterSeconds(header: string | null): number {
  const text = header?.trim() ?? '';
  let seconds = Number.NaN;
  if (/^\d{1,9}$/.test(text)) seconds = Number(text);
  // `Date.parse` alone would find a date in `-5`.
  else if (text.endsWith(' GMT')) seconds = Math.ceil((Date.parse(text) - Date.now()) / 1000);
  if (!Number.isFinite(seconds)) return DEFAULT_RETRY_AFTER_SECONDS;
  return Math.min(MAX_RETRY_AFTER_SECONDS, Math.max(1, seconds));
}
