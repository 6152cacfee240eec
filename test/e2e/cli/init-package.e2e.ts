/** `mitto-otp init` in a project that has the package. */
import { existsSync, mkdirSync, mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { env, read, run } from '../support/init-folder.ts';

describe('mitto-otp init in a project that has the package', () => {
  const flags = [
    'init',
    '--url=https://otp.example.com',
    '--origins=https://www.example.com',
    '--countries=DE',
    '--sender=Example',
    '--account-id=an-account',
  ];

  /** @param packages where they are kept, seen from the project */
  function project(packages = '.'): string {
    const cwd = join(mkdtempSync(join(tmpdir(), 'mitto-otp-own-')), 'apps', 'otp');
    const installed = join(cwd, packages, 'node_modules', 'mitto-otp');
    mkdirSync(cwd, { recursive: true });
    mkdirSync(installed, { recursive: true });
    return cwd;
  }

  it('writes a Worker around the package, its settings, and keeps the secrets out of git', async () => {
    const cwd = project();
    writeFileSync(join(cwd, '.gitignore'), 'node_modules');
    const { code, output } = await run(flags, { cwd, env });
    expect(code).toBe(0);
    expect(read(cwd, 'worker.ts')).toContain(
      "export { ClientGate, default, GuardObject, PhoneGate, SendLedger } from 'mitto-otp/worker';",
    );
    const toml = read(cwd, 'wrangler.toml');
    expect(toml).toContain('main = "worker.ts"');
    expect(toml).toContain('directory = "node_modules/mitto-otp/dist/assets"');
    expect(toml).toContain('PUBLIC_URL = "https://otp.example.com"');
    expect(read(cwd, '.gitignore')).toBe('node_modules\n.dev.vars*\n');
    expect(toml).not.toContain('npm run');
    expect(output).toContain(
      '`npx wrangler deploy --secrets-file .dev.vars` the first time, then `npx wrangler deploy` (wrangler needs Node 22',
    );
  });

  it('writes none of it when an answer is wrong', async () => {
    const cwd = project();
    const { code, output } = await run([...flags, '--countries=XX'], { cwd, env });
    expect(code).toBe(2);
    expect(output).not.toContain('wrote');
    expect(readdirSync(cwd)).toEqual(['node_modules']);
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
