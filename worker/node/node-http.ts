/** Between Node's HTTP server and handlers that speak `Request` and `Response`. */
import type { IncomingMessage, ServerResponse } from 'node:http';

/** The body is larger than was asked for. */
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
  outgoing.once('close', () => departure.abort());

  const method = incoming.method ?? 'GET';
  const body = await readBody(incoming, maxBodyBytes);
  return new Request(urlOf(incoming, origin), {
    method,
    headers: headersOf(incoming),
    // A body on these is an error to `Request`, even an empty one.
    ...(method === 'GET' || method === 'HEAD' ? {} : { body }),
    signal: departure.signal,
  });
}

/** Resolves when it is written, or nobody is left to read it. */
export async function writeResponse(outgoing: ServerResponse, response: Response): Promise<void> {
  const bytes = new Uint8Array(await response.arrayBuffer());
  outgoing.statusCode = response.status;
  outgoing.setHeaders(response.headers);
  await new Promise<void>((resolve) => {
    outgoing.once('close', resolve);
    outgoing.end(bytes, resolve);
  });
}

async function readBody(
  incoming: IncomingMessage,
  maxBytes: number,
): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  let size = 0;
  // Destroyed with the loop, the connection could not carry the refusal.
  const body = incoming.iterator({ destroyOnReturn: false });
  for await (const chunk of body as AsyncIterable<Uint8Array<ArrayBuffer>>) {
    size += chunk.length;
    if (size > maxBytes) throw new BodyTooLarge();
    chunks.push(chunk);
  }
  return new Uint8Array(await new Blob(chunks).arrayBuffer());
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
