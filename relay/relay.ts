/**
 * The relay as an HTTP server: from a signed request to the provider's answer, signed as well. It passes on what our
 * Worker has signed within the last minute, once, to providers on its list; it keeps nothing, and of a request its
 * log knows the time, the provider's host, the outcome and how long it took.
 */
import { readFileSync } from 'node:fs';
import {
  createServer as createHttpServer,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { isIPv6 } from 'node:net';
import { type Forwarded, forward } from './forward.ts';
import {
  isSigned,
  MAX_REQUEST_BYTES,
  MAX_SKEW_MS,
  RELAY_ERRORS,
  RELAY_HEADERS,
  RELAY_PATH,
  type RelayError,
  type Stamp,
  signFrame,
  toFrame,
} from './protocol.ts';
import { readBody } from './read-body.ts';
import { isAllowedTarget, type RelayRequest, readRelayRequest } from './relay-request.ts';
import { createReplayCache, type ReplayCache } from './replay-cache.ts';
import type { RelaySettings } from './settings.ts';

/** Two minutes of 800 a second. */
const MAX_NONCES = 100_000;
/** Calls under way at a time, each with an answer of at most 1 MiB in memory. */
const MAX_CALLS = 200;
const MAX_CONNECTIONS = 1_000;

export interface Surroundings {
  /** Milliseconds since 1970. */
  now(): number;
  /** Milliseconds since whenever: a clock that nobody sets. */
  monotonic(): number;
  /** One line of the log. */
  log(line: string): void;
}

export interface Relay {
  readonly server: Server;
  /** Takes no new connection and no new request; resolves when what is under way is done. */
  close(): Promise<void>;
}

/** @throws where a TLS file cannot be read or used */
export function createRelay(settings: RelaySettings, surroundings: Surroundings): Relay {
  const { now, monotonic, log } = surroundings;
  const { tls, deadlineMs, targets, outsideAddresses } = settings;
  const bornAtMs = monotonic();
  const nonces = createReplayCache(MAX_NONCES);
  let calls = 0;
  let isClosing = false;

  async function answer(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const sinceMs = now();
    const path = incoming.url?.split('?')[0];
    if (path === '/healthz') return writeHealth(outgoing, isClosing);
    // What is not UTF-8 becomes another text here, which nobody has signed.
    const frame = (await readBody(incoming, MAX_REQUEST_BYTES))?.toString('utf8');
    if (path !== RELAY_PATH || incoming.method !== 'POST') return refuse(outgoing, 'not_found');

    const asked: { host?: string } = {};
    const outcome = await relay(incoming, frame, outgoing, asked);
    log(`${new Date(sinceMs).toISOString()} ${asked.host ?? '-'} ${outcome} ${now() - sinceMs}ms`);
  }

  /** Answers, and says in a word or a status how. */
  async function relay(
    incoming: IncomingMessage,
    frame: string | undefined,
    outgoing: ServerResponse,
    asked: { host?: string },
  ): Promise<string> {
    const fail = (error: RelayError) => {
      refuse(outgoing, error);
      return error;
    };
    if (frame === undefined) return fail('too_large');
    const stamp: Stamp = {
      timestamp: headerOf(incoming, RELAY_HEADERS.timestamp),
      nonce: headerOf(incoming, RELAY_HEADERS.nonce),
    };
    const signature = headerOf(incoming, RELAY_HEADERS.signature);
    if (signature === '') return fail('unsigned');
    const secret = await signerOf(settings.secrets, stamp, frame, signature);
    if (secret === undefined) return fail('bad_signature');

    // From here on it is our Worker's own. Nothing is awaited in here, or one nonce could be spent twice.
    const nowMs = now();
    // The start by the clock as it goes now: it may have been wrong then, and set since.
    const startedAtMs = nowMs - (monotonic() - bornAtMs);
    const refusal = whyNotNow(stamp, { nowMs, startedAtMs, nonces });
    if (refusal) return fail(refusal);
    const order = readRelayRequest(frame);
    if (!order) return fail('malformed');
    if (!isAllowedTarget(order.url, targets)) return fail('target_not_allowed');
    asked.host = order.url.hostname;
    if (isClosing || calls >= MAX_CALLS) return fail('busy');
    calls += 1;
    try {
      return await passAndSign(order, { secret, stamp, outgoing, fail });
    } finally {
      calls -= 1;
    }
  }

  async function passAndSign(
    order: RelayRequest,
    to: {
      secret: string;
      stamp: Stamp;
      outgoing: ServerResponse;
      fail(error: RelayError): string;
    },
  ): Promise<string> {
    const passed: Forwarded = await forward(order, { deadlineMs });
    if (passed.kind !== 'answered' && passed.kind !== 'oversized') return to.fail(passed.kind);
    const answerFrame = toFrame({ ...passed, from: outsideOf(passed.from) });
    const signature = await signFrame(to.secret, 'answer', to.stamp, answerFrame);
    to.outgoing
      .writeHead(200, {
        'Content-Type': 'application/octet-stream',
        'Cache-Control': 'no-store',
        [RELAY_HEADERS.signature]: signature,
        ...(isClosing ? { Connection: 'close' } : {}),
      })
      .end(answerFrame);
    return passed.kind === 'oversized' ? 'oversized' : String(passed.status);
  }

  /** Behind a NAT the outside sees another address than this machine: only its operator knows which. */
  function outsideOf(local: string | undefined): string | undefined {
    if (local === undefined) return undefined;
    return outsideAddresses.find((address) => isIPv6(address) === isIPv6(local)) ?? local;
  }

  const handle = (incoming: IncomingMessage, outgoing: ServerResponse) => {
    answer(incoming, outgoing).catch(() => {
      // The caller has gone, or cut its request short: nobody is left to tell.
      outgoing.destroy();
    });
  };
  const server = tls
    ? createTlsServer({ ...LIMITS, handshakeTimeout: HANDSHAKE_MS, ...readTls(tls) }, handle)
    : createHttpServer(LIMITS, handle);
  server.maxConnections = MAX_CONNECTIONS;

  return {
    server,
    close() {
      isClosing = true;
      return new Promise((resolve) => {
        server.close(() => resolve());
        server.closeIdleConnections();
      });
    },
  };
}

/** The other limits begin when TLS stands: connections that say nothing would take up all there are. */
const HANDSHAKE_MS = 5_000;

/** A caller that dawdles is cut off. */
const LIMITS = {
  headersTimeout: 5_000,
  requestTimeout: 10_000,
  connectionsCheckingInterval: 1_000,
  maxHeaderSize: 8 * 1024,
  // Longer than a proxy in front keeps its own, or it would now and then send into a connection that is just being
  // closed, and could not tell that from a lost answer.
  keepAliveTimeout: 150_000,
};

export function readTls({ certFile, keyFile }: NonNullable<RelaySettings['tls']>) {
  return {
    cert: readFileSync(certFile),
    key: readFileSync(keyFile),
    minVersion: 'TLSv1.2' as const,
  };
}

/** `undefined` where none of the secrets has signed it. */
async function signerOf(
  secrets: readonly string[],
  stamp: Stamp,
  frame: string,
  signature: string,
): Promise<string | undefined> {
  for (const secret of secrets)
    if (await isSigned(secret, 'request', stamp, frame, signature)) return secret;
  return undefined;
}

function whyNotNow(
  { timestamp, nonce }: Stamp,
  { nowMs, startedAtMs, nonces }: { nowMs: number; startedAtMs: number; nonces: ReplayCache },
): RelayError | undefined {
  const signedAtMs = Number(timestamp);
  if (Math.abs(nowMs - signedAtMs) > MAX_SKEW_MS) return 'stale';
  // What was signed before the start may have been passed on then: that memory is gone.
  if (signedAtMs < startedAtMs) return 'restarted';
  const use = nonces.spend(nonce, signedAtMs + MAX_SKEW_MS, nowMs);
  if (use === 'replayed') return 'replayed';
  return use === 'full' ? 'busy' : undefined;
}

/** One value, or none: of a header that stands twice, two readers could see two. */
function headerOf(incoming: IncomingMessage, name: string): string {
  const [value = '', ...others] = incoming.headersDistinct[name.toLowerCase()] ?? [];
  return others.length === 0 ? value : '';
}

function writeHealth(outgoing: ServerResponse, isClosing: boolean): void {
  outgoing
    .writeHead(isClosing ? 503 : 200, {
      'Content-Type': 'application/json',
      'Cache-Control': 'no-store',
      Connection: 'close',
    })
    .end(JSON.stringify({ status: isClosing ? 'closing' : 'ok' }));
}

function refuse(outgoing: ServerResponse, error: RelayError): void {
  outgoing
    .writeHead(RELAY_ERRORS[error], {
      'Content-Type': 'application/json',
      'Cache-Control': 'no-store',
      [RELAY_HEADERS.error]: error,
      // Connections are kept for the Worker alone.
      Connection: 'close',
    })
    .end(JSON.stringify({ error }));
}
