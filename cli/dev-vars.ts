/** `.dev.vars`: the secrets of a deployment on the machine of whoever deploys it, in lines that wrangler reads. */
import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { isDeepStrictEqual, parseEnv } from 'node:util';
import { UsageError } from './terminal.ts';

export const DEV_VARS = '.dev.vars';

type Secrets = ReadonlyMap<string, string>;

export function readDevVars(): Map<string, string> {
  return parseDevVars(textOfDevVars());
}

export function textOfDevVars(): string {
  return existsSync(DEV_VARS) ? readFileSync(DEV_VARS, 'utf8') : '';
}

/** Wrangler reads `\$` as a dollar, because it puts a variable in the place of `$NAME`, in quotes of every kind. */
export function parseDevVars(text: string): Map<string, string> {
  return new Map(
    Object.entries(parseEnv(text)).map(([name, value = '']) => [
      name,
      value.replaceAll('\\$', '$'),
    ]),
  );
}

/** The text with these set, each where it stands or at the end. The rest is the operator's and stays as it is. */
export function withSecrets(text: string, secrets: Secrets): string {
  return [...secrets].reduce((before, [name, value]) => withSecret(before, name, value), text);
}

function withSecret(text: string, name: string, value: string): string {
  const line = `${name}=${quoted(name, value)}`;
  const inPlace = text.replace(
    new RegExp(`^[ \\t]*(export[ \\t]+)?${name}[ \\t]*=.*`, 'm'),
    () => line,
  );
  const wanted = parseDevVars(text).set(name, value);
  const atEnd = `${text}${text === '' || text.endsWith('\n') ? '' : '\n'}${line}\n`;
  // Of two lines for one name the last counts, and a value may go over several lines.
  const found = [inPlace, atEnd].find((one) => isDeepStrictEqual(parseDevVars(one), wanted));
  if (found === undefined)
    throw new UsageError(
      `${DEV_VARS} is written in a form that this command does not add to: set ${name} there yourself.`,
    );
  return found;
}

/** What a line cannot hold as it is, a `#` for one, stands in quotes; no quote is escaped in them. */
function quoted(name: string, value: string): string {
  if (/^[\w.+/=:@-]+$/.test(value)) return value;
  const text = value.replaceAll('$', '\\$');
  const quote = ["'", '`', '"'].find(
    (mark) =>
      // A backslash before the end would take the quote to the value.
      !value.endsWith('\\') && parseDevVars(`A=${mark}${text}${mark}`).get('A') === value,
  );
  if (quote === undefined)
    throw new UsageError(
      `${DEV_VARS} cannot hold this ${name}: put it with npx wrangler secret put ${name}.`,
    );
  return quote + text + quote;
}

export function writeDevVars(text: string): void {
  writeFileSync(DEV_VARS, text, { mode: 0o600 });
  // Nobody else on this machine is to read them, also where the file was there before.
  chmodSync(DEV_VARS, 0o600);
}
