/** The server of a machine, over real sockets, with a service of the test's own behind it. */
import type { AddressInfo } from 'node:net';
import { connect, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import type { App } from '../../app.ts';
import type { Bindings } from '../../bindings.ts';
import { type AppServer, createAppServer } from './server.ts';

const running: AppServer[] = [];
const sockets: Socket[] = [];
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy();
  await Promise.all(running.splice(0).map(({ close }) => close()));
});

async function serve(fetch: App['fetch'] = async () => new Response('Hello')) {
  const served = createAppServer({
    app: { fetch },
    bindings: {} as Bindings,
    publicUrl: 'https://otp.example.com',
    log: () => undefined,
  });
  running.push(served);
  await new Promise<void>((resolve) => served.server.listen(0, '127.0.0.1', resolve));
  const { port } = served.server.address() as AddressInfo;
  return { ...served, port, url: `http://127.0.0.1:${port}` };
}

/** Says it, and gives what is said back until the connection ends. */
async function say(
  port: number,
  text: string,
): Promise<{ socket: Socket; heard: Promise<string> }> {
  const socket = connect(port, '127.0.0.1');
  sockets.push(socket);
  let heard = '';
  socket.on('data', (chunk) => {
    heard += String(chunk);
  });
  socket.on('error', () => undefined);
  const ended = new Promise<string>((resolve) => socket.once('close', () => resolve(heard)));
  await new Promise<void>((resolve) => socket.write(text, () => resolve()));
  return { socket, heard: ended };
}

const nextTurn = () => new Promise((resolve) => setImmediate(resolve));

describe('Node server, request mapping', () => {
  it('rejects a body that is far too large while the client still sends it', async () => {
    const { url } = await serve();
    const refusals = Array.from({ length: 20 }, async () => {
      const response = await fetch(url, { method: 'POST', body: new Uint8Array(5_000_000) });
      return response.status;
    });
    expect(new Set(await Promise.all(refusals))).toEqual(new Set([413]));
  });

  it('by a method that no Request can have, its service hears all the same', async () => {
    const { port } = await serve(async ({ method }) => new Response(method, { status: 405 }));
    const { heard } = await say(port, 'TRACE / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n');
    expect(await heard).toMatch(/^HTTP\/1\.1 405 [\s\S]*TRACE$/);
  });

  it('and never whole, it cuts off', async () => {
    const { port } = await serve();
    const { heard } = await say(
      port,
      'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 4000\r\n\r\n{',
    );
    expect(await heard).toMatch(/^HTTP\/1\.1 408 /);
  });
});

describe('a request that Node refuses by itself', () => {
  it.each([
    ['no HTTP at all', 'HELLO\r\n\r\n', 400],
    [
      'two lengths',
      'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n',
      400,
    ],
    ['a header of 20 kB', `GET / HTTP/1.1\r\nHost: x\r\nA: ${'a'.repeat(20_000)}\r\n\r\n`, 431],
  ])('is answered with a problem: %s', async (_what, text, status) => {
    const { port } = await serve();
    const { heard } = await say(port, text);
    const [head = '', body = ''] = (await heard).split('\r\n\r\n');
    expect(head).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
    expect(head).toMatch(/^content-type: application\/problem\+json$/im);
    expect(head).toMatch(/^cache-control: no-store$/im);
    expect(JSON.parse(body)).toMatchObject({ status, code: 'malformed_request' });
  });

  it('after a good one gets both answers', async () => {
    const { port } = await serve();
    const { heard } = await say(port, 'GET / HTTP/1.1\r\nHost: x\r\n\r\n\0\r\n\r\n');
    expect(await heard).toMatch(/^HTTP\/1\.1 (200|400) /);
  });
});

describe('the end of a server', () => {
  it('ends a connection with its next answer, and resets none', async () => {
    let release = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    const { close, port, server } = await serve(async ({ url }) => {
      if (url.endsWith('/slow')) await held;
      return new Response(new URL(url).pathname);
    });
    const get = (path: string) => `GET ${path} HTTP/1.1\r\nHost: x\r\n\r\n`;
    const arrived = new Promise((resolve) => server.once('request', resolve));
    const busy = await say(port, get('/slow'));
    await arrived;
    const idle = await say(port, get('/first'));
    await new Promise((resolve) => idle.socket.once('data', resolve));
    const errors: Error[] = [];
    for (const { socket } of [busy, idle]) socket.on('error', (error) => errors.push(error));
    const closed = close();
    idle.socket.write(get('/second'));
    const told = await idle.heard;
    expect(told).toMatch(/\/second$/);
    expect(told.match(/^connection: close$/gim)).toHaveLength(1);
    release();
    expect(await busy.heard).toMatch(/connection: close[\s\S]*\/slow$/i);
    await closed;
    expect(errors).toEqual([]);
  });

  it('waits for no answer whose reader was reset before it was made', async () => {
    const { close, port, server } = await serve(async ({ signal }) => {
      await new Promise((resolve) => signal.addEventListener('abort', resolve));
      await nextTurn();
      return new Response('Nobody reads this');
    });
    const arrived = new Promise((resolve) => server.once('request', resolve));
    const { socket } = await say(port, 'GET / HTTP/1.1\r\nHost: x\r\n\r\n');
    await arrived;
    socket.resetAndDestroy();
    await close();
  }, 8_000);

  it('does not wait for clients that are still sending', async () => {
    const { close, port, server } = await serve();
    const arrived = new Promise((resolve) => server.once('request', resolve));
    const { heard } = await say(
      port,
      'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 4000\r\n\r\n{',
    );
    await arrived;
    await close();
    expect(await heard).toBe('');
  });

  it('waits for what has arrived, and for what is done behind its answer', async () => {
    const steps: string[] = [];
    const { close, url, server } = await serve(async (_request, _bindings, { waitUntil }) => {
      await nextTurn();
      waitUntil(nextTurn().then(() => steps.push('behind')));
      return new Response('Hello');
    });
    const arrived = new Promise((resolve) => server.once('request', resolve));
    const asked = fetch(url).then((response) => response.text());
    await arrived;
    await close();
    steps.push('closed');
    expect(await asked).toBe('Hello');
    expect(steps).toEqual(['behind', 'closed']);
  });
});
