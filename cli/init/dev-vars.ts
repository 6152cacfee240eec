/** `.dev.vars`: the secrets of a deployment on the operator's machine, in wrangler's format. */
import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { isDeepStrictEqual, parseEnv } from 'node:util';
import { UsageError } from '../terminal.ts';

export const DEV_VARS = '.dev.vars';

type Secrets = ReadonlyMap<string, string>;

export function readDevVars(): Map<string, string> {
  return parseDevVars(textOfDevVars());
}

export function textOfDevVars(): string {
  return existsSync(DEV_VARS) ? readFileSync(DEV_VARS, 'utf8') : '';
}

/** Wrangler reads `\$` as a dollar, because it replaces `$NAME` with a variable, in quotes of every kind. */
export function parseDevVars(text: string): Map<string, string> {
  return new Map(
    Object.entries(parseEnv(text)).map(([name, value = '']) => [
      name,
      value.replaceAll('\\$', '$'),
    ]),
  );
}

/** The text with these set, each in place or at the end. Other lines are the operator's and stay unchanged. */
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
  // The last of two lines for one name counts, and a value may span several lines.
  const found = [inPlace, atEnd].find((one) => isDeepStrictEqual(parseDevVars(one), wanted));
  if (found === undefined)
    throw new UsageError(
      `${DEV_VARS}: this command does not add to a file of this form. Set ${name} there yourself.`,
    );
  return found;
}

/** Quotes a value with special characters such as `#`; the format has no escaped quotes. */
function quoted(name: string, value: string): string {
  if (/^[\w.+/=:@-]+$/.test(value)) return value;
  const text = value.replaceAll('$', '\\$');
  const quote = ["'", '`', '"'].find(
    (mark) =>
      // A backslash at the end would escape the quote.
      !value.endsWith('\\') && parseDevVars(`A=${mark}${text}${mark}`).get('A') === value,
  );
  if (quote === undefined)
    throw new UsageError(
      `${DEV_VARS} cannot contain this ${name}. Set it with npx wrangler secret put ${name}.`,
    );
  return quote + text + quote;
}

export function writeDevVars(text: string): void {
  writeFileSync(DEV_VARS, text, { mode: 0o600 });
  // Only the owner may read it, even if the file existed before.
  chmodSync(DEV_VARS, 0o600);
}
