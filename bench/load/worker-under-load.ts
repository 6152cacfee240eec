/** A Worker in workerd, bundled as `wrangler deploy` does, with no proxy in front of it. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Of Miniflare, what is used here. */
interface MiniflareModule {
  Miniflare: new (options: object) => { ready: Promise<URL>; dispose(): Promise<void> };
  convertV4MiniflareOptions(options: object): object;
}

// Wrangler's own: a Miniflare that this project named itself would be a pre-release, and soon another one than wrangler
// has. Wrangler's API is no substitute, because it puts a proxy in front, which would be measured too.
const { Miniflare, convertV4MiniflareOptions } = createRequire(
  createRequire(import.meta.url).resolve('wrangler'),
)('miniflare') as MiniflareModule;

export interface WorkerUnderLoad {
  url: URL;
  close(): Promise<void>;
}

export function startWorker(
  entry: string,
  settings: Record<string, string>,
): Promise<WorkerUnderLoad> {
  return start({
    modules: [{ type: 'ESModule', path: 'worker.js', contents: bundle(entry) }],
    bindings: settings,
    kvNamespaces: ['OTP_KV'],
    durableObjects: {
      PHONE_GATE: { className: 'PhoneGate', useSQLite: true },
      SEND_LEDGER: { className: 'SendLedger', useSQLite: true },
      CLIENT_GATE: { className: 'ClientGate', useSQLite: true },
      GUARD_OBJECT: { className: 'GuardObject', useSQLite: true },
    },
    // Out of the way: what is measured is the Worker, not how soon the shield answers for it.
    ratelimits: { BURST: { namespace_id: '1', simple: { limit: 10_000_000, period: 10 } } },
    serviceBindings: { ASSETS: () => new Response(null, { status: 404 }) },
  });
}

export function startBareWorker(entry: string): Promise<WorkerUnderLoad> {
  const contents = bundle(entry, entry.replace('.ts', '.toml'));
  return start({ modules: [{ type: 'ESModule', path: 'worker.js', contents }] });
}

async function start(options: object): Promise<WorkerUnderLoad> {
  const miniflare = new Miniflare(
    convertV4MiniflareOptions({
      name: 'worker',
      compatibilityDate: '2026-10-20',
      // Else it asks the network where this machine is.
      cf: false,
      handleStructuredLogs: () => {},
      ...options,
    }),
  );
  return { url: await miniflare.ready, close: () => miniflare.dispose() };
}

/** @param config the one that ships where nothing else is said: the owner's `wrangler.toml` is not what is measured */
function bundle(entry: string, config = 'cli/wrangler.toml'): string {
  const outdir = mkdtempSync(join(tmpdir(), 'mitto-otp-bench-'));
  try {
    execFileSync(
      join('node_modules', '.bin', 'wrangler'),
      ['deploy', entry, '--config', config, '--dry-run', '--outdir', outdir],
      {
        stdio: ['ignore', 'ignore', 'inherit'],
        env: { ...process.env, WRANGLER_SEND_METRICS: 'false', WRANGLER_LOG_PATH: outdir },
      },
    );
    const [name = ''] = entry.split('/').at(-1)?.split('.') ?? [];
    return readFileSync(join(outdir, `${name}.js`), 'utf8');
  } finally {
    rmSync(outdir, { recursive: true });
  }
}
