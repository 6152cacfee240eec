/** The challenge from the visitor to siteverify: a strict page, the real Worker, and Turnstile's part on loopback. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type Stack, startStack } from '../../../demo/stack.ts';
import { verifyProof } from '../../../shared/verify-proof.ts';
import { en } from '../../../widget/i18n/locales/en.ts';
import { TURNSTILE_SECRET } from '../../support/worker/fake-turnstile.ts';
import { launchBrowser, type TestBrowser } from '../support/browser.ts';
import { OtpPage } from '../support/otp-page.ts';
import { type Site, serveSite } from '../support/site.ts';
import { type ServedTurnstile, serveTurnstile } from '../support/turnstile.ts';

let browser: TestBrowser;
let turnstile: ServedTurnstile;
let product: Stack;
/** Allows what docs/settings.md says, and nothing more. */
let site: Site;
/** Allows the Worker alone. */
let unready: Site;

async function start(fromSend: number): Promise<void> {
  turnstile = await serveTurnstile();
  unready = await serveSite(() => ({ worker: product.url }));
  site = await serveSite(() => ({
    worker: product.url,
    policy: [
      `script-src ${product.url} ${turnstile.url}`,
      `frame-src ${turnstile.url}`,
      "require-trusted-types-for 'script'",
      'trusted-types lit-html mitto-otp',
    ].join('; '),
  }));
  product = await startStack({
    port: 0,
    settings: (url) => ({
      ALLOWED_ORIGINS: [url, site.origin, unready.origin],
      CHALLENGE_FROM_SEND: fromSend,
      TURNSTILE_SITE_KEY: '1x00000000000000000000AA',
      TURNSTILE_SECRET,
      TURNSTILE_BASE_URL: turnstile.url,
    }),
  });
}

async function stop(): Promise<void> {
  await product?.close();
  for (const server of [site, unready, turnstile]) server?.close();
}

beforeAll(async () => {
  browser = await launchBrowser();
});

afterEach(async () => {
  await browser.closePages();
  product.sandbox.reset();
});

afterAll(() => browser?.close());

async function confirm(shop: OtpPage, number: string, code: string): Promise<void> {
  await shop.typeCode(code);
  await shop.verified.waitFor();
  await Promise.all([
    shop.page.waitForURL((url) => url.searchParams.has('phone-proof')),
    shop.button('Sign up').click(),
  ]);
  const { searchParams } = new URL(shop.page.url());
  // Turnstile's own field would have made the token a part of the site's form.
  expect([...searchParams.keys()]).toEqual(['phone-proof']);
  const proof = searchParams.get('phone-proof') ?? '';
  const claims = await verifyProof(proof, { issuer: product.url, audience: site.origin });
  expect(claims.phone_number).toBe(number);
}

describe('a challenge before every send', () => {
  beforeAll(() => start(1));
  afterAll(stop);

  it('passes unseen, and the number is confirmed', async () => {
    const shop = new OtpPage(await browser.openPage(site.origin), product.sandbox);
    await shop.button('Send code').waitFor();
    expect(turnstile.requests).toEqual([]);
    const { code } = await shop.sendCodeTo('+4915228817301');
    expect(turnstile.tokens).toHaveLength(1);
    await confirm(shop, '+4915228817301', code);
    expect(browser.takeErrors()).toEqual([]);
  });

  it('asks for a click, and goes away', async () => {
    turnstile.asks = true;
    const shop = new OtpPage(await browser.openPage(site.origin), product.sandbox);
    const frame = shop.page.waitForEvent('frameattached');
    await shop.phone.fill('+4915228817302');
    const { code } = await shop.messageAfter('+4915228817302', async () => {
      await shop.button('Send code').click();
      await shop.text(en.challenge).waitFor();
      expect(product.sandbox.calls.list()).toEqual([]);
      await (await frame).getByRole('checkbox', { name: 'Verify you are human' }).click();
    });
    turnstile.asks = false;
    expect(shop.page.frames()).toHaveLength(1);
    await confirm(shop, '+4915228817302', code);
    expect(browser.takeErrors()).toEqual([]);
  });

  it('says that it did not load on a page that forbids it, and lets the visitor try again', async () => {
    const shop = new OtpPage(await browser.openPage(unready.origin), product.sandbox);
    await shop.phone.fill('+4915228817303');
    for (const _attempt of [1, 2]) {
      await shop.button('Send code').click();
      await shop.text(en.challengeNotLoaded).waitFor();
      expect(browser.takeErrors().join()).toContain(turnstile.url);
    }
    expect(product.sandbox.calls.list()).toEqual([]);
  });
});

describe('a challenge from the second send on', () => {
  beforeAll(() => start(2));
  afterAll(stop);

  it('is not loaded before, and is passed then without another gesture', async () => {
    const page = await browser.openPage(site.origin);
    const shop = new OtpPage(page, product.sandbox);
    const loaded = () =>
      page.evaluate(() => performance.getEntriesByType('resource').map(({ name }) => name));
    const sends: (number | undefined)[] = [];
    page.on('response', (response) => {
      if (response.url().endsWith('/v1/send') && response.request().method() === 'POST')
        sends.push(response.status());
    });

    await shop.sendCodeTo('+4915228817304');
    expect((await loaded()).filter((name) => name.includes('turnstile'))).toEqual([]);
    expect([turnstile.requests, sends]).toEqual([[], [200]]);

    await shop.button('Change number').click();
    const { code } = await shop.sendCodeTo('+4915228817305');
    expect((await loaded()).filter((name) => name.includes('turnstile'))).not.toEqual([]);
    expect(sends).toEqual([200, 403, 200]);
    expect(turnstile.tokens).toHaveLength(1);
    await confirm(shop, '+4915228817305', code);
    expect(browser.takeErrors()).toEqual([]);
  });
});
