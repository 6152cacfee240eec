/** From the Worker's way out over the relay, run as on a server, to a provider: real sockets all the way. */
import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Egress, OutboundRequest } from '../providers/egress/egress.ts';
import { createRelayEgress } from '../providers/egress/relay.ts';
import { createMittoClient, createMittoOutcomes } from '../providers/mitto/client.ts';
import { type ServedSandbox, serveMittoSandbox } from '../sandbox/serve.ts';
import {
  type RelayEnvironment,
  SECRET,
  type SpawnedRelay,
  spawnRelay,
} from '../test/support/relay/spawned-relay.ts';
import { newStamp, RELAY_HEADERS, RELAY_PATH, type Stamp, signFrame, toFrame } from './protocol.ts';
import { createRelay } from './relay.ts';
import { readSettings } from './settings.ts';

const OTHER_SECRET = 'another secret, of at least thirty-two bytes';
const MESSAGE = {
  service: '2FA',
  from: 'Example',
  to: '+4915123456789',
  body: 'Your code is {code}.',
};

/** A process each, on a machine that may be busy. */
vi.setConfig({ testTimeout: 30_000 });
const SOON = { timeout: 15_000 };

const relays: SpawnedRelay[] = [];
const sandboxes: ServedSandbox[] = [];
const servers: Server[] = [];

