/** A site of another origin than the Worker's, with the two lines in it. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Site {
  origin: string;
  close(): void;
}

export interface SitePage {
  /** Of the Worker. */
  worker: string;
  /** What the page's policy allows besides the Worker. */
  policy?: string;
}

/**
 * The name of the host makes it another site, and not only another origin.
 *
 * @param page asked at each request, because the Worker has to know the site before it starts
 */
export async function serveSite(page: () => SitePage): Promise<Site> {
  const server: Server = createServer((request, response) => {
    if (!request.url?.startsWith('/?') && request.url !== '/') return response.writeHead(404).end();
    const { worker, policy = `script-src ${worker}` } = page();
    response.writeHead(200, {
      'Content-Type': 'text/html; charset=utf-8',
      'Content-Security-Policy': `default-src 'none'; connect-src ${worker}; form-action 'self'; ${policy}`,
    });
    return response.end(`<!doctype html>
      <html lang="en">
        <title>A shop</title>
        <script type="module" src="${worker}/mitto-otp.js"></script>
        <form>
          <mitto-otp name="phone-proof" required></mitto-otp>
          <button>Sign up</button>
        </form>
      </html>`);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${port}`,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}
