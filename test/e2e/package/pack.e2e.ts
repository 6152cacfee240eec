/** `npm pack` in a clean clone, which has no `dist`: it builds what it packs, or fails. */
import { execFileSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runToEnd } from '../support/processes.ts';

const ROOT = join(import.meta.dirname, '../../..');
/** It builds the whole of it. */
const BUILD_MS = 240_000;

let clone: string;

beforeAll(() => {
  clone = mkdtempSync(join(tmpdir(), 'mitto-otp-pack-'));
  const listed = execFileSync(
    'git',
    ['ls-files', '-z', '--cached', '--others', '--exclude-standard'],
    { cwd: ROOT, encoding: 'utf8' },
  );
  for (const file of new Set(listed.split('\0'))) {
    if (file === '' || !existsSync(join(ROOT, file))) continue;
    mkdirSync(join(clone, dirname(file)), { recursive: true });
    cpSync(join(ROOT, file), join(clone, file));
  }
  symlinkSync(join(ROOT, 'node_modules'), join(clone, 'node_modules'));
});
afterAll(() => rmSync(clone, { recursive: true, force: true }));

describe('npm pack', () => {
  it(
    'in a clean clone › holds every file that package.json names',
    async () => {
      const { code, output, errors } = await runToEnd('npm', ['pack', '--json', '--dry-run'], {
        cwd: clone,
      });
      expect(code, errors).toBe(0);
      const [{ files }] = JSON.parse(output) as [{ files: { path: string }[] }];
      const paths = files.map(({ path }) => path);
      for (const path of [
        'cli/bin.js',
        'cli/wrangler.toml',
        'dist/assets/mitto-otp.js',
        'dist/assets/console/index.html',
        'dist/npm/widget/define.js',
        'dist/npm/widget/define.d.ts',
        'dist/npm/shared/verify-proof.js',
        'dist/npm/worker/index.js',
        'dist/npm/cli/main.js',
        'dist/npm/editors/web-types.json',
        'custom-elements.json',
      ])
        expect(paths).toContain(path);
    },
    BUILD_MS,
  );

  it('again › builds nothing anew, whenever its files were written', async () => {
    const built = join(clone, 'dist/npm/widget/define.js');
    const before = statSync(built).mtimeMs;
    utimesSync(join(clone, 'package.json'), new Date(2100, 0), new Date(2100, 0));
    const { code, errors } = await runToEnd('npm', ['pack', '--dry-run'], { cwd: clone });
    expect(code, errors).toBe(0);
    expect(statSync(built).mtimeMs).toBe(before);
  });

  it('with a file missing that package.json names › fails and names it', async () => {
    rmSync(join(clone, 'custom-elements.json'));
    writeFileSync(join(clone, 'scripts/prepack.ts'), "import './check-package.ts';\n");
    const { code, output, errors } = await runToEnd('npm', ['pack', '--dry-run'], { cwd: clone });
    expect(code).not.toBe(0);
    expect(output + errors).toContain('Not in the package: ./custom-elements.json');
  });
});
