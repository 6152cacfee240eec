/**
 * The protocol between Worker and relay, and its signatures. Web APIs only: both import this file.
 *
 * A request is `POST {relay}/v1/pass`. Its body is a frame: one line of JSON that says what to ask of whom
 * (`RelayedRequest` without its body), then the body as it is to be sent. Three headers sign it: the time in
 * milliseconds since 1970, a nonce, and in hex
 *
 *     HMAC-SHA-256(secret, "mitto-otp-relay/1 request" LF timestamp LF nonce LF frame)
 *
 * So what is signed are the very bytes that are parsed, and method, host, path, query, headers and body are all in
 * them. The answer is HTTP 200 with a frame of the same form (`RelayedAnswer`), signed with "answer" in place of
 * "request", under the timestamp and nonce of its request: nothing between the two can make up a yes. Where the relay
 * has no answer of the provider's, it says why in `X-Relay-Error`, unsigned: whoever could forge that could as well
 * cut the line.
 */
export const RELAY_PATH = '/v1/pass';

export const RELAY_HEADERS = {
  timestamp: 'X-Relay-Timestamp',
  nonce: 'X-Relay-Nonce',
  signature: 'X-Relay-Signature',
  error: 'X-Relay-Error',
} as const;

/** Maximum clock difference, including network latency. */
export const MAX_SKEW_MS = 60_000;
/** Of a frame that asks. */
export const MAX_REQUEST_BYTES = 64 * 1024;
/** Of what a provider may answer. */
export const MAX_RELAYED_BYTES = 1024 * 1024;
/** A head is a line of this at most. */
export const MAX_HEAD_BYTES = 8 * 1024;

export type RelayedMethod = 'GET' | 'POST' | 'PUT' | 'DELETE';

export interface RelayedRequest {
  method: RelayedMethod;
  url: string;
  headers: Readonly<Record<string, string>>;
  /** A larger answer is not passed on. */
  maxAnswerBytes: number;
  /** Empty for none. */
  body: string;
}

export type RelayedAnswer = (
  | { kind: 'answered'; status: number; retryAfter: string | null; body: string }
  | { kind: 'oversized'; status: number; body: '' }
) & {
  /** The relay's address that the call left by: the one that a provider has to have allow-listed. */
  from?: string | undefined;
};

/** Why there is no answer of the provider's, and the HTTP status that goes with it. */
export const RELAY_ERRORS = {
  // The request has certainly not left the relay.
  not_found: 404,
  unsigned: 401,
  bad_signature: 401,
  stale: 401,
  malformed: 400,
  too_large: 413,
  target_not_allowed: 403,
  busy: 503,
  unreachable: 502,
  // It may have: a proxy in between may show the relay one request twice, and of the first nobody has heard again.
  replayed: 409,
  restarted: 503,
  late: 504,
  broken: 502,
} as const;

export type RelayError = keyof typeof RELAY_ERRORS;

/** Under what a frame is signed: the time and the name of one exchange. */
export interface Stamp {
  /** Milliseconds since 1970, 13 digits. */
  timestamp: string;
  /** At least 128 bits, base64url or hex. */
  nonce: string;
}

const STAMP_FORMS = { timestamp: /^\d{13}$/, nonce: /^[A-Za-z0-9_-]{22,64}$/ };

/** Neither part can hold the line end that parts them. */
export function isStamp({ timestamp, nonce }: Stamp): boolean {
  return STAMP_FORMS.timestamp.test(timestamp) && STAMP_FORMS.nonce.test(nonce);
}

export function newStamp(nowMs: number): Stamp {
  return {
    timestamp: String(Math.trunc(nowMs)),
    nonce: toHex(crypto.getRandomValues(new Uint8Array(16))),
  };
}

export type SignedPart = 'request' | 'answer';

/** @returns 64 hex digits */
export async function signFrame(
  secret: string,
  part: SignedPart,
  stamp: Stamp,
  frame: string,
): Promise<string> {
  const signature = await crypto.subtle.sign(
    'HMAC',
    await keyOf(secret, 'sign'),
    signedBytes(part, stamp, frame),
  );
  return toHex(new Uint8Array(signature));
}

/** In a time that says nothing of where a wrong signature differs. */
export async function isSigned(
  secret: string,
  part: SignedPart,
  stamp: Stamp,
  frame: string,
  signature: string,
): Promise<boolean> {
  if (!isStamp(stamp) || !/^[0-9a-f]{64}$/.test(signature)) return false;
  return crypto.subtle.verify(
    'HMAC',
    await keyOf(secret, 'verify'),
    fromHex(signature),
    signedBytes(part, stamp, frame),
  );
}

/** A line of JSON, which has no line end of its own, and the body. */
export function toFrame({ body, ...head }: RelayedRequest | RelayedAnswer): string {
  return `${JSON.stringify(head)}\n${body}`;
}

/** Head and body of a frame, the head still to be checked; `undefined` for what is no frame. */
export function fromFrame(frame: string): { head: unknown; body: string } | undefined {
  const end = frame.indexOf('\n');
  if (end < 0 || end > MAX_HEAD_BYTES) return undefined;
  try {
    return { head: JSON.parse(frame.slice(0, end)) as unknown, body: frame.slice(end + 1) };
  } catch {
    return undefined;
  }
}

function signedBytes(part: SignedPart, { timestamp, nonce }: Stamp, frame: string) {
  return new TextEncoder().encode(`mitto-otp-relay/1 ${part}\n${timestamp}\n${nonce}\n${frame}`);
}

function keyOf(secret: string, usage: 'sign' | 'verify') {
  const bytes = new TextEncoder().encode(secret);
  return crypto.subtle.importKey('raw', bytes, { name: 'HMAC', hash: 'SHA-256' }, false, [usage]);
}

function toHex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

function fromHex(hex: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from({ length: hex.length / 2 }, (_, index) =>
    Number.parseInt(hex.slice(2 * index, 2 * index + 2), 16),
  );
}
