/**
 * The few lines of `wrangler.toml` that a deployment fills in. The file is the operator's: all else in it, comments too,
 * stays as it is. TOML says one thing in many ways, so a change is tried on the text, and taken only where a real parser
 * then finds that very setting changed and nothing else.
 */
import { isDeepStrictEqual } from 'node:util';
import { parse } from 'smol-toml';
import { UsageError } from '../terminal.ts';

export const TOML = 'wrangler.toml';

export type TomlValue = string | readonly string[];

export interface Settings {
  name?: string;
  route?: unknown;
  routes?: unknown;
  workers_dev?: boolean;
  preview_urls?: boolean;
  vars?: Record<string, unknown>;
  kv_namespaces?: { binding: string; id?: string }[];
  durable_objects?: { bindings?: { name: string; class_name: string }[] };
  ratelimits?: { name: string }[];
  assets?: { binding?: string; run_worker_first?: boolean | string[] };
}

export function readSettings(toml: string): Settings {
  try {
    // A clone has the usual prototype of objects, which the parser's own lack.
    return structuredClone(parse(toml));
  } catch (error) {
    throw new UsageError(`${TOML} cannot be read. ${(error as Error).message}`);
  }
}

/** What a key of `[vars]` has; `undefined` where it is not there, or the file cannot be read. */
export function readVariable(toml: string, name: string): unknown {
  try {
    return readSettings(toml).vars?.[name];
  } catch {
    return undefined;
  }
}

/** Sets a key of `[vars]`, where it stands, in a comment too, or at the table's beginning. */
export function writeVariable(toml: string, name: string, value: TomlValue): string {
  const text = textOf(value);
  const line = `${name} = ${text}`;
  const wanted = readSettings(toml);
  wanted.vars = { ...wanted.vars, [name]: value };
  return firstThatReads(wanted, `vars.${line}`, [
    ...inPlace(toml, name, text),
    // Where it stands as an example.
    toml.replace(new RegExp(`^#[ \\t]*${name}[ \\t]*=.*`, 'm'), () => line),
    ...after(toml, /^[ \t]*\[[ \t]*vars[ \t]*\][^\r\n]*/gm, `\n${line}`),
    `${toml.trimEnd()}\n\n[vars]\n${line}\n`,
    `vars.${line}\n${toml}`,
  ]);
}

/** Leads a host here, and no other address, but where routes stand already. */
export function writeDomain(toml: string, host: string): string {
  const settings = readSettings(toml);
  if (settings.route !== undefined || settings.routes !== undefined) return toml;
  const wanted = {
    routes: [{ pattern: host, custom_domain: true }],
    workers_dev: false,
    preview_urls: false,
    ...settings,
  };
  const lines = [`routes = [{ pattern = ${textOf(host)}, custom_domain = true }]`];
  for (const name of ['workers_dev', 'preview_urls'] as const)
    if (settings[name] === undefined) lines.push(`${name} = false`);
  const text = `${lines.join('\n')}\n`;
  return firstThatReads(wanted, lines.join(', '), [
    toml.replace(/^[ \t]*\[/m, (table) => `${text}\n${table}`),
    `${text}\n${toml}`,
  ]);
}

/** Names the KV namespace of a binding that stands there without one. */
export function writeNamespaceId(toml: string, binding: string, id: string): string {
  const line = `id = ${textOf(id)}`;
  const wanted = readSettings(toml);
  for (const namespace of wanted.kv_namespaces ?? [])
    if (namespace.binding === binding) namespace.id = id;
  const bound = new RegExp(`binding\\s*=\\s*["']${binding}["']`, 'g');
  return firstThatReads(wanted, `${line} for ${binding}`, [
    ...after(toml, bound, `\n${line}`),
    ...after(toml, bound, `, ${line}`),
  ]);
}

function textOf(value: TomlValue): string {
  return typeof value === 'string' ? JSON.stringify(value) : `[${value.map(textOf).join(', ')}]`;
}

/** Its value alone, wherever the name stands: which of them is meant, the parser tells. */
function inPlace(toml: string, name: string, text: string): string[] {
  const found = new RegExp(
    `(?<key>${name}["']?[ \\t]*=[ \\t]*)("[^"\\n]*"|'[^'\\n]*'|\\[[^\\]]*\\])`,
    'g',
  );
  return [...toml.matchAll(found)].map(
    ({ 0: whole, index, groups }) =>
      toml.slice(0, index) + groups?.['key'] + text + toml.slice(index + whole.length),
  );
}

function after(toml: string, place: RegExp, text: string): string[] {
  return [...toml.matchAll(place)].map(({ 0: whole, index }) => {
    const end = index + whole.length;
    return toml.slice(0, end) + text + toml.slice(end);
  });
}

function firstThatReads(wanted: Settings, words: string, texts: readonly string[]): string {
  const text = texts.find((candidate) => isRead(candidate, wanted));
  if (text === undefined)
    throw new UsageError(
      `${TOML} is written in a form that this command does not change: set ${words} there yourself.`,
    );
  return text;
}

function isRead(toml: string, wanted: Settings): boolean {
  try {
    return isDeepStrictEqual(readSettings(toml), wanted);
  } catch {
    return false;
  }
}
