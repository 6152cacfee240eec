/**
 * The three calls that carry a code, each with every outcome as a value: what the Worker builds on, because there
 * each outcome means something of its own. Wherever an answer could be read in two ways, it is read as "no".
 */

import type { MittoConnection } from './connection.ts';
import type { MittoFailure } from './failure.ts';
import { readEnvelope } from './parse-response.ts';

/** Body of `POST /2fa/send`. Names are documented unless marked; other fields are passed through. */
export interface MittoSendRequest {
  /** Name of the service; `'2FA'` in Mitto's samples. */
  service: string;
  /** Number or sender ID. */
  from: string;
  /** E.164. The plus is Restcomm's form, of whose API Mitto's is a white label (assumed). */
  to: string;
  /** With the placeholder `{code}`, which Mitto replaces. */
  body: string;
  /** `'call'` is documented; `'sms'` as its default and `'email'` are Restcomm's (assumed). */
  channel?: 'sms' | 'call' | 'email';
  /** Of a call. */
  voice?: 'man' | 'woman';
  /** Of a call: the language that it is read in. */
  language?: string;
  /** Name of a limit that you have created → the value that it counts. */
  limits?: Readonly<Record<string, string>>;
  /** Send for this sub-account. */
  accountSid?: string;
  [extra: string]: unknown;
}

/** Body of `POST /2fa/verify`: its keys are assumed, so any map of strings is taken. */
export type MittoVerifyRequest = Readonly<Record<string, string>>;

export type MittoSendOutcome = { kind: 'accepted'; requestId: string } | MittoFailure;
export type MittoVerifyOutcome = { kind: 'verified' } | MittoFailure;
export type MittoCancelOutcome = { kind: 'cancelled' } | MittoFailure;

export interface MittoOutcomes {
  send(request: MittoSendRequest): Promise<MittoSendOutcome>;
  /** @param requestId when given, an answer that names another one verifies nothing. */
  verify(request: MittoVerifyRequest, requestId?: string): Promise<MittoVerifyOutcome>;
  cancel(requestId: string): Promise<MittoCancelOutcome>;
}

/** `OTP` and 32 hex (documented); any plain name that fits into a session is taken. */
const REQUEST_ID = /^[\x21-\x7e]{1,128}$/;

export function outcomesOver(connection: MittoConnection): MittoOutcomes {
  async function post(path: `/2fa/${string}`, body: object) {
    return readEnvelope(await connection.call({ method: 'POST', path, body }));
  }

  return {
    async send(request) {
      const answer = await post('/2fa/send', request);
      if (answer.kind !== 'success') return answer;
      const requestId = answer.member('requestID');
      if (typeof requestId !== 'string' || !REQUEST_ID.test(requestId))
        return answer.failure('unintelligible', 'no requestID');
      return { kind: 'accepted', requestId };
    },
    async verify(request, requestId) {
      const answer = await post('/2fa/verify', request);
      if (answer.kind !== 'success') return answer;
      // The form of the answer is assumed, so the envelope's code has to be there and be 200.
      if (answer.member('code') !== 200) return answer.failure('refused', 'code is not 200');
      const contradiction = ['verified', 'valid', 'success'].find((name) => {
        const value = answer.member(name);
        return value !== undefined && value !== true;
      });
      if (contradiction !== undefined)
        return answer.failure('refused', `${contradiction} is not true`);
      const named = answer.member('requestID');
      if (named !== undefined && requestId !== undefined && named !== requestId)
        return answer.failure('refused', 'requestID of another code');
      return { kind: 'verified' };
    },
    async cancel(requestId) {
      const answer = await post('/2fa/cancel', { requestID: requestId });
      return answer.kind === 'success' ? { kind: 'cancelled' } : answer;
    },
  };
}
