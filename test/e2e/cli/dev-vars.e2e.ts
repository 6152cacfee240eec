/** `.dev.vars` with `wrangler dev`, by the `wrangler.toml` that ships: every setting can stand there. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import {
  unstable_getVarsForDev as getVarsForDev,
  unstable_readConfig as readConfig,
} from 'wrangler';
import { type ServedSandbox, serveMittoSandbox } from '../../../sandbox/serve.ts';
import { SettingsSchema } from '../../../worker/config/schema.ts';
import { freePort } from '../../support/free-port.ts';
import { answers } from '../support/processes.ts';
import { shippedToml } from '../support/shipped-toml.ts';

const ROOT = join(import.meta.dirname, '../../..');
const SITE = 'https://www.shop.example';
const ADMIN_TOKEN = 'the token of the operators, long enough';

const folder = mkdtempSync(join(tmpdir(), 'mitto-otp-dev-vars-'));
let sandbox: ServedSandbox | undefined;
let worker: ChildProcess | undefined;

afterEach(async () => {
  if (worker?.exitCode === null) {
    worker.kill();
    await once(worker, 'exit');
  }
  await sandbox?.close();
});
afterAll(() => rmSync(folder, { recursive: true }));

function write(settings: Readonly<Record<string, string>>): string {
  const config = join(folder, 'wrangler.toml');
  writeFileSync(
    config,
    shippedToml()
      .replace('"worker/index.ts"', `"${join(ROOT, 'worker/index.ts')}"`)
      .replace('"dist/assets"', `"${join(ROOT, 'dist/assets')}"`),
  );
  const lines = Object.entries(settings).map(([name, value]) => `${name}='${value}'\n`);
  writeFileSync(join(folder, '.dev.vars'), lines.join(''));
  return config;
}

describe('.dev.vars › with wrangler dev', () => {
  it('brings every setting, whether or not wrangler.toml names it', () => {
    const names = [...Object.keys(SettingsSchema.entries), 'A_SETTING_OF_TOMORROW'];
    const config = write(Object.fromEntries(names.map((name) => [name, `our ${name}`])));
    const { vars } = readConfig({ config });
    const read = getVarsForDev(config, undefined, vars, undefined, true);
    for (const name of names) expect(read[name], name).toMatchObject({ value: `our ${name}` });
  });

  it('names no [secrets], which would keep every other name out', () => {
    expect(readConfig({ config: write({}) })).not.toHaveProperty('secrets.required');
  });

  it('has calls leave for the address that it names, and opens what its secrets open', async () => {
    sandbox = await serveMittoSandbox();
    write({
      PUBLIC_URL: 'http://localhost:8787',
      ALLOWED_ORIGINS: SITE,
      ALLOWED_COUNTRIES: 'DE',
      SENDER: 'Shop',
      OTP_SECRET: 'a secret of at least thirty-two bytes',
      SITE_SECRET: 'the secret of the site, of the same length',
      ADMIN_TOKEN,
      MITTO_2FA_BASE_URL: sandbox.url,
      MITTO_ACCOUNT_ID: sandbox.sandbox.accountId,
      MITTO_API_KEY: sandbox.sandbox.apiKey,
      CODE_LENGTH: '6',
      LIMITS: '{"send_per_ip":"1/1h"}',
    });
    const port = await freePort();
    worker = spawn(
      process.execPath,
      [
        join(ROOT, 'node_modules/wrangler/bin/wrangler.js'),
        ...['dev', '--ip', '127.0.0.1', '--port', String(port)],
      ],
      {
        cwd: folder,
        env: {
          ...process.env,
          CI: 'true',
          WRANGLER_SEND_METRICS: 'false',
          WRANGLER_WRITE_LOGS: 'false',
          CLOUDFLARE_CF_FETCH_ENABLED: 'false',
        },
        stdio: 'ignore',
      },
    );
    const url = `http://127.0.0.1:${port}`;
    const health = await answers(`${url}/healthz`);
    expect(await health.json()).toMatchObject({ status: 'ok' });

    const send = (phone: string) =>
      fetch(`${url}/v1/send`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', Origin: SITE },
        body: JSON.stringify({ phone }),
      });
    expect((await send('+4915123456789')).status).toBe(200);
    expect(sandbox.sandbox.inbox.list({ to: '+4915123456789' })).toHaveLength(1);
    expect((await send('+4915123456780')).status).toBe(429);

    const asOperator = { headers: { Authorization: `Bearer ${ADMIN_TOKEN}` } };
    expect((await fetch(`${url}/v1/admin/connectors`, asOperator)).status).toBe(200);
  });
});
