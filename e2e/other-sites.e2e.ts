/** Sites of other origins: one that the Worker lists, and one that it does not. */
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { type Product, startProduct } from '../demo/product.ts';
import { verifyProof } from '../shared/verify-proof.ts';
import { launchBrowser, type TestBrowser } from './browser.ts';
import { OtpPage } from './otp-page.ts';
import { type Site, serveSite } from './site.ts';

const NUMBER = '+4915228817386';

let listed: Site;
let unlisted: Site;
let product: Product;
let browser: TestBrowser;

beforeAll(async () => {
  const page = () => ({ worker: product.url });
  [listed, unlisted] = await Promise.all([serveSite(page), serveSite(page)]);
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
