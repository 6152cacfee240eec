/**
 * What the sandbox's tests speak to: a sandbox with a clock in hand, the calls of well-behaved clients, and a server
 * that its reports go to.
 */
import {
  createProviderSandbox,
  type ProviderSandbox,
  type ProviderSandboxOptions,
} from './provider-sandbox.ts';

export const PHONE = '+4915112345678';

export const SEND = {
  service: '2FA',
  from: 'Example',
  to: PHONE,
  body: 'Your code is {code}.',
} as const;

export const SMS = { from: 'Example', to: '4915112345678', text: 'Your code is 123456.' } as const;

export const TWILIO_NUMBER = '+15005550006';

export const MESSAGE = { From: TWILIO_NUMBER, To: PHONE, Body: 'Your code is 123456.' } as const;

export const CALL = {
  From: TWILIO_NUMBER,
  To: PHONE,
  Twiml: '<Response><Say>Your code is 1, 2, 3, 4, 5, 6.</Say></Response>',
} as const;

/** Parameters of a form; a list is a name that comes more than once. */
export type FormFields = Readonly<Record<string, string | readonly string[]>>;

/** A report as it arrived. */
export interface Received {
  method: string;
  url: string;
  headers: Headers;
  body: string;
}

/** 2026-01-15, noon in UTC. */
const START = Date.UTC(2026, 0, 15, 12);

export interface Answered {
  status: number;
  headers: Headers;
  /** The parsed answer. */
  json: Readonly<Record<string, unknown>>;
}

export class Harness {
  readonly sandbox: ProviderSandbox;
  /** What callback URLs got; they answer 204. */
  readonly received: Received[] = [];
  #now = START;

  constructor(options: ProviderSandboxOptions = {}) {
    this.sandbox = createProviderSandbox({
      now: () => this.#now,
      callbackFetch: async (request) => {
        const { method, url, headers } = request;
        this.received.push({ method, url, headers, body: await request.text() });
        return new Response(null, { status: 204 });
      },
      ...options,
    });
  }

  advance(seconds: number): void {
    this.#now += seconds * 1000;
  }

  get now(): number {
    return this.#now;
  }

  /** With the right key; a body is sent as JSON. */
  request(method: string, path: string, body?: unknown, init: RequestInit = {}): Request {
    const headers = new Headers(init.headers);
    const { accountId, apiKey } = this.sandbox;
    if (!headers.has('Authorization'))
      headers.set('Authorization', `Basic ${btoa(`${accountId}:${apiKey}`)}`);
    const hasBody = body !== undefined;
    if (hasBody && !headers.has('Content-Type')) headers.set('Content-Type', 'application/json');
    return new Request(`http://sandbox.test${path}`, {
      ...init,
      method,
      headers,
      ...(hasBody ? { body: typeof body === 'string' ? body : JSON.stringify(body) } : {}),
    });
  }

  async call(
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Answered> {
    const response = await this.sandbox.fetch(this.request(method, path, body, { headers }));
    const text = await response.text();
    return {
      status: response.status,
      headers: response.headers,
      json: text === '' ? {} : (JSON.parse(text) as Record<string, unknown>),
    };
  }

  /** Sends, and looks into the inbox. */
  async send(changes: Record<string, unknown> = {}): Promise<{ requestID: string; code: string }> {
    const answered = await this.call('POST', '/2fa/send', { ...SEND, ...changes });
    if (answered.status !== 200) throw new Error(`send: ${JSON.stringify(answered.json)}`);
    const message = this.sandbox.inbox.last();
    if (!message) throw new Error('send: nothing arrived');
    return { requestID: message.requestID, code: message.code };
  }

  /** A message over Mitto's SMS API. */
  sms(changes: Record<string, unknown> = {}, path = '/sms.json'): Promise<Answered> {
    const headers = { 'X-Mitto-API-Key': this.sandbox.smsApiKey };
    return this.call('POST', path, { ...SMS, ...changes }, headers);
  }

  message(changes: FormFields = {}): Promise<Answered> {
    return this.twilio('/Messages', { ...MESSAGE, ...changes });
  }

  phoneCall(changes: FormFields = {}): Promise<Answered> {
    return this.twilio('/Calls', { ...CALL, ...changes });
  }

  /** @param headers those of a form and of the account, but for these */
  twilio(
    resource: string,
    fields: FormFields,
    headers: Record<string, string> = {},
  ): Promise<Answered> {
    const { accountSid, authToken } = this.sandbox.twilio;
    const form = new URLSearchParams(
      Object.entries(fields).flatMap(([name, value]) =>
        [value].flat().map((one): [string, string] => [name, one]),
      ),
    );
    return this.call('POST', `/2010-04-01/Accounts/${accountSid}${resource}.json`, String(form), {
      Authorization: `Basic ${btoa(`${accountSid}:${authToken}`)}`,
      'Content-Type': 'application/x-www-form-urlencoded',
      ...headers,
    });
  }

  verify(code: string, keys: Record<string, unknown> = { service: '2FA', number: PHONE }) {
    return this.call('POST', '/2fa/verify', { ...keys, code });
  }
}

/** A code of the same length that is not this one. */
export function wrongFor(code: string): string {
  return (code.startsWith('0') ? '1' : '0') + code.slice(1);
}

/** Randomness that never repeats: each draw is the next number. */
export function countingBytes(): (length: number) => Uint8Array {
  let drawn = 0;
  return (length) => {
    drawn += 1;
    const bytes = new Uint8Array(length);
    new DataView(bytes.buffer).setUint32(length - 4, drawn);
    return bytes;
  };
}
