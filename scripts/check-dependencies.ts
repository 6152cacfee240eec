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

const problems: string[] = [];
for (const file of ['package-lock.json', 'bench/peers/package-lock.json']) {
  const { packages } = JSON.parse(readFileSync(file, 'utf8')) as {
    packages: Record<string, Locked>;
  };
  const root = packages[''] ?? {};
  const direct = new Set(Object.keys({ ...root.dependencies, ...root.devDependencies }));
  for (const [path, { version = '', deprecated, optionalDependencies = {} }] of Object.entries(
    packages,
  )) {
    const name = path.split('node_modules/').at(-1) ?? '';
    const isDirect = direct.has(name) && path === `node_modules/${name}`;
    if (deprecated !== undefined && (isDirect || file === 'package-lock.json'))
      problems.push(`${name}@${version} is deprecated: ${deprecated}`);
    if (/^\d+\.\d+\.\d+-/.test(version) && file === 'package-lock.json')
      if (isDirect || BROUGHT[name] === undefined)
        problems.push(`${name}@${version} is a pre-release: name a release, or add who brings it`);
    // `npm ci` refuses a lock file that lacks the package of one platform.
    for (const optional of Object.keys(optionalDependencies))
      if (!isLocked(packages, path, optional))
        problems.push(`${name}@${version} needs ${optional}, which ${file} lacks`);
  }
}
for (const problem of problems) console.error(problem);
if (problems.length > 0) process.exitCode = 1;

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
