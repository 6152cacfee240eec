/**
 * `mitto-otp doctor`: checks a deployment from outside and, with the admin token, from inside. Every line says what was
 * checked, the result, and the fix.
 */
import { existsSync, readFileSync } from 'node:fs';
import { open, writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import type { Finding } from '../../worker/doctor/finding.ts';
import { readDevVars } from '../init/dev-vars.ts';
import { readVariable } from '../init/wrangler-config.ts';
import { type Command, type Terminal, UsageError } from '../terminal.ts';
import { adminChecks } from './admin-checks.ts';
import { isOutsideAddress, plainAddress } from './egress-address.ts';
import { type Fixture, probeMitto } from './live-probe.ts';
import { publicChecks } from './public-checks.ts';

const USAGE = `Usage: mitto-otp doctor [options]

  --url URL       URL of the Worker (default: MITTO_OTP_URL, then PUBLIC_URL of ./wrangler.toml)
  --token TOKEN   the deployment's ADMIN_TOKEN, for the checks from inside. Prefer MITTO_OTP_ADMIN_TOKEN: other users of
                  this machine can read a command line. Default: that of .dev.vars, for its own PUBLIC_URL only
  --origin URL    check that this site may use the Worker
  --egress-address ADDRESS
                  check that outbound calls leave from this address, which Mitto has allow-listed (IPv4 or IPv6)
  --to +49…       send one real code to this number, ask for it, and record Mitto's responses
  --force         send it even after a failed check
  --record FILE   file for the record (default: mitto-answers.json)
  --json          print the findings as JSON

Exit codes: 0 no check failed, 1 a check failed, 2 wrong usage.`;

export const doctor: Command = async (parameters, terminal) => {
  const values = parse(parameters);
  if (values.help) {
    terminal.print(USAGE);
    return 0;
  }
  const { url, token, origin, given, isJson, probe } = readOptions(values, terminal);
  const findings: Finding[] = [];
  const tell = (found: readonly Finding[]) => {
    findings.push(...found);
    if (!isJson) for (const finding of found) terminal.print(lineOf(finding));
  };
  const hasFailed = () => findings.some(({ result }) => result === 'failed');

  const { findings: outside, isUp } = await publicChecks(url, origin);
  tell(outside);
  if (isUp) tell(token === undefined ? [withoutToken()] : await adminChecks(url, token, given));
  if (probe && hasFailed() && !probe.isForced)
    terminal.note('No code was sent: fix the failed checks first, or add --force.');
  else if (probe) {
    const save = await recordIn(probe.record);
    try {
      tell(await probeMitto({ url, ...probe }, terminal, save));
    } finally {
      terminal.note(
        `Mitto's responses are in ${probe.record}, with numbers, codes and ids masked.`,
      );
    }
  }

  if (isJson) terminal.print(JSON.stringify({ findings }, null, 2));
  else terminal.print(summaryOf(findings));
  return hasFailed() ? 1 : 0;
};

interface Options {
  url: string;
  token: string | undefined;
  origin: string | undefined;
  /** The address from which outbound calls should leave. */
  given: string | undefined;
  isJson: boolean;
  /** Set when a real code is to be sent. */
  probe: { token: string; to: string; record: string; isForced: boolean } | undefined;
}

type Values = ReturnType<typeof parse>;

function readOptions(values: Values, { canAsk }: Terminal): Options {
  const here = deploymentHere();
  const url = values.url ?? process.env['MITTO_OTP_URL'] ?? here?.url;
  if (url === undefined)
    throw new UsageError(
      'No URL: set --url, or run this in the folder where init has written wrangler.toml. See --help.',
    );
  const origin = originIn(url, '--url', 'https://otp.example.com');
  // Send the token only to the deployment that it belongs to.
  const token =
    values.token ??
    process.env['MITTO_OTP_ADMIN_TOKEN'] ??
    (here?.url === origin ? here.token : undefined);
  const { to, 'egress-address': address } = values;
  if (address !== undefined && !isOutsideAddress(address))
    throw new UsageError(
      `--egress-address: must be a public IP address such as 203.0.113.7 or 2001:db8::7, got "${address}".`,
    );
  return {
    url: origin,
    token,
    origin:
      values.origin === undefined
        ? undefined
        : originIn(values.origin, '--origin', 'https://www.example.com'),
    given: address === undefined ? undefined : plainAddress(address),
    isJson: values.json,
    probe:
      to === undefined
        ? undefined
        : { ...probeOf(to, token, canAsk), record: values.record, isForced: values.force },
  };
}

/** Rejects a probe that cannot work, before a message is sent. */
function probeOf(to: string, token: string | undefined, canAsk: boolean) {
  if (!/^\+[1-9]\d{4,14}$/.test(to))
    throw new UsageError('--to: must be a number in E.164, such as +4915112345678');
  if (token === undefined)
    throw new UsageError('--to: needs the admin token. Set MITTO_OTP_ADMIN_TOKEN.');
  if (!canAsk) throw new UsageError('--to: asks for the code that arrives. Run it in a terminal.');
  return { to, token };
}

/** As browsers send it in `Origin`: without a path or a trailing slash. */
function originIn(text: string, flag: string, example: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol))
    throw new UsageError(`${flag}: must be a URL such as ${example}, got "${text}".`);
  return url.origin;
}

