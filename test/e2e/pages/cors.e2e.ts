/** Sites of other origins: one that the Worker lists, and one that it does not. */
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { type Stack, startStack } from '../../../demo/stack.ts';
import { verifyProof } from '../../../shared/verify-proof.ts';
import { launchBrowser, type TestBrowser } from '../support/browser.ts';
import { OtpPage } from '../support/otp-page.ts';
import { type Site, serveSite } from '../support/site.ts';

const NUMBER = '+4915228817386';

let listed: Site;
let unlisted: Site;
let product: Stack;
let browser: TestBrowser;

beforeAll(async () => {
  const page = () => ({ worker: product.url });
  [listed, unlisted] = await Promise.all([serveSite(page), serveSite(page)]);
  product = await startStack({
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

it('sends nothing for a site that is not listed, and says so to its visitor and its developer', async () => {
  const page = await browser.openPage('about:blank');
  const logged: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') logged.push(message.text());
  });
  await page.goto(unlisted.origin);
  const shop = new OtpPage(page, product.sandbox);
  await shop.text('Phone confirmation isn’t set up correctly on this site.').waitFor();
  const failed = page.evaluate(
    () =>
      new Promise<string>((resolve) => {
        document.addEventListener('mitto-error', (event) =>
          resolve(event instanceof Event && 'code' in event ? String(event.code) : ''),
        );
      }),
  );
  await shop.phone.fill(NUMBER);
  await shop.button('Send code').click();
  expect(await failed).toBe('origin_not_allowed');
  const ours = () => logged.filter((text) => text.includes('ALLOWED_ORIGINS'));
  await expect.poll(ours).toHaveLength(1);
  expect(ours()[0]).toContain(unlisted.origin);
  expect(ours()[0]).toContain(product.url);
  expect(logged.join()).not.toContain('CORS');
  expect(product.sandbox.calls.list()).toEqual([]);
});

it('lets an unlisted page read that refusal of every call, and nothing else', async () => {
  const page = await browser.openPage(unlisted.origin);
  const read = await page.evaluate(async (url) => {
    const said: Record<string, string> = {};
    const json = { 'Content-Type': 'application/json', 'Idempotency-Key': 'k' };
    const calls: [path: string, init?: RequestInit][] = [
      ['/v1/config'],
      ['/v1/phone-metadata/DE'],
      ['/v1/send', { method: 'POST', headers: json, body: '{"phone":"+4915228817386"}' }],
      ['/v1/verify', { method: 'POST', headers: json, body: '{"session":"x","code":"123456"}' }],
      ['/v1/cancel', { method: 'POST', headers: json, body: '{"session":"x"}' }],
      ['/v1/none'],
      ['/healthz'],
    ];
    for (const [path, init] of calls)
      said[path] = await fetch(url + path, init).then(
        async (response) => ((await response.json()) as { code?: string }).code ?? '',
        () => 'unreadable',
      );
    return said;
  }, product.url);
  expect(read).toEqual({
    '/v1/config': 'origin_not_allowed',
    '/v1/phone-metadata/DE': 'origin_not_allowed',
    '/v1/send': 'origin_not_allowed',
    '/v1/verify': 'origin_not_allowed',
    '/v1/cancel': 'origin_not_allowed',
    '/v1/none': 'unreadable',
    '/healthz': 'unreadable',
  });
  expect(product.sandbox.calls.list()).toEqual([]);
});
