/**
 * `mitto-otp init`: asks what only the owner knows, writes it down, makes the KV namespace and puts the secrets. It can
 * be run again: what is there is kept, unless `--force` is given.
 */
import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { DEV_VARS, readDevVars, writeDevVars } from './dev-vars.ts';
import { writeOwnWorker } from './own-worker.ts';
import { type Command, type Terminal, UsageError } from './terminal.ts';
import { isEmpty, readVariable, type TomlValue, writeVariable } from './wrangler-toml.ts';

const USAGE = `mitto-otp init        in a clone of mitto-otp, or in a project that has it as a package

  --url URL           where the Worker will be reached: https://otp.example.com
  --origins LIST      the sites that may use it, comma-separated
  --countries LIST    the countries that get messages: DE,AT
  --sender NAME       number or sender ID of the messages
  --account-id ID     Mitto's account id (MITTO_ACCOUNT_ID)
  --put               make the KV namespace and put the secrets through wrangler, without asking
  --force             write over what is there

What is not given is asked for; the API key is asked for or read from MITTO_API_KEY, never from the command line.`;

const TOML = 'wrangler.toml';

interface Question {
  name: 'PUBLIC_URL' | 'ALLOWED_ORIGINS' | 'ALLOWED_COUNTRIES' | 'SENDER';
  flag: string | undefined;
  words: string;
  isList: boolean;
  /** What is wrong with an answer, in words. */
  problem(text: string): string | undefined;
}

export const init: Command = async (parameters, terminal) => {
  const { values } = parse(parameters);
  if (values.help) {
    terminal.print(USAGE);
    return 0;
  }
  const problem = existsSync(TOML) ? undefined : writeOwnWorker(TOML, terminal);
  if (problem !== undefined) throw new UsageError(`${problem}\n\n${USAGE}`);

  let toml = readFileSync(TOML, 'utf8');
  for (const question of questions(values)) {
    const known = readVariable(toml, question.name);
    if (!isEmpty(known) && !values.force && question.flag === undefined) {
      terminal.print(`kept   ${question.name} = ${shown(known)}`);
      continue;
    }
    if (!isEmpty(known) && !values.force && question.flag !== shown(known)) {
      terminal.print(`kept   ${question.name} = ${shown(known)} (--force writes over it)`);
      continue;
    }
    const answer = await answerTo(question, terminal);
    toml = writeVariable(toml, question.name, answer);
    terminal.print(`wrote  ${question.name} = ${shown(answer)}`);
  }
  writeFileSync(TOML, toml);

  const secrets = await secretsFor(values, terminal);
  const isPut =
    values.put || (await agreed(terminal, 'Make the KV namespace and put the secrets now?'));
  const failures = isPut ? putThrough(secrets, terminal) : 0;
  if (failures > 0) return 1;

  const url = String(readVariable(toml, 'PUBLIC_URL'));
  const secretsFile = `--secrets-file ${DEV_VARS}`;
  const [first, later] = isClone()
    ? [`npm run deploy -- ${secretsFile}`, 'npm run deploy']
    : [`npx wrangler deploy ${secretsFile}`, 'npx wrangler deploy'];
  terminal.print(`
Now \`${isPut ? later : first}\`, and on your page:

  <script type="module" src="${url}/mitto-otp.js"></script>
  <form><mitto-otp name="phone-proof" required></mitto-otp><button>Sign up</button></form>

Then \`npx mitto-otp doctor\` says whether it works.`);
  return 0;
};

/** There the widget is built first. */
function isClone(): boolean {
  return existsSync('worker/index.ts') && existsSync('vite.config.ts');
}

