/** Validates a signed frame as strictly as an unsigned one, so that a bug in the Worker cannot misuse the relay. */
import {
  fromFrame,
  MAX_RELAYED_BYTES,
  type RelayedMethod,
  type RelayedRequest,
} from './protocol.ts';

/** The request to forward. */
export type RelayRequest = Omit<RelayedRequest, 'url'> & { url: URL };

export interface TargetRules {
  /** Exact host names, called over https on port 443. */
  hosts: ReadonlySet<string>;
  /** For tests: plain http and any port on this machine. */
  isLoopbackAllowed: boolean;
}

const METHODS: readonly string[] = ['GET', 'POST', 'PUT', 'DELETE'] satisfies RelayedMethod[];

/** They concern the connection and not the message (RFC 9110, 7.6.1), or frame it: the relay's own to write. */
const OWN_HEADERS: ReadonlySet<string> = new Set([
  'connection',
  'content-length',
  'expect',
  'host',
  'keep-alive',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

const MAX_HEADERS = 16;

/** `undefined` for anything that does not match exactly. */
export function readRelayRequest(frame: string): RelayRequest | undefined {
  const read = fromFrame(frame);
  if (!read || !isObject(read.head)) return undefined;
  const { method, url, headers, maxAnswerBytes, ...rest } = read.head;
  if (Object.keys(rest).length > 0) return undefined;
  if (typeof method !== 'string' || !METHODS.includes(method)) return undefined;
  if (typeof url !== 'string' || !URL.canParse(url)) return undefined;
  if (!areHeaders(headers)) return undefined;
  if (!isSize(maxAnswerBytes)) return undefined;
  return {
    method: method as RelayedMethod,
    url: new URL(url),
    headers,
    maxAnswerBytes,
    body: read.body,
  };
}

export function isAllowedTarget(url: URL, { hosts, isLoopbackAllowed }: TargetRules): boolean {
  if (url.username !== '' || url.password !== '') return false;
  if (isLoopbackAllowed && /^(localhost|127(\.\d+){3}|\[::1\])$/.test(url.hostname))
    return url.protocol === 'http:' || url.protocol === 'https:';
  return url.protocol === 'https:' && url.port === '' && hosts.has(url.hostname);
}

function areHeaders(value: unknown): value is Record<string, string> {
  if (!isObject(value)) return false;
  const entries = Object.entries(value);
  return (
    entries.length <= MAX_HEADERS &&
    entries.every(
      ([name, text]) =>
        /^[A-Za-z0-9-]{1,64}$/.test(name) &&
        !OWN_HEADERS.has(name.toLowerCase()) &&
        !/^(proxy-|x-relay-)/i.test(name) &&
        typeof text === 'string' &&
        /^[\t\x20-\x7e]*$/.test(text),
    )
  );
}

function isSize(value: unknown): value is number {
  return (
    typeof value === 'number' && Number.isInteger(value) && value > 0 && value <= MAX_RELAYED_BYTES
  );
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
