/** What is built names nothing that the oldest browsers lack, and works in a browser that lacks all of it. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type Stack, startStack } from '../../../demo/stack.ts';
import { NEWER_APIS, takeAway } from '../../support/widget/newer-apis.ts';
import { launchBrowser, type TestBrowser } from '../support/browser.ts';
import { OtpPage } from '../support/otp-page.ts';

const ASSETS = join(import.meta.dirname, '../../../dist/assets');
const PAGE = `<!doctype html><html lang="en"><title>Shop</title>
  <form><mitto-otp name="phone-proof" required></mitto-otp><button>Sign up</button></form>
  <script type="module" src="/mitto-otp.js"></script>`;

async function builtFiles(): Promise<[name: string, text: string][]> {
  const later = (await readdir(join(ASSETS, 'mitto-otp'))).filter((name) => name.endsWith('.js'));
  const names = ['mitto-otp.js', ...later.map((name) => join('mitto-otp', name))];
  return Promise.all(
    names.map(
      async (name): Promise<[string, string]> => [name, await readFile(join(ASSETS, name), 'utf8')],
    ),
  );
}

/** A member of instances by its call, a static one by its owner, a global by its name. */
function patternOf({ path, pattern }: (typeof NEWER_APIS)[number]): RegExp {
  if (pattern) return pattern;
  const name = path.split('.').at(-1);
  return path.includes('.prototype.')
    ? new RegExp(`\\.${name}\\b`)
    : new RegExp(`\\b${path.replaceAll('.', '\\.')}\\b`);
}

describe('what is built', () => {
  it('names nothing that the oldest browsers lack, but for what it can do without', async () => {
    const files = await builtFiles();
    expect(files.length).toBeGreaterThan(15);
    const named = NEWER_APIS.filter(({ without }) => !without).flatMap((api) =>
      files
        .filter(([, text]) => patternOf(api).test(text))
        .map(([name]) => `${api.path} in ${name}`),
    );
    expect(named).toEqual([]);
  });

  it('says of each thing that it can do without where it is named', async () => {
    const text = (await builtFiles()).map(([, each]) => each).join('\n');
    for (const api of NEWER_APIS.filter(
      ({ path, without }) => without && !/togglePopover|\.popover$/.test(path),
    ))
      expect(text, api.path).toMatch(patternOf(api));
  });

  it('has no syntax that the oldest browsers do not parse', async () => {
    for (const [name, text] of await builtFiles()) {
      // Flags and groups of regular expressions, which no build lowers.
      expect(text, name).not.toMatch(
        /\/[dgimsuy]*v[dgimsuy]*\.(?:test|exec)\b|\(\?[ims]+(?:-[ims]+)?:/,
      );
      expect(text, name).not.toMatch(/\b(?:await )?using [\w$]+ ?=/);
      expect(text, name).not.toMatch(/import\([^)]*,\{ ?with|from ?["'][^"']+["'] ?with ?\{/);
    }
  });
});

describe('an old browser', () => {
  let product: Stack;
  let browser: TestBrowser;

  beforeAll(async () => {
    product = await startStack({ port: 0, settings: { LIMITS: { cooldown: '1' } } });
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

  /** Before any script of the page, as it is where these were never built in. */
  async function openWithout(paths: readonly string[], before = ''): Promise<OtpPage> {
    const page = await browser.openPage('about:blank');
    await page.route('**/old.html', (route) =>
      route.fulfill({ contentType: 'text/html', body: PAGE }),
    );
    await page.addInitScript(`(${takeAway.toString()})(${JSON.stringify(paths)}); ${before}`);
    await page.goto(`${product.url}/old.html`);
    return new OtpPage(page, product.sandbox);
  }

  async function confirms(shop: OtpPage, number: string): Promise<void> {
    await shop.phone.fill(number);
    await shop.button('Send code').click();
    await shop.code.waitFor();
    await expect.poll(() => product.sandbox.inbox.last(number)?.code).toBeTruthy();
    await shop.typeCode(product.sandbox.inbox.last(number)?.code ?? '');
    await shop.verified.waitFor();
    await shop.button('Sign up').click();
    await shop.page.waitForURL(/phone-proof=/);
  }

  it('without any of it confirms a number, and chooses a country by its list', async () => {
    const shop = await openWithout(NEWER_APIS.map(({ path }) => path));
    const { page } = shop;
    await page.getByRole('button', { name: /country/i }).click();
    await page.getByRole('combobox').pressSequentially('fra');
    await page.getByRole('option', { name: /France/ }).click();
    await page.getByRole('button', { name: /FR \+33/ }).waitFor();
    await confirms(shop, '+4915228817301');
  });

  it('whose states want two dashes confirms a number', async () => {
    const shop = await openWithout(
      [],
      `const { add } = CustomStateSet.prototype;
       CustomStateSet.prototype.add = function (name) {
         if (!name.startsWith('--')) throw new DOMException('no', 'SyntaxError');
         return add.call(this, name);
       };`,
    );
    await confirms(shop, '+4915228817302');
  });
});
