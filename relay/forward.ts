/** One provider call: one attempt, no redirects, a response limit. */
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { RelayedAnswer } from './protocol.ts';
import type { RelayRequest } from './relay-request.ts';

export type Forwarded =
  | RelayedAnswer
  /** No connection: the request was certainly not sent. */
  | { kind: 'unreachable' }
  /** It may have been sent. */
  | { kind: 'late' }
  | { kind: 'broken' };

export function forward(
  order: RelayRequest,
  { deadlineMs }: { deadlineMs: number },
): Promise<Forwarded> {
  const { url, method, headers, body, maxAnswerBytes } = order;
  const isTls = url.protocol === 'https:';
  const bytes = new TextEncoder().encode(body);
  return new Promise((resolve) => {
    // Nothing is written before the connection, including TLS, is established.
    let mayHaveLeft = false;
    let from: string | undefined;
    const outgoing = (isTls ? httpsRequest : httpRequest)(url.href, {
      method,
      headers: {
        // Some gateways reject callers without a User-Agent.
        'User-Agent': 'mitto-otp',
        ...headers,
        'Accept-Encoding': 'identity',
        ...(bytes.length > 0 || method !== 'GET' ? { 'Content-Length': bytes.length } : {}),
      },
      // A connection each: one that is kept may be closed at the far end just as it is used again, and nobody could
      // tell whether the message went out.
      agent: false,
    });
    const settle = (outcome: Forwarded) => {
      clearTimeout(timer);
      resolve(outcome);
      outgoing.destroy();
    };
    const fail = (kind: 'late' | 'broken') => settle({ kind: mayHaveLeft ? kind : 'unreachable' });
    const timer = setTimeout(() => fail('late'), deadlineMs);

    outgoing.once('socket', (socket) => {
      socket.once(isTls ? 'secureConnect' : 'connect', () => {
        mayHaveLeft = true;
        from = socket.localAddress;
      });
    });
    const breakOff = () => fail('broken');
    outgoing.once('response', (incoming) => {
      // From here on it is the answer that breaks; Deno closes the request before its answer is read.
      outgoing.off('close', breakOff);
      readAnswer(incoming, maxAnswerBytes).then((answer) => settle({ ...answer, from }), breakOff);
    });
    // `close` also covers cases without `error`, such as an unrequested upgrade.
    for (const event of ['error', 'close']) outgoing.on(event, breakOff);
    outgoing.end(bytes);
  });
}

/** Retry-After is a number or a date. */
const MAX_RETRY_AFTER_CHARACTERS = 64;

/** @throws where the connection breaks */
async function readAnswer(incoming: IncomingMessage, maxBytes: number): Promise<RelayedAnswer> {
  const status = incoming.statusCode ?? 0;
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of incoming as AsyncIterable<Uint8Array>) {
    size += chunk.length;
    if (size > maxBytes) return { kind: 'oversized', status, body: '' };
    chunks.push(chunk);
  }
  // 1xx comes before an answer and is none.
  if (!incoming.complete || status < 200) throw new Error('no whole answer');
  return {
    kind: 'answered',
    status,
    retryAfter: incoming.headers['retry-after']?.slice(0, MAX_RETRY_AFTER_CHARACTERS) ?? null,
    // As text, so that both sides sign the same bytes whatever these were.
    body: new TextDecoder().decode(Buffer.concat(chunks)),
  };
}
