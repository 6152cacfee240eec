/** What `init` has wrangler do at Cloudflare: make the KV namespace, and put the secrets. */
import { type SpawnSyncOptions, spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { readDevVars } from './dev-vars.ts';
import type { Terminal } from './terminal.ts';
import { readSettings, TOML, writeNamespaceId } from './wrangler-toml.ts';

const BINDING = 'OTP_KV';

/** @returns whether all of it is done */
export function putThrough(terminal: Terminal): boolean {
  const say = (isDone: boolean, what: string): boolean => {
    terminal.print(isDone ? `done   ${what}` : `FAILED ${what}: wrangler says why above`);
    return isDone;
  };
  const isMade = say(makeNamespace(), 'the KV namespace');
  // Through standard input: a command line can be read by every process of the machine.
  const input = JSON.stringify(Object.fromEntries(readDevVars()));
  const put = wrangler(['secret', 'bulk'], { input, stdio: ['pipe', 'inherit', 'inherit'] });
  return say(put.status === 0, 'the secrets') && isMade;
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
