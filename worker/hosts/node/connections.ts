/**
 * The connections of a server: how many a peer may have, how many requests each may have open, and how long one may
 * leave its answers unread. Cloudflare's edge does this for the Worker; a server of one's own has to do it itself.
 */
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { clearInterval, setInterval } from 'node:timers';
import { clientKey } from '../../rate-limit/client/ip-address.ts';

export interface ConnectionLimits {
  /** Connections of one IPv4 address or one IPv6 /64 network. */
  perPeer: number;
  /** Requests that came before the first of them was answered (RFC 9112, 9.3.2). No browser pipelines. */
  pipelined: number;
  /** An answer of which the peer has taken nothing for so long is not going to be read. */
  unreadMs: number;
}

export const CONNECTION_LIMITS: ConnectionLimits = {
  perPeer: 1_000,
  pipelined: 64,
  unreadMs: 10_000,
};

const CHECKING_MS = 1_000;

interface Connection {
  /** Requests without a whole answer. */
  open: number;
  /** The answer whose turn it is. */
  current: ServerResponse | undefined;
  /** Settled when the answer before the next one has been taken. */
  last: Promise<void>;
  /** Bytes that the peer had not taken, when they last became fewer. */
  unread: { bytes: number; sinceMs: number };
}

export class Connections {
  readonly #limits: ConnectionLimits;
  readonly #connections = new Map<Socket, Connection>();
  readonly #ofPeer = new Map<string, number>();

  /** @param limits without `perPeer` where every connection is of a proxy of one's own */
  constructor(server: Server, limits: ConnectionLimits) {
    this.#limits = limits;
    server.on('connection', (socket: Socket) => this.#opened(socket));
    const checking = setInterval(() => this.#cutUnread(), CHECKING_MS);
    checking.unref();
    server.once('close', () => clearInterval(checking));
  }

  /**
   * Resolves when it is this request's turn: answers leave in the order of the requests, so an answer that was made
   * before the one ahead of it was taken would only lie in memory.
   *
   * @returns whether it may be answered; a connection with too many open requests is cut
   */
  async turn({ socket }: IncomingMessage, outgoing: ServerResponse): Promise<boolean> {
    const connection = this.#connections.get(socket);
    if (!connection) return !outgoing.destroyed;
    connection.open += 1;
    if (connection.open > this.#limits.pipelined) {
      socket.destroy();
      return false;
    }
    const before = connection.last;
    connection.last = new Promise((resolve) => {
      const done = () => {
        connection.open -= 1;
        resolve();
      };
      if (outgoing.closed) done();
      else outgoing.once('close', done);
    });
    await before;
    connection.current = outgoing;
    return !outgoing.destroyed;
  }

  /** Whether an error may still be written to it: not in the middle of an answer. */
  canRefuse(socket: Socket): boolean {
    const current = this.#connections.get(socket)?.current;
    return socket.writable && !(current?.headersSent && !current.writableFinished);
  }

  #opened(socket: Socket): void {
    const peer = clientKey(socket.remoteAddress ?? '');
    const count = (this.#ofPeer.get(peer) ?? 0) + 1;
    if (count > this.#limits.perPeer) {
      socket.destroy();
      return;
    }
    this.#ofPeer.set(peer, count);
    const unread = { bytes: 0, sinceMs: performance.now() };
    this.#connections.set(socket, { open: 0, current: undefined, last: Promise.resolve(), unread });
    socket.once('close', () => this.#closed(socket, peer));
  }

  #closed(socket: Socket, peer: string): void {
    this.#connections.delete(socket);
    const left = (this.#ofPeer.get(peer) ?? 1) - 1;
    if (left > 0) this.#ofPeer.set(peer, left);
    else this.#ofPeer.delete(peer);
  }

  #cutUnread(): void {
    const nowMs = performance.now();
    for (const [socket, connection] of this.#connections) {
      const bytes = socket.writableLength;
      const { unread } = connection;
      if (bytes === 0 || bytes < unread.bytes) connection.unread = { bytes, sinceMs: nowMs };
      else if (nowMs - unread.sinceMs >= this.#limits.unreadMs) socket.destroy();
      else connection.unread = { bytes, sinceMs: unread.sinceMs };
    }
  }
}
