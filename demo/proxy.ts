/** Hands a request on to the Worker and its answer back, byte by byte, as Cloudflare's edge would. */
import { type IncomingMessage, request, type ServerResponse } from 'node:http';
import { pipeline } from 'node:stream';

/** They concern one connection and not the message (RFC 9110, 7.6.1). */
const HOP_BY_HOP = new Set([
  'connection',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

export function proxy(incoming: IncomingMessage, outgoing: ServerResponse, worker: URL): void {
  const onward = request({
    host: worker.hostname,
    port: worker.port,
    method: incoming.method ?? 'GET',
    path: incoming.url ?? '/',
    headers: onwardHeaders(incoming),
    // A connection each: one that is kept may be closed at the far end just as it is used again.
    agent: false,
  });
  onward.once('response', (answer) => {
    outgoing.writeHead(
      answer.statusCode ?? 502,
      answer.statusMessage,
      withoutHops(answer.rawHeaders),
    );
    pipeline(answer, outgoing, () => undefined);
  });
  onward.once('error', () => {
    if (outgoing.headersSent) outgoing.destroy();
    else outgoing.writeHead(502).end();
  });
  outgoing.once('close', () => onward.destroy());
  incoming.pipe(onward);
}

function onwardHeaders(incoming: IncomingMessage): string[] {
  const headers = withoutHops(incoming.rawHeaders, isEdgeHeader);
  // The Worker takes its word for who the client is, so, as at the edge, the socket says it and nobody else.
  return [...headers, 'CF-Connecting-IP', incoming.socket.remoteAddress ?? ''];
}

/** Cloudflare's own headers, and those that Miniflare obeys. */
function isEdgeHeader(name: string): boolean {
  return /^(cf|mf)-/.test(name);
}

/** Names and values in turn, as Node has them raw: order, case and repetitions stay. */
function withoutHops(
  rawHeaders: readonly string[],
  isDropped = (_name: string) => false,
): string[] {
  const kept: string[] = [];
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const [name = '', value = ''] = rawHeaders.slice(index, index + 2);
    const lowerCase = name.toLowerCase();
    if (!HOP_BY_HOP.has(lowerCase) && !isDropped(lowerCase)) kept.push(name, value);
  }
  return kept;
}
