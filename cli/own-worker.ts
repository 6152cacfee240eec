/**
 * In a project that has the package: the Worker around it and the settings of wrangler, which `init` writes where there
 * are none, and what settings that are there still lack. They are those of this repository, but for where the code and
 * the files of the widget are.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join, posix, resolve } from 'node:path';
import { stringify } from 'smol-toml';
import { UsageError } from './terminal.ts';
import { readSettings, TOML } from './wrangler-toml.ts';

const PACKAGE = 'node_modules/mitto-otp';
/** TypeScript, because `wrangler types` names the types of its exports; wrangler itself needs nothing more for it. */
const WORKER = 'worker.ts';
const SECRETS_IGNORED = '.dev.vars*';
/**
 * The settings as they ship, never the `wrangler.toml` of a clone, which its owner fills in. The demo and the tests run by
 * them too. Beside this file in a clone, and in `cli/` of the package, where this is built into another folder.
 */
const SHIPPED = ['.', '../../../cli'].map((folder) => join(import.meta.dirname, folder, TOML));

const WORKER_CODE = `// All of it is in the package. Your own routes may stand beside it: call its fetch() from yours.
export { ClientGate, default, GuardObject, PhoneGate, SendLedger } from 'mitto-otp/worker';
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
  return new Map([
    [WORKER, WORKER_CODE],
    [TOML, ownSettings(folder)],
  ]);
}

/** What our Worker needs bound and a `wrangler.toml` does not bind, as lines for it; empty where nothing is missing. */
export function missingBindings(toml: string): string {
  const ours = readSettings(shippedSettings());
  const theirs = readSettings(toml);
  const objects = lacking('name', ours.durable_objects?.bindings, theirs.durable_objects?.bindings);
  const assets = { ...ours.assets, directory: `${packageFolder() ?? PACKAGE}/dist/assets` };
  const { binding, run_worker_first: isAsked } = theirs.assets ?? {};
  return stringify({
    kv_namespaces: lacking('binding', ours.kv_namespaces, theirs.kv_namespaces),
    ratelimits: lacking('name', ours.ratelimits, theirs.ratelimits),
    durable_objects: objects && { bindings: objects },
    migrations: objects && [migrationOf(objects, theirs.durable_objects?.bindings)],
    assets: binding === assets.binding && isAsked ? undefined : assets,
  }).trim();
}

/** Wrangler carries out a tag once: what a later version of ours brings has one of its own. */
function migrationOf(
  objects: readonly { name: string; class_name: string }[],
  bound: readonly { name: string }[] = [],
): { tag: string; new_sqlite_classes: string[] } {
  const classes = objects.map(({ class_name }) => class_name);
  const isLater = bound.some(({ name }) => name === 'PHONE_GATE');
  const tag = isLater ? `mitto-otp-${classes.join('-').toLowerCase()}` : 'mitto-otp';
  return { tag, new_sqlite_classes: classes };
}

function lacking<Key extends string, Item extends Record<Key, string>>(
  key: Key,
  ours: readonly Item[] = [],
  theirs: readonly Item[] = [],
): Item[] | undefined {
  const items = ours.filter((one) => !theirs.some((other) => other[key] === one[key]));
  return items.length > 0 ? items : undefined;
}

/** As it is written in settings: from here, with slashes. A workspace keeps its packages in a folder above. */
function packageFolder(): string | undefined {
  for (let above = '.'; ; above = posix.join(above, '..')) {
    const folder = posix.join(above, PACKAGE);
    if (existsSync(folder)) return folder;
    if (resolve(above) === resolve(above, '..')) return undefined;
  }
}

/** For a project, which has paths of its own and none of our scripts. */
function ownSettings(folder: string): string {
  return shippedSettings()
    .replace('npm run deploy', 'npx wrangler deploy')
    .replace('"../worker/index.ts"', `"${WORKER}"`)
    .replace('"../dist/assets"', `"${folder}/dist/assets"`);
}

function shippedSettings(): string {
  return readFileSync(SHIPPED.find(existsSync) ?? TOML, 'utf8');
}

/** What git is told to leave out, where it is not told yet. */
export function withoutSecrets(): [name: string, text: string][] {
  const known = existsSync('.gitignore') ? readFileSync('.gitignore', 'utf8') : '';
  if (/^\/?\.dev\.vars\*?\s*$/m.test(known)) return [];
  const separator = known === '' || known.endsWith('\n') ? '' : '\n';
  return [['.gitignore', `${known}${separator}${SECRETS_IGNORED}\n`]];
}
