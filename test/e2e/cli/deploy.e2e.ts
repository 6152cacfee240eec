/** What the docs say of deploying, as far as it can be tried without an account: by wrangler's own dry run. */
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { afterAll, describe, expect, it } from 'vitest';
import { unstable_readConfig as readConfig } from 'wrangler';
import { parseConfig } from '../../../worker/config/parse-config.ts';
import { runToEnd } from '../support/processes.ts';
import { shippedToml } from '../support/shipped-toml.ts';

const ROOT = join(import.meta.dirname, '../../..');
const read = (path: string) => readFileSync(join(ROOT, path), 'utf8');
const TOML = shippedToml();
const folder = mkdtempSync(join(tmpdir(), 'mitto-otp-deploy-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** A block of docs/operations.md, by its first line. */
function block(title: string): string {
  const [, text] =
    new RegExp(`\`\`\`toml\\n# ${title}\\n([\\s\\S]*?)\`\`\``).exec(read('docs/operations.md')) ??
    [];
  if (text === undefined) throw new Error(`docs/operations.md has no block "${title}"`);
  return text;
}

/** A shell block of docs/operations.md, by its first words. */
function shell(beginning: string): string {
  const blocks = read('docs/operations.md').matchAll(/^ *```sh\n([\s\S]*?)```$/gm);
  const [text] = [...blocks]
    .map(([, one = '']) => one.trim())
    .filter((one) => one.startsWith(beginning));
  if (text === undefined) throw new Error(`docs/operations.md has no block "${beginning}"`);
  return text;
}

/** Of what wrangler makes of a file, the part that is looked at here. */
interface Settings {
  name: string;
  vars: Record<string, unknown>;
  kv_namespaces: { binding: string }[];
  ratelimits: { namespace_id: string }[];
  observability: unknown;
}

const onDomain = () => TOML.replace('[vars]', `${block('a domain')}\n[vars]`);
const withStaging = (toml: string) => `${toml}\n${block('staging')}`;

function written(toml: string): string {
  const config = join(folder, 'wrangler.toml');
  const here = toml
    .replace('"worker/index.ts"', `"${join(ROOT, 'worker/index.ts')}"`)
    .replaceAll('"dist/assets"', `"${join(ROOT, 'dist/assets')}"`);
  writeFileSync(config, here);
  return config;
}

function settings(toml: string, env?: string): Settings {
  return readConfig({ config: written(toml), env }) as unknown as Settings;
}

async function dryRun(toml: string, ...flags: string[]) {
  const parameters = ['deploy', '--dry-run', '--config', written(toml), ...flags];
  const { code, output, errors } = await runToEnd(
    join(ROOT, 'node_modules/.bin/wrangler'),
    parameters,
    { cwd: folder, env: { WRANGLER_SEND_METRICS: 'false', WRANGLER_WRITE_LOGS: 'false' } },
  );
  return { code, output: output + errors };
}

describe('wrangler takes', () => {
  it('the settings as they ship', async () => {
    const { code, output } = await dryRun(TOML);
    expect(output).not.toMatch(/WARNING/);
    expect(code).toBe(0);
  });

  it('the staging environment of the docs, with every binding of production', async () => {
    const { code, output } = await dryRun(withStaging(TOML), '--env', 'staging');
    expect(output).not.toMatch(/WARNING/);
    for (const [, name] of TOML.matchAll(/^(?:name|binding) = "([A-Z_]+)"/gm))
      expect(output).toContain(`env.${name}`);
    expect(output).toContain('https://otp.staging.example.com');
    expect(code).toBe(0);
  });

  it('production beside that environment, called as the docs say', async () => {
    const [, flag = ''] = /`npm run deploy -- (--env="")`/.exec(read('docs/operations.md')) ?? [];
    const { code, output } = await dryRun(withStaging(TOML), flag.replaceAll('"', ''));
    expect(output).not.toMatch(/WARNING/);
    expect(code).toBe(0);
  });

  it('a domain of one’s own', async () => {
    const { code, output } = await dryRun(onDomain());
    expect(output).not.toMatch(/WARNING/);
    expect(code).toBe(0);
  });

  it('the way out through a network of one’s own', async () => {
    const { code, output } = await dryRun(`${TOML}\n${block('EGRESS = "vpc"')}`);
    expect(output).toContain('EGRESS_VPC');
    expect(code).toBe(0);
  });
});

describe('the lines of the docs', () => {
  const bindings = { OTP_KV: {}, PHONE_GATE: {}, SEND_LEDGER: {}, BURST: {}, ASSETS: {} };
  const OTHERS = "MITTO_API_KEY='a#b'\n# ours\nMITTO_ACCOUNT_ID=AC1\n";

  it('make settings for serve that it takes', async () => {
    // Filled in as a reader does: the Worker refuses an ellipsis as the placeholder that it is.
    const lines = shell('(umask 077 && cat > settings.env').replaceAll(
      '…',
      '5d41402abc4b2a76b9719d911017c592',
    );
    await runToEnd('sh', ['-c', lines], { cwd: folder });
    const file = join(folder, 'settings.env');
    expect(statSync(file).mode & 0o077).toBe(0);
    const parsed = parseConfig({ ...bindings, ...parseEnv(readFileSync(file, 'utf8')) });
    expect(parsed, JSON.stringify(parsed)).toMatchObject({
      ok: true,
      config: { ALLOWED_COUNTRIES: ['DE', 'AT'] },
    });
  });

  it('make secrets for staging that are its own, and keep the account’s', async () => {
    const ours = ['OTP_SECRET', 'SITE_SECRET', 'ADMIN_TOKEN'].map((name) => `${name}=production`);
    writeFileSync(join(folder, '.dev.vars'), `${ours.join('\n')}\n${OTHERS}`);
    const [make = ''] = shell('(umask 077 && grep').split(/^ *npm /m);
    await runToEnd('sh', ['-c', make], { cwd: folder });
    const file = join(folder, '.dev.vars.staging');
    expect(statSync(file).mode & 0o077).toBe(0);
    const text = readFileSync(file, 'utf8');
    expect(text.startsWith(OTHERS)).toBe(true);
    expect(text).not.toContain('production');
    for (const name of ['OTP_SECRET', 'SITE_SECRET', 'ADMIN_TOKEN'])
      expect(parseEnv(text)[name]).toMatch(/^\S{44}$/);
  });
});

describe('staging beside production on a domain', () => {
  const production = () => settings(withStaging(onDomain()));
  const staging = () => settings(withStaging(onDomain()), 'staging');

  it('is another Worker at another address, and takes none away', () => {
    expect(production()).toMatchObject({
      name: 'mitto-otp',
      routes: [{ pattern: 'otp.example.com', custom_domain: true }],
    });
    expect(staging()).toMatchObject({
      name: 'mitto-otp-staging',
      routes: [{ pattern: 'otp.staging.example.com', custom_domain: true }],
    });
  });

  it('is reached by that address alone, as production is', () => {
    for (const config of [production(), staging()])
      expect(config).toMatchObject({ workers_dev: false, preview_urls: false });
  });

  it('shares no counter of the burst shield', () => {
    const [ours] = production().ratelimits;
    const [theirs] = staging().ratelimits;
    expect(theirs).toEqual({ ...ours, namespace_id: expect.not.stringMatching(/^1001$/) });
  });
});

// The invocation logs hold the headers of each request, CF-Connecting-IP among them.
it.each([
  ['production', undefined],
  ['staging', 'staging'],
])(
  '%s keeps the log of the Worker, and none of Cloudflare’s with the visitor’s address',
  (_, env) => {
    const { observability } = settings(withStaging(TOML), env);
    expect(observability).toMatchObject({ enabled: true, logs: { invocation_logs: false } });
  },
);

describe('the button', () => {
  const secrets = ['OTP_SECRET', 'MITTO_ACCOUNT_ID', 'MITTO_API_KEY'];
  const { cloudflare, scripts } = JSON.parse(read('package.json')) as {
    cloudflare: { bindings: Record<string, { description: string }> };
    scripts: Record<string, string>;
  };

  it('asks for the secrets that the Worker cannot do without, and for no other', () => {
    const asked = [...read('.dev.vars.example').matchAll(/^([A-Z_]+)=(.*)$/gm)];
    expect(asked.map(([, name]) => name).sort()).toEqual([...secrets].sort());
    // What is suggested there is deployed by whoever does not look.
    expect(asked.map(([, , value]) => value)).toEqual(secrets.map(() => ''));
  });

  it('describes what it asks for, and nothing that there is not', () => {
    const { vars, kv_namespaces } = settings(TOML);
    const known = [
      ...secrets,
      ...Object.keys(vars),
      ...kv_namespaces.map(({ binding }) => binding),
    ];
    for (const name of secrets) expect(cloudflare.bindings).toHaveProperty(name);
    for (const name of Object.keys(cloudflare.bindings)) expect(known).toContain(name);
  });

  it('finds the command that builds and deploys', () => {
    expect(scripts['deploy']).toContain('wrangler deploy');
  });
});
