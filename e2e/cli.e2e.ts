/** `mitto-otp doctor` and `mitto-otp init`, as a person runs them. */
import { once } from 'node:events';
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Product, startProduct } from '../demo/product.ts';
import { runToEnd } from './processes.ts';

const ROOT = join(import.meta.dirname, '..');
const ADMIN_TOKEN = 'the token of the operators, long enough';

const run = (
  parameters: readonly string[],
  { env = {}, cwd = ROOT }: { env?: Record<string, string>; cwd?: string } = {},
) => runToEnd(process.execPath, [join(ROOT, 'cli/main.ts'), ...parameters], { cwd, env });

describe('mitto-otp doctor', () => {
  let product: Product;
  beforeAll(async () => {
    product = await startProduct({ port: 0, settings: { ADMIN_TOKEN } });
  });
  afterAll(() => product.close());
  const inside = { MITTO_OTP_ADMIN_TOKEN: ADMIN_TOKEN };

  it('finds the product well, and exits with 0', async () => {
    const { code, output } = await run(['doctor', '--url', product.url, '--origin', product.url], {
      env: inside,
    });
    expect(output).not.toContain('FAILED');
    expect(output).toContain('ok   to sign a proof and check it by the published keys: it holds');
    expect(output).toMatch(/Nothing failed/);
    expect(code).toBe(0);
  });

  it('says what to mend, and exits with 1', async () => {
    product.sandbox.knobs.patch({ faults: [{ kind: 'ip_not_allowed', on: 'mitto-2fa' }] });
    const { code, output } = await run(
      ['doctor', '--url', product.url, '--origin', 'https://stranger.example'],
      { env: inside },
    );
    product.sandbox.knobs.reset();
    expect(code).toBe(1);
    expect(output).toMatch(/FAILED whether https:\/\/stranger\.example may use it/);
    expect(output).toMatch(/FAILED the credentials of mitto-2fa[\s\S]*→ .*allow-listed/);
    expect(output).not.toContain(ADMIN_TOKEN);
  });

  it('needs no flags in the folder that init has written, and shows its token to no other', async () => {
    const cwd = mkdtempSync(join(tmpdir(), 'mitto-otp-doctor-'));
    writeFileSync(join(cwd, 'wrangler.toml'), `[vars]\nPUBLIC_URL = "${product.url}"\n`);
    writeFileSync(join(cwd, '.dev.vars'), `ADMIN_TOKEN=${ADMIN_TOKEN}\n`);
    const { code, output } = await run(['doctor'], { cwd });
    expect(output).toContain('to sign a proof and check it by the published keys');
    expect(code).toBe(0);

    const asked: (string | undefined)[] = [];
    const stranger = createServer((request, response) => {
      asked.push(request.headers.authorization);
      response.writeHead(404).end();
    }).listen(0, '127.0.0.1');
    await once(stranger, 'listening');
    const { port } = stranger.address() as AddressInfo;
    await run(['doctor', '--url', `http://127.0.0.1:${port}`], { cwd });
    stranger.close();
    expect(asked.length).toBeGreaterThan(0);
    expect(asked.filter(Boolean)).toEqual([]);
  });

  it('is read by scripts', async () => {
    const { output } = await run(['doctor', '--url', product.url, '--json'], { env: inside });
    const { findings } = JSON.parse(output) as { findings: { check: string }[] };
    expect(findings.map(({ check }) => check)).toContain('connector.mitto-2fa');
  });

  it('tells a wrong token, and that nobody is there', async () => {
    const wrong = await run(['doctor', '--url', product.url, '--token', 'wrong']);
    expect(wrong.output).toMatch(/not the ADMIN_TOKEN/);
    const nobody = await run(['doctor', '--url', 'http://localhost:9']);
    expect(nobody.code).toBe(1);
    expect(nobody.output).toMatch(/FAILED to reach http:\/\/localhost:9: no answer/);
  });

  it('names the settings that are wrong', async () => {
    const broken = await startProduct({ port: 0, settings: { ALLOWED_COUNTRIES: [] } });
    try {
      const { code, output } = await run(['doctor', '--url', broken.url]);
      expect(code).toBe(1);
      expect(output).toMatch(
        /FAILED the settings: ALLOWED_COUNTRIES must name at least one country/,
      );
    } finally {
      await broken.close();
    }
  });

  it('sends one code, and records what Mitto answered with numbers masked', async () => {
    const record = join(mkdtempSync(join(tmpdir(), 'mitto-otp-')), 'answers.json');
    const { output } = await run(
      ['doctor', '--url', product.url, '--to', '+4915123456789', '--record', record],
      { env: inside },
    );
    expect(output).toMatch(/ok {3}to send a code: Mitto took it/);
    const fixture = JSON.parse(readFileSync(record, 'utf8')) as { send: { body: string } };
    expect(fixture.send.body).toContain('OTPxxxx');
    expect(readFileSync(record, 'utf8')).not.toContain('15123456789');
  });

  it('is called rightly, or says how', async () => {
    expect((await run(['doctor'], { cwd: tmpdir() })).errors).toContain('--url');
    expect(await run(['doctor', '--help'])).toMatchObject({ code: 0 });
    expect(await run(['doctor', '--url', product.url, '--to', '0151'])).toMatchObject({ code: 2 });
    expect(await run(['operate'])).toMatchObject({ code: 2 });
  });
});

