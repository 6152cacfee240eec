/** What the sandbox's tests speak to: a sandbox with a clock in hand, and the calls of a well-behaved client. */
import {
  createMittoSandbox,
  type MittoSandbox,
  type MittoSandboxOptions,
} from './mitto-sandbox.ts';

export const PHONE = '+4915112345678';

export const SEND = {
  service: '2FA',
  from: 'Example',
  to: PHONE,
  body: 'Your code is {code}.',
} as const;

/** 2026-01-15, noon in UTC. */
const START = Date.UTC(2026, 0, 15, 12);

export interface Answered {
  status: number;
  headers: Headers;
  /** The parsed answer. */
  json: Readonly<Record<string, unknown>>;
}

export class Harness {
  readonly sandbox: MittoSandbox;
  #now = START;

  constructor(options: MittoSandboxOptions = {}) {
    this.sandbox = createMittoSandbox({ now: () => this.#now, ...options });
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
