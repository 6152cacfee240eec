import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { networkInterfaces } from 'node:os';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { type ServedSandbox, type ServeOptions, serveMittoSandbox } from './serve.ts';
import { SEND, SMS } from './testing.ts';

const served: ServedSandbox[] = [];

async function serve(options?: ServeOptions): Promise<ServedSandbox> {
  const one = await serveMittoSandbox(options);
  served.push(one);
  return one;
}

function send({ url, sandbox }: ServedSandbox, init: RequestInit = {}): Promise<Response> {
  return fetch(`${url}/2fa/send.json`, {
    method: 'POST',
    headers: {
      Authorization: `Basic ${btoa(`${sandbox.accountId}:${sandbox.apiKey}`)}`,
      'Content-Type': 'application/json',
    },
    body: JSON.stringify(SEND),
    ...init,
  });
}

afterEach(async () => {
  await Promise.all(served.splice(0).map((one) => one.close()));
});

describe('the sandbox on a port', () => {
  it('answers over HTTP and delivers', async () => {
    const one = await serve({ host: '127.0.0.1', knobs: { codeLength: 8 } });
    expect(one.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    const response = await send(one);
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({ code: 200, message: 'OK' });

    const inbox = await fetch(`${one.url}/_sandbox/inbox`);
    expect(await inbox.json()).toMatchObject({ messages: [{ to: SEND.to }] });
    expect(one.sandbox.inbox.last()?.code).toHaveLength(8);
  });

  it('hands on status, headers and a huge body', async () => {
    const one = await serve();
    const wrongKey = await send(one, { headers: {} });
    expect(wrongKey.status).toBe(401);
    expect(wrongKey.headers.get('WWW-Authenticate')).toMatch(/^Basic /);
    one.sandbox.knobs.patch({ faults: [{ on: 'send', kind: 'malformed', shape: 'huge' }] });
    expect((await (await send(one)).text()).length).toBeGreaterThan(5_000_000);
  });

  it('tells callback URLs on this machine of what became of a message', async () => {
    const told: string[] = [];
    const receiver = createServer((incoming, outgoing) => {
      told.push(`${incoming.method} ${incoming.url}`);
      outgoing.writeHead(204).end();
    });
    await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
    const { port } = receiver.address() as AddressInfo;
    const one = await serve({ knobs: { reports: [{ on: 'sms', status: 'delivered' }] } });
    await fetch(`${one.url}/sms.json`, {
      method: 'POST',
      headers: { 'X-Mitto-API-Key': one.sandbox.smsApiKey, 'Content-Type': 'application/json' },
      body: JSON.stringify({ ...SMS, callback: `http://127.0.0.1:${port}/told` }),
    });
    await one.sandbox.reports.settled();
    expect(told).toEqual(['POST /told']);
    expect(one.sandbox.reports.list()).toMatchObject([{ status: 'delivered', answered: 204 }]);
    receiver.closeAllConnections();
    receiver.close();
  });

  it('takes a port that it is given, and says when it is taken', async () => {
    const one = await serve();
    const port = Number(new URL(one.url).port);
    await expect(serveMittoSandbox({ port })).rejects.toMatchObject({ code: 'EADDRINUSE' });
  });

  const hasIpv6 = Object.values(networkInterfaces())
    .flat()
    .some((address) => address?.address === '::1');
  it.runIf(hasIpv6)('listens on the loopback of IPv6 as well', async () => {
    const one = await serve({ host: '::1' });
    expect(one.url).toMatch(/^http:\/\/\[::1\]:\d+$/);
    expect((await send(one)).status).toBe(200);
  });

  it('lets a hanging call go when the caller does', async () => {
    const one = await serve({ knobs: { faults: [{ on: 'send', kind: 'hang', times: 1 }] } });
    const hanging = send(one, { signal: AbortSignal.timeout(50) });
    await expect(hanging).rejects.toMatchObject({ name: 'TimeoutError' });
    expect((await send(one)).status).toBe(200);
  });

  it('breaks off hanging calls at a reset and at its end', async () => {
    const one = await serve({ knobs: { faults: [{ on: 'send', kind: 'hang' }] } });
    for (const breakOff of [() => one.sandbox.reset(), () => one.close()]) {
      const hanging = send(one);
      const lost = expect(hanging).rejects.toThrow(TypeError);
      await vi.waitFor(() => expect(one.sandbox.calls.list()).toHaveLength(1));
      await breakOff();
      await lost;
    }
  });

  it('answers 500 when the sandbox itself fails', async () => {
    const one = await serve({
      now: () => {
        throw new Error('the clock is broken');
      },
    });
    const response = await send(one);
    expect(response.status).toBe(500);
    expect(await response.text()).toContain('the clock is broken');
  });
});

it('runs as a script, says where and how, and ends on Ctrl-C', async () => {
  const script = fileURLToPath(new URL('./serve.ts', import.meta.url));
  const child = spawn(process.execPath, [script, '--port', '0'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [lines] = await once(child.stdout, 'data');
  const [, url = '', accountId = '', apiKey = ''] =
    /^Mitto sandbox on (\S+)\n2FA +account (AC\w{32}) {2}key (\S+)\n/.exec(String(lines)) ?? [];
  expect(String(lines)).toMatch(/^SMS +key \S+\nTwilio +account AC\w{32} {2}token \S+\n/m);
  const response = await fetch(`${url}/2fa/search`, {
    headers: { Authorization: `Basic ${btoa(`${accountId}:${apiKey}`)}` },
  });
  expect(response.status).toBe(200);
  await response.text();
  child.kill('SIGINT');
  const [, signal] = await once(child, 'exit');
  expect(signal).toBe('SIGINT');
});
