/**
 * The default theme of Descope's library. Its service hands each project's theme out as CSS; here the library's own
 * function makes that CSS. It needs a browser to run in.
 */
import type { Browser } from 'playwright-core';
import * as v from 'valibot';

const Look = v.object({ globals: v.string(), components: v.record(v.string(), v.unknown()) });
const ThemeSchema = v.object({ light: Look, dark: Look });

/** @param url of the built page `descope-theme` */
export async function descopeTheme(browser: Browser, url: string): Promise<string> {
  const page = await browser.newPage();
  await page.goto(url);
  const text = await page.locator('body:not(:empty)').textContent();
  await page.close();
  const { light, dark } = v.parse(ThemeSchema, JSON.parse(text ?? ''));
  return JSON.stringify({
    light: { ...light, globals: `[data-theme="light"]{${light.globals}}` },
    dark: { ...dark, globals: `[data-theme="dark"]{${dark.globals}}` },
  });
}
