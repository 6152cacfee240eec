/**
 * The few lines of `wrangler.toml` that a deployment fills in. The file is the operator's: it is changed line by line,
 * and all else in it, comments too, stays as it is.
 */
export type TomlValue = string | readonly string[];

/** What a top-level key of `[vars]` has; `undefined` where it is not there. Only plain strings and lists of them. */
export function readVariable(toml: string, name: string): TomlValue | undefined {
  const found = lineOf(toml, name);
  if (!found) return undefined;
  try {
    // A TOML basic string, or a list of them on one line, is JSON.
    return JSON.parse(found.value) as TomlValue;
  } catch {
    return undefined;
  }
}

/** Sets a key of `[vars]`, where it stands or at the table's beginning. */
export function writeVariable(toml: string, name: string, value: TomlValue): string {
  const text = `${name} = ${JSON.stringify(value).replaceAll('","', '", "')}`;
  const found = lineOf(toml, name);
  if (found) return toml.slice(0, found.start) + text + toml.slice(found.end);
  const table = /^\[vars\][^\n]*\n/m.exec(toml);
  if (!table) return `${toml.trimEnd()}\n\n[vars]\n${text}\n`;
  const at = table.index + table[0].length;
  return `${toml.slice(0, at)}${text}\n${toml.slice(at)}`;
}

export function isEmpty(value: TomlValue | undefined): boolean {
  return value === undefined || value.length === 0;
}

/** The line of a key in `[vars]`: from the name to the end of the value. */
function lineOf(toml: string, name: string): { start: number; end: number; value: string } | null {
  const table = /^\[vars\][^\n]*\n/m.exec(toml);
  if (!table) return null;
  const from = table.index + table[0].length;
  const next = /^\[/m.exec(toml.slice(from));
  const body = toml.slice(from, next ? from + next.index : undefined);
  const line = new RegExp(`^${name}[ \\t]*=[ \\t]*("[^"\\n]*"|\\[[^\\]\\n]*\\])`, 'm').exec(body);
  if (!line) return null;
  const start = from + line.index;
  return { start, end: start + line[0].length, value: line[1] ?? '' };
}
