/** What `init` has wrangler do at Cloudflare: make the KV namespace, and put the secrets. */
import { type SpawnSyncOptions, spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { readDevVars } from './dev-vars.ts';
import type { Terminal } from './terminal.ts';
import { readSettings, TOML, writeNamespaceId } from './wrangler-toml.ts';

const BINDING = 'OTP_KV';

/** Those of settings.md, but for the one of a rotation under way. What else is in `.dev.vars` is for development. */
export const SECRETS = [
  ...['OTP_SECRET', 'SITE_SECRET', 'ADMIN_TOKEN', 'RELAY_SECRET', 'TURNSTILE_SECRET'],
  ...['MITTO_ACCOUNT_ID', 'MITTO_API_KEY', 'MITTO_SMS_API_KEY'],
  ...['TWILIO_ACCOUNT_SID', 'TWILIO_AUTH_TOKEN', 'TWILIO_SIGNATURE_TOKEN'],
  ...['TWILIO_API_KEY', 'TWILIO_API_SECRET'],
];

/**
 * What the deployment has stays, whatever `.dev.vars` says: since it was written there, a secret may have been rotated.
 *
 * @param given the names of secrets that are put even so
 * @returns whether all of it is done
 */
export function putThrough(terminal: Terminal, given: ReadonlySet<string>): boolean {
  const say = (isDone: boolean, what: string): boolean => {
    terminal.print(isDone ? `done   ${what}` : `FAILED ${what}: wrangler says why above`);
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
  // Through standard input: a command line can be read by every process of the machine.
  const input = JSON.stringify(Object.fromEntries(known.filter((secret) => !isKept(secret))));
  const put = wrangler(['secret', 'bulk'], { input, stdio: ['pipe', 'inherit', 'inherit'] });
  return put.status === 0;
}

/** Their names; `undefined` where they cannot be learnt. */
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

/** Its id goes to `wrangler.toml`; where one stands already, that is kept. */
function makeNamespace(): boolean {
  const toml = readFileSync(TOML, 'utf8');
  const { name = 'mitto-otp', kv_namespaces = [] } = readSettings(toml);
  if (kv_namespaces.find(({ binding }) => binding === BINDING)?.id) return true;
  // A deployment that finds no id makes the namespace under this name: that one is used, not a second one made.
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

/** Nothing where wrangler does not know the account yet: making one asks for it, and a list cannot. */
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
