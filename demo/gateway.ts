/**
 * The one port of the demo, in the place of Cloudflare's edge and of the site's own host at once: its pages and
 * `/demo/…` are the site's, everything else is the Worker's.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Inbox } from '../sandbox/inbox.ts';
import { BodyTooLarge, toRequest, writeResponse } from '../worker/hosts/node/fetch-adapter.ts';
import type { Backend } from './backend.ts';
import { isPage, pageFile } from './page-files.ts';
import { proxy } from './proxy.ts';

/** A proof is about 700 bytes. */
const MAX_BODY_BYTES = 16 * 1024;

/** What stands behind the port. */
export interface Upstreams {
  backend: Backend;
  inbox: Inbox;
  worker: URL;
  /** Of the Worker's console, shown to whoever tries the demo on their own machine. */
  adminToken: string;
}

export interface Gateway {
  /** `http://localhost:8787` */
  url: string;
  /** Requests that come before this wait for it. */
  open(behind: Upstreams): void;
  close(): Promise<void>;
}

/**
 * Takes the port, on every loopback address that the machine has, because browsers try them all for `localhost`.
 *
 * @param port 0 for a free one
 * @throws with the code `EADDRINUSE` when it is taken
 */
export async function listen(port: number): Promise<Gateway> {
  const behind = Promise.withResolvers<Upstreams>();
  let origin = '';
  const answer = async (incoming: IncomingMessage, outgoing: ServerResponse) => {
    await route(incoming, outgoing, origin, await behind.promise).catch(() => {
      if (outgoing.headersSent) outgoing.destroy();
      else outgoing.writeHead(500).end();
    });
  };
  const servers = [createServer(answer)];
  const [ipv4] = servers as [Server];
  await listenOn(ipv4, port, '127.0.0.1');
  const address = ipv4.address();
  const boundPort = typeof address === 'object' && address ? address.port : port;
  origin = `http://localhost:${boundPort}`;

  const ipv6 = createServer(answer);
  try {
    await listenOn(ipv6, boundPort, '::1');
    servers.push(ipv6);
  } catch (error) {
    if (errorCode(error) === 'EADDRINUSE') {
      await close(ipv4);
      throw error;
    }
    // This machine has no IPv6: then no browser will try it.
  }

  return {
    url: origin,
    open: behind.resolve,
    async close() {
      await Promise.all(servers.map(close));
    },
  };
}

async function route(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  origin: string,
  { backend, inbox, worker, adminToken }: Upstreams,
): Promise<void> {
  const [pathname = ''] = (incoming.url ?? '/').split('?');
  if (!isPage(pathname) && !pathname.startsWith('/demo/')) return proxy(incoming, outgoing, worker);

  // Under another name of this machine, as 127.0.0.1, the page would be another origin, which nobody has listed.
  if (isPage(pathname) && incoming.headers.host !== new URL(origin).host) {
    outgoing.writeHead(307, { Location: `${origin}${pathname}` }).end();
    return;
  }
  try {
    const request = await toRequest(incoming, outgoing, { origin, maxBodyBytes: MAX_BODY_BYTES });
    await writeResponse(outgoing, await site(request, { backend, inbox, adminToken }, origin));
  } catch (error) {
    if (!(error instanceof BodyTooLarge)) throw error;
    outgoing.writeHead(413, { Connection: 'close' }).end();
  }
}

async function site(
  request: Request,
  { backend, inbox, adminToken }: Omit<Upstreams, 'worker'>,
  origin: string,
): Promise<Response> {
  const url = new URL(request.url);
  if (request.method === 'POST' && url.pathname === '/demo/admin-token') {
    // For the demo page alone: another page, or another name for this machine, says so here.
    if (request.headers.get('Origin') !== origin) return new Response(null, { status: 403 });
    return Response.json({ adminToken }, { headers: { 'Cache-Control': 'no-store' } });
  }
  if (request.method === 'POST') return backend(request);
  if (request.method !== 'GET' && request.method !== 'HEAD')
    return new Response(null, { status: 405, headers: { Allow: 'GET, HEAD, POST' } });
  if (url.pathname === '/demo/inbox') return readInbox(inbox, url.searchParams.get('after') ?? '');
  return (await pageFile(url.pathname)) ?? new Response('Not found', { status: 404 });
}

/** The messages that the sandbox has delivered, as the drawn phone needs them; nothing else of the sandbox. */
function readInbox(inbox: Inbox, after: string): Response {
  const messages = inbox
    .list(/^\d{1,15}$/.test(after) ? { after: Number(after) } : {})
    .map(({ id, at, channel, from, to, text, code }) => ({
      id,
      at,
      channel,
      from,
      to,
      text,
      code,
    }));
  return Response.json({ messages }, { headers: { 'Cache-Control': 'no-store' } });
}

function listenOn(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}

function errorCode(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}
