/**
 * Before `npm pack` and `npm publish`: builds what is packed where it is not there, or was not built from the sources as
 * they are, and fails where a file that package.json names is missing even so. What was built of them before, as for the
 * tests, is not built again.
 */
import { execFileSync } from 'node:child_process';
import { isBuilt } from './built-from.ts';

// npm reads the answer of `npm pack --json` from standard output.
const run = (...parameters: string[]) =>
  execFileSync(process.execPath, parameters, { stdio: ['ignore', 2, 2] });
if (!isBuilt(process.cwd())) run('--run', 'build');
run('scripts/check-package.ts');
