/**
 * `mitto-otp doctor`: looks a deployment over from outside and, with the admin token, from inside. Every line says what
 * was tried, what came of it, and what to do.
 */
import { existsSync, readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import type { Finding } from '../worker/doctor/finding.ts';
import { readDevVars } from './dev-vars.ts';
import { outsideFindings } from './doctor-outside.ts';
import { probeMitto } from './doctor-probe.ts';
import { type Command, UsageError } from './terminal.ts';
import { readVariable } from './wrangler-toml.ts';

const USAGE = `mitto-otp doctor

  --url URL       where the Worker is reached (MITTO_OTP_URL; else PUBLIC_URL of the wrangler.toml here)
  --token TOKEN   the deployment's ADMIN_TOKEN, for the checks from inside (MITTO_OTP_ADMIN_TOKEN, better than here,
                  where other users of the machine can read it; else that of .dev.vars, for its own PUBLIC_URL alone)
  --origin URL    a site that should be allowed to use it
  --to +49…       sends one real code there, asks for it, and records what Mitto really answers
  --record FILE   where to write that record (mitto-answers.json)
  --json          findings as JSON, for scripts

Exits with 0 where nothing failed, 1 where something did, 2 where it was called wrongly.`;

export const doctor: Command = async (parameters, terminal) => {
  const options = readOptions(parameters);
  if (options === 'help') {
    terminal.print(USAGE);
    return 0;
  }
  const { url, token, origin, to, record, isJson } = options;
  const findings = [
    ...(await outsideFindings(url, origin)),
    ...(token === undefined ? [withoutToken()] : await insideFindings(url, token)),
  ];
  if (!isJson) for (const finding of findings) terminal.print(lineOf(finding));

  if (to !== undefined) {
    if (token === undefined) throw new UsageError('--to needs the admin token');
    const probe = await probeMitto({ url, token, to }, terminal);
    if (!isJson) for (const finding of probe.findings) terminal.print(lineOf(finding));
    findings.push(...probe.findings);
    await writeFile(record, `${JSON.stringify(probe.fixture, null, 2)}\n`);
    terminal.print(`What Mitto answered is in ${record}, with numbers, codes and ids masked.`);
  }
  if (isJson) terminal.print(JSON.stringify({ findings }, null, 2));
  else terminal.print(summaryOf(findings));
  return findings.some(({ result }) => result === 'failed') ? 1 : 0;
};

interface Options {
  url: string;
  token: string | undefined;
  origin: string | undefined;
  to: string | undefined;
  record: string;
  isJson: boolean;
}

function readOptions(parameters: readonly string[]): Options | 'help' {
  const { values } = parse(parameters);
  if (values.help) return 'help';
  const here = deploymentHere();
  const url = values.url ?? process.env['MITTO_OTP_URL'] ?? here?.url;
  if (url === undefined || !URL.canParse(url)) throw new UsageError(USAGE);
  const { origin } = new URL(url);
  if (values.to !== undefined && !/^\+[1-9]\d{4,14}$/.test(values.to))
    throw new UsageError('--to takes a number with its plus: +4915112345678');
  return {
    url: origin,
    // A token is shown to the deployment that it is of, and to no other that somebody names.
    token:
      values.token ??
      process.env['MITTO_OTP_ADMIN_TOKEN'] ??
      (here?.url === origin ? here.token : undefined),
    origin: values.origin,
    to: values.to,
    record: values.record,
    isJson: values.json,
  };
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
        to: { type: 'string' },
        record: { type: 'string', default: 'mitto-answers.json' },
        json: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    });
  } catch (error) {
    throw new UsageError(`${(error as Error).message}\n\n${USAGE}`);
  }
}

async function insideFindings(url: string, token: string): Promise<Finding[]> {
  const tried = 'the checks from inside the Worker';
  try {
    const response = await fetch(`${url}/v1/admin/doctor`, {
      method: 'POST',
      headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' },
      body: JSON.stringify({ now: Date.now() }),
      redirect: 'error',
    });
    if (response.ok) return ((await response.json()) as { findings: Finding[] }).findings;
    return [
      {
        check: 'inside',
        tried,
        result: 'failed',
        detail: `HTTP ${response.status}`,
        mend: mendOf(response.status),
      },
    ];
  } catch {
    const mend = 'See the lines above: the Worker is not reached.';
    return [{ check: 'inside', tried, result: 'failed', detail: 'no answer', mend }];
  }
}

function mendOf(status: number): string {
  switch (status) {
    case 401:
      return 'This is not the ADMIN_TOKEN of the deployment.';
    case 404:
      return 'No ADMIN_TOKEN is set: `npx wrangler secret put ADMIN_TOKEN`, at least 32 bytes.';
    case 429:
      return 'Too many tries: wait ten seconds.';
    default:
      return 'See /healthz.';
  }
}

function withoutToken(): Finding {
  return {
    check: 'inside',
    tried: 'the checks from inside the Worker',
    result: 'warning',
    detail: 'not made',
    mend: 'Give the admin token in MITTO_OTP_ADMIN_TOKEN.',
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
