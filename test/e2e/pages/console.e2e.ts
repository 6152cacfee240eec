/** The operators' page as it is served, against the whole product with the sandbox behind it. */
import type { BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type Stack, startStack } from '../../../demo/stack.ts';
import { axeViolationsIn } from '../support/axe.ts';
import { launchBrowser, type TestBrowser } from '../support/browser.ts';

const ADMIN_TOKEN = 'the token of the operators, long enough';
const NUMBER = '+12025550188';

let product: Stack;
let browser: TestBrowser;

beforeAll(async () => {
  product = await startStack({ port: 0, settings: { ADMIN_TOKEN, CONNECTOR: 'mitto-2fa' } });
  browser = await launchBrowser();
  const sent = await fetch(`${product.url}/v1/send`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Origin: product.url },
    body: JSON.stringify({ phone: NUMBER }),
  });
  expect(sent.status).toBe(200);
});

afterEach(async () => {
  await browser.closePages();
  expect(browser.takeErrors()).toEqual([]);
});

afterAll(async () => {
  await browser?.close();
  await product?.close();
});

async function signIn(page = '', options: BrowserContextOptions = {}): Promise<Page> {
  const opened = await browser.openPage(`${product.url}/console/${page}`, {
    reducedMotion: 'reduce',
    ...options,
  });
  await opened.getByLabel('Admin token').fill(ADMIN_TOKEN);
  await opened.getByRole('button', { name: 'Sign in' }).click();
  await opened.getByRole('navigation', { name: 'Console' }).waitFor();
  return opened;
}

/** Each page, and what is there when it has loaded. */
const PAGES = {
  '#connectors': 'Message previews',
  '#messages': 'Search',
  '#usage': 'Usage as a table',
  '#sessions': 'Filter these rows',
  '#limits': 'New limit',
  '#workflows': 'New workflow',
  '#figures': 'Busiest number prefix',
} as const;

describe('the console', () => {
  it('is where the address without the slash leads, and asks for the token', async () => {
    const page = await browser.openPage(`${product.url}/console`);
    expect(page.url()).toBe(`${product.url}/console/`);
    expect(await axeViolationsIn(page)).toEqual([]);
    await page.getByLabel('Admin token').fill('a wrong one');
    await page.keyboard.press('Enter');
    await page.getByText('The admin token is wrong.').waitFor();
    expect(page.url()).toBe(`${product.url}/console/`);
  });

  it('is opened from the demo page, with the token that stands there', async () => {
    const page = await browser.openPage(product.url);
    await page.getByText('Admin token of this demo').click();
    await page.getByText(ADMIN_TOKEN).waitFor();
    await page.getByRole('link', { name: 'open the console' }).click();
    await page.getByLabel('Admin token').fill(ADMIN_TOKEN);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'mitto-2fa' }).waitFor();
  });

  it('forgets the token when it is loaded again', async () => {
    const page = await signIn();
    await page.reload();
    await page.getByLabel('Admin token').waitFor();
    expect(await page.getByLabel('Admin token').inputValue()).toBe('');
  });

  for (const colorScheme of ['light', 'dark'] as const)
    it(`has no barrier and no page that is too wide: ${colorScheme}`, async () => {
      for (const width of [320, 1280]) {
        const page = await signIn('', { colorScheme, viewport: { width, height: 800 } });
        for (const [hash, words] of Object.entries(PAGES)) {
          await page.evaluate((to) => {
            location.hash = to;
          }, hash);
          await page.getByText(words).or(page.getByLabel(words)).first().waitFor();
          expect(await axeViolationsIn(page), `${hash} at ${width}`).toEqual([]);
          const overflow = await page.evaluate(() => {
            const { scrollWidth, clientWidth } = document.documentElement;
            return scrollWidth - clientWidth;
          });
          expect(overflow, `${hash} at ${width}`).toBe(0);
        }
      }
    });

  it('has its whole navigation, and the status of each record, in sight of a phone', async () => {
    const page = await signIn('#sessions', { viewport: { width: 390, height: 844 } });
    await page.getByLabel('Filter these rows').waitFor();
    const outOfSight = await page.evaluate(() => {
      const seen = [
        ...document.querySelectorAll('.top nav a, .top button, thead th:nth-child(2), tbody .tag'),
      ];
      return seen
        .filter((each) => {
          const { left, right } = each.getBoundingClientRect();
          return left < 0 || right > innerWidth;
        })
        .map(({ textContent }) => textContent);
    });
    expect(outOfSight).toEqual([]);
    expect(await page.locator('.top nav a').count()).toBe(7);
    expect(await page.locator('tbody .tag').count()).toBeGreaterThan(0);
  });

  it('forgets the token on “Sign out”', async () => {
    const page = await signIn();
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByLabel('Admin token').waitFor();
    expect(await page.getByLabel('Admin token').inputValue()).toBe('');
  });
});

