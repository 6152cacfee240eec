/** A real Chromium, and pages in it that a test cannot leave with an error unseen. */
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { CHROMIUM_ARGUMENTS, findChromium } from '../../support/browsers.ts';

export interface TestBrowser {
  /** A page of a new visitor: no cookies, no storage. */
  openPage(url: string, options?: BrowserContextOptions): Promise<Page>;
  /** What pages have thrown or had refused by their policy since the last call. */
  takeErrors(): string[];
  /** Closes the pages and keeps the browser. */
  closePages(): Promise<void>;
  close(): Promise<void>;
}

export async function launchBrowser(): Promise<TestBrowser> {
  const browser: Browser = await chromium.launch({
    executablePath: findChromium(),
    args: [...CHROMIUM_ARGUMENTS],
  });
  const errors: string[] = [];
  return {
    async openPage(url, options = {}) {
      const context = await browser.newContext({ locale: 'en-GB', ...options });
      context.setDefaultTimeout(15_000);
      const page = await context.newPage();
      page.on('pageerror', (error) => errors.push(error.message));
      page.on('console', (message) => {
        if (message.type() === 'error' && message.text().includes('Content Security Policy'))
          errors.push(message.text());
      });
      await page.goto(url);
      return page;
    },
    takeErrors: () => errors.splice(0),
    async closePages() {
      await Promise.all(browser.contexts().map((context) => context.close()));
    },
    close: () => browser.close(),
  };
}
