/** The examples in `servers/`, each installed and run as the server of a site, with real proofs of a real Worker. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { randomSecret } from '../demo/settings.ts';
import { type Stack, startStack } from '../demo/stack.ts';
import type { E164 } from '../shared/phone-number/e164.ts';
import { install, packedPackage } from '../test/e2e/support/packed-package.ts';
import { answers, runToEnd } from '../test/e2e/support/processes.ts';
import { proveByApi } from '../test/e2e/support/verify-via-api.ts';
import { freePort } from '../test/support/free-port.ts';
import { deriveKeyring } from '../worker/crypto/keyring.ts';
import { signProof } from '../worker/otp/proof.ts';

const SITE = 'https://www.example.com';
const OTHER_SITE = 'https://shop.example.org';
const OTP_SECRET = randomSecret();
const SERVERS = join(import.meta.dirname, 'servers');
const DOCS = join(import.meta.dirname, '../docs/check-the-proof.md');
/** Each server proves with numbers of its own, because a number waits between two codes. */
const SERVER_NAMES = ['express', 'fastify', 'hono'] as const;

let product: Stack;
let project: string;

beforeAll(async () => {
  product = await startStack({
    port: 0,
    settings: {
      OTP_SECRET,
      ALLOWED_ORIGINS: [SITE, OTHER_SITE],
      LIMITS: { send_per_ip: '100/1h' },
    },
  });
  project = await mkdtemp(join(tmpdir(), 'mitto-otp-servers-'));
  await cp(SERVERS, project, { recursive: true });
  await install(project, [await packedPackage()]);
});
afterAll(async () => {
  await product?.close();
  await rm(project, { recursive: true });
});

const prove = (phone: string, nonce?: string, origin = SITE) =>
  proveByApi(product, { origin, phone, nonce });

/** Signed with the Worker's own key, an hour ago: nobody waits in a test for a proof to expire. */
async function expiredProof(phone: string, nonce: string): Promise<string> {
  const keyring = await deriveKeyring(OTP_SECRET, undefined);
  return signProof(
    { site: SITE, phone: phone as E164, channel: 'sms', nonce },
    {
      keyring,
      issuer: product.url,
      lifetimeSeconds: 300,
      verifiedAtMs: Date.now() - 3_600_000,
      id: 'expired',
    },
  );
}

