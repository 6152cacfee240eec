/** The whole job on the demo page, in a real browser, against the running product. */
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type Stack, startStack } from '../../../demo/stack.ts';
import { axeViolationsIn } from '../support/axe.ts';
import { launchBrowser, type TestBrowser } from '../support/browser.ts';
import { OtpPage, wrongFor } from '../support/otp-page.ts';

let product: Stack;
let browser: TestBrowser;
/** How far the sandbox's clock is ahead. */
let aheadMs = 0;
let lastNumber = 0;

beforeAll(async () => {
  product = await startStack({
    port: 0,
    // One second is the shortest; everything else as in the demo.
    settings: { LIMITS: { cooldown: '1', send_per_ip: '100/10m', send_per_prefix: '1000/1h' } },
    sandboxOptions: { now: () => Date.now() + aheadMs },
  });
  browser = await launchBrowser();
});

afterEach(async () => {
  aheadMs = 0;
  await browser.closePages();
  expect(browser.takeErrors()).toEqual([]);
});

afterAll(async () => {
  await browser?.close();
  await product?.close();
});

async function openDemo(options?: Parameters<TestBrowser['openPage']>[1]): Promise<OtpPage> {
  const page = await browser.openPage(product.url, options);
  return new OtpPage(page, product.sandbox);
}

/** Numbers that are never given to anybody; each test has its own, with its own limits. */
function anyNumber(): string {
  lastNumber += 1;
  return `+1202555${String(100 + lastNumber).padStart(4, '0')}`;
}

/** What the site's server has said. */
function verdictOf(page: Page) {
  return page.getByRole('region', { name: 'Verified claims' });
}

describe('a sign-up', () => {
  it('goes from a number to claims that the site’s own server has checked', async () => {
    const demo = await openDemo();
    const number = anyNumber();
    const { page } = demo;
    await page.getByLabel('Name').fill('Ada Lovelace');
    const message = await demo.sendCodeTo(number);
    expect(message).toMatchObject({ channel: 'sms', to: number, from: 'Demo Shop' });

    // The visitor's phone on the page shows the very message.
    const phone = page.getByRole('log', { name: 'Messages and calls' });
    await phone.getByText(`${message.code} is your code`).waitFor();

    await demo.typeCode(message.code);
    await demo.verified.waitFor();
    await demo.button('Sign up').click();
    const verdict = verdictOf(page);
    await verdict.getByText('Ada Lovelace is signed up.').waitFor();
    const claims = await verdict.textContent();
    expect(claims).toContain(number);
    expect(claims).toContain('sms: a text message');
    expect(claims).toContain(product.url);
    // The form is ready for the next visitor, and the focus where the last one left it.
    await demo.phone.waitFor();
    expect(await page.evaluate('document.activeElement?.textContent')).toContain('Sign up');
    expect(await demo.phone.inputValue()).toBe('');
  });

  it('is not sent without a proof', async () => {
    const demo = await openDemo();
    await demo.page.getByLabel('Name').fill('Ada');
    await demo.phone.fill(anyNumber());
    await demo.button('Sign up').click();
    await demo.text('Confirm your phone number first.').waitFor();
    expect(await verdictOf(demo.page).textContent()).toContain('Nothing yet.');
  });

  it('goes on after a wrong code', async () => {
    const demo = await openDemo();
    const { code } = await demo.sendCodeTo(anyNumber());
    await demo.typeCode(wrongFor(code));
    await demo.text('That code isn’t right.').waitFor();
    await demo.typeCode(code);
    await demo.verified.waitFor();
  });

  it('takes the code of a second message, and the first one no more', async () => {
    const demo = await openDemo();
    const number = anyNumber();
    const first = await demo.sendCodeTo(number);
    const second = await demo.messageAfter(number, () => demo.button('Send again').click());
    expect(second.requestID).not.toBe(first.requestID);
    if (first.code !== second.code) {
      await demo.typeCode(first.code);
      await demo.text('That code isn’t right.').waitFor();
    }
    await demo.typeCode(second.code);
    await demo.verified.waitFor();
  });

  it('can be called instead', async () => {
    const demo = await openDemo();
    const { page } = demo;
    const number = anyNumber();
    await page.getByLabel('Name').fill('Ada');
    await demo.sendCodeTo(number);
    const call = await demo.messageAfter(number, () => demo.button('Call me instead').click());
    expect(call.channel).toBe('call');
    // Digit by digit, as a voice has to read it.
    const phone = page.getByRole('log', { name: 'Messages and calls' });
    await phone
      .getByText([...call.code].join(', '))
      .first()
      .waitFor();

    await demo.typeCode(call.code);
    await demo.verified.waitFor();
    await demo.button('Sign up').click();
    await verdictOf(page).getByText('tel: a call').waitFor();
  });

  it('changes the number', async () => {
    const demo = await openDemo();
    const [first, second] = [anyNumber(), anyNumber()];
    await demo.sendCodeTo(first);
    await demo.button('Change number').click();
    await demo.phone.waitFor();
    const { code, to } = await demo.sendCodeTo(second);
    expect(to).toBe(second);
    await demo.typeCode(code);
    await demo.verified.waitFor();
  });

  it('does not take a code that has expired at Mitto', async () => {
    const demo = await openDemo();
    const { code } = await demo.sendCodeTo(anyNumber());
    aheadMs = 601_000;
    await demo.typeCode(code);
    await demo.text('That code isn’t right.').waitFor();
  });

  it('renews the proof while the page is open, without another message', async () => {
    const demo = await openDemo();
    const { page } = demo;
    await page.clock.install();
    await page.getByLabel('Name').fill('Ada');
    const number = anyNumber();
    const { code } = await demo.sendCodeTo(number);
    await demo.typeCode(code);
    await demo.verified.waitFor();
    const renewal = page.waitForResponse(/\/v1\/renew$/);
    await page.clock.fastForward('05:01');
    expect((await renewal).status()).toBe(200);
    await demo.button('Sign up').click();
    await verdictOf(page).getByText('Ada is signed up.').waitFor();
    expect(product.sandbox.inbox.list({ to: number })).toHaveLength(1);
  });

  it('asks for another code when the proof has expired and cannot be renewed', async () => {
    const demo = await openDemo();
    const { page } = demo;
    await page.clock.install();
    const { code } = await demo.sendCodeTo(anyNumber());
    await demo.typeCode(code);
    await demo.verified.waitFor();
    await page.route(/\/v1\/renew$/, (route) =>
      route.fulfill({
        status: 409,
        contentType: 'application/problem+json',
        headers: { 'Access-Control-Allow-Origin': '*' },
        body: JSON.stringify({
          type: 'about:blank',
          title: 'Used',
          status: 409,
          code: 'session_used',
        }),
      }),
    );
    await page.clock.fastForward('05:01');
    await demo.text('The confirmation has expired.').waitFor();
  });
});

