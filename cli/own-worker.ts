/**
 * What `init` writes in a project that has the package and no Worker yet: a Worker around it, and the settings of
 * wrangler. The settings are those of this repository, but for where the code and the files of the widget are.
 */
import { existsSync, readFileSync } from 'node:fs';
import { posix, resolve } from 'node:path';
import { UsageError } from './terminal.ts';
import { TOML } from './wrangler-toml.ts';

const PACKAGE = 'node_modules/mitto-otp';
/** TypeScript, because `wrangler types` names the types of its exports; wrangler itself needs nothing more for it. */
const WORKER = 'worker.ts';
const SECRETS_IGNORED = '.dev.vars*';

const WORKER_CODE = `// All of it is in the package. Your own routes may stand beside it: call its fetch() from yours.
export { ClientGate, default, PhoneGate, SendLedger } from 'mitto-otp/worker';
`;

/** Other names under which wrangler would find settings, which this command does not write. */
const OTHER_SETTINGS = ['wrangler.json', 'wrangler.jsonc'];

/** @returns the files by name, none of them written yet */
export function ownWorker(): Map<string, string> {
  const other = OTHER_SETTINGS.find((name) => existsSync(name));
  if (other !== undefined)
    throw new UsageError(
      `There is a ${other} here, and this command writes ${TOML} alone: see docs/settings.md.`,
    );
  const folder = packageFolder();
  if (folder === undefined)
    throw new UsageError(
      `There is no ${TOML} here, nor the package: npm install mitto-otp, or a clone of it.`,
    );
  if (existsSync(WORKER))
    throw new UsageError(
      `There is a ${WORKER} here and no ${TOML}: name the one in the other first.`,
    );
  return new Map([[WORKER, WORKER_CODE], [TOML, ownSettings(folder)], ...withoutSecrets()]);
}

/** As it is written in settings: from here, with slashes. A workspace keeps its packages in a folder above. */
function packageFolder(): string | undefined {
  for (let above = '.'; ; above = posix.join(above, '..')) {
    const folder = posix.join(above, PACKAGE);
    if (existsSync(folder)) return folder;
    if (resolve(above) === resolve(above, '..')) return undefined;
  }
}

/** The package's own `wrangler.toml`, with the two paths of this project, which has no scripts of ours. */
function ownSettings(folder: string): string {
  return readFileSync(`${folder}/wrangler.toml`, 'utf8')
    .replace('npm run deploy', 'npx wrangler deploy')
    .replace('"worker/index.ts"', `"${WORKER}"`)
    .replace('"dist/assets"', `"${folder}/dist/assets"`);
}

/** What git is told to leave out, where it is not told yet. */
function withoutSecrets(): [string, string][] {
  const known = existsSync('.gitignore') ? readFileSync('.gitignore', 'utf8') : '';
  if (known.split('\n').some((line) => line.startsWith('.dev.vars'))) return [];
  const separator = known === '' || known.endsWith('\n') ? '' : '\n';
  return [['.gitignore', `${known}${separator}${SECRETS_IGNORED}\n`]];
}
