/**
 * `mitto-otp doctor`: looks a deployment over from outside and, with the admin token, from inside. Every line says what
 * was tried, what came of it, and what to do.
 */
import { existsSync, readFileSync } from 'node:fs';
import { open, writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import type { Finding } from '../worker/doctor/finding.ts';
import { readDevVars } from './dev-vars.ts';
import { isOutsideAddress, plainAddress } from './doctor-egress.ts';
import { insideFindings } from './doctor-inside.ts';
import { outsideFindings } from './doctor-outside.ts';
import { type Fixture, probeMitto } from './doctor-probe.ts';
import { type Command, type Terminal, UsageError } from './terminal.ts';
import { readVariable } from './wrangler-toml.ts';

const USAGE = `mitto-otp doctor

  --url URL       where the Worker is reached (MITTO_OTP_URL; else PUBLIC_URL of the wrangler.toml here)
  --token TOKEN   the deployment's ADMIN_TOKEN, for the checks from inside (MITTO_OTP_ADMIN_TOKEN, better than here,
                  where other users of the machine can read it; else that of .dev.vars, for its own PUBLIC_URL alone)
  --origin URL    a site that should be allowed to use it
  --egress-address ADDRESS
                  what Mitto has allow-listed, IPv4 or IPv6: is it the one that calls leave by?
  --to +49…       sends one real code there, asks for it, and records what Mitto really answers
  --force         sends it also where a check has failed
  --record FILE   where to write that record (mitto-answers.json)
  --json          findings as JSON, for scripts

Exits with 0 where nothing failed, 1 where something did, 2 where it was called wrongly.`;

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

  const { findings: outside, isUp } = await outsideFindings(url, origin);
  tell(outside);
  if (isUp) tell(token === undefined ? [withoutToken()] : await insideFindings(url, token, given));
  if (probe && hasFailed() && !probe.isForced)
    terminal.note('No code was sent: mend what has failed first, or add --force.');
  else if (probe) {
    const save = await recordIn(probe.record);
    try {
      tell(await probeMitto({ url, ...probe }, terminal, save));
    } finally {
      terminal.note(
        `What Mitto answered is in ${probe.record}, with numbers, codes and ids masked.`,
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
  /** The address that should be the one that calls leave by. */
  given: string | undefined;
  isJson: boolean;
  /** Present where a real code is to be sent. */
  probe: { token: string; to: string; record: string; isForced: boolean } | undefined;
}

type Values = ReturnType<typeof parse>;

function readOptions(values: Values, { canAsk }: Terminal): Options {
  const here = deploymentHere();
  const url = values.url ?? process.env['MITTO_OTP_URL'] ?? here?.url;
  if (url === undefined)
    throw new UsageError(
      'No address: give --url, or run it where init has written wrangler.toml. --help tells more.',
    );
  const origin = originIn(url, '--url', 'https://otp.example.com');
  // A token is shown to the deployment that it is of, and to no other that somebody names.
  const token =
    values.token ??
    process.env['MITTO_OTP_ADMIN_TOKEN'] ??
    (here?.url === origin ? here.token : undefined);
  const { to, 'egress-address': address } = values;
  if (address !== undefined && !isOutsideAddress(address))
    throw new UsageError(
      `--egress-address takes an address that the outside can see, as 203.0.113.7 or 2001:db8::7, not "${address}".`,
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

/** What would make a message of no use is said before it is sent. */
function probeOf(to: string, token: string | undefined, canAsk: boolean) {
  if (!/^\+[1-9]\d{4,14}$/.test(to))
    throw new UsageError('--to takes a number with its plus: +4915112345678');
  if (token === undefined) throw new UsageError('--to needs the admin token.');
  if (!canAsk)
    throw new UsageError('--to asks for the code that arrives: run it where you can type.');
  return { to, token };
}

/** As browsers write it: a path or a slash behind it is no part of a site. */
function originIn(text: string, flag: string, example: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol))
    throw new UsageError(`${flag} takes ${example}, not "${text}".`);
  return url.origin;
}

/** What `init` has written in this folder, if it has. */
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
 * Writes the record as it grows, so that what was paid for is kept however it ends.
 *
 * @throws where it cannot be written, before anything is sent; what is in the file stays until then
 */
async function recordIn(file: string): Promise<(fixture: Fixture) => Promise<void>> {
  await (await open(file, 'a')).close();
  return (fixture) => writeFile(file, `${JSON.stringify(fixture, null, 2)}\n`);
}

function withoutToken(): Finding {
  return {
    check: 'inside',
    tried: 'the checks from inside the Worker',
    result: 'warning',
    detail: 'not made',
    mend: `Give the admin token in MITTO_OTP_ADMIN_TOKEN. Where none is set yet:
           export MITTO_OTP_ADMIN_TOKEN="$(openssl rand -base64 32)"
           printf %s "$MITTO_OTP_ADMIN_TOKEN" | npx wrangler secret put ADMIN_TOKEN`,
  };
}

const MARKS = { ok: '  ok   ', warning: 'look   ', failed: 'FAILED ' } as const;

function lineOf({ result, tried, detail, mend }: Finding): string {
  return `${MARKS[result]}${tried}: ${detail}${mend === undefined ? '' : `\n         → ${mend}`}`;
}

function summaryOf(findings: readonly Finding[]): string {
  const count = (result: Finding['result']) =>
    findings.filter((finding) => finding.result === result).length;
  const failures = count('failed');
  if (failures === 0) return `\nNothing failed. ${count('warning')} to look at.`;
  return `\n${failures} failed, ${count('warning')} to look at.`;
}
