/**
 * A clone whose owner has set it up for a deployment of theirs: the demo and the tests run by the settings that they bring
 * along, whatever stands in the clone and in the environment.
 */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { freePort } from '../../support/free-port.ts';
import { runToEnd } from '../support/processes.ts';
import { shippedToml } from '../support/shipped-toml.ts';

const ROOT = join(import.meta.dirname, '../../..');
const PHONE = '+4915123456789';

/** Each line of these made a send of the demo fail, or would. */
const OWN_LINES = `CONNECTOR=twilio
ALLOWED_COUNTRIES=FR
PUBLIC_URL=https://otp.example.com
ALLOWED_ORIGINS=https://www.example.com
MITTO_2FA_BASE_URL=http://127.0.0.1:9
MITTO_SEND_EXTRA={"own":true}
SERVICE=
FLOWS=[]
VOICE=child
TEMPLATES={"own":{"sms":"no code"}}
TEMPLATE=own
EGRESS=relay
RELAY_URL=https://relay.example.com
RELAY_SECRET=short
CHALLENGE_FROM_SEND=1
`;

const OWN_TOML = shippedToml()
  .replace('name = "mitto-otp"', 'name = "ours"\naccount_id = "0123456789abcdef0123456789abcdef"')
  .replace('2026-10-20', '2024-01-01')
  .replace(
    '[vars]',
    `routes = [{ pattern = "otp.example.com", custom_domain = true }]
workers_dev = false
[secrets]
required = ["TURNSTILE_SECRET"]
[env.staging.vars]
SENDER = "Staging"
[vars]
EGRESS = "vpc"
CODE_LENGTH = 99
CLIENT_LIMITER = "none"`,
  )
  .replace('binding = "OTP_KV"', 'binding = "OTP_KV"\nid = "0123456789abcdef0123456789abcdef"')
  .replace('limit = 30', 'limit = 1');

const OWN_ENVIRONMENT = {
  CLOUDFLARE_ENV: 'staging',
  CLOUDFLARE_INCLUDE_PROCESS_ENV: 'true',
  CLOUDFLARE_ACCOUNT_ID: '0123456789abcdef0123456789abcdef',
  WRANGLER_CI_OVERRIDE_NAME: 'ours',
  ...Object.fromEntries(
    OWN_LINES.trim()
      .split('\n')
      .map((line) => [line.split('=', 1)[0], line.slice(line.indexOf('=') + 1)]),
  ),
};

let clone: string;
let child: ChildProcess | undefined;

beforeAll(() => {
  clone = mkdtempSync(join(tmpdir(), 'mitto-otp-own-'));
  const options = { cwd: ROOT, encoding: 'utf8' } as const;
  const listed = execFileSync(
    'git',
    ['ls-files', '-z', '--cached', '--others', '--exclude-standard'],
    options,
  );
  for (const file of new Set(listed.split('\0'))) {
    if (file === '' || !existsSync(join(ROOT, file))) continue;
    mkdirSync(join(clone, dirname(file)), { recursive: true });
    cpSync(join(ROOT, file), join(clone, file));
  }
  mkdirSync(join(clone, 'dist/assets'), { recursive: true });
  symlinkSync(join(ROOT, 'node_modules'), join(clone, 'node_modules'));
  writeFileSync(join(clone, 'wrangler.toml'), OWN_TOML);
  writeFileSync(join(clone, 'wrangler.jsonc'), '{ "name": "another", "vars": { "SERVICE": "" } }');
  mkdirSync(join(clone, '.wrangler/deploy'), { recursive: true });
  writeFileSync(
    join(clone, '.wrangler/deploy/config.json'),
    '{ "configPath": "../../wrangler.jsonc" }',
  );
  for (const name of ['.dev.vars', '.dev.vars.staging', '.env', '.env.local', '.env.production'])
    writeFileSync(join(clone, name), `${OWN_LINES}NODE_ENV=development\n`);
});

afterAll(() => {
  child?.kill('SIGKILL');
  rmSync(clone, { recursive: true, force: true });
});

it('npm start › sends a code in a clone with settings of its owner’s', async () => {
  const port = await freePort();
  child = spawn(process.execPath, ['demo/start.ts', '--port', String(port)], {
    cwd: clone,
    env: { ...process.env, ...OWN_ENVIRONMENT },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const url = `http://localhost:${port}`;
  const [line] = await once(createInterface({ input: child.stdout ?? process.stdin }), 'line');
  expect(line).toBe(`mitto-otp is ready: ${url}`);

  const config = await fetch(`${url}/v1/config`, { headers: { Origin: url } });
  expect(await config.json()).toMatchObject({ countries: expect.arrayContaining(['DE', 'GB']) });
  const widget = await fetch(`${url}/mitto-otp.js`);
  expect(widget.status).toBe(200);
  expect(await widget.text()).not.toContain('Lit is in dev mode');
  for (const last of [1, 2]) {
    const sent = await fetch(`${url}/v1/send`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Origin: url },
      body: JSON.stringify({ phone: PHONE.replace(/9$/, String(last)) }),
    });
    expect(await sent.json()).toMatchObject({ codeLength: 6 });
  }
});

it('npm test › passes in a clone with settings of its owner’s', async () => {
  const files = [
    'worker/routes/public/public.workerd.test.ts',
    'worker/rate-limit/burst-limiter.test.ts',
  ];
  const projects = ['--project', 'workerd', '--project', 'node-memory', '--project', 'node'];
  const { code, output, errors } = await runToEnd(
    process.execPath,
    ['node_modules/vitest/vitest.mjs', 'run', ...projects, ...files],
    { cwd: clone, env: OWN_ENVIRONMENT },
  );
  expect(output + errors).not.toMatch(/FAIL|staging/);
  expect(code).toBe(0);
});
