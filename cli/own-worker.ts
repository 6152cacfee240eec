/**
 * What `init` writes in a project that has the package and no Worker yet: a Worker around it, and the settings of
 * wrangler. The settings are those of this repository, but for where the code and the files of the widget are.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { posix, resolve } from 'node:path';
import type { Terminal } from './terminal.ts';

const PACKAGE = 'node_modules/mitto-otp';
/** TypeScript, because `wrangler types` names the types of its exports; wrangler itself needs nothing more for it. */
const WORKER = 'worker.ts';
const SECRETS_IGNORED = '.dev.vars*';

const WORKER_CODE = `// All of it is in the package. Your own routes may stand beside it: call its fetch() from yours.
export { ClientGate, default, PhoneGate, SendLedger } from 'mitto-otp/worker';
`;

/** Other names under which wrangler would find settings, which this command does not write. */
const OTHER_SETTINGS = ['wrangler.json', 'wrangler.jsonc'];

/** @returns what stands in the way, or nothing when it is done */
export function writeOwnWorker(toml: string, terminal: Terminal): string | undefined {
  const other = OTHER_SETTINGS.find((name) => existsSync(name));
  if (other !== undefined)
    return `There is a ${other} here, and this command writes wrangler.toml alone: see docs/settings.md.`;
  const folder = packageFolder();
  if (folder === undefined)
    return 'There is no wrangler.toml here, nor the package: npm install mitto-otp, or a clone of it.';
  if (existsSync(WORKER))
    return `There is a ${WORKER} here and no wrangler.toml: name the one in the other first.`;

  writeFileSync(WORKER, WORKER_CODE);
  terminal.print(`wrote  ${WORKER}`);
  writeFileSync(toml, ownSettings(folder));
  terminal.print(`wrote  ${toml}`);
  ignoreSecrets(terminal);
  return undefined;
}

/** As it is written in settings: from here, with slashes. A workspace keeps its packages in a folder above. */
function packageFolder(): string | undefined {
  for (let above = '.'; ; above = posix.join(above, '..')) {
    const folder = posix.join(above, PACKAGE);
    if (existsSync(folder)) return folder;
    if (resolve(above) === resolve(above, '..')) return undefined;
  }
}

/** The package's own `wrangler.toml`, with the two paths of this project. */
function ownSettings(folder: string): string {
  return readFileSync(`${folder}/wrangler.toml`, 'utf8')
    .replace('"worker/index.ts"', `"${WORKER}"`)
    .replace('"dist/assets"', `"${folder}/dist/assets"`);
}

function ignoreSecrets(terminal: Terminal): void {
  const known = existsSync('.gitignore') ? readFileSync('.gitignore', 'utf8') : '';
  if (known.split('\n').some((line) => line.startsWith('.dev.vars'))) return;
  const separator = known === '' || known.endsWith('\n') ? '' : '\n';
  writeFileSync('.gitignore', `${known}${separator}${SECRETS_IGNORED}\n`);
  terminal.print(`wrote  .gitignore: ${SECRETS_IGNORED}`);
}
