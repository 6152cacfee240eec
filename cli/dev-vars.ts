/** `.dev.vars`: the secrets of a deployment on the machine of whoever deploys it, one `NAME=value` a line. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';

export const DEV_VARS = '.dev.vars';

export function readDevVars(): Map<string, string> {
  if (!existsSync(DEV_VARS)) return new Map();
  const lines = readFileSync(DEV_VARS, 'utf8').split('\n');
  return new Map(
    lines.flatMap((line): [string, string][] => {
      const [, name, value] = /^([A-Z_]+)=(.*)$/.exec(line) ?? [];
      return name === undefined ? [] : [[name, (value ?? '').replace(/^"(.*)"$/, '$1')]];
    }),
  );
}

export function writeDevVars(secrets: ReadonlyMap<string, string>): void {
  const lines = [...secrets].map(([name, value]) => `${name}=${value}`);
  // Nobody else on this machine is to read them.
  writeFileSync(DEV_VARS, `${lines.join('\n')}\n`, { mode: 0o600 });
}
