/** The built widget and console from a folder of this machine, in the place of Cloudflare's static assets. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { extname, join, relative, sep } from 'node:path';
import type { Fetches } from '../../bindings.ts';

const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
};

interface Asset {
  body: Uint8Array<ArrayBuffer>;
  headers: Record<string, string>;
}

/**
 * Read once, so that no path of a request ever reaches the disk.
 *
 * @param folder `dist/assets` of this package
 * @throws where it cannot be read
 */
export function openAssetFolder(folder: string): Fetches {
  const assets = new Map<string, Asset>();
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const file = join(entry.parentPath, entry.name);
    const path = `/${relative(folder, file).split(sep).join('/')}`;
    const body = new Uint8Array(readFileSync(file));
    const hash = createHash('sha256').update(body).digest('base64url').slice(0, 22);
    const type = TYPES[extname(file)] ?? 'application/octet-stream';
    const asset = { body, headers: { 'Content-Type': type, ETag: `"${hash}"` } };
    assets.set(path, asset);
    if (path.endsWith('/index.html')) assets.set(path.slice(0, -'index.html'.length), asset);
  }

  return {
    async fetch(request) {
      const asset = assets.get(new URL(request.url).pathname);
      if (!asset) return new Response(null, { status: 404 });
      const { body, headers } = asset;
      const known = request.headers.get('If-None-Match')?.split(/\s*,\s*/) ?? [];
      const isKnown = known.some((tag) => tag.replace(/^W\//, '') === headers['ETag']);
      return isKnown
        ? new Response(null, { status: 304, headers })
        : new Response(body, { headers });
    },
  };
}
