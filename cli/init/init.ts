/**
 * `mitto-otp init`: asks for the settings, writes them, creates the KV namespace and uploads the secrets. It can be run again:
 * existing values are kept, unless `--force` is set. It writes nothing until every answer is valid.
 */
import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { parseConfig } from '../../worker/config/parse-config.ts';
import { missingBindings, scaffoldWorker, withoutSecrets } from '../scaffold.ts';
import { type Command, type Terminal, UsageError } from '../terminal.ts';
import { provision } from '../wrangler.ts';
import { DEV_VARS, parseDevVars, textOfDevVars, withSecrets, writeDevVars } from './dev-vars.ts';
import { asksForAddress, type Question, questions, type Settings } from './prompts.ts';
import {
  readSettings,
  TOML,
  type TomlValue,
  writeDomain,
  writeVariable,
} from './wrangler-config.ts';

const USAGE = `Usage: mitto-otp init [options]

Run it in a clone of mitto-otp, or in a project with the package installed.

  --url URL           URL of the Worker: https://otp.example.com
  --origins LIST      sites that may use it, comma-separated
  --countries LIST    countries that get messages, by code or name: DE,AT
  --connector NAME    provider of the codes: mitto-2fa (default), mitto-sms or twilio
  --sender NAME       number or sender ID of the messages
  --account-id ID     your account id at Mitto (MITTO_ACCOUNT_ID), or at Twilio with --connector twilio
  --relay URL         the egress relay, whose address Mitto has allow-listed: https://relay.example.com
  --put               create the KV namespace and upload the missing secrets, without asking
  --force             overwrite existing values

The command asks for every value that is not set. It reads keys and secrets from the environment (MITTO_API_KEY,
MITTO_SMS_API_KEY, RELAY_SECRET; TWILIO_ACCOUNT_SID with TWILIO_AUTH_TOKEN, or with TWILIO_API_KEY and
TWILIO_API_SECRET) or asks for them, and never takes them from the command line.`;

const OF_ANOTHER = `This ${TOML} lacks bindings that mitto-otp needs. Add the lines below, have the Worker export
ClientGate, GuardObject, PhoneGate and SendLedger (docs/operations.md#mounting-the-handler-in-your-own-worker), and run this again:`;

const NO_ADDRESS = `
Before you go live: calls leave from Cloudflare's addresses, and Mitto accepts calls only from addresses that it has
allow-listed. Set up a relay or a VPC (docs/operations.md#egress-fixed-ip-address).`;

/** Generated here, and never overwritten: a new OTP_SECRET invalidates every session and changes the keys of the proofs. */
const OWN_SECRETS = ['OTP_SECRET', 'SITE_SECRET', 'ADMIN_TOKEN'];

export const init: Command = async (parameters, terminal) => {
  const values = parse(parameters);
  if (values.help) {
    terminal.print(USAGE);
    return 0;
  }
  const folder = readFolder();
  const answers = await askAll(values, folder, terminal);
  const { settings, secrets } = answers;
  write(folder, answers, terminal);

  const isPut =
    values.put || (await agreed(terminal, 'Create the KV namespace and upload the secrets now?'));
  const given = new Set([...secrets.keys()].filter((name) => !OWN_SECRETS.includes(name)));
  if (isPut && !provision(terminal, given)) return 1;
  terminal.print(lastWords(String(settings['PUBLIC_URL']), isPut));
  const egress = settings['EGRESS'] ?? 'direct';
  if (egress === 'direct' && asksForAddress(settings)) terminal.print(NO_ADDRESS);
  return 0;
};

/** The state of the folder before the first question. */
interface Folder {
  /** Files to create, by name. */
  newFiles: Map<string, string>;
  toml: string;
  devVars: string;
}

/** Valid answers. */
interface Answers {
  /** All settings, including existing ones. */
  settings: Settings;
  /** The new ones, for `wrangler.toml` and for `.dev.vars`. */
  variables: Map<string, TomlValue>;
  secrets: Map<string, string>;
}

