/** The peers' packages: installed beside the benchmark, and never beside the product. */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';

const HERE = import.meta.dirname;
const MODULES = join(HERE, 'node_modules');

const PackageSchema = v.object({ version: v.string() });

/** Installs what the lock file names, unless it has been done. Runs none of the packages' install scripts. */
export function installPeers(): void {
  if (existsSync(join(MODULES, '.package-lock.json'))) return;
  console.error('Installing the peers, some 300 MB, into bench/peers/node_modules.');
  execFileSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], {
    cwd: HERE,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
}

export function packageFile(name: string, path: string): string {
  return join(MODULES, name, path);
}

export function packageVersion(name: string): string {
  const text = readFileSync(packageFile(name, 'package.json'), 'utf8');
  return v.parse(PackageSchema, JSON.parse(text)).version;
}