/** The deployment that `init` has set up in this folder, if any. */
function deploymentHere(): { url: string; token: string | undefined } | undefined {
  if (!existsSync('wrangler.toml')) return undefined;
  const url = readVariable(readFileSync('wrangler.toml', 'utf8'), 'PUBLIC_URL');
  if (typeof url !== 'string' || !URL.canParse(url)) return undefined;
  return { url: new URL(url).origin, token: readDevVars().get('ADMIN_TOKEN') };
}

function parse(parameters: readonly string[]) {
  try {
    return parseArgs({
      args: [...parameters],
      options: {
        url: { type: 'string' },
        token: { type: 'string' },
        origin: { type: 'string' },
        'egress-address': { type: 'string' },
        to: { type: 'string' },
        force: { type: 'boolean', default: false },
        record: { type: 'string', default: 'mitto-answers.json' },
        json: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    }).values;
  } catch (error) {
    throw new UsageError(`${(error as Error).message}\n\n${USAGE}`);
  }
}

/**
 * Writes the record after each response, so that a paid message is recorded however the command ends.
 *
 * @throws if the file is not writable, before anything is sent; its content stays until then
 */
async function recordIn(file: string): Promise<(fixture: Fixture) => Promise<void>> {
  await (await open(file, 'a')).close();
  return (fixture) => writeFile(file, `${JSON.stringify(fixture, null, 2)}\n`);
}

function withoutToken(): Finding {
  return {
    check: 'inside',
    tried: 'checks from inside the Worker',
    result: 'warning',
    detail: 'skipped, no admin token',
    mend: `Set MITTO_OTP_ADMIN_TOKEN to the deployment's ADMIN_TOKEN. If it has none yet:
           export MITTO_OTP_ADMIN_TOKEN="$(openssl rand -base64 32)"
           printf %s "$MITTO_OTP_ADMIN_TOKEN" | npx wrangler secret put ADMIN_TOKEN`,
  };
}

const MARKS = { ok: '✓ ', warning: '! ', failed: '✗ ' } as const;

function lineOf({ result, tried, detail, mend }: Finding): string {
  return `${MARKS[result]}${tried}: ${detail}${mend === undefined ? '' : `\n    → ${mend}`}`;
}

function summaryOf(findings: readonly Finding[]): string {
  const count = (result: Finding['result']) =>
    findings.filter((finding) => finding.result === result).length;
  const warnings = count('warning');
  return `\n${count('failed')} failed · ${warnings} ${warnings === 1 ? 'warning' : 'warnings'}`;
}
