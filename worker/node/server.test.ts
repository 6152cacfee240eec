/** The server of a machine, over real sockets, with a service of the test's own behind it. */
import type { AddressInfo } from 'node:net';
import { connect, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import type { App } from '../app.ts';
import type { Bindings } from '../bindings.ts';
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

describe('what a server is asked', () => {
  it('with a body that is far too large it refuses, to whoever still writes it', async () => {
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

describe('the end of a server', () => {
  it('waits for nobody who is still writing his request', async () => {
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