it.each(['light', 'dark'] as const)(
  'has no barrier that a machine can find, in the %s',
  async (colorScheme) => {
    const demo = await openDemo({ colorScheme, reducedMotion: 'reduce' });
    const { page } = demo;
    const barriers = () => axeViolationsIn(page);
    await demo.phone.waitFor();
    expect(await barriers()).toEqual([]);
    await page.getByLabel('Name').fill('Ada');
    const { code } = await demo.sendCodeTo(anyNumber());
    await page.getByText(`${code} is your code`).first().waitFor();
    expect(await barriers()).toEqual([]);
    await demo.typeCode(code);
    await demo.verified.waitFor();
    await demo.button('Sign up').click();
    await verdictOf(page).getByText('Ada is signed up.').waitFor();
    expect(await barriers()).toEqual([]);
  },
);

it('works on a phone, by touch', async () => {
  const demo = await openDemo({
    viewport: { width: 390, height: 664 },
    hasTouch: true,
    isMobile: true,
    colorScheme: 'dark',
  });
  const { page } = demo;
  const number = anyNumber();
  const overflow = () =>
    page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
  expect(await overflow()).toBe(0);
  await page.getByLabel('Name').fill('Grace');
  await demo.phone.tap();
  await page.keyboard.type(number);
  const { code } = await demo.messageAfter(number, () => demo.button('Send code').tap());
  // The drawn phone is out of sight, so the message comes over the page.
  await page.locator('.banner').getByText(`${code} is your code`).waitFor();
  expect(await overflow()).toBe(0);
  await demo.code.tap();
  await page.keyboard.type(code);
  await demo.verified.waitFor();
  await demo.button('Sign up').tap();
  await verdictOf(page).getByText('Grace is signed up.').waitFor();
  expect(await overflow()).toBe(0);
});
