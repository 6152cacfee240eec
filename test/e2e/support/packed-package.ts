/** The npm package as it would be published: packed from `dist`, which `npm test` builds first. */
import { execFile } from 'node:child_process';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const ROOT = join(import.meta.dirname, '../../..');
const run = promisify(execFile);

/**
 * What there is, and it is whole. Nothing is built here, whatever was saved since: several files of tests run at once, and
 * two builds into one folder break each other.
 *
 * @returns the path of the tarball
 */
export async function packedPackage(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'mitto-otp-package-'));
  await run(process.execPath, ['scripts/check-package.ts'], { cwd: ROOT });
  const { stdout } = await run(
    'npm',
    ['pack', '--json', '--ignore-scripts', '--pack-destination', folder],
    { cwd: ROOT, maxBuffer: 8 * 1024 * 1024 },
  );
  const [{ filename } = { filename: '' }] = JSON.parse(stdout) as { filename: string }[];
  return join(folder, filename);
}

/** As a person does it in a project of their own; the registry of packages is all that it needs. */
export async function install(project: string, packages: readonly string[] = []): Promise<void> {
  const quiet = ['--no-audit', '--no-fund', '--prefer-offline', '--loglevel', 'error'];
  await run('npm', ['install', ...quiet, ...packages], {
    cwd: project,
    maxBuffer: 8 * 1024 * 1024,
  });
}