/** @throws UsageError if the Worker in this folder lacks bindings */
function readFolder(): Folder {
  const newFiles = existsSync(TOML) ? new Map<string, string>() : scaffoldWorker();
  const toml = newFiles.get(TOML) ?? readFileSync(TOML, 'utf8');
  const missing = missingBindings(toml);
  if (missing) throw new UsageError(`${OF_ANOTHER}\n\n${missing}`);
  for (const [name, text] of withoutSecrets()) newFiles.set(name, text);
  return { newFiles, toml, devVars: textOfDevVars() };
}

/** Writes nothing. @throws UsageError if the resulting settings would be invalid */
async function askAll(
  values: ReturnType<typeof parse>,
  { toml, devVars }: Folder,
  terminal: Terminal,
): Promise<Answers> {
  const known: Record<Question['file'], Settings> = {
    [TOML]: readSettings(toml).vars ?? {},
    [DEV_VARS]: Object.fromEntries(parseDevVars(devVars)),
  };
  const variables = new Map<string, TomlValue>();
  const secrets = new Map<string, string>();
  for (const name of OWN_SECRETS) {
    if (isEmpty(known[DEV_VARS][name])) secrets.set(name, randomBytes(32).toString('base64url'));
    else terminal.print(`kept   ${inWords(name, DEV_VARS)}`);
  }
  const settings: Record<string, unknown> = {
    ...known[DEV_VARS],
    ...known[TOML],
    ...Object.fromEntries(secrets),
  };
  const names: string[] = [];
  for (const question of questions(values, settings)) {
    const { name, file, given, isOptional, isHidden, read } = question;
    names.push(name);
    const former = known[file][name];
    if (!isEmpty(former) && !values.force) {
      const isOther = given !== undefined && String(read(given)) !== String(former);
      terminal.print(
        `kept   ${inWords(name, file, former)}${isOther ? ' (--force overwrites it)' : ''}`,
      );
      continue;
    }
    // Do not ask for settings that this Worker does not need, such as the key of another provider.
    const isNeeded = isOptional || problemWith(name, settings) !== undefined;
    // A secret in the environment may have another purpose.
    if ((given === undefined || isHidden) && isEmpty(former) && !isNeeded) continue;
    const answer = await answerTo(question, settings, terminal);
    if (answer === undefined) {
      if (isOptional || !isEmpty(former)) continue;
      throw new UsageError(`${name}: not set. Use ${question.how}.`);
    }
    settings[name] = answer;
    if (file === TOML) variables.set(name, answer);
    else secrets.set(name, String(answer));
    if (name === 'CONNECTOR' && problemWith('CHANNELS', settings)?.includes('cannot send')) {
      // The default includes calls, which this provider does not support.
      settings['CHANNELS'] = ['sms'];
      variables.set('CHANNELS', ['sms']);
    }
  }
  for (const name of [...names, 'CHANNELS', ...OWN_SECRETS]) {
    const problem = problemWith(name, settings);
    if (problem !== undefined)
      throw new UsageError(`${problem}. Correct it in its file, or set it again with --force.`);
  }
  return { settings, variables, secrets };
}

function write(
  { newFiles, toml, devVars }: Folder,
  { settings, variables, secrets }: Answers,
  terminal: Terminal,
): void {
  let filledIn = toml;
  for (const [name, value] of variables) filledIn = writeVariable(filledIn, name, value);
  const host = variables.has('PUBLIC_URL') ? ownHost(String(settings['PUBLIC_URL'])) : undefined;
  const unrouted = filledIn;
  if (host) filledIn = writeDomain(filledIn, host);
  const newDevVars = withSecrets(devVars, secrets);
  for (const [name, text] of newFiles) {
    writeFileSync(name, text);
    terminal.print(`wrote  ${name}`);
  }
  if (filledIn !== toml) writeFileSync(TOML, filledIn);
  for (const [name, value] of variables) terminal.print(`wrote  ${inWords(name, TOML, value)}`);
  if (host)
    terminal.print(
      filledIn === unrouted
        ? `kept   routes, which have to include ${host}`
        : `wrote  routes for ${host}, whose zone has to be in your Cloudflare account`,
    );
  if (newDevVars !== devVars) writeDevVars(newDevVars);
  for (const name of secrets.keys()) terminal.print(`wrote  ${inWords(name, DEV_VARS)}`);
}