function parse(parameters: readonly string[]) {
  try {
    return parseArgs({
      args: [...parameters],
      options: {
        url: { type: 'string' },
        origins: { type: 'string' },
        countries: { type: 'string' },
        sender: { type: 'string' },
        'account-id': { type: 'string' },
        put: { type: 'boolean', default: false },
        force: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    });
  } catch (error) {
    throw new UsageError(`${(error as Error).message}\n\n${USAGE}`);
  }
}

type Values = ReturnType<typeof parse>['values'];

function questions(values: Values): Question[] {
  return [
    {
      name: 'PUBLIC_URL',
      flag: values.url,
      words: 'Where will the Worker be reached (https://otp.example.com)?',
      isList: false,
      problem: originProblem,
    },
    {
      name: 'ALLOWED_ORIGINS',
      flag: values.origins,
      words: 'Which sites may use it (https://www.example.com, several by comma)?',
      isList: true,
      problem: (text) => listOf(text).map(originProblem).find(Boolean),
    },
    {
      name: 'ALLOWED_COUNTRIES',
      flag: values.countries,
      words: 'Which countries get messages (DE, AT)?',
      isList: true,
      problem: (text) =>
        listOf(text).every((code) => /^[A-Z]{2}$/.test(code))
          ? undefined
          : 'Two capital letters each, as in DE or GB.',
    },
    {
      name: 'SENDER',
      flag: values.sender,
      words: 'Which sender do your messages have (a number, or 3 to 11 letters and digits)?',
      isList: false,
      problem: (text) =>
        /^(\+?\d{3,14}|(?=.*[A-Za-z])[A-Za-z0-9 ._-]{3,11})$/.test(text)
          ? undefined
          : 'A number of 3 to 14 digits, or 3 to 11 letters and digits.',
    },
  ];
}

function originProblem(text: string): string | undefined {
  const isOrigin = URL.canParse(text) && new URL(text).origin === text;
  return isOrigin && /^https:|^http:\/\/localhost\b/.test(text)
    ? undefined
    : 'As a browser writes it: https, no path, no slash at the end.';
}

async function answerTo(question: Question, terminal: Terminal): Promise<TomlValue> {
  for (let text = question.flag; ; text = undefined) {
    const answer = text ?? (await terminal.ask(question.words));
    if (answer === null) throw new UsageError(`${question.name} is not given.\n\n${USAGE}`);
    const problem = answer === '' ? 'It cannot be empty.' : question.problem(answer);
    if (problem === undefined) return question.isList ? listOf(answer) : answer;
    if (text !== undefined) throw new UsageError(`${question.name}: ${problem}`);
    terminal.print(problem);
  }
}

/** Those that are missing are made or asked for, and all are kept in `.dev.vars`, which git ignores. */
async function secretsFor(values: Values, terminal: Terminal): Promise<Map<string, string>> {
  const secrets = readDevVars();
  const before = secrets.size;
  const missing = (name: string) => values.force || !secrets.get(name);
  // Never written over: a new OTP_SECRET ends every session and changes the keys of the proofs.
  for (const name of ['OTP_SECRET', 'SITE_SECRET', 'ADMIN_TOKEN'])
    if (!secrets.get(name)) secrets.set(name, randomBytes(32).toString('base64url'));
  if (missing('MITTO_ACCOUNT_ID')) {
    const id =
      values['account-id'] ?? (await terminal.ask('What is your account id at Mitto (AC…)?'));
    if (id) secrets.set('MITTO_ACCOUNT_ID', id);
  }
  if (missing('MITTO_API_KEY')) {
    const key =
      process.env['MITTO_API_KEY'] ??
      (await terminal.ask('What is your API key at Mitto?', { isSecret: true }));
    if (key) secrets.set('MITTO_API_KEY', key);
  }
  writeDevVars(secrets);
  terminal.print(
    `${before === 0 ? 'wrote ' : 'kept  '} ${DEV_VARS}: ${[...secrets.keys()].join(', ')}`,
  );
  return secrets;
}

async function agreed(terminal: Terminal, question: string): Promise<boolean> {
  return /^y(es)?$/i.test((await terminal.ask(`${question} (y/n)`)) ?? 'n');
}

/** @returns how many of the steps failed */
function putThrough(secrets: ReadonlyMap<string, string>, terminal: Terminal): number {
  const wrangler = process.env['MITTO_OTP_WRANGLER'] ?? 'npx';
  const prefix = wrangler === 'npx' ? ['wrangler'] : [];
  const run = (words: string, parameters: readonly string[], input?: string): number => {
    const { status } = spawnSync(wrangler, [...prefix, ...parameters], {
      stdio: [input === undefined ? 'inherit' : 'pipe', 'inherit', 'inherit'],
      ...(input === undefined ? {} : { input }),
    });
    terminal.print(status === 0 ? `done   ${words}` : `FAILED ${words}: wrangler says why above`);
    return status === 0 ? 0 : 1;
  };
  const hasId = /^\s*id\s*=/m.test(readFileSync(TOML, 'utf8').split('[[kv_namespaces]]')[1] ?? '');
  return (
    (hasId
      ? 0
      : run('the KV namespace', [
          'kv',
          'namespace',
          'create',
          'OTP_KV',
          '--binding',
          'OTP_KV',
          '--update-config',
        ])) +
    // Through standard input: a command line can be read by every process of the machine.
    run('the secrets', ['secret', 'bulk'], JSON.stringify(Object.fromEntries(secrets)))
  );
}

function listOf(text: string): string[] {
  return text
    .split(',')
    .map((item) => item.trim())
    .filter(Boolean);
}

function shown(value: TomlValue | undefined): string {
  return typeof value === 'string' ? value : (value ?? []).join(',');
}
