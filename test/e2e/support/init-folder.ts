/** `mitto-otp init` in a folder of its own, as a person runs it. */
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { unstable_readConfig as readConfig } from 'wrangler';
import { runToEnd } from './processes.ts';
import { shippedToml } from './shipped-toml.ts';

export const ROOT = join(import.meta.dirname, '../../..');
export const WRANGLER = join(ROOT, 'node_modules/.bin/wrangler');

export const run = (
  parameters: readonly string[],
  { env = {}, cwd }: { env?: NodeJS.ProcessEnv; cwd: string },
) => runToEnd(process.execPath, [join(ROOT, 'cli/main.ts'), ...parameters], { cwd, env });

export const FLAGS = [
  'init',
  '--url=https://otp.example.com',
  '--origins=https://www.example.com,https://shop.example.com',
  '--countries=DE,AT',
  '--sender=Example',
  '--account-id=AC0123456789abcdef0123456789abcdef',
];
export const env = { MITTO_API_KEY: 'the key of the account' };

export const OURS = shippedToml();
export const [BINDINGS = ''] = /\[\[kv_namespaces\]\][\s\S]*(?=\[observability\])/.exec(OURS) ?? [];

/** @param toml what stands in it, before the bindings; without that, what this repository has */
export function folder(toml?: string, bindings = BINDINGS): string {
  const cwd = mkdtempSync(join(tmpdir(), 'mitto-otp-init-'));
  writeFileSync(join(cwd, 'wrangler.toml'), toml === undefined ? OURS : `${toml}\n${bindings}`);
  return cwd;
}

export const read = (cwd: string, name: string) => readFileSync(join(cwd, name), 'utf8');

/** As wrangler reads them. */
export function varsOf(cwd: string): unknown {
  return readConfig({ config: join(cwd, 'wrangler.toml') }).vars;
}