describe('the connectors', () => {
  it('are tested by their credentials and by a message', async () => {
    const page = await signIn();
    const card = page.getByRole('article', { name: 'mitto-2fa' });
    await card.getByRole('button', { name: 'Check credentials' }).click();
    await card.getByText('Passed').waitFor();

    const before = product.sandbox.inbox.list().length;
    await card.getByLabel('Send a test message to').fill('+1 202 555 0189');
    await card.getByRole('button', { name: 'Send test message' }).click();
    await card.getByText('Message by SMS').waitFor();
    expect(product.sandbox.inbox.list()).toHaveLength(before + 1);

    await card.getByLabel('Send a test message to').fill('+999 1234 5678');
    await card.getByRole('button', { name: 'Send test message' }).click();
    await card.getByText(/HTTP 422/).waitFor();
  });

  it('show every message as it will arrive', async () => {
    const page = await signIn();
    await page.getByLabel('German').check();
    const bubble = page.locator('.bubble');
    await expect.poll(() => bubble.getAttribute('lang')).toBe('de');
    expect(await bubble.textContent()).toContain('123456');
    await page.locator('message-previews').getByLabel('Channel').selectOption('voice');
    await expect.poll(() => bubble.getAttribute('class')).toContain('spoken');
  });
});

describe('the records', () => {
  it('of a number are found', async () => {
    const page = await signIn('#messages');
    await page.getByLabel('Phone number').fill('+1 202 555 0188');
    await page.getByRole('button', { name: 'Search' }).click();
    await page.getByRole('row', { name: /Code SMS mitto-2fa/ }).waitFor();
    await page.getByLabel('Phone number').fill('+12025550100');
    await page.getByRole('button', { name: 'Search' }).click();
    await page.getByText('No messages to this number').waitFor();
  });

  it('of a session are filtered, and looked at from close', async () => {
    const page = await signIn('#sessions');
    await page.getByLabel('Filter these rows').fill('0188');
    await page.getByText('1 of', { exact: false }).or(page.getByText('1 session')).waitFor();
    const row = page.getByRole('row', { name: new RegExp(`\\${NUMBER}`) });
    await row.getByRole('button').focus();
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog', { name: 'Session' });
    await dialog
      .getByText(/^OTP[0-9a-f]{32}$/)
      .first()
      .waitFor();
    expect(await axeViolationsIn(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    expect(await row.getByRole('button').evaluate((it) => it === document.activeElement)).toBe(
      true,
    );
  });

  it('of usage are drawn, and written beside the drawing', async () => {
    const page = await signIn('#usage');
    await page.getByRole('img', { name: /Stacked bars/ }).waitFor();
    expect(await page.locator('.part').count()).toBeGreaterThan(0);
    expect(await page.getByRole('columnheader', { name: 'SMS' }).count()).toBe(1);
    await page.getByLabel('From').fill('2026-02-02');
    await page.getByLabel('Until').fill('2026-02-01');
    await page.getByRole('button', { name: 'Show' }).click();
    await page.getByText('“Until” must not be before “From”.').waitFor();
    await page.getByLabel('By').selectOption('Yesterday');
    await page.getByRole('button', { name: 'Show' }).click();
    await page.getByText('No usage').waitFor();
  });
});

describe('a limit', () => {
  it('is made, changed and deleted at Mitto', async () => {
    const page = await signIn('#limits');
    await page.getByRole('button', { name: 'New limit' }).click();
    const form = page.getByRole('dialog', { name: 'New limit' });
    await form.getByLabel('Name', { exact: true }).fill('on_phone');
    expect(await axeViolationsIn(page)).toEqual([]);
    await form.getByRole('button', { name: 'Create' }).click();
    await page.getByRole('row', { name: /on_phone hour: 5 in 3600 s/ }).waitFor();

    await page.getByRole('button', { name: 'New limit' }).click();
    await form.getByLabel('Name', { exact: true }).fill('on_phone');
    await form.getByRole('button', { name: 'Create' }).click();
    await form.getByText('Response from Mitto').click();
    await form.getByText('name: taken by another limit', { exact: true }).first().waitFor();
    await page.keyboard.press('Escape');

    await page.getByRole('button', { name: 'Change on_phone' }).click();
    const change = page.getByRole('dialog', { name: 'Change the limit' });
    await change.getByLabel('At most').fill('9');
    await change.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('row', { name: /hour: 9 in 3600 s/ }).waitFor();

    await page.getByRole('button', { name: 'Delete on_phone' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
    await page.getByText('No limits').waitFor();
  });
});
