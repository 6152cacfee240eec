/** The demo's own server, without a browser: what its backend takes and refuses, and how it stands before the Worker. */
import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SignUpAnswer } from '../../../demo/backend.ts';
import { type Stack, startStack } from '../../../demo/stack.ts';
import type { SendAnswer, VerifyAnswer } from '../../../shared/api/responses.ts';

let product: Stack;
let lastNumber = 0;

beforeAll(async () => {
  product = await startStack({ port: 0 });
});

afterAll(() => product?.close());

function post(path: string, init: RequestInit & { headers?: Record<string, string> } = {}) {
  const headers = { Origin: product.url, ...init.headers };
  return fetch(`${product.url}${path}`, { method: 'POST', ...init, headers });
}

async function postJson<Answer>(path: string, body: object): Promise<Answer> {
  const headers = { 'Content-Type': 'application/json' };
  const response = await post(path, { headers, body: JSON.stringify(body) });
  if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
  return (await response.json()) as Answer;
}

/** A browser's visit: the cookie and the nonce of one page view. */
async function visit(cookie = ''): Promise<{ cookie: string; nonce: string }> {
  const response = await post('/demo/nonce', { headers: { Cookie: cookie } });
  const [given = ''] = response.headers.getSetCookie();
  expect(given).toMatch(/; HttpOnly; SameSite=Strict; /);
  const { nonce } = (await response.json()) as { nonce: string };
  return { cookie: given.split(';')[0] ?? '', nonce };
}

async function proofFor(nonce: string): Promise<string> {
  lastNumber += 1;
  const phone = `+1202555${String(100 + lastNumber).padStart(4, '0')}`;
  const { session } = await postJson<SendAnswer>('/v1/send', { phone, nonce });
  const code = product.sandbox.inbox.last(phone)?.code ?? '';
  return (await postJson<VerifyAnswer>('/v1/verify', { session, code })).proof;
}

async function signUp(cookie: string, fields: Record<string, string>): Promise<SignUpAnswer> {
  const body = new URLSearchParams({ name: 'Ada', ...fields });
  const response = await post('/demo/sign-up', { headers: { Cookie: cookie }, body });
  return (await response.json()) as SignUpAnswer;
}

describe('the backend', () => {
  it('takes a proof once', async () => {
    const { cookie, nonce } = await visit();
    const proof = await proofFor(nonce);
    const fields = { 'phone-proof': proof, nonce };
    const answers = await Promise.all([signUp(cookie, fields), signUp(cookie, fields)]);
    expect(answers.map(({ ok }) => ok).sort()).toEqual([false, true]);
    expect(await signUp(cookie, fields)).toEqual({ ok: false, why: 'nonce_used' });
  });

  it('takes it from the visitor that it was made for, and nobody else', async () => {
    const ours = await visit();
    const thief = await visit();
    const proof = await proofFor(ours.nonce);
    expect(await signUp(thief.cookie, { 'phone-proof': proof, nonce: ours.nonce })).toEqual({
      ok: false,
      why: 'nonce_used',
    });
    expect(await signUp(thief.cookie, { 'phone-proof': proof, nonce: thief.nonce })).toEqual({
      ok: false,
      why: 'wrong_nonce',
    });
    expect(await signUp('', { 'phone-proof': proof, nonce: ours.nonce })).toMatchObject({
      ok: false,
    });
    // None of which has used it up.
    expect(await signUp(ours.cookie, { 'phone-proof': proof, nonce: ours.nonce })).toMatchObject({
      ok: true,
    });
  });

  it('knows the pages of one visitor apart', async () => {
    const first = await visit();
    const second = await visit(first.cookie);
    expect(second.cookie).toBe(first.cookie);
    const proof = await proofFor(first.nonce);
    expect(await signUp(first.cookie, { 'phone-proof': proof, nonce: second.nonce })).toEqual({
      ok: false,
      why: 'wrong_nonce',
    });
    expect(await signUp(first.cookie, { 'phone-proof': proof, nonce: first.nonce })).toMatchObject({
      ok: true,
    });
  });

  it('refuses what is no proof, and a form without a name', async () => {
    const { cookie, nonce } = await visit();
    const refusals = [
      [{ nonce }, 'proof_missing'],
      [{ nonce, 'phone-proof': 'true' }, 'malformed'],
      [{ nonce, 'phone-proof': 'x', name: ' ' }, 'name_missing'],
    ] as const;
    for (const [fields, why] of refusals)
      expect(await signUp(cookie, fields)).toEqual({ ok: false, why });
  });

  it('is not for other sites', async () => {
    for (const path of ['/demo/nonce', '/demo/sign-up'])
      expect((await post(path, { headers: { Origin: 'https://evil.example' } })).status).toBe(403);
  });

  it('does not read what is too large, or no form', async () => {
    const body = new URLSearchParams({ name: 'x'.repeat(20_000) });
    expect((await post('/demo/sign-up', { body })).status).toBe(413);
    const headers = { 'Content-Type': 'application/json' };
    expect((await post('/demo/sign-up', { headers, body: '{}' })).status).toBe(400);
  });
});

describe('the port', () => {
  it('shows the page under one name', async () => {
    const elsewhere = product.url.replace('localhost', '127.0.0.1');
    const response = await fetch(elsewhere, { redirect: 'manual' });
    expect(response.status).toBe(307);
    expect(response.headers.get('Location')).toBe(`${product.url}/`);
  });

  it('has no file but the page’s own', async () => {
    for (const path of ['/demo/backend.ts', '/demo/..%2fstart.ts', '/demo/constructor', '/demo/'])
      expect((await fetch(`${product.url}${path}`)).status).toBe(404);
  });

  it('hands on the Worker’s answers as they are', async () => {
    const script = await fetch(`${product.url}/mitto-otp.js`);
    expect(script.status).toBe(200);
    expect(script.headers.get('Access-Control-Allow-Origin')).toBe('*');
    expect((await script.text()).length).toBeGreaterThan(10_000);
    const again = await fetch(`${product.url}/mitto-otp.js`, {
      headers: { 'If-None-Match': script.headers.get('ETag') ?? '' },
    });
    expect(again.status).toBe(304);
    const head = await fetch(`${product.url}/healthz`, { method: 'HEAD' });
    expect(head.status).toBe(200);
    expect((await fetch(`${product.url}/v1/send`)).status).toBe(405);
    expect((await fetch(`${product.url}/nothing`)).status).toBe(404);
  });

  it('tells the Worker who the client is, whatever the client says', async () => {
    const strict = await startStack({
      port: 0,
      settings: { LIMITS: { send_per_ip: '1/1h', cooldown: '1' } },
    });
    try {
      const statuses: (number | undefined)[] = [];
      for (const address of ['203.0.113.1', '203.0.113.2'])
        statuses.push(await sendFrom(strict.url, address, `+120255501${address.slice(-1)}9`));
      expect(statuses).toEqual([200, 429]);
    } finally {
      await strict.close();
    }
  });
});

/** With the header that the edge alone may set. */
function sendFrom(url: string, address: string, phone: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const headers = {
      'Content-Type': 'application/json',
      Origin: url,
      'CF-Connecting-IP': address,
      'cf-connecting-ip': address,
    };
    request(`${url}/v1/send`, { method: 'POST', headers }, (response) => {
      response.resume();
      resolve(response.statusCode);
    })
      .once('error', reject)
      .end(JSON.stringify({ phone }));
  });
}
