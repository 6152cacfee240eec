/** A page that a visitor leaves and comes back to, in a real browser with its cache of pages and its session history. */
import { readFile } from 'node:fs/promises';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { CHROMIUM_ARGUMENTS, findChromium } from '../../support/browsers.ts';
import { answers, VERIFIED } from '../../support/widget/fake-worker.ts';

const NUMBER = '015123456789';

let browser: Browser;
let page: Page;
let origin: string;
let calls: string[] = [];
/** The answer to a send does not come. */
let holdsSend = false;
/** The browser may keep the page. */
let isKept = true;

const server = createServer(async ({ url = '' }, response) => {
  const path = url.replace(/\?.*/, '');
  if (path.startsWith('/v1/')) {
    calls.push(path);
    if (path === '/v1/send' && holdsSend) return;
    await reply(response, apiAnswer(path));
  } else if (path.endsWith('.js')) {
    response.setHeader('Content-Type', 'text/javascript');
    response.end(await readFile(`dist/assets${path}`));
  } else {
    response.setHeader('Content-Type', 'text/html; charset=utf-8');
    if (!isKept) response.setHeader('Cache-Control', 'no-store');
    response.end(path === '/' ? signUp : '<!doctype html><title>Elsewhere</title>');
  }
});

const signUp = `<!doctype html>
<html lang="en">
  <title>Sign up</title>
  <script>addEventListener('pageshow', ({ persisted }) => { window.wasKept = persisted; });</script>
  <script type="module" src="/mitto-otp.js"></script>
  <form><mitto-otp name="phone-proof" required></mitto-otp><button>Sign up</button></form>
</html>`;

function apiAnswer(path: string): Response | Promise<Response> {
  if (path === '/v1/config') return answers.config()();
  if (path === '/v1/send') return answers.send()();
  if (path === '/v1/verify') return answers.verify()();
  return new Response(null, { status: path === '/v1/cancel' ? 204 : 404 });
}

async function reply(response: ServerResponse, answer: Response | Promise<Response>) {
  const { status, headers, body } = await answer;
  response.writeHead(status, Object.fromEntries(headers));
  response.end(body ? await text(body) : undefined);
}

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  browser = await chromium.launch({
    executablePath: findChromium(),
    args: [...CHROMIUM_ARGUMENTS],
    // What Playwright switches off, and this is about.
    ignoreDefaultArgs: ['--disable-back-forward-cache'],
  });
});

beforeEach(async () => {
  calls = [];
  holdsSend = false;
  isKept = true;
  page = await browser.newPage({ locale: 'en-GB' });
  page.setDefaultTimeout(15_000);
});

afterEach(() => page.close());

afterAll(async () => {
  await browser?.close();
  server.close();
  server.closeAllConnections();
});

const phone = () => page.getByRole('textbox', { name: 'Phone number' });
const code = () => page.getByRole('textbox', { name: 'Verification code' });
const send = () => page.getByRole('button', { name: 'Send code' });
const confirmed = () => page.getByText('Your number is confirmed.', { exact: true }).first();

async function open(): Promise<void> {
  await page.goto(origin);
  await page.waitForFunction(() => document.querySelector('mitto-otp:state(phone)'));
  // There, and not only about to be loaded.
  while (!calls.includes('/v1/config')) await page.waitForTimeout(20);
}

async function leaveAndComeBack(): Promise<void> {
  await page.goto(`${origin}/elsewhere`);
  // Playwright's own way waits for a page to load, which one out of the cache never does.
  await page.evaluate(() => void setTimeout(() => history.back()));
  await page.waitForURL(`${origin}/`, { waitUntil: 'commit' });
  await page.locator('mitto-otp').waitFor();
}

const wasKept = () => page.evaluate(() => Reflect.get(window, 'wasKept'));
const proofInForm = () =>
  page.evaluate(() => {
    const form = document.querySelector('form');
    return form && new FormData(form).get('phone-proof');
  });

describe('out of the cache of pages', () => {
  it('the code step is still there, and leads to the proof', async () => {
    // Chromium keeps no page that has ever listened for a text message.
    await page.addInitScript(() => Reflect.deleteProperty(window, 'OTPCredential'));
    await open();
    await phone().fill(NUMBER);
    await send().click();
    await code().pressSequentially('123');
    await leaveAndComeBack();
    expect(await wasKept()).toBe(true);
    expect(await code().inputValue()).toBe('123');
    await code().pressSequentially('456');
    await confirmed().waitFor();
    expect(await proofInForm()).toBe(VERIFIED.proof);
  });

  it('a send that was out does not keep the button busy', async () => {
    await open();
    await phone().fill(NUMBER);
    holdsSend = true;
    await send().click();
    await page.waitForFunction(() => document.querySelector('mitto-otp:state(busy)'));
    await leaveAndComeBack();
    expect(await wasKept()).toBe(true);
    expect(await phone().inputValue()).toBe(NUMBER);
    holdsSend = false;
    await send().click();
    await code().waitFor();
  });
});

describe('loaded anew, because the browser has not kept it', () => {
  it('the number is there, and the visitor goes on from it', async () => {
    isKept = false;
    await open();
    await phone().fill(NUMBER);
    await leaveAndComeBack();
    await expect.poll(() => phone().inputValue()).toBe(NUMBER);
    expect(await wasKept()).toBe(false);
    expect(calls).not.toContain('/v1/send');
    await send().click();
    await code().waitFor();
  });

  it('it begins with the number where a code was awaited', async () => {
    await open();
    await phone().fill(NUMBER);
    await send().click();
    await code().pressSequentially('123');
    await leaveAndComeBack();
    await expect.poll(() => phone().inputValue()).toBe(NUMBER);
    expect(await code().count()).toBe(0);
    await send().click();
    await code().waitFor();
    expect(await code().inputValue()).toBe('');
  });

  it('no proof is there where there was one', async () => {
    isKept = false;
    await open();
    await phone().fill(NUMBER);
    await send().click();
    await code().pressSequentially('123456');
    await confirmed().waitFor();
    expect(await proofInForm()).toBe(VERIFIED.proof);
    await leaveAndComeBack();
    await expect.poll(() => phone().inputValue()).toBe(NUMBER);
    expect(await proofInForm()).toBe(null);
    const isValid = await page.evaluate(() => document.querySelector('form')?.checkValidity());
    expect(isValid).toBe(false);
  });
});
