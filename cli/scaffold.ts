/**
 * For a project with the package: the Worker around it and `wrangler.toml`, which `init` creates, and the bindings that an
 * existing `wrangler.toml` lacks. They equal this repository's, except the paths of the code and the widget.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join, posix, resolve } from 'node:path';
import { stringify } from 'smol-toml';
import { readSettings, TOML } from './init/wrangler-config.ts';
import { UsageError } from './terminal.ts';

const PACKAGE = 'node_modules/mitto-otp';
/** TypeScript, because `wrangler types` names the types of its exports; wrangler needs no further setup. */
const WORKER = 'worker.ts';
const SECRETS_IGNORED = '.dev.vars*';
/**
 * The default settings, never the `wrangler.toml` of a clone, which its owner fills in. The demo and the tests use them too.
 * Next to this file in a clone, and in `cli/` of the package, where this file is in another folder.
 */
const SHIPPED = ['.', '../../../cli'].map((folder) => join(import.meta.dirname, folder, TOML));

const WORKER_CODE = `// The package contains the whole Worker. To add your own routes, call its fetch() from yours.
export { ClientGate, default, GuardObject, PhoneGate, SendLedger } from 'mitto-otp/worker';
`;

/** Other names of wrangler's configuration, which this command does not write. */
const OTHER_SETTINGS = ['wrangler.json', 'wrangler.jsonc'];

/** @returns the files to create, by name */
export function scaffoldWorker(): Map<string, string> {
  const other = OTHER_SETTINGS.find((name) => existsSync(name));
  if (other !== undefined)
    throw new UsageError(
      `There is a ${other} here, but this command writes ${TOML} only. See docs/settings.md.`,
    );
  const folder = packageFolder();
  if (folder === undefined)
    throw new UsageError(
      `There is no ${TOML} here, nor the package. Run npm install mitto-otp, or use a clone.`,
    );
  if (existsSync(WORKER))
    throw new UsageError(
      `There is a ${WORKER} here but no ${TOML}. Create a ${TOML} with main = "${WORKER}" first.`,
    );
  return new Map([
    [WORKER, WORKER_CODE],
    [TOML, ownSettings(folder)],
  ]);
}

/** The bindings that a `wrangler.toml` lacks, as lines for it; empty if none is missing. */
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

/** Relative path with slashes. A workspace has its packages in a parent folder. */
function packageFolder(): string | undefined {
  for (let above = '.'; ; above = posix.join(above, '..')) {
    const folder = posix.join(above, PACKAGE);
    if (existsSync(folder)) return folder;
    if (resolve(above) === resolve(above, '..')) return undefined;
  }
}

/** For a project, which has other paths and no npm scripts of this repository. */
function ownSettings(folder: string): string {
  return shippedSettings()
    .replace('npm run deploy', 'npx wrangler deploy')
    .replace('"../worker/index.ts"', `"${WORKER}"`)
    .replace('"../dist/assets"', `"${folder}/dist/assets"`);
}

function shippedSettings(): string {
  return readFileSync(SHIPPED.find(existsSync) ?? TOML, 'utf8');
}

/** A `.gitignore` that excludes secrets, unless there is one already. */
export function withoutSecrets(): [name: string, text: string][] {
  const known = existsSync('.gitignore') ? readFileSync('.gitignore', 'utf8') : '';
  if (/^\/?\.dev\.vars\*?\s*$/m.test(known)) return [];
  const separator = known === '' || known.endsWith('\n') ? '' : '\n';
  return [['.gitignore', `${known}${separator}${SECRETS_IGNORED}\n`]];
}
