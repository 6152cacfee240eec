/** `mitto-otp serve`: the service on a machine of your own, whose address a provider has allow-listed. */
import { existsSync, readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { parseConfig } from '../worker/config/parse-config.ts';
import app, {
  createAppServer,
  createMemoryStores,
  createRateLimiter,
  openAssetFolder,
  openSqliteStores,
  type Stores,
} from '../worker/hosts/node/index.ts';
import { parseDevVars } from './init/dev-vars.ts';
import { type Command, UsageError } from './terminal.ts';

const USAGE = `Usage: mitto-otp serve [options]

Runs the service on this machine, without Cloudflare.

  --settings FILE       lines of NAME=value, as in .dev.vars; the environment overrides them
  --store FILE          SQLite file for limits and open sessions, or "memory" (default: mitto-otp.sqlite)
  --host ADDRESS        address to listen on (default: 127.0.0.1)
  --port PORT           port to listen on (default: 8787)
  --trusted-proxies N   number of your own proxies in front that append to X-Forwarded-For (default: TRUSTED_PROXIES, or 0)

docs/settings.md lists the settings: write a list as A,B and a table as JSON. Terminate TLS in a proxy in front.`;

/** Another transaction is cheap here, and exact over all processes that share the file. */
const OWN_DEFAULTS: NodeJS.Dict<string> = { CLIENT_LIMITER: 'object' };
/** Deadline for open requests at a shutdown. */
const SHUTDOWN_MS = 15_000;

export const serve: Command = async (parameters, terminal) => {
  const values = parse(parameters);
  if (values.help) {
    terminal.print(USAGE);
    return 0;
  }
  // Older versions also lack a language feature, which would fail at the first send only.
  if (!isBuiltin('node:sqlite'))
    throw new UsageError(`serve needs Node 22.13 or later, this is ${process.version}.`);
  const port = wholeNumber(values.port, '--port', 65_535);
  const settings = { ...OWN_DEFAULTS, ...settingsIn(values.settings), ...process.env };
  const proxies = values['trusted-proxies'] ?? settings['TRUSTED_PROXIES'] ?? '0';
  const trustedProxies = wholeNumber(proxies, '--trusted-proxies', 10);
  const rest = { ...settings, BURST: createRateLimiter(), ASSETS: openAssetFolder(assetFolder()) };
  // Validates before it creates a file: with temporary stores, because validation requires the bindings.
  const standIns = createMemoryStores();
  standIns.close();
  const parsed = parseConfig({ ...rest, ...standIns.bindings });
  if (!parsed.ok) {
    for (const { setting, problem } of parsed.problems) terminal.print(`${setting} ${problem}`);
    terminal.print('Fix these settings first. The server was not started.');
    return 1;
  }
  const stores = await openStores(values.store);
  try {
    const bindings = { ...rest, ...stores.bindings };
    const publicUrl = parsed.config.PUBLIC_URL;
    const { server, close } = createAppServer({ app, bindings, publicUrl, trustedProxies });
    await listening(server, port, values.host);
    const address = server.address();
    const boundPort = typeof address === 'object' && address ? address.port : port;
    terminal.print(
      `mitto-otp is ready: ${publicUrl}, listening on ${hostInUrl(values.host)}:${boundPort}`,
    );
    await stopSignal();
    setTimeout(() => process.exit(1), SHUTDOWN_MS).unref();
    await close();
    return 0;
  } finally {
    stores.close();
  }
};

function parse(parameters: readonly string[]) {
  try {
    return parseArgs({
      args: [...parameters],
      options: {
        settings: { type: 'string' },
        store: { type: 'string', default: 'mitto-otp.sqlite' },
        host: { type: 'string', default: '127.0.0.1' },
        port: { type: 'string', default: process.env['PORT'] ?? '8787' },
        'trusted-proxies': { type: 'string' },
        help: { type: 'boolean', default: false },
      },
    }).values;
  } catch (error) {
    throw new UsageError(`${(error as Error).message}\n\n${USAGE}`);
  }
}

async function openStores(place: string): Promise<Stores> {
  if (place === 'memory') return createMemoryStores();
  try {
    return await openSqliteStores(place);
  } catch (error) {
    throw new UsageError(`--store: cannot open ${place}: ${(error as Error).message}`);
  }
}

function wholeNumber(text: string, flag: string, max: number): number {
  if (!/^\d{1,5}$/.test(text) || Number(text) > max)
    throw new UsageError(`${flag}: must be a whole number up to ${max}, got "${text}".`);
  return Number(text);
}

function settingsIn(file: string | undefined): NodeJS.Dict<string> {
  if (file === undefined) return {};
  if (!existsSync(file)) throw new UsageError(`--settings: no such file: ${file}.`);
  return Object.fromEntries(parseDevVars(readFileSync(file, 'utf8')));
}

/** Beside this file in the package, in `dist` in a clone. */
function assetFolder(): string {
  const places = ['../../assets', '../dist/assets'].map((path) => join(import.meta.dirname, path));
  const folder = places.find((place) => existsSync(join(place, 'mitto-otp.js')));
  if (folder === undefined)
    throw new UsageError('The widget is not built. Run npm run build first.');
  return folder;
}

function listening(
  server: ReturnType<typeof createAppServer>['server'],
  port: number,
  host: string,
): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(
        error.code === 'EADDRINUSE'
          ? new UsageError(`--port: ${port} is in use by another program. Choose another one.`)
          : error,
      ),
    );
    server.listen(port, host, resolve);
  });
}

function hostInUrl(host: string): string {
  return host.includes(':') ? `[${host}]` : host;
}

function stopSignal(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve());
  });
}