describe.each(SERVER_NAMES)('the server with %s', (name) => {
  const phoneOf = (visitor: number) => `+49151234567${SERVER_NAMES.indexOf(name)}${visitor}`;
  const visitor = { cookie: '', nonce: '', proof: '' };
  let url: string;
  let server: ChildProcess;
  let written = '';

  beforeAll(async () => {
    const port = await freePort();
    url = `http://localhost:${port}/sign-up`;
    server = spawn(process.execPath, [`${name}.js`], {
      cwd: project,
      env: { ...process.env, OTP_URL: product.url, SITE_URL: SITE, PORT: String(port) },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    for (const stream of [server.stdout, server.stderr])
      stream?.on('data', (chunk: Buffer) => {
        written += chunk.toString();
      });
    await answers(url);
    Object.assign(visitor, await arrive());
    visitor.proof = await prove(phoneOf(0), visitor.nonce);
  });
  afterAll(async () => {
    const exited = once(server, 'exit');
    server.kill();
    await exited;
  });

  /** @param cookie of a visit that has begun */
  async function arrive(cookie = ''): Promise<{ cookie: string; nonce: string }> {
    const page = await fetch(url, { headers: { Cookie: cookie } });
    return {
      cookie: page.headers.getSetCookie()[0]?.split(';')[0] ?? '',
      nonce: /nonce-value="([^"]+)"/.exec(await page.text())?.[1] ?? '',
    };
  }

  const submit = (fields: Record<string, string>, cookie = visitor.cookie) =>
    fetch(url, { method: 'POST', body: new URLSearchParams(fields), headers: { Cookie: cookie } });

  it('takes the number from the proof', async () => {
    const response = await submit({ 'phone-proof': visitor.proof });
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({ phone: phoneOf(0) });
  });

  it('keeps the cookie out of the reach of scripts, of other hosts and of other sites', async () => {
    const page = await fetch(url);
    const cookie = page.headers.getSetCookie()[0] ?? '';
    expect(cookie).toMatch(/^__Host-visit=[\w-]{36};/);
    expect(cookie).toMatch(/; Path=\/(;|$)/);
    for (const part of [/; HttpOnly/, /; Secure/, /; SameSite=Lax/]) expect(cookie).toMatch(part);
    expect(page.headers.get('Cache-Control')).toBe('no-store');
  });

  it('gives two pages of one visit one nonce, and two visits two', async () => {
    expect((await arrive(visitor.cookie)).nonce).toBe(visitor.nonce);
    expect((await arrive()).nonce).not.toBe(visitor.nonce);
  });

  it.each([
    ['of another site', () => prove(phoneOf(1), visitor.nonce, OTHER_SITE), 'wrong_audience'],
    ['of another nonce', () => prove(phoneOf(2), 'of-nobody'), 'wrong_nonce'],
    ['without a nonce', () => prove(phoneOf(3)), 'wrong_nonce'],
    ['that has expired', () => expiredProof(phoneOf(4), visitor.nonce), 'expired'],
    ['that was changed', () => `${visitor.proof.slice(0, -4)}AAAA`, 'bad_signature'],
    ['that is none', () => 'no proof', 'malformed'],
    ['that is empty', () => '', 'malformed'],
  ])('refuses a proof %s', async (_what, proof, code) => {
    const response = await submit({ 'phone-proof': await proof() });
    expect(response.status).toBe(422);
    expect(await response.json()).toEqual({ code });
  });

  it.each([
    ['another visit', async () => (await arrive()).cookie],
    ['a visit named after the nonce', () => `__Host-visit=${visitor.nonce}`],
    ['nobody', () => ''],
  ])('refuses a proof that is shown by %s', async (_who, cookie) => {
    const response = await submit({ 'phone-proof': visitor.proof }, await cookie());
    expect(response.status).toBe(422);
    expect(await response.json()).toEqual({ code: 'wrong_nonce' });
  });

  it('refuses a form without a proof, and what is no form', async () => {
    expect((await submit({ name: 'x' })).status).toBe(422);
    const headers = { 'Content-Type': 'application/json', Cookie: visitor.cookie };
    const answer = await fetch(url, { method: 'POST', headers, body: '{"phone-proof":null}' });
    expect(answer.status).toBe(422);
  });

  it("refuses what cannot be read as its visitor's fault", async () => {
    for (const [type, body] of [
      ['multipart/form-data', 'no parts'],
      ['application/x-www-form-urlencoded', 'phone-proof=a&phone-proof=b'],
      ['application/json', '{'],
      ['text/plain', visitor.proof],
    ] as const) {
      const headers = { 'Content-Type': type, Cookie: visitor.cookie };
      const { status } = await fetch(url, { method: 'POST', headers, body });
      expect([type, status >= 400 && status < 500]).toEqual([type, true]);
    }
  });

  it.each(['OTP_URL', 'SITE_URL'])('does not start without %s', async (missing) => {
    const env = { OTP_URL: product.url, SITE_URL: SITE, PORT: '0', [missing]: '' };
    const { code, errors } = await runToEnd(process.execPath, [`${name}.js`], {
      cwd: project,
      env,
    });
    expect(errors).toContain('OTP_URL and SITE_URL are not set');
    expect(code).toBe(1);
  });

  it('has written down no number and no proof', () => {
    expect(written).not.toMatch(/\+?49\d{6}/);
    expect(written).not.toContain(visitor.proof);
  });
});

describe('docs/check-the-proof.md', () => {
  it('shows the files of servers/, each as it is', async () => {
    const docs = await readFile(DOCS, 'utf8');
    const blocks = [...docs.matchAll(/^```[jt]s\n(.*?)^```$/gms)].map(([, code]) => code);
    const names = (await readdir(SERVERS)).filter((file) => /\.[jt]s$/.test(file));
    const files = await Promise.all(names.map((file) => readFile(join(SERVERS, file), 'utf8')));
    expect(new Set(blocks)).toEqual(new Set(files));
  });

  it('says how to install all that they import', async () => {
    const docs = await readFile(DOCS, 'utf8');
    const installed = [...docs.matchAll(/^npm install ([^#\n]+)/gm)].flatMap(([, names = '']) =>
      names.trim().split(/\s+/),
    );
    const { dependencies } = JSON.parse(await readFile(join(SERVERS, 'package.json'), 'utf8'));
    expect(installed.sort()).toEqual(['mitto-otp', ...Object.keys(dependencies)].sort());
  });
});
