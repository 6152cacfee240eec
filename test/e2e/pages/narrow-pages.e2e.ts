/** The project's own pages on the narrowest phones, with the text that a visitor may ask for. */
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type Stack, startStack } from '../../../demo/stack.ts';
import { launchBrowser, type TestBrowser } from '../support/browser.ts';

const ADMIN_TOKEN = 'the token of the operators, long enough';

/** https://www.w3.org/TR/WCAG22/#resize-text and #text-spacing */
const TEXTS = {
  'as it is': '',
  'of twice the size': ':root { font-size: 200% !important }',
  'spaced as a visitor needs it': `* {
    line-height: 1.5 !important;
    letter-spacing: 0.12em !important;
    word-spacing: 0.16em !important;
  }
  p { margin-block-end: 2em !important }`,
} as const;

let product: Stack;
let browser: TestBrowser;
let lastNumber = 0;

beforeAll(async () => {
  product = await startStack({ port: 0, settings: { ADMIN_TOKEN, CONNECTOR: 'mitto-2fa' } });
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

async function openNarrow(path: string, text: keyof typeof TEXTS): Promise<Page> {
  const page = await browser.openPage(`${product.url}${path}`, {
    viewport: { width: 320, height: 800 },
    reducedMotion: 'reduce',
  });
  // As a visitor's own style sheet: a policy of the page has no say in it.
  await page.evaluate((rules) => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(rules);
    for (const tree of [
      document,
      ...[...document.querySelectorAll('*')].map((each) => each.shadowRoot),
    ])
      tree?.adoptedStyleSheets.push(sheet);
  }, TEXTS[text]);
  return page;
}

/** What reaches further than the page, in words. */
function sticksOut(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    if (scrollWidth <= clientWidth) return [];
    const all: Element[] = [];
    const add = (root: Document | ShadowRoot) => {
      for (const node of root.querySelectorAll('*')) {
        all.push(node);
        if (node.shadowRoot) add(node.shadowRoot);
      }
    };
    add(document);
    return [
      `${scrollWidth} px`,
      ...all
        .filter((node) => node.getBoundingClientRect().right > clientWidth + 1)
        .map(
          (node) => `${node.localName}.${node.className}: ${node.textContent?.trim().slice(0, 30)}`,
        ),
    ];
  });
}

describe.each(Object.keys(TEXTS) as (keyof typeof TEXTS)[])('320 px, text %s', (text) => {
  it.each(['/', '/themes/plain', '/themes/dashboard', '/themes/shop'])(
    '%s does not scroll sideways, from step to step',
    async (path) => {
      const page = await openNarrow(path, text);
      await page.locator('mitto-otp button').first().waitFor();
      expect(await sticksOut(page)).toEqual([]);
      await page
        .locator('input[slot=phone]')
        .fill(`+1202555${String(100 + lastNumber++).padStart(4, '0')}`);
      await page.locator('mitto-otp button[part~=send]').click();
      await page.locator('mitto-otp button[part~=verify]').waitFor();
      expect(await sticksOut(page)).toEqual([]);
    },
  );
});

describe.each(['as it is', 'spaced as a visitor needs it'] as const)('320 px, text %s', (text) => {
  it('the console does not scroll sideways', async () => {
    const page = await openNarrow('/console/', text);
    await page.getByLabel('Admin token').fill(ADMIN_TOKEN);
    expect(await sticksOut(page)).toEqual([]);
    await page.keyboard.press('Enter');
    await page.getByRole('navigation', { name: 'Console' }).waitFor();
    for (const hash of [
      'connectors',
      'messages',
      'usage',
      'sessions',
      'limits',
      'workflows',
      'figures',
    ]) {
      await page.evaluate((to) => {
        location.hash = to;
      }, hash);
      await page.waitForLoadState('networkidle');
      expect(await sticksOut(page), hash).toEqual([]);
    }
  });
});
