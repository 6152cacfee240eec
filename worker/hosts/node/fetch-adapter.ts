/** Between Node's HTTP server and handlers that speak `Request` and `Response`. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { readBody } from '../../../relay/read-body.ts';

/** The body exceeds the limit. */
export class BodyTooLarge extends Error {
  override readonly name = 'BodyTooLarge';
}

export interface ToRequestOptions {
  /** Scheme and host that the path is under. */
  origin: string;
  /** @default no limit */
  maxBodyBytes?: number;
}

/**
 * Its signal aborts when the caller leaves before the answer is whole.
 *
 * @throws BodyTooLarge
 */
export async function toRequest(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  { origin, maxBodyBytes = Number.POSITIVE_INFINITY }: ToRequestOptions,
): Promise<Request> {
  const departure = new AbortController();
  // An answer whose connection was reset before is never told of again.
  if (outgoing.closed || outgoing.destroyed) departure.abort();
  else outgoing.once('close', () => departure.abort());

  const method = incoming.method ?? 'GET';
  // The one of those that `Request` cannot be made with which Node hands on.
  const isForbidden = method === 'TRACE';
  const body = await readBody(incoming, maxBodyBytes);
  if (!body) throw new BodyTooLarge();
  const request = new Request(urlOf(incoming, origin), {
    method: isForbidden ? 'OPTIONS' : method,
    headers: headersOf(incoming),
    // A body on these is an error to `Request`, even an empty one.
    ...(method === 'GET' || method === 'HEAD' ? {} : { body: new Uint8Array(body) }),
    signal: departure.signal,
  });
  // Refused by name, as any other that no route has.
  return isForbidden ? Object.defineProperty(request, 'method', { value: method }) : request;
}

/** Resolves when it is written, or the client has disconnected. */
export async function writeResponse(outgoing: ServerResponse, response: Response): Promise<void> {
  const bytes = new Uint8Array(await response.arrayBuffer());
  // Reset meanwhile: the `close` that is waited for below has been, and nothing else would come.
  if (outgoing.closed || outgoing.destroyed) return;
  outgoing.statusCode = response.status;
  outgoing.setHeaders(response.headers);
  await new Promise<void>((resolve) => {
    outgoing.once('close', resolve);
    outgoing.end(bytes, resolve);
  });
}

/** Joined by hand: resolved, a path of `//host/…` would name another host. */
function urlOf({ url = '/' }: IncomingMessage, origin: string): string {
  return url.startsWith('/') ? `${origin}${url}` : `${origin}/`;
}

function headersOf(incoming: IncomingMessage): Headers {
  const headers = new Headers();
  for (const [name, values] of Object.entries(incoming.headersDistinct))
    for (const value of values ?? []) headers.append(name, value);
  return headers;
}
