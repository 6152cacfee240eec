/** Sites of other origins: one that the Worker lists, and one that it does not. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { type Product, startProduct } from '../demo/product.ts';
import { verifyProof } from '../shared/verify-proof.ts';
import { launchBrowser, type TestBrowser } from './browser.ts';
import { OtpPage } from './otp-page.ts';

const NUMBER = '+4915228817386';

interface Site {
  origin: string;
  close(): void;
}

let listed: Site;
let unlisted: Site;
let product: Product;
let browser: TestBrowser;

beforeAll(async () => {
  [listed, unlisted] = await Promise.all([serveSite(), serveSite()]);
  product = await startProduct({
    port: 0,
    settings: (url) => ({ ALLOWED_ORIGINS: [url, listed.origin] }),
  });
  browser = await launchBrowser();
});

afterEach(async () => {
  await browser.closePages();
  product.sandbox.reset();
});

afterAll(async () => {
  await browser?.close();
  await product?.close();
  listed?.close();
  unlisted?.close();
});

/** A site with the two lines in it. The name of the host makes it another site, and not only another origin. */
async function serveSite(): Promise<Site> {
  const server: Server = createServer((request, response) => {
    if (!request.url?.startsWith('/?') && request.url !== '/') return response.writeHead(404).end();
    response.writeHead(200, {
      'Content-Type': 'text/html; charset=utf-8',
      'Content-Security-Policy': `default-src 'none'; script-src ${product.url}; connect-src ${product.url}; form-action 'self'`,
    });
    return response.end(`<!doctype html>
      <html lang="en">
        <title>A shop</title>
        <script type="module" src="${product.url}/mitto-otp.js"></script>
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

it('works on a listed site with two lines of HTML, and the form sends a proof for that site', async () => {
  const page = await browser.openPage(listed.origin);
  const shop = new OtpPage(page, product.sandbox);
  const { code, text } = await shop.sendCodeTo(NUMBER);
  expect(text).toContain(new URL(listed.origin).host);
  await shop.typeCode(code);
  await shop.verified.waitFor();

  await Promise.all([
    page.waitForURL((url) => url.searchParams.has('phone-proof')),
    shop.button('Sign up').click(),
  ]);
  const proof = new URL(page.url()).searchParams.get('phone-proof') ?? '';
  const claims = await verifyProof(proof, { issuer: product.url, audience: listed.origin });
  expect(claims).toMatchObject({ phone_number: NUMBER, amr: ['sms'] });
  await expect(
    verifyProof(proof, { issuer: product.url, audience: product.url }),
  ).rejects.toMatchObject({ code: 'wrong_audience' });
  expect(browser.takeErrors()).toEqual([]);
});

it('sends nothing for a site that is not listed', async () => {
  const page = await browser.openPage(unlisted.origin);
  const shop = new OtpPage(page, product.sandbox);
  await shop.phone.fill(NUMBER);
  const failed = page.evaluate(
    () =>
      new Promise<string>((resolve) => {
        document.addEventListener('mitto-error', (event) =>
          resolve(event instanceof Event && 'code' in event ? String(event.code) : ''),
        );
      }),
  );
  await shop.button('Send code').click();
  // The browser keeps the Worker's reason from the page.
  expect(await failed).toBe('network_error');
  expect(product.sandbox.calls.list()).toEqual([]);
});
