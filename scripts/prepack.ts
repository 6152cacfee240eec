/**
 * Before `npm pack` and `npm publish`: builds what is packed where it is not there, or was not built from the sources as
 * they are, and fails where a file that package.json names is missing even so. What was built a moment ago, as before the
 * tests, is not built again.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, globSync, statSync } from 'node:fs';

const SOURCES = [
  '{widget,shared,worker,cli,console}/**/*.{ts,css,html,svg,json,d.ts}',
  '*.{ts,json}',
];
/** The last files that `npm run build` writes. */
const BUILT = ['dist/assets/console/index.html', 'dist/npm/editors/web-types.json'];

const changed = (path: string) => statSync(path).mtimeMs;
const isBuilt =
  BUILT.every((path) => existsSync(path)) &&
  Math.max(...globSync(SOURCES).map(changed)) < Math.min(...BUILT.map(changed));

// npm reads the answer of `npm pack --json` from standard output.
const run = (...parameters: string[]) =>
  execFileSync(process.execPath, parameters, { stdio: ['ignore', 2, 2] });
if (!isBuilt) run('--run', 'build');
run('check-package.ts');
