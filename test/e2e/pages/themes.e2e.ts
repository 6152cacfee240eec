/** The three themes of the demo, in a real browser: each is a scene in which the job is done. */
import type { BrowserContextOptions } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type Stack, startStack } from '../../../demo/stack.ts';
import { axeViolationsIn } from '../support/axe.ts';
import { launchBrowser, type TestBrowser } from '../support/browser.ts';
import { OtpPage, wrongFor } from '../support/otp-page.ts';

let product: Stack;
let browser: TestBrowser;
let lastNumber = 0;

beforeAll(async () => {
  product = await startStack({ port: 0 });
  browser = await launchBrowser();
});

afterEach(async () => {
  await browser.closePages();
  expect(browser.takeErrors()).toEqual([]);
});

afterAll(async () => {
  await browser?.close();
  await product?.close();
});

async function openTheme(theme: string, options: BrowserContextOptions = {}): Promise<OtpPage> {
  const page = await browser.openPage(`${product.url}/themes/${theme}`, {
    reducedMotion: 'reduce',
    ...options,
  });
  return new OtpPage(page, product.sandbox);
}

/** Returns the code. The label of the number is the page's own. */
async function sendCode(scene: OtpPage): Promise<string> {
  lastNumber += 1;
  const number = `+1202555${String(100 + lastNumber).padStart(4, '0')}`;
  await scene.page.locator('#name').fill('Ada');
  await scene.page.locator('input[slot=phone]').fill(number);
  const { code } = await scene.messageAfter(number, () => scene.button('Send code').click());
  return code;
}

function overflow({ page }: OtpPage): Promise<number> {
  return page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    return scrollWidth - clientWidth;
  });
}

describe.each([
  { theme: 'plain', submit: 'Sign up', done: 'Welcome to Field Notes.' },
  { theme: 'dashboard', submit: 'Save changes', done: 'Saved.' },
  { theme: 'shop', submit: 'Place order · €18.40', done: 'Thank you! The oven is on.' },
])('the theme $theme', ({ theme, submit, done }) => {
  it.each(['light', 'dark'] as const)('does the job without a barrier: %s', async (colorScheme) => {
    const scene = await openTheme(theme, { colorScheme });
    const { page } = scene;
    await scene.button('Send code').waitFor();
    expect(await axeViolationsIn(page)).toEqual([]);

    const code = await sendCode(scene);
    await page.getByRole('log').getByText(`${code} is your code`).waitFor();
    await scene.typeCode(wrongFor(code));
    await scene.text('That code isn’t right.').waitFor();
    expect(await axeViolationsIn(page)).toEqual([]);

    await scene.typeCode(code);
    await scene.verified.waitFor();
    expect(await axeViolationsIn(page)).toEqual([]);
    await scene.button(submit).click();
    await scene.text(done).waitFor();
    expect(await page.getByRole('status').filter({ hasText: done }).textContent()).toContain(
      'The server has checked the proof for +1202555',
    );
  });

  it.each([320, 390, 768, 1280])('fits a page of %i px, from step to step', async (width) => {
    const scene = await openTheme(theme, { viewport: { width, height: 800 } });
    await scene.button('Send code').waitFor();
    expect(await overflow(scene)).toBe(0);
    await scene.typeCode(await sendCode(scene));
    expect(await overflow(scene)).toBe(0);
    await scene.verified.waitFor();
    expect(await overflow(scene)).toBe(0);
  });

  it('gives a finger enough room, whatever it wants for a mouse', async () => {
    const scene = await openTheme(theme, {
      viewport: { width: 390, height: 800 },
      hasTouch: true,
      isMobile: true,
    });
    const measure = () =>
      scene.page.evaluate(() => {
        const element = document.querySelector('mitto-otp');
        const inside = [...(element?.shadowRoot?.querySelectorAll('button, select') ?? [])];
        return [...inside, ...(element?.querySelectorAll('input') ?? [])]
          .filter((node) => node.checkVisibility())
          .map((node) => ({
            height: node.getBoundingClientRect().height,
            text: node instanceof HTMLInputElement ? getComputedStyle(node).fontSize : null,
          }));
      });
    await scene.page.locator('mitto-otp select').waitFor();
    const targets = await measure();
    await sendCode(scene);
    targets.push(...(await measure()));
    for (const { height, text } of targets) {
      expect(height).toBeGreaterThanOrEqual(44);
      if (text) expect(Number.parseFloat(text)).toBeGreaterThanOrEqual(16);
    }
  });

  it('shows the very rules that it is styled with, and its dark side', async () => {
    const scene = await openTheme(theme, { colorScheme: 'light' });
    const { page } = scene;
    await page.getByText('The rules that make the element look like this').click();
    await page.getByText('--mitto-accent').waitFor();
    const background = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    const light = await background();
    await scene.button('Dark').click();
    expect(await background()).not.toBe(light);
    await page.getByRole('link', { name: theme === 'plain' ? 'Shop' : 'Plain' }).click();
    await page.getByRole('button', { name: 'Dark', pressed: true }).waitFor();
  });
});

it('the demo leads to each of them', async () => {
  const page = await browser.openPage(product.url);
  for (const name of ['a plain form', 'a dense dashboard', 'a warm shop']) {
    await page.getByRole('link', { name }).click();
    await page.getByRole('navigation', { name: 'Themes' }).waitFor();
    await page.goBack();
  }
});
