/** `mitto-otp serve` as it is installed: over real sockets, in each runtime that it is said to run in. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { type IncomingMessage, request } from 'node:http';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type ServedSandbox, serveMittoSandbox } from '../../../sandbox/serve.ts';
import type { Problem } from '../../../shared/api/problem-details.ts';
import type { SendAnswer, VerifyAnswer } from '../../../shared/api/responses.ts';
import { verifyProof } from '../../../shared/verify-proof.ts';
import { freePort } from '../../support/free-port.ts';
import { install, packedPackage } from '../support/packed-package.ts';
import { answers, runToEnd } from '../support/processes.ts';

const SITE = 'https://www.example.com';
const PHONE = '+4915123456789';
const COMMAND = 'node_modules/mitto-otp/cli/bin.js';

/** Their packages hold the program of one kind of machine each. */
const HAS_ALL = process.platform === 'linux' && process.arch === 'x64';
const OTHERS = ['@deno/linux-x64-glibc@2.9.6', '@oven/bun-linux-x64@1.4.5'];
const RUNTIMES: Readonly<Record<string, readonly string[]>> = {
  Node: [process.execPath],
  Deno: ['node_modules/@deno/linux-x64-glibc/deno', 'run', '--allow-all'],
  Bun: ['node_modules/@oven/bun-linux-x64/bin/bun'],
};

/** Without the settings that another test may have put there: what is in the environment goes before a file. */
const { OTP_SECRET: _, MITTO_ACCOUNT_ID: __, MITTO_API_KEY: ___, ...ENVIRONMENT } = process.env;

let project: string;
let sandbox: ServedSandbox;
let running: Served[] = [];

interface Served {
  url: string;
  process: ChildProcess;
  log(): string;
}

beforeAll(async () => {
  project = await mkdtemp(join(tmpdir(), 'mitto-otp-serve-'));
  await writeFile(join(project, 'package.json'), '{"private":true,"type":"module"}');
  await install(project, [await packedPackage(), ...(HAS_ALL ? OTHERS : [])]);
});
afterAll(() => rm(project, { recursive: true }));

beforeEach(async () => {
  sandbox = await serveMittoSandbox();
});
afterEach(async () => {
  for (const { process: child } of running) await stop(child);
  running = [];
  await sandbox.close();
});

async function stop(child: ChildProcess): Promise<number | null> {
  if (child.exitCode !== null) return child.exitCode;
  const exited = once(child, 'exit');
  child.kill('SIGTERM');
  const [code] = await exited;
  return code;
}

interface ServeOptions {
  runtime?: string;
  store?: string;
  port?: number;
  flags?: readonly string[];
  settings?: Record<string, string>;
}

async function settingsFile(port: number, more: Record<string, string> = {}): Promise<string> {
  const settings = {
    PUBLIC_URL: `http://localhost:${port}`,
    ALLOWED_ORIGINS: SITE,
    ALLOWED_COUNTRIES: 'DE,AT',
    SENDER: 'Example',
    OTP_SECRET: 'a secret of at least thirty-two bytes',
    MITTO_ACCOUNT_ID: sandbox.sandbox.accountId,
    MITTO_API_KEY: sandbox.sandbox.apiKey,
    MITTO_2FA_BASE_URL: sandbox.url,
    LIMITS: '{"send_per_ip":"4/1h","cooldown":"1"}',
    ...more,
  };
  const file = join(project, `${port}.env`);
  const lines = Object.entries(settings).map(([name, value]) => `${name}='${value}'`);
  await writeFile(file, lines.join('\n'));
  return file;
}

async function serve(options: ServeOptions = {}): Promise<Served> {
  const { runtime = 'Node', store = 'memory', flags = [] } = options;
  const port = options.port ?? (await freePort());
  const [command = '', ...before] = RUNTIMES[runtime] ?? [];
  const settings = await settingsFile(port, options.settings);
  const child = spawn(
    command,
    [
      ...before,
      ...[COMMAND, 'serve', '--settings', settings, '--store', store, '--port', String(port)],
      ...flags,
    ],
    { cwd: project, env: ENVIRONMENT, stdio: ['ignore', 'pipe', 'inherit'] },
  );
  let log = '';
  child.stdout.on('data', (chunk) => {
    log += String(chunk);
  });
  const url = `http://localhost:${port}`;
  const served = { url, process: child, log: () => log };
  running.push(served);
  await Promise.race([
    answers(`${url}/healthz`),
    once(child, 'exit').then(() => Promise.reject(new Error(`It ended: ${log}`))),
  ]);
  return served;
}

