/** The examples in `servers/`, each installed and run as the server of a site, with real proofs of a real Worker. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Product, startProduct } from '../demo/product.ts';
import { install, packedPackage } from '../e2e/packed-package.ts';
import { freePort } from '../e2e/processes.ts';
import type { SendAnswer, VerifyAnswer } from '../shared/answers.ts';

const SITE = 'https://www.example.com';
const OTHER_SITE = 'https://shop.example.org';
const SERVERS = join(import.meta.dirname, 'servers');

let product: Product;
let project: string;
const proofs = { ours: '', ofAnotherSite: '' };

beforeAll(async () => {
  product = await startProduct({ port: 0, settings: { ALLOWED_ORIGINS: [SITE, OTHER_SITE] } });
  project = await mkdtemp(join(tmpdir(), 'mitto-otp-servers-'));
  await cp(SERVERS, project, { recursive: true });
  await install(project, [await packedPackage()]);
  proofs.ours = await prove('+4915123456781', SITE);
  proofs.ofAnotherSite = await prove('+4915123456782', OTHER_SITE);
});
afterAll(async () => {
  await product?.close();
  await rm(project, { recursive: true });
});

async function prove(phone: string, origin: string): Promise<string> {
  const post = async (path: string, body: object) => {
    const response = await fetch(`${product.url}${path}`, {
      method: 'POST',
      headers: { Origin: origin, 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
    });
    if (!response.ok) throw new Error(await response.text());
    return response.json();
  };
  const { session } = (await post('/v1/send', { phone })) as SendAnswer;
  const code = product.sandbox.inbox.last(phone)?.code;
  return ((await post('/v1/verify', { session, code })) as VerifyAnswer).proof;
}

describe.each(['express', 'fastify', 'hono'])('the server with %s', (name) => {
  let url: string;
  let server: ReturnType<typeof spawn>;
  beforeAll(async () => {
    const port = await freePort();
    url = `http://localhost:${port}/sign-up`;
    server = spawn(process.execPath, [`${name}.js`], {
      cwd: project,
      env: { ...process.env, OTP_URL: product.url, SITE_URL: SITE, PORT: String(port) },
      stdio: ['ignore', 'inherit', 'inherit'],
    });
    for (let tries = 0; tries < 100; tries++) {
      if (await fetch(url).catch(() => null)) return;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    throw new Error(`${name} does not start`);
  });
  afterAll(async () => {
    const exited = once(server, 'exit');
    server.kill();
    await exited;
  });

  const submit = (fields: Record<string, string>) =>
    fetch(url, { method: 'POST', body: new URLSearchParams(fields) });

  it('takes the number from the proof', async () => {
    const response = await submit({ 'phone-proof': proofs.ours });
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({ phone: '+4915123456781' });
  });

  it.each([
    ['of another site', () => proofs.ofAnotherSite, 'wrong_audience'],
    ['that was changed', () => `${proofs.ours.slice(0, -4)}AAAA`, 'bad_signature'],
    ['that is none', () => 'no proof', 'malformed'],
  ])('refuses a proof %s', async (_what, proof, code) => {
    const response = await submit({ 'phone-proof': proof() });
    expect(response.status).toBe(422);
    expect(await response.json()).toEqual({ code });
  });

  it('refuses a form without one', async () => {
    const response = await submit({ name: 'x' });
    expect(response.status).toBe(422);
  });
});

describe('docs/check-the-proof.md', () => {
  it.each(['express.js', 'fastify.js', 'hono.js', 'next-route.ts'])(
    'shows %s as it is',
    async (name) => {
      const docs = await readFile(join(SERVERS, '../../docs/check-the-proof.md'), 'utf8');
      expect(docs).toContain(await readFile(join(SERVERS, name), 'utf8'));
    },
  );
});
