/** The relay as on a server: its folder alone, copied somewhere, and run by Node. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export const SECRET = 'a secret of the relay, thirty-two bytes and more';

export interface SpawnedRelay {
  /** Without a slash at the end. */
  readonly url: string;
  /** What it has printed so far. */
  output(): string;
  signal(signal: NodeJS.Signals): void;
  /** Its exit code, when it has ended. */
  readonly ended: Promise<number | null>;
  stop(): Promise<void>;
}

export type RelayEnvironment = Readonly<Record<string, string>>;

/** @throws what it complained of, where it did not start */
export async function spawnRelay(env: RelayEnvironment = {}): Promise<SpawnedRelay> {
  const folder = mkdtempSync(join(tmpdir(), 'mitto-otp-relay-'));
  cpSync(join(import.meta.dirname, '../../../relay'), folder, { recursive: true });
  const child = spawn(process.execPath, [join(folder, 'main.ts')], {
    env: {
      RELAY_SECRET: SECRET,
      RELAY_LISTEN: '127.0.0.1:0',
      RELAY_TEST_LOOPBACK: 'allow',
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => {
      output += chunk;
    });
  const ended = once(child, 'close').then(([code]) => {
    rmSync(folder, { recursive: true, force: true });
    return code as number | null;
  });
  const url = await Promise.race([listening(child, () => output), ended]);
  if (typeof url !== 'string') throw new Error(output);
  return {
    url,
    output: () => output,
    signal: (signal) => void child.kill(signal),
    ended,
    async stop() {
      child.kill('SIGKILL');
      await ended;
    },
  };
}

async function listening(child: ChildProcess, output: () => string): Promise<string> {
  for (;;) {
    const url = /listens on (\S+)\n/.exec(output())?.[1];
    if (url) return url;
    if (child.stdout) await once(child.stdout, 'data');
  }
}
