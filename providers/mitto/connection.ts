/** Mitto's host and the account there: what each call has in common. */
import { secureUrl } from '../../shared/secure-url.ts';
import { createDirectEgress } from '../egress/direct.ts';
import type { Egress, OutboundAnswer, OutboundMethod } from '../egress/egress.ts';
import { MittoInputError } from './errors.ts';

/** `https://cpaas.mittoapi.com` (documented). */
export const MITTO_2FA_BASE_URL = 'https://cpaas.mittoapi.com';

export interface MittoAccount {
  /** User of the Basic auth (documented). */
  accountId: string;
  /** Its password (documented). */
  apiKey: string;
  /**
   * Scheme, host and, where a proxy asks for it, path. https; plain http for loopback only.
   *
   * @default 'https://cpaas.mittoapi.com'
   */
  baseUrl?: string;
}

export type MittoClientOptions = MittoAccount &
  (
    | {
        /** @default the `fetch` of the runtime */
        fetch?: typeof fetch;
        /**
         * Milliseconds for a whole exchange. There is one try: a repeated send is a second message.
         *
         * @default 8000
         */
        deadlineMs?: number;
        egress?: never;
      }
    | {
        /** Another way out than straight from here. */
        egress: Egress;
        fetch?: never;
        deadlineMs?: never;
      }
  );

export interface MittoCall {
  method: OutboundMethod;
  path: `/2fa/${string}`;
  query?: Readonly<Record<string, string>>;
  /** Sent as JSON. */
  body?: object;
  maxAnswerBytes?: number;
}

export interface MittoConnection {
  call(call: MittoCall): Promise<OutboundAnswer>;
  /** What must never be repeated in a message. */
  readonly secrets: readonly string[];
}

/** @throws MittoInputError */
export function connect(options: MittoClientOptions): MittoConnection {
  const { accountId, apiKey } = options;
  const baseUrl = parseBaseUrl(options.baseUrl ?? MITTO_2FA_BASE_URL);
  const egress = options.egress ?? directEgress(options);
  const credentials = basicCredentials(accountId, apiKey);
  const headers = {
    Authorization: `Basic ${credentials}`,
    // JSON or XML, as one asks (documented).
    Accept: 'application/json',
  };
  return {
    secrets: [apiKey, credentials],
    call({ method, path, query = {}, body, maxAnswerBytes }) {
      const search = new URLSearchParams(query).toString();
      return egress.call({
        url: `${baseUrl}${path}${search && `?${search}`}`,
        method,
        headers: body ? { ...headers, 'Content-Type': 'application/json' } : headers,
        ...(body ? { body: JSON.stringify(body) } : {}),
        ...(maxAnswerBytes === undefined ? {} : { maxAnswerBytes }),
      });
    },
  };
}

function directEgress({
  // Not `fetch` itself: a browser calls it on its window only.
  fetch: fetchImpl = (input, init) => fetch(input, init),
  deadlineMs,
}: Pick<MittoClientOptions, 'fetch' | 'deadlineMs'>): Egress {
  return createDirectEgress({
    fetch: fetchImpl,
    ...(deadlineMs === undefined ? {} : { deadlineMs }),
  });
}

function parseBaseUrl(text: string): string {
  const url = URL.canParse(text) ? secureUrl(text) : null;
  const isPlain = url !== null && url.username + url.password === '' && !/[?#]/.test(text);
  if (!isPlain)
    throw new MittoInputError('baseUrl', 'must be an https URL without query (http on loopback)');
  return text.replace(/\/+$/, '');
}

/** RFC 7617: user and password in UTF-8, the user without a colon, neither with control characters. */
function basicCredentials(accountId: string, apiKey: string): string {
  const named = { accountId, apiKey };
  for (const [name, value] of Object.entries(named))
    if (typeof value !== 'string' || value === '' || /\p{Cc}/u.test(value))
      throw new MittoInputError(name, 'must be a text without control characters');
  if (accountId.includes(':')) throw new MittoInputError('accountId', 'must not contain a colon');
  return btoa(String.fromCharCode(...new TextEncoder().encode(`${accountId}:${apiKey}`)));
}
