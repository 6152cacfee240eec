/** The Worker's half as a server of its own, for a machine whose address a provider has allow-listed. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { Server as NetServer, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import type { App } from '../../app.ts';
import type { Bindings } from '../../bindings.ts';
import { toProblem } from '../../errors.ts';
import { problemResponse, setStandardHeaders } from '../../http/responses.ts';
import { HEALTH_PATH } from '../../routes/index.ts';
import { clientIpOf, proxyMisconfiguration } from './client-ip.ts';
import { CONNECTION_LIMITS, Connections } from './connections.ts';
import { BodyTooLarge, toRequest, writeResponse } from './fetch-adapter.ts';
import { parseErrorResponse } from './parse-errors.ts';
import { type Log, toStandardOutput, writeNotice } from './server-log.ts';

/** More than any call takes: what is within it, the fetch handler judges by itself. */
const MAX_BODY_BYTES = 65_536 + 1;
/** A request has a few kilobytes: a slower client only occupies a connection. */
const REQUEST_TIMEOUT_MS = 10_000;
/** How late that is seen. */
const CHECKING_MS = 1_000;
const MAX_CONNECTIONS = 10_000;
/** What is on its way when the end is called has come by then. */
const ARRIVAL_MS = 1_000;
/** The longest call, a challenge and a provider one after the other, is done by then. */
const CLOSE_MS = 12_000;

export interface AppServer {
  server: Server;
  /**
   * Takes no new connection, and ends each open one with its next answer; resolves when what has come in whole,
   * answered or not, is done, or after 13 seconds. A request that is still being written after a second is cut off.
   */
  close(): Promise<void>;
}

export interface AppServerOptions {
  app: App;
  bindings: Bindings;
  /** Where it is reached from outside: the origin of every request. `PUBLIC_URL`. */
  publicUrl: string;
  /**
   * How many proxies of one's own stand in front, each of which adds an address to `X-Forwarded-For`.
   * @default 0: callers can write the header, so it is ignored
   */
  trustedProxies?: number;
  /** Writes log lines that belong to no single request. @default standard output */
  log?: Log;
}

/** Not listening yet: `server.listen(port, host)` is the caller's. */
export function createAppServer(options: AppServerOptions): AppServer {
  const { app, bindings, trustedProxies = 0, log = toStandardOutput } = options;
  const origin = new URL(options.publicUrl).origin;
  const arriving = new Set<Promise<unknown>>();
  const underWay = new Set<Promise<unknown>>();
  let isMisfitTold = false;
  let isClosing = false;
  const keepAlive = (work: Promise<unknown>) => track(work, underWay);
  async function allDone(): Promise<void> {
    while (underWay.size > 0) await Promise.allSettled(underWay);
  }

  async function take(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    try {
      if (!(await connections.turn(incoming, outgoing))) return;
      const arrival = toRequest(incoming, outgoing, { origin, maxBodyBytes: MAX_BODY_BYTES });
      track(arrival, arriving);
      const answering = answer(fromCaller(await arrival, incoming), outgoing);
      keepAlive(answering);
      await answering;
    } catch (error) {
      if (error instanceof BodyTooLarge) await refuseBody(outgoing);
      else outgoing.destroy();
    }
  }

  async function answer(request: Request, outgoing: ServerResponse): Promise<void> {
    const response = await app.fetch(request, bindings, { waitUntil: keepAlive });
    if (isClosing) outgoing.setHeader('Connection', 'close');
    await writeResponse(outgoing, response);
  }

  /** Sets the client's address as Cloudflare's edge does: in a header that callers cannot write. */
  function fromCaller(request: Request, { socket, url }: IncomingMessage): Request {
    const { headers } = request;
    const forwardedFor = headers.get('X-Forwarded-For');
    const connection = { peer: socket.remoteAddress, forwardedFor, trustedProxies };
    // Health is asked for from beside the service as well.
    const misfit = url === HEALTH_PATH ? undefined : proxyMisconfiguration(connection);
    if (misfit && !isMisfitTold) {
      isMisfitTold = true;
      writeNotice(log, misfit);
    }
    const caller = clientIpOf(connection);
    headers.delete('CF-Connecting-IP');
    if (caller !== undefined) headers.set('CF-Connecting-IP', caller);
    return request;
  }

  const server = createServer(
    {
      requestTimeout: REQUEST_TIMEOUT_MS,
      headersTimeout: REQUEST_TIMEOUT_MS,
      connectionsCheckingInterval: CHECKING_MS,
    },
    (incoming, outgoing) => void take(incoming, outgoing),
  );
  server.maxConnections = MAX_CONNECTIONS;
  // Behind proxies of one's own a few peers bring everybody.
  const perPeer = trustedProxies > 0 ? MAX_CONNECTIONS : CONNECTION_LIMITS.perPeer;
  const connections = new Connections(server, { ...CONNECTION_LIMITS, perPeer });
  server.on('clientError', (error: NodeJS.ErrnoException, socket: Socket) => {
    if (connections.canRefuse(socket)) socket.end(parseErrorResponse(error));
    else socket.destroy();
  });

  return {
    server,
    async close() {
      isClosing = true;
      const closed = stopListening(server);
      // One that never comes whole must not hold up the end.
      await withinMs(ARRIVAL_MS, Promise.all([closed, Promise.allSettled(arriving)]));
      server.closeIdleConnections();
      await withinMs(CLOSE_MS, allDone());
      server.closeAllConnections();
      await closed;
    },
  };
}

/**
 * Without the end of connections that are idle just now, which Node's own `close` brings: a client may be writing its
 * next request to one, and would read a reset. Resolves when the last connection has ended.
 */
function stopListening(server: Server): Promise<void> {
  return new Promise((resolve) => {
    // Bun's server is no server of `node:net`.
    if (server instanceof NetServer) NetServer.prototype.close.call(server, () => resolve());
    else (server as Server).close(() => resolve());
  });
}

function track(work: Promise<unknown>, among: Set<Promise<unknown>>): void {
  among.add(work);
  void work.catch(() => undefined).finally(() => among.delete(work));
}

function withinMs(ms: number, work: Promise<unknown>): Promise<unknown> {
  return Promise.race([work, pause(ms, undefined, { ref: false })]);
}

function refuseBody(outgoing: ServerResponse): Promise<void> {
  const refusal = problemResponse(toProblem({ kind: 'body_too_large' }), undefined);
  setStandardHeaders(refusal);
  outgoing.setHeader('Connection', 'close');
  return writeResponse(outgoing, refusal);
}