describe('mitto-otp init', () => {
  const FLAGS = [
    'init',
    '--url=https://otp.example.com',
    '--origins=https://www.example.com,https://shop.example.com',
    '--countries=DE,AT',
    '--sender=Example',
    '--account-id=AC0123456789abcdef0123456789abcdef',
  ];
  const env = { MITTO_API_KEY: 'the key of the account' };

  function folder(): string {
    const cwd = mkdtempSync(join(tmpdir(), 'mitto-otp-init-'));
    copyFileSync(join(ROOT, 'wrangler.toml'), join(cwd, 'wrangler.toml'));
    return cwd;
  }

  it('writes what only the owner knows, and ends with the lines for the page', async () => {
    const cwd = folder();
    const { code, output } = await run(FLAGS, { cwd, env });
    expect(code).toBe(0);
    const toml = readFileSync(join(cwd, 'wrangler.toml'), 'utf8');
    expect(toml).toContain('PUBLIC_URL = "https://otp.example.com"');
    expect(toml).toContain(
      'ALLOWED_ORIGINS = ["https://www.example.com", "https://shop.example.com"]',
    );
    expect(toml).toContain('ALLOWED_COUNTRIES = ["DE", "AT"]');
    expect(toml).toContain('# The Worker of mitto-otp.');
    const vars = readFileSync(join(cwd, '.dev.vars'), 'utf8');
    expect(vars).toMatch(/^OTP_SECRET=\S{43}$/m);
    expect(vars).toMatch(/^MITTO_API_KEY=the key of the account$/m);
    expect(statSync(join(cwd, '.dev.vars')).mode & 0o077).toBe(0);
    expect(output).toContain(
      '<script type="module" src="https://otp.example.com/mitto-otp.js"></script>',
    );
    expect(output).not.toContain('the key of the account');
  });

  it('run again keeps all that is there', async () => {
    const cwd = folder();
    await run(FLAGS, { cwd, env });
    const before = ['wrangler.toml', '.dev.vars'].map((name) =>
      readFileSync(join(cwd, name), 'utf8'),
    );
    const again = await run(
      [...FLAGS.slice(0, 1), '--url=https://other.example', ...FLAGS.slice(2)],
      {
        cwd,
        env: { MITTO_API_KEY: 'another key' },
      },
    );
    expect(again.output).toContain(
      'kept   PUBLIC_URL = https://otp.example.com (--force writes over it)',
    );
    const after = ['wrangler.toml', '.dev.vars'].map((name) =>
      readFileSync(join(cwd, name), 'utf8'),
    );
    expect(after).toEqual(before);
  });

  it('makes the namespace and puts the secrets through wrangler, and none of them on its command line', async () => {
    const cwd = folder();
    const record = join(cwd, 'calls');
    const wrangler = join(cwd, 'wrangler.sh');
    writeFileSync(
      wrangler,
      `#!/bin/sh\necho "$@" >> ${record}\n[ "$1" = secret ] && cat >> ${record}\nexit 0\n`,
    );
    chmodSync(wrangler, 0o755);
    const { code } = await run([...FLAGS, '--put'], {
      cwd,
      env: { ...env, MITTO_OTP_WRANGLER: wrangler },
    });
    expect(code).toBe(0);
    const [create, bulk, body = ''] = readFileSync(record, 'utf8').split('\n');
    expect(create).toBe('kv namespace create OTP_KV --binding OTP_KV --update-config');
    expect(bulk).toBe('secret bulk');
    expect(JSON.parse(body)).toMatchObject({ MITTO_API_KEY: 'the key of the account' });
  });

  it('says when wrangler fails', async () => {
    const { code, output } = await run([...FLAGS, '--put'], {
      cwd: folder(),
      env: { ...env, MITTO_OTP_WRANGLER: '/bin/false' },
    });
    expect(code).toBe(1);
    expect(output).toContain('FAILED the secrets');
  });

  it.each([
    ['--url=http://otp.example.com', 'PUBLIC_URL'],
    ['--origins=https://www.example.com/', 'ALLOWED_ORIGINS'],
    ['--countries=Germany', 'ALLOWED_COUNTRIES'],
    ['--sender=A sender that is too long', 'SENDER'],
  ])('refuses %s', async (flag, named) => {
    const name = flag.split('=')[0] ?? '';
    const flags = [...FLAGS.filter((one) => !one.startsWith(`${name}=`)), flag];
    const { code, errors } = await run(flags, { cwd: folder(), env });
    expect(code).toBe(2);
    expect(errors).toContain(named);
  });

  it('where nobody can be asked, says what is missing', async () => {
    const { code, errors } = await run(['init'], { cwd: folder(), env });
    expect(code).toBe(2);
    expect(errors).toContain('PUBLIC_URL is not given');
  });
});

