/**
 * The pictures in docs/pictures, taken of the running product: `npm run pictures`. Each visit does the whole job once
 * and stops for a picture where one is wanted.
 */
import { mkdir, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { startStack } from '../demo/stack.ts';
import { CHROMIUM_ARGUMENTS, findChromium } from '../test/support/browsers.ts';

type Step = 'phone' | 'countries' | 'code' | 'wrong' | 'verified';

interface Visit {
  /** The end of its files' names. */
  name: string;
  steps: readonly Step[];
  /** One of the demo's, taken as a phone shows it; without one, a page with nothing but the element. */
  theme?: string;
  lang?: 'en' | 'ar';
  phone: string;
  context: BrowserContextOptions;
}

const FOLDER = join(import.meta.dirname, '../docs/pictures');
/** All of them together, because every clone carries them. */
const BUDGET_KILOBYTES = 600;
const ALL_STEPS: readonly Step[] = ['phone', 'countries', 'code', 'wrong', 'verified'];
/** Around the element, for the ring of the focus and the shadow of the list. CSS pixels. */
const MARGIN = 24;
/** Alike for all themes, so that they stand side by side. CSS pixels. */
const THEME_HEIGHT = 640;

const VISITS: readonly Visit[] = [
  { name: 'light', steps: ALL_STEPS, phone: '+4915123456701', context: { colorScheme: 'light' } },
  { name: 'dark', steps: ALL_STEPS, phone: '+4915123456702', context: { colorScheme: 'dark' } },
  {
    name: 'right-to-left',
    steps: ['code'],
    lang: 'ar',
    phone: '+4915123456703',
    context: { colorScheme: 'light' },
  },
  ...['plain', 'dashboard', 'shop'].map((theme, index): Visit => {
    const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };
    const context = { ...phone, deviceScaleFactor: 1.5 };
    return { name: theme, steps: ['code'], theme, phone: `+491512345671${index}`, context };
  }),
];

await using work = new AsyncDisposableStack();
const product = await startStack({ port: 0 });
work.defer(() => product.close());
const browser = await chromium.launch({
  executablePath: findChromium(),
  args: [...CHROMIUM_ARGUMENTS],
});
work.defer(() => browser.close());
await mkdir(FOLDER, { recursive: true });
for (const visit of VISITS) await take(visit);
await checkSize();

async function take(visit: Visit): Promise<void> {
  const page = await openPage(visit);
  const shoot = async (step: Step) => {
    if (visit.steps.includes(step)) await picture(page, `${step}-${visit.name}.png`, visit);
  };
  const element = page.locator('mitto-otp');
  const phone = element.locator('input[slot=phone]');
  const code = element.locator('input[slot=code]');

  if (visit.theme) await page.locator('#name').fill('Ada Lovelace');
  await element.locator('[part~=country-face]').waitFor();
  if (visit.steps.includes('countries')) {
    await element.locator('[part~=country]').click();
    await element.locator('[part~=country-search]').fill('a');
    await element.locator('[part~=country-option]').first().waitFor();
    await shoot('countries');
    await page.keyboard.press('Escape');
  }
  await phone.focus();
  // Key by key, so that the number is put into its groups.
  await page.keyboard.type(visit.phone);
  await shoot('phone');

  await element.locator('[part~=send]').click();
  await code.waitFor();
  const message = await lastMessage(visit.phone);
  const wrong = (message.startsWith('0') ? '1' : '0') + message.slice(1);
  await code.focus();
  // Where it would light up a button.
  await page.mouse.move(0, 0);
  await page.keyboard.type(message.slice(0, 3));
  // As it looks a moment later, when a message over a theme's page is gone.
  await page.evaluate("document.querySelector('.banner')?.replaceChildren()");
  await shoot('code');

  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.type(wrong);
  await element.locator('[slot=code-error]:not(:empty)').waitFor();
  await shoot('wrong');

  await page.keyboard.type(message);
  await element.locator('[part~=check]').waitFor();
  await shoot('verified');
  await page.context().close();
}

async function openPage({ theme, lang = 'en', context }: Visit): Promise<Page> {
  const opened = await browser.newContext({
    viewport: { width: 560, height: 640 },
    deviceScaleFactor: 2,
    reducedMotion: 'reduce',
    locale: 'en-GB',
    ...context,
  });
  opened.setDefaultTimeout(20_000);
  const page = await opened.newPage();
  const url = `${product.url}${theme ? `/themes/${theme}` : '/picture'}`;
  // Of the product's own origin, which the Worker knows.
  await page.route(`${product.url}/picture`, (route) =>
    route.fulfill({ contentType: 'text/html; charset=utf-8', body: barePage(lang) }),
  );
  await page.goto(url);
  await page.locator('mitto-otp:defined:not([disabled])').waitFor();
  return page;
}

/** In the colours of the page on which the pictures will be looked at. */
function barePage(lang: 'en' | 'ar'): string {
  return `<!doctype html>
    <html lang="${lang}" dir="${lang === 'ar' ? 'rtl' : 'ltr'}">
      <meta charset="utf-8" />
      <style>
        :root { color-scheme: light dark }
        body {
          margin: 0;
          padding: ${MARGIN}px;
          background: light-dark(#fff, #0d1117);
          color: light-dark(#1f2328, #e6edf3);
          font-family: system-ui, sans-serif;
        }
      </style>
      <script type="module" src="/mitto-otp.js"></script>
      <mitto-otp country="DE"></mitto-otp>
    </html>`;
}

/** The code of the message that is on its way, or has come. */
async function lastMessage(phone: string): Promise<string> {
  for (let tries = 0; tries < 200; tries += 1) {
    const code = product.sandbox.inbox.last(phone)?.code;
    if (code) return code;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`No message came to ${phone}.`);
}

async function picture(page: Page, file: string, { theme }: Visit): Promise<void> {
  await page.evaluate('document.fonts.ready.then(() => null)');
  const path = join(FOLDER, file);
  const clip = theme
    ? { ...(await boxOf(page, 'main')), height: THEME_HEIGHT }
    : await boxOfElement(page);
  await page.screenshot({ path, clip, animations: 'disabled' });
  console.log(`${file}: ${kilobytes((await stat(path)).size)} kB`);
}

interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

async function boxOf(page: Page, selector: string): Promise<Box> {
  const box = await page.locator(selector).boundingBox();
  if (!box) throw new Error(`${selector} is not to be seen.`);
  return box;
}

/** With the list of countries, where that is open. */
async function boxOfElement(page: Page): Promise<Box> {
  const { x, y, width, height } = await boxOf(page, 'mitto-otp');
  const list = 'mitto-otp [part=country-popup]:popover-open';
  const isOpen = (await page.locator(list).count()) > 0;
  const popup = isOpen ? await boxOf(page, list) : { y, height };
  const bottom = Math.max(y + height, popup.y + popup.height);
  return {
    x: x - MARGIN,
    y: y - MARGIN,
    width: width + 2 * MARGIN,
    height: bottom - y + 2 * MARGIN,
  };
}

async function checkSize(): Promise<void> {
  const files = (await readdir(FOLDER)).filter((name) => name.endsWith('.png'));
  const sizes = await Promise.all(files.map((name) => stat(join(FOLDER, name))));
  const total = kilobytes(sizes.reduce((sum, { size }) => sum + size, 0));
  console.log(`${files.length} pictures, ${total} kB of ${BUDGET_KILOBYTES} kB`);
  if (total > BUDGET_KILOBYTES) process.exitCode = 1;
}

function kilobytes(bytes: number): number {
  return Math.ceil(bytes / 1000);
}
