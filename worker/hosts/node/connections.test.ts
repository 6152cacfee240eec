/** What a peer may hold of a server, over real sockets. */
import { createServer } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { type ConnectionLimits, Connections } from './connections.ts';

const cleanups: (() => void)[] = [];
afterEach(() => {
  for (const cleanup of cleanups.splice(0)) cleanup();
});

const LARGE = Buffer.alloc(4_000_000);

async function listen(limits: Partial<ConnectionLimits>, answer: Buffer | string = 'Hello') {
  let most = 0;
  let open = 0;
  const server = createServer(async (incoming, outgoing) => {
    if (!(await connections.turn(incoming, outgoing))) return;
    open += 1;
    most = Math.max(most, open);
    outgoing.once('close', () => {
      open -= 1;
    });
    outgoing.end(answer);
  });
  const connections = new Connections(server, {
    perPeer: 100,
    pipelined: 100,
    unreadMs: 60_000,
    ...limits,
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  cleanups.push(() => {
    server.closeAllConnections();
    server.close();
  });
  return { port: (server.address() as AddressInfo).port, mostAtOnce: () => most };
}

function open(port: number): { socket: Socket; ended: Promise<unknown> } {
  const socket = connect(port, '127.0.0.1');
  socket.on('error', () => undefined);
  cleanups.push(() => socket.destroy());
  return { socket, ended: new Promise((resolve) => socket.once('close', resolve)) };
}

const gets = (count: number) => 'GET / HTTP/1.1\r\nHost: x\r\n\r\n'.repeat(count);

describe('the connections of a server', () => {
  it('one peer has so many and no more, and may open another when one has ended', async () => {
    const { port } = await listen({ perPeer: 2 });
    const kept = [open(port), open(port)];
    for (const { socket } of kept) await new Promise((resolve) => socket.once('connect', resolve));
    await open(port).ended;
    kept[0]?.socket.destroy();
    await kept[0]?.ended;
    let heard = '';
    while (heard === '') {
      const { socket, ended } = open(port);
      socket.on('data', (chunk) => {
        heard += String(chunk);
        socket.destroy();
      });
      socket.write(gets(1));
      await ended;
    }
    expect(heard).toMatch(/^HTTP\/1\.1 200 /);
  });

  it('pipelined requests are answered in order, one at a time', async () => {
    const { port, mostAtOnce } = await listen({});
    const { socket } = open(port);
    let heard = '';
    const all = new Promise<void>((resolve) =>
      socket.on('data', (chunk) => {
        heard += String(chunk);
        if (heard.split('Hello').length > 50) resolve();
      }),
    );
    socket.write(gets(50));
    await all;
    expect(mostAtOnce()).toBe(1);
  });

  it('more pipelined requests than the limit end the connection', async () => {
    const { port } = await listen({ pipelined: 10 }, LARGE);
    const { socket, ended } = open(port);
    socket.pause();
    socket.write(gets(400));
    socket.resume();
    await ended;
    expect(socket.bytesRead).toBeLessThan(11 * LARGE.length);
  });

  it('a peer that reads nothing of its answer is cut off', async () => {
    const { port } = await listen({ unreadMs: 1_500 }, LARGE);
    const { socket, ended } = open(port);
    socket.pause();
    socket.write(gets(3));
    await new Promise((resolve) => setTimeout(resolve, 4_000));
    socket.resume();
    await ended;
    expect(socket.bytesRead).toBeLessThan(LARGE.length);
  });

  it('a peer that reads slowly, and never stops, gets its whole answer', async () => {
    const { port } = await listen({ unreadMs: 1_500 }, LARGE);
    const { socket } = open(port);
    let size = 0;
    const whole = new Promise<void>((resolve, reject) => {
      socket.once('close', () => reject(new Error(`cut off after ${size} bytes`)));
      socket.on('data', (chunk) => {
        size += chunk.length;
        if (size > LARGE.length) return resolve();
        socket.pause();
        setTimeout(() => socket.resume(), 40);
      });
    });
    socket.write(gets(1));
    await whole;
  });
});
