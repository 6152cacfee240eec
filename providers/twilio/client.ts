/** Twilio's Messages and Calls (API of 2010-04-01), typed as far as a code needs them. */
import type { Egress } from '../egress/egress.ts';
import {
  type ProviderFailure,
  type ProviderResponse,
  readResponse,
} from '../egress/provider-error.ts';
import { failureOfCode, isMissingParameter } from './error-codes.ts';

export interface TwilioClientOptions {
  baseUrl: string;
  accountSid: string;
  /** By the account's auth token, or by an API key, which Twilio prefers. */
  auth: { token: string } | { apiKey: string; apiSecret: string };
  egress: Egress;
}

export interface TwilioMessage {
  /** E.164 with its plus. */
  to: string;
  /** A number of the account's, or the SID of a messaging service. */
  from: { number: string } | { messagingServiceSid: string };
  /** At most 1600 characters. */
  body: string;
  /** Seconds that the message may wait at Twilio. */
  validitySeconds?: number;
  statusCallback?: string | undefined;
}

export interface TwilioCall {
  to: string;
  from: string;
  /** At most 4000 characters. */
  twiml: string;
  statusCallback?: string | undefined;
}

export type TwilioResult = { kind: 'accepted'; sid: string } | ProviderFailure;

export interface TwilioClient {
  sendMessage(message: TwilioMessage): Promise<TwilioResult>;
  call(call: TwilioCall): Promise<TwilioResult>;
  /**
   * Whether the credentials may create one, by a request for nobody: it sends nothing and costs nothing. No other call
   * tells it of every key: a Standard key may not read the account, a Restricted one perhaps nothing else than this.
   */
  mayCreate(resource: Resource): Promise<{ kind: 'permitted' } | ProviderFailure>;
}

export type Resource = 'Messages' | 'Calls';

const SID = /^[A-Z]{2}[0-9a-fA-F]{32}$/;

export function createTwilioClient({
  baseUrl,
  accountSid,
  auth,
  egress,
}: TwilioClientOptions): TwilioClient {
  const pair = 'token' in auth ? `${accountSid}:${auth.token}` : `${auth.apiKey}:${auth.apiSecret}`;
  const bytes = new TextEncoder().encode(pair);
  const headers = {
    Authorization: `Basic ${btoa(String.fromCharCode(...bytes))}`,
    Accept: 'application/json',
  };
  const account = `${baseUrl}/2010-04-01/Accounts/${accountSid}`;

  async function post(resource: Resource, fields: Record<string, string | undefined>) {
    const body = new URLSearchParams();
    for (const [name, value] of Object.entries(fields))
      if (value !== undefined) body.set(name, value);
    const answer = await egress.call({
      url: `${account}/${resource}.json`,
      method: 'POST',
      headers: { ...headers, 'Content-Type': 'application/x-www-form-urlencoded' },
      body: body.toString(),
    });
    return readResponse(answer);
  }

  return {
    async sendMessage({ to, from, body, validitySeconds, statusCallback }) {
      const heard = await post('Messages', {
        To: to,
        ...('number' in from
          ? { From: from.number }
          : { MessagingServiceSid: from.messagingServiceSid }),
        Body: body,
        ValidityPeriod: validitySeconds === undefined ? undefined : String(validitySeconds),
        StatusCallback: statusCallback,
      });
      return resultOf(heard);
    },
    async call({ to, from, twiml, statusCallback }) {
      const fields = { To: to, From: from, Twiml: twiml, StatusCallback: statusCallback };
      return resultOf(await post('Calls', fields));
    },
    async mayCreate(resource) {
      const heard = await post(resource, {});
      if (heard.kind !== 'heard') return heard;
      if (isMissingParameter(heard.members['code'])) return { kind: 'permitted' };
      return failureIn(heard) ?? { kind: 'unintelligible', detail: 'taken, though for nobody' };
    },
  };
}

function resultOf(heard: ProviderResponse | ProviderFailure): TwilioResult {
  if (heard.kind !== 'heard') return heard;
  const failure = failureIn(heard);
  if (failure) return failure;
  const { sid } = heard.members;
  if (typeof sid !== 'string' || !SID.test(sid))
    return { kind: 'unintelligible', detail: 'no sid' };
  return { kind: 'accepted', sid };
}

/** Twilio names every error by a code of its own, in the body beside the status. */
function failureIn({ status, members }: ProviderResponse): ProviderFailure | undefined {
  const { code } = members;
  const failure = typeof code === 'number' ? failureOfCode(code) : undefined;
  if (status >= 200 && status <= 299) return undefined;
  if (failure) return failure;
  if (status === 401 || status === 403) return { kind: 'unauthorized', detail: `HTTP ${status}` };
  return {
    kind: status >= 400 ? 'refused' : 'unintelligible',
    detail: typeof code === 'number' ? `code ${code}` : `HTTP ${status}`,
  };
}
