/** What `init` does through wrangler: create the KV namespace, and upload the secrets. */
import { type SpawnSyncOptions, spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { readDevVars } from './init/dev-vars.ts';
import { readSettings, TOML, writeNamespaceId } from './init/wrangler-config.ts';
import type { Terminal } from './terminal.ts';

const BINDING = 'OTP_KV';

/** The secrets of settings.md, except that of a rotation in progress. Other lines of `.dev.vars` are for development. */
export const SECRETS = [
  ...['OTP_SECRET', 'SITE_SECRET', 'ADMIN_TOKEN', 'RELAY_SECRET', 'TURNSTILE_SECRET'],
  ...['MITTO_ACCOUNT_ID', 'MITTO_API_KEY', 'MITTO_SMS_API_KEY'],
  ...['TWILIO_ACCOUNT_SID', 'TWILIO_AUTH_TOKEN', 'TWILIO_SIGNATURE_TOKEN'],
  ...['TWILIO_API_KEY', 'TWILIO_API_SECRET'],
];

/**
 * Keeps the secrets that the deployment has, whatever `.dev.vars` says: they may have been rotated since.
 *
 * @param given names of secrets to upload even so
 * @returns whether everything succeeded
 */
export function provision(terminal: Terminal, given: ReadonlySet<string>): boolean {
  const say = (isDone: boolean, what: string): boolean => {
    terminal.print(isDone ? `done   ${what}` : `FAILED ${what}: see wrangler's error above`);
    return isDone;
  };
  const isMade = say(makeNamespace(), 'the KV namespace');
  return say(putSecrets(terminal, given), 'the secrets') && isMade;
}

function putSecrets(terminal: Terminal, given: ReadonlySet<string>): boolean {
  const deployed = deployedSecrets();
  if (deployed === undefined) return false;
  const known = [...readDevVars()].filter(([name, value]) => SECRETS.includes(name) && value);
  const isKept = ([name]: [string, string]) => deployed.includes(name) && !given.has(name);
  const kept = known.filter(isKept).map(([name]) => name);
  if (kept.length > 0) terminal.print(`kept   ${kept.join(', ')} as the deployment has them`);
  if (kept.length === known.length) return true;
  // Through stdin, because every process on the machine can read a command line.
  const input = JSON.stringify(Object.fromEntries(known.filter((secret) => !isKept(secret))));
  const put = wrangler(['secret', 'bulk'], { input, stdio: ['pipe', 'inherit', 'inherit'] });
  return put.status === 0;
}

/** Their names; `undefined` if wrangler cannot list them. */
function deployedSecrets(): string[] | undefined {
  const { stdout, stderr } = wrangler(['secret', 'list'], { stdio: ['inherit', 'pipe', 'pipe'] });
  // Before its first deployment.
  if (/Worker ".*" not found|code: 10007/.test(String(stderr))) return [];
  try {
    return (JSON.parse(String(stdout)) as { name: string }[]).map(({ name }) => name);
  } catch {
    process.stderr.write(stderr ?? '');
    return undefined;
  }
}

/** Writes its id to `wrangler.toml`; an existing id is kept. */
function makeNamespace(): boolean {
  const toml = readFileSync(TOML, 'utf8');
  const { name = 'mitto-otp', kv_namespaces = [] } = readSettings(toml);
  if (kv_namespaces.find(({ binding }) => binding === BINDING)?.id) return true;
  // A deployment without an id creates the namespace under this name: use that one instead of a second one.
  const title = `${name}-otp-kv`;
  let id = namespaceId(title);
  if (id === undefined) {
    wrangler(['kv', 'namespace', 'create', title, '--binding', BINDING], { stdio: 'inherit' });
    id = namespaceId(title);
  }
  if (id === undefined) return false;
  writeFileSync(TOML, writeNamespaceId(toml, BINDING, id));
  return true;
}

/** `undefined` if wrangler does not know the account yet: creating a namespace asks for it, and listing cannot. */
function namespaceId(title: string): string | undefined {
  const { stdout } = wrangler(['kv', 'namespace', 'list'], {
    stdio: ['inherit', 'pipe', 'ignore'],
  });
  try {
    const namespaces = JSON.parse(String(stdout)) as { id: string; title: string }[];
    return namespaces.find((namespace) => namespace.title === title)?.id;
  } catch {
    return undefined;
  }
}

function wrangler(parameters: readonly string[], options: SpawnSyncOptions) {
  const own = process.env['MITTO_OTP_WRANGLER'];
  return own
    ? spawnSync(own, parameters, options)
    : spawnSync('npx', ['wrangler', ...parameters], options);
}