describe('mitto-otp init in a project that has the package', () => {
  const flags = [
    'init',
    '--url=https://otp.example.com',
    '--origins=https://www.example.com',
    '--countries=DE',
    '--sender=Example',
    '--account-id=an-account',
  ];
  const env = { MITTO_API_KEY: 'the key of the account' };

  /** @param packages where they are kept, seen from the project */
  function project(packages = '.'): string {
    const cwd = join(mkdtempSync(join(tmpdir(), 'mitto-otp-own-')), 'apps', 'otp');
    const installed = join(cwd, packages, 'node_modules', 'mitto-otp');
    mkdirSync(cwd, { recursive: true });
    mkdirSync(installed, { recursive: true });
    copyFileSync(join(ROOT, 'wrangler.toml'), join(installed, 'wrangler.toml'));
    return cwd;
  }
  const read = (cwd: string, name: string) => readFileSync(join(cwd, name), 'utf8');

  it('writes a Worker around the package, its settings, and keeps the secrets out of git', async () => {
    const cwd = project();
    writeFileSync(join(cwd, '.gitignore'), 'node_modules');
    const { code, output } = await run(flags, { cwd, env });
    expect(code).toBe(0);
    expect(read(cwd, 'worker.ts')).toContain(
      "export { ClientGate, default, PhoneGate, SendLedger } from 'mitto-otp/worker';",
    );
    const toml = read(cwd, 'wrangler.toml');
    expect(toml).toContain('main = "worker.ts"');
    expect(toml).toContain('directory = "node_modules/mitto-otp/dist/assets"');
    expect(toml).toContain('PUBLIC_URL = "https://otp.example.com"');
    expect(read(cwd, '.gitignore')).toBe('node_modules\n.dev.vars*\n');
    expect(output).toContain('npx wrangler deploy --secrets-file .dev.vars');
  });

  it('finds the package that a workspace keeps in a folder above', async () => {
    const cwd = project('../..');
    expect(await run(flags, { cwd, env })).toMatchObject({ code: 0 });
    expect(read(cwd, 'wrangler.toml')).toContain(
      'directory = "../../node_modules/mitto-otp/dist/assets"',
    );
  });

  it('run again keeps all that is there', async () => {
    const cwd = project();
    const names = ['worker.ts', 'wrangler.toml', '.gitignore', '.dev.vars'];
    await run(flags, { cwd, env });
    const before = names.map((name) => read(cwd, name));
    expect(await run(flags, { cwd, env })).toMatchObject({ code: 0 });
    expect(names.map((name) => read(cwd, name))).toEqual(before);
  });

  it.each(['worker.ts', 'wrangler.json', 'wrangler.jsonc'])(
    'leaves a project alone that has a %s',
    async (name) => {
      const cwd = project();
      writeFileSync(join(cwd, name), 'of the project');
      const { code, errors } = await run(flags, { cwd, env });
      expect(code).toBe(2);
      expect(errors).toContain(`There is a ${name} here`);
      expect(read(cwd, name)).toBe('of the project');
      expect(existsSync(join(cwd, 'wrangler.toml'))).toBe(false);
    },
  );

  it('says that the package is missing', async () => {
    const cwd = mkdtempSync(join(tmpdir(), 'mitto-otp-own-'));
    const { code, errors } = await run(flags, { cwd, env });
    expect(code).toBe(2);
    expect(errors).toContain('npm install mitto-otp');
    expect(existsSync(join(cwd, 'worker.ts'))).toBe(false);
  });
});