function post(url: string, body: unknown, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(url, {
    method: 'POST',
    headers: { Origin: SITE, 'Content-Type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
}

async function send(url: string, phone = PHONE): Promise<string> {
  const response = await post(`${url}/v1/send`, { phone });
  if (!response.ok) throw new Error(await response.text());
  return ((await response.json()) as SendAnswer).session;
}

const codeFor = (phone = PHONE) => sandbox.sandbox.inbox.list({ to: phone }).at(-1)?.code ?? '';
const wrongCode = (nth = 1) => String((Number(codeFor()) + nth) % 1_000_000).padStart(6, '0');
const codeOf = async (response: Response) =>
  response.ok ? 'ok' : ((await response.json()) as Problem).code;

describe.each([
  ['Node', 'memory'],
  ['Node', 'a.sqlite'],
  ...(HAS_ALL
    ? [
        ['Deno', 'memory'],
        ['Deno', 'b.sqlite'],
        ['Bun', 'memory'],
        ['Bun', 'c.sqlite'],
      ]
    : []),
])('in %s, with its store in %s', (runtime, store) => {
  it('proves a number, and stops when it is told to', async () => {
    const { url, process: child, log } = await serve({ runtime, store });
    const session = await send(url);
    expect(await codeOf(await post(`${url}/v1/verify`, { session, code: wrongCode() }))).toBe(
      'incorrect_code',
    );
    const verified = await post(`${url}/v1/verify`, { session, code: codeFor() });
    const { proof } = (await verified.json()) as VerifyAnswer;
    const claims = await verifyProof(proof, { issuer: url, audience: SITE });
    expect(claims.phone_number).toBe(PHONE);
    // The same code again renews the proof; no other code is evaluated.
    const again = (code: string) => post(`${url}/v1/verify`, { session, code });
    expect(await codeOf(await again(codeFor()))).toBe('ok');
    expect(await codeOf(await again(wrongCode()))).toBe('session_used');
    expect((await (await fetch(`${url}/mitto-otp.js`)).text()).length).toBeGreaterThan(10_000);
    expect(log()).not.toContain(PHONE.slice(3));
    expect(await stop(child)).toBe(0);
  });
});

describe.each(HAS_ALL ? Object.keys(RUNTIMES) : ['Node'])('a provider in %s', (runtime) => {
  it('that nobody can reach has sent nothing: another one is asked', async () => {
    const { url } = await serve({
      runtime,
      settings: {
        CONNECTOR: 'mitto-sms,mitto-2fa',
        MITTO_SMS_BASE_URL: `http://localhost:${await freePort()}`,
        MITTO_SMS_API_KEY: 'a-key-of-the-SMS-API',
      },
    });
    await send(url);
    expect(codeFor()).not.toBe('');
  });

  it('that hangs up in the midst may have sent it: nobody else is asked', async () => {
    const dead = createServer((socket) => socket.once('data', () => socket.destroy()));
    await new Promise<void>((resolve) => dead.listen(0, 'localhost', resolve));
    const { port } = dead.address() as AddressInfo;
    const { url } = await serve({
      runtime,
      settings: {
        CONNECTOR: 'mitto-sms,mitto-2fa',
        MITTO_SMS_BASE_URL: `http://localhost:${port}`,
        MITTO_SMS_API_KEY: 'a-key-of-the-SMS-API',
      },
    });
    expect(await codeOf(await post(`${url}/v1/send`, { phone: PHONE }))).toBe('delivery_unknown');
    expect(codeFor()).toBe('');
    dead.close();
  });
});

describe('the service of a machine', () => {
  it('goes on with open sessions and spent attempts after a restart', async () => {
    const before = await serve({ store: 'kept.sqlite' });
    const session = await send(before.url);
    for (let nth = 1; nth <= 4; nth++)
      await post(`${before.url}/v1/verify`, { session, code: wrongCode(nth) });
    await stop(before.process);
    const port = Number(new URL(before.url).port);
    const { url } = await serve({ store: 'kept.sqlite', port });
    expect(await codeOf(await post(`${url}/v1/verify`, { session, code: wrongCode(5) }))).toBe(
      'too_many_attempts',
    );
  });

  it('is exact over two processes with one file', async () => {
    const first = await serve({ store: 'shared.sqlite' });
    const second = await serve({ store: 'shared.sqlite' });
    const session = await send(first.url);
    const guesses = Array.from({ length: 30 }, (_, nth) => {
      const url = nth % 2 === 0 ? first.url : second.url;
      return post(`${url}/v1/verify`, { session, code: wrongCode(nth + 1) }).then(codeOf);
    });
    const told = await Promise.all(guesses);
    expect(told).toContain('too_many_attempts');
    const asked = sandbox.sandbox.calls.list().filter((call) => call.operation === 'verify');
    expect(asked).toHaveLength(5);
  });

  it('makes 400 sends at once wait over two processes with one file, and refuses none', async () => {
    const options = {
      store: 'busy.sqlite',
      flags: ['--trusted-proxies', '1'],
      settings: {
        ALLOWED_COUNTRIES: 'DE',
        LIMITS: '{"send_per_prefix":"1000/1h","send_total":"1000/1d"}',
      },
    };
    const served = [await serve(options), await serve(options)];
    const sends = Array.from({ length: 400 }, (_, nth) =>
      post(
        `${served[nth % 2]?.url}/v1/send`,
        { phone: `+4915123${String(nth * 7).padStart(6, '0')}` },
        { 'X-Forwarded-For': `203.0.${nth >> 8}.${nth & 255}` },
      ).then(codeOf),
    );
    expect([...new Set(await Promise.all(sends))]).toEqual(['ok']);
    expect(sandbox.sandbox.calls.list().filter((call) => call.operation === 'send')).toHaveLength(
      400,
    );
  });

  it('counts a client over two processes with one file', async () => {
    const first = await serve({ store: 'clients.sqlite' });
    const second = await serve({ store: 'clients.sqlite' });
    const sends = Array.from({ length: 8 }, (_, nth) => {
      const { url } = nth % 2 === 0 ? first : second;
      return post(`${url}/v1/send`, { phone: `+491512345678${nth}` }).then(codeOf);
    });
    const told = await Promise.all(sends);
    expect(told.filter((code) => code === 'ok')).toHaveLength(4);
  });

  it('counts callers by the connection, whatever they write into a header', async () => {
    const { url, log } = await serve({ settings: { LIMITS: '{"send_per_ip":"1/1h"}' } });
    const forged = { 'CF-Connecting-IP': '203.0.113.9', 'X-Forwarded-For': '203.0.113.9' };
    await send(url);
    for (let time = 1; time <= 2; time++) {
      const response = await post(`${url}/v1/send`, { phone: '+4915123456780' }, forged);
      expect(await codeOf(response)).toBe('rate_limited');
    }
    expect(log().match(/See --trusted-proxies/g)).toHaveLength(1);
  });

  it.each([
    ['a flag', { flags: ['--trusted-proxies', '1'] }],
    ['the settings', { settings: { TRUSTED_PROXIES: '1' } }],
  ])(
    'counts callers by what its own proxy says, and not by what stands before it, told by %s',
    async (_by, told: ServeOptions) => {
      const settings = { ...told.settings, LIMITS: '{"send_per_ip":"1/1h"}' };
      const { url } = await serve({ ...told, settings });
      const from = (nth: number, address: string) =>
        post(
          `${url}/v1/send`,
          { phone: `+491512345678${nth}` },
          { 'X-Forwarded-For': address, 'CF-Connecting-IP': '203.0.113.1' },
        ).then(codeOf);
      expect(await from(0, '203.0.113.9')).toBe('ok');
      expect(await from(1, '203.0.113.10')).toBe('ok');
      expect(await from(2, '198.51.100.77, 203.0.113.9')).toBe('rate_limited');
    },
  );

  it('refuses what is too large, and goes on', async () => {
    const { url } = await serve();
    const large = await post(`${url}/v1/send`, ' '.repeat(200_000));
    expect(large.status).toBe(413);
    expect(await codeOf(large)).toBe('payload_too_large');
    expect(await codeOf(await post(`${url}/v1/send`, { phone: PHONE }))).toBe('ok');
  });

  it('refuses TRACE as any other method that it does not have', async () => {
    const { url } = await serve();
    const response = await new Promise<IncomingMessage>((resolve, reject) =>
      request(`${url}/healthz`, { method: 'TRACE' }, resolve).on('error', reject).end(),
    );
    expect(response.statusCode).toBe(405);
    expect(response.headers.allow).toBe('GET, HEAD');
    response.resume();
  });

  it('reads a dollar as wrangler does, so that .dev.vars may be its settings', async () => {
    const { url } = await serve({
      settings: { ADMIN_TOKEN: 'a token of 32 bytes that has a \\$ in it' },
    });
    const headers = { Authorization: 'Bearer a token of 32 bytes that has a $ in it' };
    expect(await fetch(`${url}/v1/admin/figures`, { headers })).toMatchObject({ status: 200 });
  });

  it('does not start with settings that are wrong, and names them', async () => {
    const settings = await settingsFile(1, { OTP_SECRET: 'short', ALLOWED_ORIGINS: '' });
    const store = join(project, 'never.sqlite');
    const { code, output } = await runToEnd(
      process.execPath,
      [COMMAND, 'serve', '--settings', settings, '--store', store, '--port', '1'],
      { cwd: project, env: { OTP_SECRET: undefined } },
    );
    expect(code).toBe(1);
    expect(output).toMatch(/^OTP_SECRET must /m);
    expect(output).toMatch(/^ALLOWED_ORIGINS /m);
    expect(output).not.toContain('short');
    expect(existsSync(store)).toBe(false);
  });

  it('does not start with a store that cannot be opened, and says which', async () => {
    const settings = await settingsFile(1);
    const { code, errors } = await runToEnd(
      process.execPath,
      [COMMAND, 'serve', '--settings', settings, '--store', '/nowhere/a.sqlite'],
      { cwd: project, env: { OTP_SECRET: undefined } },
    );
    expect(code).toBe(2);
    expect(errors).toMatch(/^--store: cannot open \/nowhere\/a\.sqlite/);
  });

  it.each([
    ['--port', 'x'],
    ['--trusted-proxies', '-1'],
    ['--settings', 'nowhere.env'],
  ])('says how it is called instead of %s %s', async (flag, value) => {
    const { code } = await runToEnd(process.execPath, [COMMAND, 'serve', `${flag}=${value}`], {
      cwd: project,
    });
    expect(code).toBe(2);
  });
});
