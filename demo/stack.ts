/**
 * The whole product on one port of this machine: the Mitto sandbox, the Worker in workerd, and in front of both the
 * demo site. `npm start` runs it, and so do the end-to-end tests.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ProviderSandbox, ProviderSandboxOptions } from '../sandbox/provider-sandbox.ts';
import { serveMittoSandbox } from '../sandbox/serve.ts';
import { createBackend } from './backend.ts';
import { listen } from './gateway.ts';
import { demoSandboxOptions, demoSettings, type Settings } from './settings.ts';
import { startWorkerProcess } from './worker-process.ts';

export interface StackOptions {
  /** 0 for a free one. */
  port: number;
  /** Over those of the demo; may depend on the URL. */
  settings?: Settings | ((url: string) => Settings);
  sandboxOptions?: ProviderSandboxOptions;
  /** Lines that the Worker logs. */
  onLog?(line: string): void;
}

export interface Stack {
  /** Of the demo page, and the Worker's own. Without a slash at the end. */
  url: string;
  sandbox: ProviderSandbox;
  close(): Promise<void>;
}

/** @throws with the code `EADDRINUSE`, before anything else is started, when the port is taken */
export async function startStack(options: StackOptions): Promise<Stack> {
  const { port, settings = {}, sandboxOptions, onLog = () => undefined } = options;
  await using started = new AsyncDisposableStack();
  const front = await listen(port);
  started.defer(() => front.close());
  const { url } = front;

  const sandbox = await serveMittoSandbox({ ...demoSandboxOptions(), ...sandboxOptions });
  started.defer(() => sandbox.close());

  const directory = temporaryDirectory();
  started.defer(directory.remove);

  const all: Settings = {
    ...demoSettings(url, sandbox),
    ...(typeof settings === 'function' ? settings(url) : settings),
  };
  const worker = await startWorkerProcess({
    assets: join(directory.path, 'assets'),
    settings: all,
    onLog,
  });
  started.defer(() => worker.close());

  const { inbox } = sandbox.sandbox;
  front.open({
    backend: createBackend({ site: url, issuer: url }),
    inbox,
    worker: worker.url,
    adminToken: String(all['ADMIN_TOKEN'] ?? ''),
  });

  const running = started.move();
  return { url, sandbox: sandbox.sandbox, close: () => running.disposeAsync() };
}

/** Gone at the latest with the process. */
function temporaryDirectory(): { path: string; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), 'mitto-otp-'));
  const erase = () => rmSync(path, { recursive: true, force: true });
  process.once('exit', erase);
  return {
    path,
    remove() {
      process.removeListener('exit', erase);
      erase();
    },
  };
}
