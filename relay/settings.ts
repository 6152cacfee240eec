/** The settings, from the environment: all of them checked before anything listens. */
import { readFileSync } from 'node:fs';
import { isIP } from 'node:net';
import { isPlaceholder } from './placeholder.ts';
import type { TargetRules } from './relay-request.ts';

/** Who may be asked. */
const PROVIDER_HOSTS = [
  'cpaas.mittoapi.com',
  'rest.mittoapi.com',
  'rest.mittoapi.net',
  'api.twilio.com',
] as const;

/** Less than the Worker waits, so that it hears why. */
const DEADLINE_MS = 7_000;
const MIN_SECRET_BYTES = 32;

export interface RelaySettings {
  /** The one that the Worker signs with, then, during a rotation, the one before. */
  secrets: readonly string[];
  targets: TargetRules;
  host: string;
  port: number;
  tls: { certFile: string; keyFile: string } | undefined;
  /** What the outside sees in place of this machine's own addresses, at most one a family. */
  outsideAddresses: readonly string[];
  /** Milliseconds for a provider's whole answer. */
  deadlineMs: number;
}

export type ReadSettings =
  | { ok: true; settings: RelaySettings }
  /** In words that tell how to mend it, and never a value. */
  | { ok: false; problems: readonly string[] };

export type Environment = Readonly<Record<string, string | undefined>>;

export function readSettings(env: Environment): ReadSettings {
  const problems: string[] = [];
  /** What is wrong is told, and nothing starts with the fallback that stands in for it. */
  function read<Value>(name: string, fallback: Value, parse: (text: string) => Parsed<Value>) {
    const text = env[name];
    if (!text) return fallback;
    const parsed = parse(text);
    if ('value' in parsed) return parsed.value;
    problems.push(`${name} ${parsed.problem}`);
    return fallback;
  }

  const secret = readSecret('RELAY_SECRET', env, problems);
  const previous = readSecret('RELAY_SECRET_PREVIOUS', env, problems);
  if (!env['RELAY_SECRET'] && !env['RELAY_SECRET_FILE'])
    problems.push('RELAY_SECRET is missing, and so is RELAY_SECRET_FILE');
  const { host, port } = read('RELAY_LISTEN', { host: '127.0.0.1', port: 8788 }, parseListen);
  const hosts = read<readonly string[]>('RELAY_TARGETS', [], parseHosts);
  const outsideAddresses = read<readonly string[]>('RELAY_OUTSIDE_ADDRESS', [], parseAddresses);
  const deadlineMs = read('RELAY_DEADLINE_MS', DEADLINE_MS, parseDeadline);
  const isLoopbackAllowed = read<boolean>('RELAY_TEST_LOOPBACK', false, (text) =>
    text === 'allow' ? { value: true } : { problem: 'must be "allow" or not set' },
  );
  const certFile = env['RELAY_TLS_CERT_FILE'] || undefined;
  const keyFile = env['RELAY_TLS_KEY_FILE'] || undefined;
  if ((certFile === undefined) !== (keyFile === undefined))
    problems.push('RELAY_TLS_CERT_FILE and RELAY_TLS_KEY_FILE go together');

  if (problems.length > 0) return { ok: false, problems };
  const tls = certFile && keyFile ? { certFile, keyFile } : undefined;
  const targets = { hosts: new Set([...PROVIDER_HOSTS, ...hosts]), isLoopbackAllowed };
  const secrets = [secret, previous].filter((one) => one !== undefined);
  return {
    ok: true,
    settings: { secrets, targets, host, port, tls, outsideAddresses, deadlineMs },
  };
}

type Parsed<Value> = { value: Value } | { problem: string };

/** From the variable, or from the file that the variable with `_FILE` names. */
function readSecret(name: string, env: Environment, problems: string[]): string | undefined {
  const file = env[`${name}_FILE`];
  if (file && env[name]) {
    problems.push(`${name} and ${name}_FILE are both set`);
    return undefined;
  }
  let secret = env[name] || undefined;
  if (file) {
    try {
      secret = readFileSync(file, 'utf8').trim();
    } catch {
      problems.push(`${name}_FILE cannot be read`);
      return undefined;
    }
  }
  if (secret !== undefined && Buffer.byteLength(secret) < MIN_SECRET_BYTES)
    problems.push(`${name} must be at least ${MIN_SECRET_BYTES} bytes long`);
  else if (secret !== undefined && isPlaceholder(secret))
    problems.push(
      `${name} must be a random secret: this is a placeholder or can be guessed. Make one with openssl rand -base64 32`,
    );
  return secret;
}

/** `127.0.0.1:8788`, `[::1]:8788`; port 0 takes a free one. */
function parseListen(text: string): Parsed<{ host: string; port: number }> {
  const [, six, four, digits = ''] =
    /^(?:\[([\da-fA-F:]+)\]|([^[\]:\s]+)):(\d{1,5})$/.exec(text) ?? [];
  const host = six ?? four;
  const port = Number(digits);
  if (host === undefined || port > 65_535)
    return { problem: 'must be an address and a port, as in "127.0.0.1:8788"' };
  return { value: { host, port } };
}

/** Comma-separated host names: no scheme, port, path or wildcard, and no address. */
function parseHosts(text: string): Parsed<readonly string[]> {
  const hosts = text.split(',').map((host) => host.trim().toLowerCase());
  const areNames = hosts.every((host) => /^([a-z0-9-]+\.)+[a-z][a-z0-9-]*$/.test(host));
  if (!areNames) return { problem: 'must be host names with commas between' };
  return { value: hosts };
}

function parseAddresses(text: string): Parsed<readonly string[]> {
  const addresses = text.split(',').map((address) => address.trim());
  const families = addresses.map(isIP);
  if (families.includes(0) || new Set(families).size < families.length)
    return { problem: 'must be an IPv4 address, an IPv6 address, or one of each with a comma' };
  return { value: addresses };
}

function parseDeadline(text: string): Parsed<number> {
  if (!/^\d{2,5}$/.test(text)) return { problem: 'must be milliseconds, 10 to 99999' };
  return { value: Number(text) };
}
