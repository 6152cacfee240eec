/**
 * Serves, inside the test runner, the built element as a Worker does, and takes its later files away as a deployment
 * does: their names are of yesterday, and the page that asks for them is, too.
 */
import { readFile } from 'node:fs/promises';

/** What is used here of a request and its answer, as the test runner's server has them. */
interface Exchange {
  readonly path: string;
  readonly url: string;
  status: number;
  type: string;
  body: unknown;
  set(name: string, value: string): void;
  readonly request: { get(name: string): string };
}

/** The deployments that tests asked for, each under a name of its own. */
interface Deployment {
  /** The later file of this beginning is another one than was built. */
  swapped: string;
  /** How many requests for a later file of this beginning are answered by 404. */
  missing: { file: string; times: number };
  firstFile: { cacheControl: string }[];
}

/** What somebody has put into a file. */
const SWAPPED = 'window.isSwapped = true;';

const deployments = new Map<string, Deployment>();

export async function deploymentServer(exchange: Exchange, next: () => Promise<void>) {
  const [, name, file = ''] = /^\/deployed\/([\w-]+)\/([\w./-]+)$/.exec(exchange.path) ?? [];
  if (!name) return next();
  const deployment = deploymentOf(name);
  exchange.set('Cache-Control', 'no-store');
  if (file === 'missing') {
    const asked = new URL(exchange.url, 'http://localhost').searchParams;
    deployment.missing = { file: asked.get('file') ?? '', times: Number(asked.get('times')) };
    exchange.body = 'ok';
  } else if (file === 'swapped') {
    deployment.swapped = new URL(exchange.url, 'http://localhost').searchParams.get('file') ?? '';
    exchange.body = 'ok';
  } else if (file === 'first-file') {
    exchange.type = 'json';
    exchange.body = JSON.stringify(deployment.firstFile);
  } else if (file === 'page') {
    exchange.type = 'html';
    exchange.body = page(exchange.url.endsWith('?sealed') ? await hashesOf(name) : undefined);
  } else await serve(exchange, deployment, file);
}

async function serve(exchange: Exchange, deployment: Deployment, file: string): Promise<void> {
  const { missing } = deployment;
  if (file === 'mitto-otp.js')
    deployment.firstFile.push({ cacheControl: exchange.request.get('Cache-Control') });
  else if (missing.times > 0 && file.startsWith(`mitto-otp/${missing.file}`)) {
    missing.times -= 1;
    exchange.status = 404;
    exchange.type = 'text/plain';
    exchange.body = 'gone';
    return;
  }
  // As the Worker does; only so could a browser's cache be in the way.
  exchange.set('Cache-Control', 'public, max-age=300');
  exchange.type = 'js';
  const { swapped } = deployment;
  const addition = swapped !== '' && file.startsWith(`mitto-otp/${swapped}`) ? SWAPPED : '';
  exchange.body = addition + (await readFile(`dist/assets/${file}`, 'utf8'));
}

function deploymentOf(name: string): Deployment {
  const known = deployments.get(name);
  if (known) return known;
  const fresh: Deployment = { swapped: '', missing: { file: '', times: 0 }, firstFile: [] };
  deployments.set(name, fresh);
  return fresh;
}

/** As a page names them that has the element from a CDN. */
async function hashesOf(name: string): Promise<string> {
  const hashes = JSON.parse(await readFile('dist/assets/integrity.json', 'utf8')) as object;
  const integrity = Object.fromEntries(
    Object.entries(hashes).map(([file, hash]) => [`/deployed/${name}/${file}`, hash]),
  );
  return `<script type="importmap">${JSON.stringify({ integrity })}</script>`;
}

function page(importMap = ''): string {
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <title>Sign up</title>
    ${importMap}
    <script type="module" src="mitto-otp.js"></script>
  </head>
  <body>
    <form><mitto-otp name="phone-proof" required></mitto-otp></form>
  </body>
</html>`;
}
