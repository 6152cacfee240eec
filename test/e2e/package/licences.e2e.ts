/** What is built for others brings the licences of whatever is inside. */
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build, type Rolldown } from 'vite';
import { describe, expect, it } from 'vitest';
import { thirdPartyLicences } from '../../../build/licences.ts';

const ROOT = join(import.meta.dirname, '../../..');

/** Of the packages in `node_modules` that a build takes code from. */
async function packagesIn(configFile: string): Promise<string[]> {
  const names = new Set<string>();
  const options = { root: ROOT, configFile: join(ROOT, configFile), logLevel: 'silent' } as const;
  const built = (await build({ ...options, build: { write: false } })) as
    | Rolldown.RolldownOutput
    | Rolldown.RolldownOutput[];
  for (const { output } of [built].flat())
    for (const file of output)
      for (const id of file.type === 'chunk' ? Object.keys(file.modules) : []) {
        const [scope = '', name] = id.split('/node_modules/').at(-1)?.split('/') ?? [];
        if (id.includes('/node_modules/')) names.add(scope[0] === '@' ? `${scope}/${name}` : scope);
      }
  return [...names].sort();
}

describe.each([
  ['vite.config.ts', '', 'mitto-otp.js', 'mitto-otp/licences.txt'],
  ['vite.console.config.ts', 'console', 'console.js', 'licences.txt'],
])('what is built by %s', (configFile, folder, firstFile, fileName) => {
  const read = (file: string) => readFile(join(ROOT, 'dist/assets', folder, file), 'utf8');

  it('brings the licence of each package that is inside, and of Lit', async () => {
    const packages = await packagesIn(configFile);
    expect(packages).toContain('lit-html');
    const licences = await read(fileName);
    for (const name of packages)
      expect(licences).toMatch(new RegExp(`^${name} [0-9.]+, LICENSE`, 'm'));
    expect(licences).toContain('Copyright (c) 2017 Google LLC. All rights reserved.');
  });

  it('names them at its top', async () => {
    expect(await read(firstFile)).toMatch(new RegExp(`^/\\*! Licences: ${fileName} \\*/\\n`));
  });
});

describe('the licences of the element', () => {
  it('are also those of the metadata of telephone numbers', async () => {
    const licences = await readFile(join(ROOT, 'dist/assets/mitto-otp/licences.txt'), 'utf8');
    expect(licences).toMatch(/^libphonenumber-js [0-9.]+, LICENSE.Apache\n\n\s*Apache License/m);
  });
});

describe('a package without a licence', () => {
  it('is not built in', async () => {
    const root = await mkdtemp(join(tmpdir(), 'mitto-otp-licences-'));
    const bare = join(root, 'node_modules/bare');
    await mkdir(bare, { recursive: true });
    await writeFile(join(bare, 'package.json'), '{"name":"bare","version":"1.0.0"}');
    await writeFile(join(bare, 'index.js'), 'export const bare = true;');
    await writeFile(join(root, 'entry.js'), "export * from './node_modules/bare/index.js';");
    const building = build({
      root,
      configFile: false,
      logLevel: 'silent',
      plugins: [thirdPartyLicences('licences.txt')],
      build: { write: false, lib: { entry: 'entry.js', formats: ['es'] } },
    });
    await expect(building).rejects.toThrow('bare brings no licence');
    await rm(root, { recursive: true });
  });
});
