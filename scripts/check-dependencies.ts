/**
 * Ends with 1 where this project depends on what npm marks as deprecated, or itself names a pre-release. By the lock file
 * alone, which holds what npm says: nothing is asked of a registry.
 */
import { readFileSync } from 'node:fs';

interface Locked {
  version?: string;
  deprecated?: string;
  dependencies?: Record<string, string>;
  devDependencies?: Record<string, string>;
  optionalDependencies?: Record<string, string>;
}

export interface LockFile {
  packages: Record<string, Locked>;
}

/** Pre-releases that others name: theirs to change. Each stands here with the one that brings it. */
const BROUGHT: Readonly<Record<string, string>> = {
  miniflare: 'wrangler',
  unenv: 'wrangler',
  youch: 'miniflare',
  typescript: '@arethetypeswrong/core',
  'chromium-bidi': 'puppeteer-core',
  '@emnapi/core': '@rolldown/binding-wasm32-wasi',
  '@emnapi/runtime': '@rolldown/binding-wasm32-wasi',
};

/** @param isOurs whether what others bring counts as well: not for what only a benchmark compares itself with */
export function dependencyProblems({ packages }: LockFile, isOurs: boolean): string[] {
  const problems: string[] = [];
  const root = packages[''] ?? {};
  const direct = new Set(
    Object.keys({ ...root.dependencies, ...root.devDependencies, ...root.optionalDependencies }),
  );
  for (const [path, { version = '', deprecated, optionalDependencies = {} }] of Object.entries(
    packages,
  )) {
    const name = path.split('node_modules/').at(-1) ?? '';
    const isDirect = direct.has(name) && path === `node_modules/${name}`;
    if (deprecated !== undefined && (isDirect || isOurs))
      problems.push(`${name}@${version} is deprecated: ${deprecated}`);
    const isPreRelease = /^\d+\.\d+\.\d+-/.test(version);
    if (isPreRelease && isOurs && (isDirect || BROUGHT[name] === undefined))
      problems.push(`${name}@${version} is a pre-release: name a release, or add who brings it`);
    // `npm ci` refuses a lock file that lacks the package of one platform.
    for (const optional of Object.keys(optionalDependencies))
      if (!isLocked(packages, path, optional))
        problems.push(`${name}@${version} needs ${optional}, which the lock file lacks`);
  }
  return problems;
}

/** Where Node would find it: beside the one that needs it, or in a folder above. */
function isLocked(packages: object, path: string, name: string): boolean {
  for (
    let above = path;
    ;
    above = above.slice(0, above.lastIndexOf('node_modules/')).replace(/\/$/, '')
  ) {
    if (`${above}${above === '' ? '' : '/'}node_modules/${name}` in packages) return true;
    if (above === '') return false;
  }
}

if (import.meta.main)
  for (const file of ['package-lock.json', 'bench/peers/package-lock.json']) {
    const lock = JSON.parse(readFileSync(file, 'utf8')) as LockFile;
    for (const problem of dependencyProblems(lock, file === 'package-lock.json')) {
      console.error(`${file}: ${problem}`);
      process.exitCode = 1;
    }
  }