function parse(parameters: readonly string[]) {
  try {
    return parseArgs({
      args: [...parameters],
      options: {
        url: { type: 'string' },
        origins: { type: 'string' },
        countries: { type: 'string' },
        connector: { type: 'string' },
        sender: { type: 'string' },
        'account-id': { type: 'string' },
        relay: { type: 'string' },
        put: { type: 'boolean', default: false },
        force: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    }).values;
  } catch (error) {
    throw new UsageError(`${(error as Error).message}\n\n${USAGE}`);
  }
}

/** `undefined` without a terminal, or if an optional question is left empty. */
async function answerTo(
  question: Question,
  settings: Settings,
  terminal: Terminal,
): Promise<TomlValue | undefined> {
  const { name, words, isHidden = false, isOptional = false, given, read } = question;
  for (;;) {
    const text = given ?? (await terminal.ask(words, { isSecret: isHidden }));
    if (text === null || (isOptional && text === '')) return undefined;
    const answer = read(text);
    const problem = problemWith(name, { ...settings, [name]: answer }, question.suggest);
    if (problem === undefined) return answer;
    if (given !== undefined) throw new UsageError(problem);
    terminal.print(problem);
  }
}

/**
 * The Worker's error for one setting; for a list, with the invalid item.
 *
 * @param suggest proposes a valid value. Only for variables: the message repeats what was typed
 */
function problemWith(
  name: string,
  settings: Settings,
  suggest?: Question['suggest'],
): string | undefined {
  const parsed = parseConfig(settings);
  if (parsed.ok) return undefined;
  for (const { setting, problem } of parsed.problems) {
    const [top, index] = setting.split('.');
    if (top !== name) continue;
    const value = settings[name];
    const item = Array.isArray(value) && index ? String(value[Number(index)]) : undefined;
    const said = `${name}${item === undefined ? '' : `: "${item}"`} ${problem}`;
    const suggestion = suggest?.(item ?? String(value ?? ''));
    return suggestion === undefined ? said : `${said}. ${suggestion}`;
  }
  return undefined;
}

/** A host that needs a route: not under `workers.dev`, and not on this machine. */
function ownHost(publicUrl: string): string | undefined {
  const { protocol, hostname } = new URL(publicUrl);
  return protocol === 'https:' && !hostname.endsWith('.workers.dev') ? hostname : undefined;
}

async function agreed(terminal: Terminal, question: string): Promise<boolean> {
  return /^y(es)?$/i.test((await terminal.ask(`${question} (y/n)`)) ?? 'n');
}

/** Not filled in yet. */
function isEmpty(value: unknown): boolean {
  return value === undefined || value === '' || (Array.isArray(value) && value.length === 0);
}

/** Names a secret without its value. */
function inWords(name: string, file: Question['file'], value?: unknown): string {
  return file === DEV_VARS ? `${name} in ${DEV_VARS}` : `${name} = ${value}`;
}

function lastWords(url: string, isPut: boolean): string {
  // In a clone, the deploy script builds the widget first.
  const isClone = existsSync('worker/index.ts') && existsSync('vite.config.ts');
  const [deploy, flags] = isClone ? ['npm run deploy', ' --'] : ['npx wrangler deploy', ''];
  const first = `\`${deploy}${flags} --secrets-file ${DEV_VARS}\` the first time, then \`${deploy}\``;
  return `
Next: deploy with ${isPut ? `\`${deploy}\`` : first}${isClone ? '' : ' (wrangler needs Node 22 or later)'}, and add to your page:

  <script type="module" src="${url}/mitto-otp.js"></script>
  <form><mitto-otp name="phone-proof" required></mitto-otp><button>Sign up</button></form>

Then check the deployment with \`npx mitto-otp doctor\`.`;
}
