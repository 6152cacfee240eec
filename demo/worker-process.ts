/**
 * The Worker in workerd with the built widget beside it. It is set by what the demo hands it and by `cli/wrangler.toml`
 * alone: an owner's `wrangler.toml`, `.dev.vars`, `.env` and environment are for a deployment of theirs.
 */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Settings } from './settings.ts';

const ROOT = join(import.meta.dirname, '..');

export interface WorkerProcess {
  /** Where it listens, on loopback, for the front alone. */
  url: URL;
  close(): Promise<void>;
}

export interface WorkerProcessOptions {
  settings: Settings;
  /** Where the widget is built to. The caller removes it. */
  assets: string;
  /** Lines that the Worker logs. */
  onLog(line: string): void;
}

export async function startWorkerProcess(options: WorkerProcessOptions): Promise<WorkerProcess> {
  const { settings, assets, onLog } = options;
  setWranglerEnvironment();
  const [{ unstable_DevEnv: DevEnv }] = await Promise.all([
    import('wrangler'),
    buildWidget(assets),
  ]);

  const releaseSignals = keepSignals();
  const environment = new DevEnv();
  // Wrangler's own word that it is ready says nothing of the Worker: with a broken build, requests would wait for ever.
  const loaded = Promise.withResolvers<void>();
  environment.once('reloadComplete', () => loaded.resolve());
  environment.once('buildFailed', (event: { cause: unknown }) => loaded.reject(event.cause));
  environment.once('error', (event: unknown) => loaded.reject(event));
  try {
    const [worker] = await Promise.all([
      environment.startWorker({
        config: join(ROOT, 'cli/wrangler.toml'),
        // Wrangler looks for .dev.vars and .env beside the configuration unless it is given a file. This one has no lines.
        envFiles: ['/dev/null'],
        assets,
        bindings: Object.fromEntries(
          Object.entries(settings).map(([name, value]) => [
            name,
            typeof value === 'string' ? { type: 'plain_text', value } : { type: 'json', value },
          ]),
        ),
        dev: {
          server: { hostname: '127.0.0.1', port: 0 },
          persist: false,
          watch: false,
          inspector: false,
          logLevel: 'none',
          structuredLogsHandler: ({ message }: { message: string }) => onLog(message),
        },
      }),
      loaded.promise,
    ]);
    return { url: await worker.url, close: () => worker.dispose() };
  } catch (error) {
    await environment.teardown();
    throw error;
  } finally {
    releaseSignals();
  }
}

/** Read when Wrangler loads. */
function setWranglerEnvironment(): void {
  // A developer's own would pick an environment, rename the Worker, or add this process's variables to its settings.
  for (const name of Object.keys(process.env))
    if (/^(CLOUDFLARE|CF|WRANGLER)_/.test(name)) delete process.env[name];
  process.env['CLOUDFLARE_INCLUDE_PROCESS_ENV'] = 'false';
  process.env['CLOUDFLARE_LOAD_DEV_VARS_FROM_DOT_ENV'] = 'false';
  // Else it asks the network where this machine is, and logs into the home folder.
  process.env['CLOUDFLARE_CF_FETCH_ENABLED'] = 'false';
  process.env['WRANGLER_SEND_METRICS'] = 'false';
  process.env['WRANGLER_WRITE_LOGS'] = 'false';
}

/**
 * The widget and the console, into a place of their own, and not `dist/`, so that what is built there stays as it is.
 * In processes of their own, because Vite takes the development build of Lit wherever `NODE_ENV` is set and is not
 * "production".
 */
async function buildWidget(outDir: string): Promise<void> {
  const vite = join(ROOT, 'node_modules/vite/bin/vite.js');
  const build = (...options: string[]) =>
    promisify(execFile)(process.execPath, [vite, 'build', '--logLevel', 'error', ...options], {
      cwd: ROOT,
      env: { ...process.env, NODE_ENV: 'production' },
    });
  // One after the other: the first empties the place.
  await build('--outDir', outDir);
  await build('--outDir', join(outDir, 'console'), '--config', 'vite.console.config.ts');
}

/**
 * Wrangler ends the process at the first signal, before whoever runs it has closed anything. The function that is
 * returned takes its listeners off again; that workerd ends with the process, it sees to by other means.
 */
function keepSignals(): () => void {
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  const before = signals.map((signal) => new Set(process.listeners(signal)));
  return () => {
    for (const [index, signal] of signals.entries())
      for (const listener of process.listeners(signal))
        if (!before[index]?.has(listener)) process.removeListener(signal, listener);
  };
}