afterEach(async () => {
  await Promise.all(relays.splice(0).map((relay) => relay.stop()));
  await Promise.all(sandboxes.splice(0).map((sandbox) => sandbox.close()));
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

async function startRelay(env?: RelayEnvironment): Promise<SpawnedRelay> {
  const relay = await spawnRelay(env);
  relays.push(relay);
  return relay;
}

/** A provider of the test's own, and what it was asked. */
async function serveProvider(listener: RequestListener = (_, response) => response.end('{}')) {
  const seen: IncomingMessage[] = [];
  const server = createServer((request, response) => {
    seen.push(request);
    listener(request, response);
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, seen, server };
}

function egressTo(
  { url }: SpawnedRelay,
  options: { secret?: string; now?: () => number; deadlineMs?: number } = {},
): Egress {
  return createRelayEgress({ relayUrl: url, secret: SECRET, fetch, ...options });
}

function requestTo(url: string, changes: Partial<OutboundRequest> = {}): OutboundRequest {
  return { url: `${url}/2fa/send`, method: 'POST', headers: {}, body: '{"to":"+49"}', ...changes };
}

/** What the Worker would send; the test changes it on the way. */
async function signed(
  target: string,
  { secret = SECRET, stamp = newStamp(Date.now()), frame = '' } = {},
) {
  const text =
    frame ||
    toFrame({
      method: 'POST',
      url: `${target}/2fa/send?a=b`,
      headers: { Authorization: 'Basic eA==' },
      maxAnswerBytes: 1024,
      body: '{"to":"+49"}',
    });
  return { stamp, frame: text, signature: await signFrame(secret, 'request', stamp, text) };
}

interface Signed {
  stamp: Stamp;
  frame: string;
  signature: string;
}

async function post(
  { url }: Pick<SpawnedRelay, 'url'>,
  { stamp, frame, signature }: Signed,
): Promise<string> {
  const response = await fetch(`${url}${RELAY_PATH}`, {
    method: 'POST',
    headers: {
      [RELAY_HEADERS.timestamp]: stamp.timestamp,
      [RELAY_HEADERS.nonce]: stamp.nonce,
      [RELAY_HEADERS.signature]: signature,
    },
    body: frame,
  });
  await response.text();
  const error = response.headers.get(RELAY_HEADERS.error);
  return error === null ? String(response.status) : `${response.status} ${error}`;
}

describe('a call by the relay', () => {
  it('sends a code, checks it and cancels it', async () => {
    const sandbox = await serveMittoSandbox();
    sandboxes.push(sandbox);
    const { accountId, apiKey } = sandbox.sandbox;
    const egress = egressTo(await startRelay());
    const mitto = createMittoOutcomes({ accountId, apiKey, baseUrl: sandbox.url, egress });

    const sent = await mitto.send(MESSAGE);
    const requestId = sent.kind === 'accepted' ? sent.requestId : '';
    const code = sandbox.sandbox.inbox.last()?.code ?? '';
    const check = { service: '2FA', number: MESSAGE.to };
    expect(await mitto.verify({ ...check, code: 'none' }, requestId)).toMatchObject({
      kind: 'refused',
    });
    expect(await mitto.verify({ ...check, code }, requestId)).toEqual({ kind: 'verified' });
    expect(sandbox.sandbox.calls.list({ operation: 'send' })).toHaveLength(1);
  });

  it('makes and deletes a limit, and reads usage', async () => {
    const sandbox = await serveMittoSandbox();
    sandboxes.push(sandbox);
    const { accountId, apiKey } = sandbox.sandbox;
    const egress = egressTo(await startRelay());
    const mitto = createMittoClient({ accountId, apiKey, baseUrl: sandbox.url, egress });
    const buckets = [{ name: 'hour', max: 1, interval: 3600 }];
    const { sid = '' } = await mitto.limits.create({ name: 'by_phone', buckets });
    expect(await mitto.limits.update(sid, { description: 'new' })).toMatchObject({
      description: 'new',
    });
    await mitto.limits.delete(sid);
    expect(await mitto.limits.list()).toEqual([]);
    expect(await mitto.usage.subresource('Today', { startDate: '2026-01-01' })).toEqual([]);
  });

  it('carries method, path, query, headers and body there, and status, wait and text back', async () => {
    let body = '';
    const provider = await serveProvider((request, response) => {
      request.on('data', (chunk) => {
        body += chunk;
      });
      request.on('end', () =>
        response
          .writeHead(429, { 'Retry-After': '7', 'X-Other': 'x' })
          .end('{"message":"später €😀"}'),
      );
    });
    const answer = await egressTo(await startRelay()).call({
      url: `${provider.url}/2fa/limits/LI1?a=b%20c`,
      method: 'PUT',
      headers: { Authorization: 'Basic eA==', 'Content-Type': 'application/json' },
      body: '{"name":"ü\\n"}\n',
    });
    expect(answer).toEqual({
      kind: 'answered',
      status: 429,
      retryAfter: '7',
      text: '{"message":"später €😀"}',
      from: '127.0.0.1',
    });
    const [request] = provider.seen;
    expect(request).toMatchObject({ method: 'PUT', url: '/2fa/limits/LI1?a=b%20c' });
    expect(request?.headers).toMatchObject({
      authorization: 'Basic eA==',
      'content-type': 'application/json',
      host: new URL(provider.url).host,
    });
    expect(Object.keys(request?.headers ?? {}).join()).not.toMatch(/relay|forwarded|via/);
    expect(body).toBe('{"name":"ü\\n"}\n');
  });

  it('may have no body, there and back', async () => {
    const provider = await serveProvider((_, response) => response.writeHead(204).end());
    const answer = await egressTo(await startRelay()).call({
      url: `${provider.url}/2fa/limits/LI1`,
      method: 'DELETE',
      headers: {},
    });
    expect(answer).toMatchObject({ kind: 'answered', status: 204, retryAfter: null, text: '' });
  });

  it.each([
    ['203.0.113.7', '203.0.113.7'],
    ['2001:db8::7,203.0.113.7', '203.0.113.7'],
    // Of the other family, it says nothing of a call like this.
    ['2001:db8::7', '127.0.0.1'],
  ])('that stands behind a NAT as %s says that it left by %s', async (outside, from) => {
    const provider = await serveProvider();
    const relay = await startRelay({ RELAY_OUTSIDE_ADDRESS: outside });
    expect(await egressTo(relay).call(requestTo(provider.url))).toMatchObject({ from });
  });

  it.each([301, 302, 307, 308])('follows no %i', async (status) => {
    const elsewhere = await serveProvider();
    const provider = await serveProvider((_, response) =>
      response.writeHead(status, { Location: elsewhere.url }).end(),
    );
    const answer = await egressTo(await startRelay()).call(requestTo(provider.url));
    expect(answer).toMatchObject({ kind: 'answered', status });
    expect(elsewhere.seen).toEqual([]);
  });

  it('reads no more than the caller has use for', async () => {
    const provider = await serveProvider((_, response) => response.end('x'.repeat(64 * 1024 + 1)));
    const egress = egressTo(await startRelay());
    expect(await egress.call(requestTo(provider.url))).toEqual({ kind: 'oversized', status: 200 });
    const roomier = requestTo(provider.url, { maxAnswerBytes: 1024 * 1024 });
    expect(await egress.call(roomier)).toMatchObject({ kind: 'answered', status: 200 });
  });

  it('carries no more than 64 KiB there, and says so before it leaves', async () => {
    const provider = await serveProvider();
    const relay = await startRelay();
    const body = 'x'.repeat(64 * 1024);
    expect(await egressTo(relay).call(requestTo(provider.url, { body }))).toEqual({
      kind: 'refused_by_relay',
      why: 'misconfigured',
      detail: 'too_large',
    });
    expect(await post(relay, await signed('', { frame: body + body }))).toBe('413 too_large');
    expect(provider.seen).toEqual([]);
  });
});

describe('a provider that gives no whole answer', () => {
  it('hangs: the request may have been heard', async () => {
    const provider = await serveProvider(() => undefined);
    const relay = await startRelay({ RELAY_DEADLINE_MS: '1500' });
    expect(await egressTo(relay).call(requestTo(provider.url))).toEqual({
      kind: 'unanswered',
      why: 'late',
    });
    expect(provider.seen).toHaveLength(1);
    await vi.waitFor(() => expect(relay.output()).toContain('127.0.0.1 late'), SOON);
  });

  it.each<[string, RequestListener]>([
    ['resets the connection', (request) => request.socket.resetAndDestroy()],
    ['speaks no HTTP', (request) => request.socket.end('SSH-2.0-OpenSSH_9.2\r\n')],
    [
      'changes the protocol',
      (request) => request.socket.end('HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\n\r\n'),
    ],
    [
      'breaks off in the middle',
      (_, response) => {
        response.writeHead(200, { 'Content-Length': '100' });
        response.write('{"code":200,', () => response.destroy());
      },
    ],
  ])('%s: the request may have been heard', async (_what, listener) => {
    const provider = await serveProvider(listener);
    expect(await egressTo(await startRelay()).call(requestTo(provider.url))).toEqual({
      kind: 'unanswered',
      why: 'broken',
    });
  });

  it('is not there: the request was certainly not heard', async () => {
    const { url, server } = await serveProvider();
    await new Promise((resolve) => server.close(resolve));
    const egress = egressTo(await startRelay());
    const refused = {
      kind: 'refused_by_relay',
      why: 'provider_unreachable',
      detail: 'unreachable',
    };
    expect(await egress.call(requestTo(url))).toEqual(refused);
  });

  it('takes no TLS: the request was certainly not heard', async () => {
    const heard: string[] = [];
    const provider = await serveProvider((request) => heard.push(request.url ?? ''));
    const egress = egressTo(await startRelay({ RELAY_DEADLINE_MS: '2000' }));
    expect(await egress.call(requestTo(provider.url.replace('http:', 'https:')))).toMatchObject({
      why: 'provider_unreachable',
    });
    expect(heard).toEqual([]);
  });
});

describe('the relay passes nothing on that', () => {
  async function stage(env?: RelayEnvironment) {
    const provider = await serveProvider();
    return { provider, relay: await startRelay(env) };
  }

  it('is signed with another secret', async () => {
    const { provider, relay } = await stage();
    const egress = egressTo(relay, { secret: OTHER_SECRET });
    expect(await egress.call(requestTo(provider.url))).toEqual({
      kind: 'refused_by_relay',
      why: 'misconfigured',
      detail: 'bad_signature',
    });
    expect(provider.seen).toEqual([]);
  });

  it('lacks a part of the signature', async () => {
    const { provider, relay } = await stage();
    const whole = await signed(provider.url);
    const { stamp } = whole;
    expect(await post(relay, { ...whole, signature: '' })).toBe('401 unsigned');
    for (const changed of [
      { ...stamp, timestamp: '' },
      { ...stamp, nonce: '' },
    ])
      expect(await post(relay, { ...whole, stamp: changed })).toBe('401 bad_signature');
    const bare = await fetch(`${relay.url}${RELAY_PATH}`, { method: 'POST', body: whole.frame });
    expect(bare.headers.get(RELAY_HEADERS.error)).toBe('unsigned');
    expect(provider.seen).toEqual([]);
  });

  it('was changed on the way, whichever part of it', async () => {
    const { provider, relay } = await stage();
    const other = await serveProvider();
    const whole = await signed(provider.url);
    const { stamp, frame, signature } = whole;
    const [digit = ''] = signature;
    const changes: Record<string, Partial<Signed>> = {
      'the time': { stamp: { ...stamp, timestamp: String(Number(stamp.timestamp) + 1) } },
      'the nonce': { stamp: newStamp(Date.now()) },
      'the signature': { signature: (digit === '0' ? '1' : '0') + signature.slice(1) },
      'the method': { frame: frame.replace('"POST"', '"PUT"') },
      'the host': { frame: frame.replace(provider.url, other.url) },
      'the path': { frame: frame.replace('/2fa/send', '/2fa/verify') },
      'the query': { frame: frame.replace('?a=b', '?a=c') },
      'a header': { frame: frame.replace('eA==', 'eQ==') },
      'the cap': { frame: frame.replace('1024', '2048') },
      'the body': { frame: frame.replace('+49', '+1900') },
      'the end': { frame: `${frame} ` },
    };
    for (const [what, change] of Object.entries(changes)) {
      expect({ ...whole, ...change }).not.toEqual(whole);
      expect([what, await post(relay, { ...whole, ...change })]).toEqual([
        what,
        '401 bad_signature',
      ]);
    }
    const answerSignature = await signFrame(SECRET, 'answer', stamp, frame);
    expect(await post(relay, { ...whole, signature: answerSignature })).toBe('401 bad_signature');
    expect([...provider.seen, ...other.seen]).toEqual([]);
    expect(await post(relay, whole)).toBe('200');
  });

  it('was seen before, one after the other or all at once', async () => {
    const { provider, relay } = await stage();
    const whole = await signed(provider.url);
    expect(await post(relay, whole)).toBe('200');
    expect(await post(relay, whole)).toBe('409 replayed');
    const next = await signed(provider.url);
    const outcomes = await Promise.all(Array.from({ length: 20 }, () => post(relay, next)));
    expect(outcomes.filter((outcome) => outcome === '200')).toHaveLength(1);
    expect(outcomes.filter((outcome) => outcome === '409 replayed')).toHaveLength(19);
    expect(provider.seen).toHaveLength(2);
  });

  it('was signed more than a minute ago, or for later', async () => {
    const { provider, relay } = await stage();
    for (const apartMs of [-61_000, -86_400_000, 61_000 + 5_000]) {
      const egress = egressTo(relay, { now: () => Date.now() + apartMs });
      expect(await egress.call(requestTo(provider.url))).toEqual({
        kind: 'refused_by_relay',
        why: 'misconfigured',
        detail: 'stale',
      });
    }
    expect(provider.seen).toEqual([]);
    const early = egressTo(relay, { now: () => Date.now() + 30_000 });
    expect(await early.call(requestTo(provider.url))).toMatchObject({ kind: 'answered' });
  });

  it('was signed before it started: it may have been passed on then', async () => {
    const provider = await serveProvider();
    const whole = await signed(provider.url);
    const relay = await startRelay();
    expect(await post(relay, whole)).toBe('503 restarted');
    const egress = egressTo(relay, { now: () => Date.now() - 30_000 });
    expect(await egress.call(requestTo(provider.url))).toEqual({
      kind: 'unanswered',
      why: 'broken',
    });
    expect(provider.seen).toEqual([]);
  });

  it('was signed before it started, by the clock as it goes now and not as it went then', async () => {
    const provider = await serveProvider();
    let aheadMs = 3_600_000;
    let uptimeMs = 0;
    const read = readSettings({ RELAY_SECRET: SECRET, RELAY_TEST_LOOPBACK: 'allow' });
    if (!read.ok) throw new Error(read.problems.join());
    const { server } = createRelay(read.settings, {
      now: () => Date.now() + aheadMs,
      monotonic: () => uptimeMs,
      log: () => undefined,
    });
    servers.push(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    aheadMs = 0;
    uptimeMs = 30_000;
    const signedAt = (ms: number) => signed(provider.url, { stamp: newStamp(Date.now() + ms) });
    expect(await post({ url }, await signedAt(-40_000))).toBe('503 restarted');
    expect(await post({ url }, await signedAt(-20_000))).toBe('200');
  });

  it('is for anybody but the providers', async () => {
    const { provider, relay } = await stage({ RELAY_TEST_LOOPBACK: '' });
    const egress = egressTo(relay);
    for (const url of [provider.url, 'https://example.com', 'http://cpaas.mittoapi.com'])
      expect(await egress.call(requestTo(url))).toEqual({
        kind: 'refused_by_relay',
        why: 'misconfigured',
        detail: 'target_not_allowed',
      });
    expect(provider.seen).toEqual([]);
  });

  it('is signed and still no order', async () => {
    const { provider, relay } = await stage();
    for (const frame of ['{}', '{}\n', 'null\n', '{"method":"POST","url":"/"}\n'])
      expect(await post(relay, await signed(provider.url, { frame }))).toBe('400 malformed');
    const host = requestTo(provider.url, { headers: { Host: 'evil.example' } });
    expect(await egressTo(relay).call(host)).toMatchObject({ detail: 'malformed' });
    expect(provider.seen).toEqual([]);
  });
});

describe('the relay itself', () => {
  it('says that it is well, and has nothing else to show', async () => {
    const { url } = await startRelay();
    const health = await fetch(`${url}/healthz`);
    expect([health.status, await health.text()]).toEqual([200, '{"status":"ok"}']);
    for (const [method, path] of [
      ['GET', RELAY_PATH],
      ['PUT', RELAY_PATH],
      ['GET', '/'],
      ['POST', '/'],
      ['GET', '/https://example.com/'],
    ]) {
      const response = await fetch(`${url}${path}`, { method: method ?? '' });
      expect(response.status).toBe(404);
      expect(response.headers.get(RELAY_HEADERS.error)).toBe('not_found');
    }
  });

  it('where it is not under its URL, says so', async () => {
    const { url } = await startRelay();
    const egress = createRelayEgress({ relayUrl: `${url}/elsewhere`, secret: SECRET, fetch });
    expect(await egress.call(requestTo('http://127.0.0.1:1'))).toMatchObject({
      why: 'misconfigured',
      detail: 'not_found',
    });
  });

  it('takes the secret before the present one, during a rotation', async () => {
    const provider = await serveProvider();
    const relay = await startRelay({ RELAY_SECRET_PREVIOUS: OTHER_SECRET });
    for (const secret of [SECRET, OTHER_SECRET])
      expect(await egressTo(relay, { secret }).call(requestTo(provider.url))).toMatchObject({
        kind: 'answered',
      });
  });

  it('logs time, host, outcome and duration, and nothing of what it carries', async () => {
    const provider = await serveProvider((_, response) =>
      response.writeHead(400).end('{"message":"no such number +4915123456789"}'),
    );
    const relay = await startRelay();
    await egressTo(relay).call(
      requestTo(`${provider.url}/secret-path?to=4915123456789`, {
        headers: { Authorization: 'Basic c2VjcmV0' },
        body: '{"to":"+4915123456789"}',
      }),
    );
    await egressTo(relay, { secret: OTHER_SECRET }).call(requestTo(provider.url));
    await vi.waitFor(() => expect(relay.output().split('\n')).toHaveLength(4), SOON);
    const [, ...lines] = relay.output().trim().split('\n');
    expect(lines[0]).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z 127\.0\.0\.1 400 \d+ms$/);
    expect(lines[1]).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z - bad_signature \d+ms$/);
  });

  it('has no more than 200 calls under way, and refuses others before they leave', async () => {
    const waiting: (() => void)[] = [];
    const provider = await serveProvider((_, response) => waiting.push(() => response.end('{}')));
    const egress = egressTo(await startRelay({ RELAY_DEADLINE_MS: '20000' }), {
      deadlineMs: 20_000,
    });
    const underWay = Array.from({ length: 200 }, () => egress.call(requestTo(provider.url)));
    await vi.waitFor(() => expect(waiting).toHaveLength(200), SOON);
    expect(await egress.call(requestTo(provider.url))).toEqual({
      kind: 'refused_by_relay',
      why: 'busy',
      detail: 'busy',
    });
    for (const answer of waiting) answer();
    await Promise.all(underWay);
    const next = egress.call(requestTo(provider.url));
    await vi.waitFor(() => expect(waiting).toHaveLength(201), SOON);
    waiting.at(-1)?.();
    expect(await next).toMatchObject({ kind: 'answered' });
  });

  it('cuts a caller off that dawdles', async () => {
    const { url } = await startRelay();
    const socket = connect(Number(new URL(url).port), '127.0.0.1');
    const closed = new Promise((resolve) => socket.once('close', resolve));
    socket.on('data', () => undefined).on('error', () => undefined);
    socket.write('POST /v1/pass HTTP/1.1\r\nHost: x\r\n');
    await closed;
  });

  it.each(['SIGTERM', 'SIGINT'] as const)(
    'at a %s finishes what is under way, takes nothing new and ends',
    async (signal) => {
      let finish: (() => void) | undefined;
      const provider = await serveProvider((_, response) => {
        finish = () => response.end('{"code":200}');
      });
      const relay = await startRelay();
      const underWay = egressTo(relay).call(requestTo(provider.url));
      await vi.waitFor(() => expect(finish).toBeDefined(), SOON);
      relay.signal(signal);
      await vi.waitFor(async () => {
        await expect(fetch(`${relay.url}/healthz`)).rejects.toThrow(TypeError);
      }, SOON);
      finish?.();
      expect(await underWay).toMatchObject({ kind: 'answered', text: '{"code":200}' });
      expect(await relay.ended).toBe(0);
    },
  );

  it('does not start with wrong settings, names them all and shows no value', async () => {
    const wrong = { RELAY_SECRET: 'too short', RELAY_LISTEN: 'nowhere' };
    const failure = await spawnRelay(wrong).catch((error: unknown) => String(error));
    expect(failure).toMatch(/RELAY_SECRET must.*\n.*RELAY_LISTEN must/);
    expect(failure).not.toMatch(/too short|nowhere/);
  });

  it('does not start on a port that is taken', async () => {
    const { url } = await startRelay();
    const taken = { RELAY_LISTEN: new URL(url).host };
    await expect(spawnRelay(taken)).rejects.toThrow('EADDRINUSE');
  });
});
