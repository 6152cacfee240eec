/** `npx mitto-otp`: sets a deployment up, looks one over, or is one. */
import { doctor } from './doctor.ts';
import { init } from './init.ts';
import { serve } from './serve.ts';
import { systemTerminal, UsageError } from './terminal.ts';

const USAGE = `mitto-otp doctor   look a deployment over, and say what to mend
mitto-otp init     set up wrangler.toml, the KV namespace and the secrets
mitto-otp serve    the service on this machine, without Cloudflare

Each takes --help.`;

const COMMANDS = new Map([
  ['doctor', doctor],
  ['init', init],
  ['serve', serve],
]);

const [name = '', ...parameters] = process.argv.slice(2);
const command = COMMANDS.get(name);
if (!command) {
  console.log(USAGE);
  process.exitCode = name === '' || name === '--help' ? 0 : 2;
} else {
  try {
    process.exitCode = await command(parameters, systemTerminal());
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    console.error(error.message);
    process.exitCode = 2;
  }
}
