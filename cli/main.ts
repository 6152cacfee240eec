/** `npx mitto-otp`: sets a deployment up, looks one over, or is one. */
import { createRequire } from 'node:module';
import { doctor } from './doctor.ts';
import { init } from './init.ts';
import { serve } from './serve.ts';
import { Stopped, systemTerminal, UsageError } from './terminal.ts';

const USAGE = `mitto-otp doctor   look a deployment over, and say what to mend
mitto-otp init     set up wrangler.toml, the KV namespace and the secrets
mitto-otp serve    the service on this machine, without Cloudflare

Each takes --help; --version says which one this is.`;

const COMMANDS = new Map([
  ['doctor', doctor],
  ['init', init],
  ['serve', serve],
]);

/** As shells have it for what Ctrl-C has ended. */
const EXIT_STOPPED = 130;

process.exitCode = await run(process.argv.slice(2)).catch(exitCodeOf);

async function run([name = '--help', ...parameters]: readonly string[]): Promise<number> {
  const terminal = systemTerminal();
  const command = COMMANDS.get(name);
  if (command) return command(parameters.map(inFull), terminal);
  const asked = COMMANDS.get(parameters[0] ?? '');
  if (name === 'help' && asked) return asked(['--help'], terminal);
  if (name === '--version') terminal.print(version());
  else if (name === 'help' || inFull(name) === '--help') terminal.print(USAGE);
  else throw new UsageError(`There is no command "${name}".\n\n${USAGE}`);
  return 0;
}

function inFull(parameter: string): string {
  return parameter === '-h' ? '--help' : parameter;
}

function version(): string {
  // By the package's own name, because this file lies deeper in the package than in a clone.
  const of = createRequire(import.meta.url)('mitto-otp/package.json') as { version: string };
  return of.version;
}

/** Says what a person can mend; anything else is a fault of ours, and keeps its trace. */
function exitCodeOf(error: unknown): number {
  if (!(error instanceof Error)) throw error;
  // Of a file, an address or a port; of SQLite.
  const isOfTheMachine = 'syscall' in error || 'errcode' in error;
  if (!(error instanceof UsageError || error instanceof Stopped || isOfTheMachine)) throw error;
  console.error(error.message);
  if (error instanceof Stopped) return EXIT_STOPPED;
  return error instanceof UsageError ? 2 : 1;
}
