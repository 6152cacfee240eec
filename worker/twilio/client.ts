/** Twilio's Messages and Calls (API of 2010-04-01), typed as far as a code needs them. */
import type { Egress } from '../egress/egress.ts';
import { type Heard, hear, type ProviderFailure } from '../egress/provider-failure.ts';
import { failureOfCode } from './error-codes.ts';

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
  /** The account itself: sends nothing. */
  readAccount(): Promise<{ kind: 'read'; status: string } | ProviderFailure>;
}

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

  async function post(resource: string, fields: Record<string, string | undefined>) {
    const body = new URLSearchParams();
    for (const [name, value] of Object.entries(fields))
      if (value !== undefined) body.set(name, value);
    const answer = await egress.call({
      url: `${account}/${resource}.json`,
      method: 'POST',
      headers: { ...headers, 'Content-Type': 'application/x-www-form-urlencoded' },
      body: body.toString(),
    });
    return resultOf(hear(answer));
  }

  return {
    sendMessage: ({ to, from, body, validitySeconds, statusCallback }) =>
      post('Messages', {
        To: to,
        ...('number' in from
          ? { From: from.number }
          : { MessagingServiceSid: from.messagingServiceSid }),
        Body: body,
        ValidityPeriod: validitySeconds === undefined ? undefined : String(validitySeconds),
        StatusCallback: statusCallback,
      }),
    call: ({ to, from, twiml, statusCallback }) =>
      post('Calls', { To: to, From: from, Twiml: twiml, StatusCallback: statusCallback }),
    async readAccount() {
      const heard = hear(await egress.call({ url: `${account}.json`, method: 'GET', headers }));
      if (heard.kind !== 'heard') return heard;
      const failure = failureIn(heard);
      if (failure) return failure;
      const { status } = heard.members;
      return { kind: 'read', status: typeof status === 'string' ? status : 'unknown' };
    },
  };
}

function resultOf(heard: Heard | ProviderFailure): TwilioResult {
  if (heard.kind !== 'heard') return heard;
  const failure = failureIn(heard);
  if (failure) return failure;
  const { sid } = heard.members;
  if (typeof sid !== 'string' || !SID.test(sid))
    return { kind: 'unintelligible', detail: 'no sid' };
  return { kind: 'accepted', sid };
}

/** Twilio names every error by a code of its own, in the body beside the status. */
function failureIn({ status, members }: Heard): ProviderFailure | undefined {
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
