/** The relay with a certificate of its own, and providers with one. They are made by the machine's openssl. */
import { execFileSync, spawnSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, get, type Server } from 'node:https';
import { type AddressInfo, connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TLSSocket } from 'node:tls';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createRelayEgress } from '../providers/egress/relay.ts';
import { SECRET, type SpawnedRelay, spawnRelay } from '../test/support/relay/spawned-relay.ts';

const hasOpenssl = spawnSync('openssl', ['version']).status === 0;

/** A process each, on a machine that may be busy. */
vi.setConfig({ testTimeout: 30_000 });
const SOON = { timeout: 15_000 };

let folder = '';
let relay: SpawnedRelay | undefined;
let provider: Server | undefined;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'mitto-otp-relay-tls-'));
});

afterEach(async () => {
  await relay?.stop();
  relay = undefined;
  provider?.closeAllConnections();
  provider?.close();
  provider = undefined;
  rmSync(folder, { recursive: true });
});

function makeCertificate(name: string) {
  const files = { cert: join(folder, `${name}.crt`), key: join(folder, `${name}.key`) };
  const how =
    'req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 1 -subj /CN=relay';
  const where = [
    '-addext',
    'subjectAltName=IP:127.0.0.1',
    '-keyout',
    files.key,
    '-out',
    files.cert,
  ];
  execFileSync('openssl', [...how.split(' '), ...where], { stdio: 'ignore' });
  return files;
}

/** Its health, over TLS, and the fingerprint of the certificate that it showed. */
function healthOver(ca: Buffer): Promise<{ status: number | undefined; fingerprint: string }> {
  return new Promise((resolve, reject) => {
    const request = get(`${relay?.url}/healthz`, { ca, agent: false }, (response) => {
      const { fingerprint256 } = (response.socket as TLSSocket).getPeerCertificate();
      response
        .resume()
        .once('end', () => resolve({ status: response.statusCode, fingerprint: fingerprint256 }));
    });
    request.once('error', reject);
  });
}

describe.runIf(hasOpenssl)('a relay with a certificate', () => {
  it('speaks TLS, and reads a renewed one at a SIGHUP', async () => {
    const first = makeCertificate('first');
    const second = makeCertificate('second');
    const inUse = { cert: join(folder, 'cert.pem'), key: join(folder, 'key.pem') };
    for (const part of ['cert', 'key'] as const) copyFileSync(first[part], inUse[part]);
    relay = await spawnRelay({ RELAY_TLS_CERT_FILE: inUse.cert, RELAY_TLS_KEY_FILE: inUse.key });
    expect(relay.url).toMatch(/^https:/);

    const before = await healthOver(readFileSync(first.cert));
    expect(before.status).toBe(200);

    writeFileSync(inUse.cert, 'no certificate');
    relay.signal('SIGHUP');
    await vi.waitFor(() => expect(relay?.output()).toContain('was not read'), SOON);
    expect(await healthOver(readFileSync(first.cert))).toEqual(before);

    for (const part of ['cert', 'key'] as const) copyFileSync(second[part], inUse[part]);
    relay.signal('SIGHUP');
    await vi.waitFor(() => expect(relay?.output()).toContain('certificate again'), SOON);
    const after = await healthOver(readFileSync(second.cert));
    expect(after.fingerprint).not.toBe(before.fingerprint);
  });

  it('cuts a caller off that says nothing', async () => {
    const { cert, key } = makeCertificate('only');
    relay = await spawnRelay({ RELAY_TLS_CERT_FILE: cert, RELAY_TLS_KEY_FILE: key });
    const socket = connect(Number(new URL(relay.url).port), '127.0.0.1');
    socket.on('data', () => undefined).on('error', () => undefined);
    await new Promise((resolve) => socket.once('close', resolve));
  });

  it('does not start without it', async () => {
    const { key } = makeCertificate('only');
    const missing = { RELAY_TLS_CERT_FILE: join(folder, 'none'), RELAY_TLS_KEY_FILE: key };
    await expect(spawnRelay(missing)).rejects.toThrow('RELAY_TLS_CERT_FILE');
  });
});

describe.runIf(hasOpenssl)('a provider over TLS', () => {
  /** What it heard, and what came of asking it. */
  async function ask(listener: 'answers' | 'hangs', isTrusted: boolean) {
    const { cert, key } = makeCertificate('provider');
    const heard: string[] = [];
    const files = { cert: readFileSync(cert), key: readFileSync(key) };
    const server = createServer(files, (request, response) => {
      heard.push(request.url ?? '');
      if (listener === 'answers') response.end('{"code":200}');
    });
    provider = server;
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    relay = await spawnRelay({
      RELAY_DEADLINE_MS: '3000',
      ...(isTrusted ? { NODE_EXTRA_CA_CERTS: cert } : {}),
    });
    const { port } = server.address() as AddressInfo;
    const answer = await createRelayEgress({ relayUrl: relay.url, secret: SECRET, fetch }).call({
      url: `https://127.0.0.1:${port}/2fa/send`,
      method: 'POST',
      headers: {},
      body: '{}',
    });
    return { answer, heard };
  }

  it('is asked', async () => {
    const { answer, heard } = await ask('answers', true);
    expect(answer).toMatchObject({ kind: 'answered', status: 200, text: '{"code":200}' });
    expect(heard).toEqual(['/2fa/send']);
  });

  it('with an untrusted certificate receives nothing', async () => {
    const { answer, heard } = await ask('answers', false);
    expect(answer).toMatchObject({ kind: 'refused_by_relay', why: 'provider_unreachable' });
    expect(heard).toEqual([]);
  });

  it('that hangs may have heard the request', async () => {
    const { answer, heard } = await ask('hangs', true);
    expect(answer).toEqual({ kind: 'unanswered', why: 'late' });
    expect(heard).toEqual(['/2fa/send']);
  });
});
