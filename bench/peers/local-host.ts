/**
 * What a browser is served in the benchmark, from this machine alone and alike for everybody: gzip at level 9 for all
 * that is text, readable by a page of any origin.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';

export interface Call {
  method: string;
  url: URL;
  body: string;
}

export interface Answer {
  status?: number;
  type: keyof typeof MEDIA_TYPES;
  body: string | Buffer;
}

/** `undefined` for what is not its own. */
export type Handler = (call: Call) => Answer | undefined | Promise<Answer | undefined>;

export interface LocalHost {
  /** `http://127.0.0.1:40123` */
  origin: string;
  close(): void;
}

/** By ending of the file's name. */
const MEDIA_TYPES = {
  html: 'text/html; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  json: 'application/json',
  svg: 'image/svg+xml',
  webp: 'image/webp',
  png: 'image/png',
  woff: 'font/woff',
  woff2: 'font/woff2',
} as const;

/** They are packed already. */
const UNZIPPED: readonly (keyof typeof MEDIA_TYPES)[] = ['webp', 'png', 'woff', 'woff2'];

const PREFLIGHT_SECONDS = 7200;

export async function serve(handle: Handler): Promise<LocalHost> {
  const server = createServer((incoming, outgoing) => {
    answer(incoming, outgoing, handle).catch((error: unknown) => {
      console.error(error);
      outgoing.destroy();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${port}`,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

export function json(body: unknown): Answer {
  return { type: 'json', body: JSON.stringify(body) };
}

/** The type of a file by the ending of its name. */
export function typeOf(path: string): Answer['type'] | undefined {
  const ending = path.slice(path.lastIndexOf('.') + 1);
  return Object.hasOwn(MEDIA_TYPES, ending) ? (ending as Answer['type']) : undefined;
}

async function answer(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  handle: Handler,
): Promise<void> {
  const { method = 'GET', headers } = incoming;
  outgoing.setHeader('Access-Control-Allow-Origin', headers.origin ?? '*');
  outgoing.setHeader('Access-Control-Allow-Credentials', 'true');
  // Without it the browser keeps the sizes of another origin's files to itself.
  outgoing.setHeader('Timing-Allow-Origin', '*');
  outgoing.setHeader('Cache-Control', 'max-age=300');
  if (method === 'OPTIONS') {
    outgoing.setHeader('Access-Control-Allow-Methods', 'GET, POST');
    outgoing.setHeader(
      'Access-Control-Allow-Headers',
      headers['access-control-request-headers'] ?? '',
    );
    outgoing.setHeader('Access-Control-Max-Age', PREFLIGHT_SECONDS);
    outgoing.writeHead(204).end();
    return;
  }
  const url = new URL(incoming.url ?? '/', 'http://127.0.0.1');
  const found = await handle({ method, url, body: await read(incoming) });
  if (!found) {
    outgoing.writeHead(404).end();
    return;
  }
  const { status = 200, type, body } = found;
  const encoded = UNZIPPED.includes(type) ? Buffer.from(body) : zip(body);
  outgoing.setHeader('Content-Type', MEDIA_TYPES[type]);
  if (!UNZIPPED.includes(type)) outgoing.setHeader('Content-Encoding', 'gzip');
  outgoing.setHeader('Content-Length', encoded.length);
  outgoing.writeHead(status).end(encoded);
}

const zipped = new Map<string, Buffer>();

/** Once for each text, so that no visit waits for it: the first round is not counted. */
function zip(body: string | Buffer): Buffer {
  const text = body.toString();
  const known = zipped.get(text) ?? gzipSync(text, { level: 9 });
  zipped.set(text, known);
  return known;
}

async function read(incoming: IncomingMessage): Promise<string> {
  incoming.setEncoding('utf8');
  let body = '';
  for await (const chunk of incoming) body += String(chunk);
  return body;
}
