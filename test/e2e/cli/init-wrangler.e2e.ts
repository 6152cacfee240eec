/** What `mitto-otp init` has wrangler do: the real one, before a small mock of Cloudflare's API. */
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { unstable_readConfig as readConfig } from 'wrangler';
import { parseDevVars, withSecrets } from '../../../cli/init/dev-vars.ts';
import { SECRETS } from '../../../cli/wrangler.ts';
import { CloudflareMock } from '../support/cloudflare-mock.ts';
import { BINDINGS, FLAGS, folder, ROOT, read, run, WRANGLER } from '../support/init-folder.ts';
import { runToEnd } from '../support/processes.ts';

describe('with wrangler, mitto-otp init', () => {
  let cloudflare: CloudflareMock;
  beforeEach(async () => {
    cloudflare = new CloudflareMock();
    await cloudflare.start();
  });
  afterEach(() => cloudflare.close());

  const put = (cwd: string, apiKey = 'the key of the account', more: NodeJS.ProcessEnv = {}) =>
    run([...FLAGS, '--put'], {
      cwd,
      env: {
        ...cloudflare.environment,
        MITTO_API_KEY: apiKey,
        MITTO_OTP_WRANGLER: WRANGLER,
        // Wrangler is started again and again, and most of its start is compiling it.
        NODE_COMPILE_CACHE: join(ROOT, 'node_modules/.cache/wrangler'),
        ...more,
      },
    });
  const namespaces = (cwd: string) =>
    readConfig({ config: join(cwd, 'wrangler.toml') }).kv_namespaces;

  /** A folder whose Worker stands: what `init` and a deployment have left, without their starts of wrangler. */
  async function deployedFolder(): Promise<string> {
    const cwd = folder();
    await run(FLAGS, { cwd, env: { MITTO_API_KEY: 'the key of the account' } });
    const toml = read(cwd, 'wrangler.toml');
    const binding = 'binding = "OTP_KV"';
    const id = 'e'.repeat(32);
    writeFileSync(join(cwd, 'wrangler.toml'), toml.replace(binding, `${binding}\nid = "${id}"`));
    cloudflare.namespaces.push({ id, title: 'mitto-otp-otp-kv' });
    cloudflare.deploy(Object.fromEntries(parseDevVars(read(cwd, '.dev.vars'))));
    return cwd;
  }

  it('makes the namespace once, names it in wrangler.toml, and puts the secrets', async () => {
    const cwd = folder();
    expect(await put(cwd)).toMatchObject({ code: 0 });
    const [made] = cloudflare.namespaces;
    expect(namespaces(cwd)).toEqual([{ binding: 'OTP_KV', id: made?.id }]);
    expect(cloudflare.secrets).toEqual(Object.fromEntries(parseDevVars(read(cwd, '.dev.vars'))));
    expect(cloudflare.secrets).toMatchObject({ MITTO_API_KEY: 'the key of the account' });
    expect(cloudflare.namespaces).toHaveLength(1);
  });

  it('run again, makes no second namespace and writes nothing anew', async () => {
    const cwd = await deployedFolder();
    const toml = read(cwd, 'wrangler.toml');
    expect(await put(cwd)).toMatchObject({ code: 0 });
    expect(read(cwd, 'wrangler.toml')).toBe(toml);
    expect(cloudflare.namespaces).toHaveLength(1);
  });

  it('names the namespace that a deployment has made before', async () => {
    const made = { id: 'e'.repeat(32), title: 'mitto-otp-otp-kv' };
    cloudflare.namespaces.push({ id: 'd'.repeat(32), title: 'another' }, made);
    const cwd = folder();
    expect(await put(cwd)).toMatchObject({ code: 0 });
    expect(namespaces(cwd)).toEqual([{ binding: 'OTP_KV', id: made.id }]);
    expect(cloudflare.namespaces).toHaveLength(2);
  });

  it.each([
    ['in one line', 'kv_namespaces = [{ binding = "OTP_KV" }]', BINDINGS.replace(/.*\n.*\n/, '')],
    ['among others', '[[kv_namespaces]]\nbinding = "MINE"\nid = "1"', BINDINGS],
  ])('finds the place for its id %s', async (_, toml, bindings) => {
    const cwd = folder(`name = "own"\n${toml}`, bindings);
    expect(await put(cwd)).toMatchObject({ code: 0 });
    expect(namespaces(cwd)).toContainEqual({ binding: 'OTP_KV', id: cloudflare.namespaces[0]?.id });
    expect(cloudflare.namespaces[0]?.title).toBe('own-otp-kv');
  });

  it('brings secrets along whole, by --put and by the --secrets-file of a deployment', async () => {
    const cwd = folder();
    for (const path of ['worker', 'dist/assets']) mkdirSync(join(cwd, path), { recursive: true });
    writeFileSync(join(cwd, 'dist/assets/a.txt'), 'a');
    const objects = ['PhoneGate', 'SendLedger', 'ClientGate', 'GuardObject'].map(
      (name) => `export class ${name} {}`,
    );
    writeFileSync(
      join(cwd, 'worker/index.ts'),
      `${objects.join('\n')}\nexport default { fetch: () => new Response() };\n`,
    );
    const values = ['#', 'a=b==', "it's #1", '\'"#', '$HOME', '$'.concat('{HOME}'), 'a\\$b', '\\n'];
    const others = new Map(values.map((value, index) => [`OTHER_${index}`, value]));
    writeFileSync(join(cwd, '.dev.vars'), withSecrets('', others));
    const key = 'a#b$c d"e';
    expect(await put(cwd, key)).toMatchObject({ code: 0 });
    expect(cloudflare.secrets).toMatchObject({ MITTO_API_KEY: key });
    const secrets = { ...Object.fromEntries(others), MITTO_API_KEY: key };

    const deployed = await runToEnd(WRANGLER, ['deploy', '--secrets-file', '.dev.vars'], {
      cwd,
      env: cloudflare.environment,
    });
    expect(deployed).toMatchObject({ code: 0 });
    expect(cloudflare.domains).toEqual(['otp.example.com']);
    const bound = cloudflare.bindings.map(({ name, text }) => [name, text] as const);
    expect(Object.fromEntries(bound)).toMatchObject(secrets);
    expect(cloudflare.bindings).toContainEqual(
      expect.objectContaining({ name: 'OTP_KV', namespace_id: cloudflare.namespaces[0]?.id }),
    );

    // Node knows no variables in it, so that a dollar keeps its backslash there.
    const byNode = Object.entries(parseEnv(read(cwd, '.dev.vars')));
    expect(
      Object.fromEntries(byNode.map(([name, value]) => [name, value?.replaceAll('\\$', '$')])),
    ).toMatchObject(secrets);
  });

  it('shows no secret on a command line, where every process of the machine could read it', async () => {
    const cwd = folder();
    const record = join(cwd, 'calls');
    const wrangler = join(cwd, 'wrangler.sh');
    writeFileSync(wrangler, `#!/bin/sh\necho "$@" >> ${record}\nexec ${WRANGLER} "$@"\n`);
    chmodSync(wrangler, 0o755);
    await put(cwd, undefined, { MITTO_OTP_WRANGLER: wrangler });
    expect(read(cwd, 'calls').split('\n')).toEqual([
      'kv namespace list',
      'kv namespace create mitto-otp-otp-kv --binding OTP_KV',
      'kv namespace list',
      'secret list',
      'secret bulk',
      '',
    ]);
  });

  it('leaves a secret as the deployment has it, rotated since, and puts what it lacks', async () => {
    const cwd = await deployedFolder();
    const file = join(cwd, '.dev.vars');
    const first = { ...cloudflare.secrets };
    const rotated = { OTP_SECRET: 'a new one, put by hand', MITTO_API_KEY: 'another' };
    Object.assign(cloudflare.secrets, rotated);
    delete cloudflare.secrets['SITE_SECRET'];
    const own = 'LIMITS={}\nOTP_SECRET_PREVIOUS=an-old-one\nTURNSTILE_SECRET=of-turnstile\n';
    writeFileSync(file, read(cwd, '.dev.vars') + own);
    const { code, output } = await put(cwd);
    expect(code).toBe(0);
    expect(cloudflare.secrets).toEqual({ ...first, ...rotated, TURNSTILE_SECRET: 'of-turnstile' });
    expect(output).toMatch(/^kept {3}.*OTP_SECRET.* as the deployment has them$/m);
  });

  it('puts a key that is given anew, and no secret that it has made where there is one', async () => {
    const there = { OTP_SECRET: 'of the deployment', MITTO_API_KEY: 'an old key' };
    cloudflare.deploy(there);
    expect(await put(folder(), 'a new key')).toMatchObject({ code: 0 });
    expect(cloudflare.secrets).toMatchObject({ ...there, MITTO_API_KEY: 'a new key' });
  });

  it('puts the settings that are secrets in the docs, but for the one of a rotation under way', () => {
    const rows = readFileSync(join(ROOT, 'docs/settings.md'), 'utf8')
      .split('\n')
      .filter((line) => /^\|.*\(secrets?\)/.test(line));
    const named = rows.flatMap((row) => {
      const [cell = ''] = row.slice(1).split(' |');
      const names = [...cell.matchAll(/`(\w+)`/g)].map(([, name]) => name ?? '');
      return cell.includes('(secrets)') ? names : names.slice(-1);
    });
    expect([...SECRETS, 'OTP_SECRET_PREVIOUS'].sort()).toEqual(named.sort());
  });

  it('says when it fails', async () => {
    const nobody = { CLOUDFLARE_API_BASE_URL: 'http://127.0.0.1:9' };
    const { code, output } = await put(folder(), undefined, nobody);
    expect(code).toBe(1);
    expect(output).toContain('FAILED the KV namespace');
    expect(output).toContain('FAILED the secrets');
  });
});
