/** `npm start`: the product on this machine, until Ctrl-C. */
import { parseArgs } from 'node:util';
import { type Stack, startStack } from './stack.ts';

const USAGE = 'npm start -- [--port 8787] [--verbose]';

const { port, verbose } = readArguments();

let product: Stack | undefined;
// Before the start, so that they come before Wrangler's, which end the process with an error's code.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, stop);
try {
  const onLog = verbose ? { onLog: (line: string) => console.log(line) } : {};
  product = await startStack({ port, ...onLog });
  console.log(`mitto-otp is ready: ${product.url}`);
} catch (error) {
  fail(isPortTaken(error) ? portTaken(port) : `mitto-otp did not start: ${String(error)}`);
}

async function stop(): Promise<void> {
  if (product) await product.close();
  process.exit(0);
}

function readArguments(): { port: number; verbose: boolean } {
  try {
    const { values } = parseArgs({
      options: {
        port: { type: 'string', default: process.env['PORT'] ?? '8787' },
        verbose: { type: 'boolean', default: false },
      },
    });
    const number = Number(values.port);
    if (!/^\d+$/.test(values.port) || number < 1 || number > 65_535)
      fail(`"${values.port}" is not a port: give a number from 1 to 65535.`);
    return { port: number, verbose: values.verbose };
  } catch (error) {
    fail(`${error instanceof Error ? error.message : String(error)} Usage: ${USAGE}`);
  }
}

function portTaken(taken: number): string {
  const other = taken < 65_535 ? taken + 1 : taken - 1;
  return `Port ${taken} is in use by another program. Choose another one: npm start -- --port ${other}, or PORT=${other} npm start.`;
}

function isPortTaken(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
}

function fail(message: string): never {
  console.error(message);
  process.exit(1);
}
