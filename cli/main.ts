/** `npx mitto-otp`: sets up, checks or runs a deployment. */
import { createRequire } from 'node:module';
import { doctor } from './doctor/doctor.ts';
import { init } from './init/init.ts';
import { serve } from './serve.ts';
import { Stopped, systemTerminal, UsageError } from './terminal.ts';

const USAGE = `Usage: mitto-otp <command> [options]

mitto-otp doctor   check a deployment and suggest fixes
mitto-otp init     set up wrangler.toml, the KV namespace and the secrets
mitto-otp serve    run the service on this machine, without Cloudflare

Each command takes --help; --version prints the version.`;

const COMMANDS = new Map([
  ['doctor', doctor],
  ['init', init],
  ['serve', serve],
]);

/** The shells' exit code for a program ended by Ctrl-C. */
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
  else throw new UsageError(`Unknown command "${name}".\n\n${USAGE}`);
  return 0;
}

function inFull(parameter: string): string {
  return parameter === '-h' ? '--help' : parameter;
}

function version(): string {
  // By the package's own name, because the path of this file differs between package and clone.
  const of = createRequire(import.meta.url)('mitto-otp/package.json') as { version: string };
  return of.version;
}

/** Prints errors that the user can fix; anything else is a bug, and keeps its stack trace. */
function exitCodeOf(error: unknown): number {
  if (!(error instanceof Error)) throw error;
  // An error of a file, an address or a port, or of SQLite.
  const isOfTheMachine = 'syscall' in error || 'errcode' in error;
  if (!(error instanceof UsageError || error instanceof Stopped || isOfTheMachine)) throw error;
  console.error(error.message);
  if (error instanceof Stopped) return EXIT_STOPPED;
  return error instanceof UsageError ? 2 : 1;
}
