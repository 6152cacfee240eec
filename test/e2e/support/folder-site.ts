/** A folder of files as a site, as a host for static pages serves it. */
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize } from 'node:path';

export interface FolderSite {
  origin: string;
  /** Where the files are, as soon as they are built. */
  folder: string;
  close(): void;
}

const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.json': 'application/json',
};

/** Listens before there is anything to serve, because the Worker has to know the site before it starts. */
export async function serveFolder(): Promise<FolderSite> {
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    const path = normalize(pathname.endsWith('/') ? `${pathname}index.html` : pathname);
    const body = await readFile(join(site.folder, path)).catch(() => undefined);
    if (!body) return response.writeHead(404).end();
    const type = TYPES[extname(path)] ?? 'application/octet-stream';
    // A CDN lets every site read its files; without that the browser could not look at their hash.
    return response
      .writeHead(200, { 'Content-Type': type, 'Access-Control-Allow-Origin': '*' })
      .end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const site: FolderSite = {
    origin: `http://127.0.0.1:${port}`,
    folder: '',
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
  return site;
}
