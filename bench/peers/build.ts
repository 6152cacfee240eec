/** What a site would put online: the built widget, and a page for each contender, bundled for production. */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

const ROOT = join(import.meta.dirname, '../..');
const VITE = join(ROOT, 'node_modules/vite/bin/vite.js');
const PAGES = join(import.meta.dirname, 'pages');

/** As the Worker serves it: `/mitto-otp.js` and what it loads later. */
export async function buildWidget(outDir: string): Promise<void> {
  await vite(['build', '--outDir', outDir]);
}

/**
 * Each page by itself, so that none shares a file with another.
 *
 * @param service origin of all that stands for a service, ours and theirs; the page finds it as `VITE_SERVICE`
 */
export async function buildPage(page: string, outDir: string, service: string): Promise<void> {
  const config = join(PAGES, 'vite.config.ts');
  await vite(['build', join(PAGES, page), '--config', config, '--outDir', outDir], {
    VITE_SERVICE: service,
  });
}

async function vite(
  parameters: readonly string[],
  variables: Readonly<Record<string, string>> = {},
): Promise<void> {
  await promisify(execFile)(
    process.execPath,
    [VITE, ...parameters, '--emptyOutDir', '--logLevel', 'error'],
    // Vite takes the development build of Lit wherever `NODE_ENV` is set and is not "production".
    { cwd: ROOT, env: { ...process.env, NODE_ENV: 'production', ...variables } },
  );
}
