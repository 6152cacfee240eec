/** What only a whole browser can show of accessibility: its accessibility tree, forced colours, zoom, motion. */
import type { BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type Stack, startStack } from '../../../demo/stack.ts';
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

/** A small page, so that what is seen there is the element's. */
async function openForm(options: BrowserContextOptions = {}): Promise<OtpPage> {
  const page = await browser.openPage(`${product.url}/themes/plain`, {
    reducedMotion: 'reduce',
    ...options,
  });
  const form = new OtpPage(page, product.sandbox);
  await form.button('Send code').waitFor();
  // There when the countries are.
  await page.getByLabel(/^Country/).waitFor();
  return form;
}

function anyNumber(): string {
  lastNumber += 1;
  return `+1202555${String(100 + lastNumber).padStart(4, '0')}`;
}

/** As it is with the eyes closed: roles, names and values, in their order. */
async function outline({ page }: OtpPage): Promise<string> {
  const snapshot = await page.locator('mitto-otp').ariaSnapshot();
  return snapshot.replace(/[\u2066\u2069]/g, '').replace(/\d:\d\d/g, '0:00');
}

interface AccessibleNode {
  role: string;
  name: string;
  description: string;
  properties: Record<string, unknown>;
}

/** Of Chromium's tree, by role and name. */
async function accessible(page: Page, role: string, name: string): Promise<AccessibleNode> {
  const session = await page.context().newCDPSession(page);
  const { nodes } = await session.send('Accessibility.getFullAXTree');
  const node = nodes.find((one) => one.role?.value === role && one.name?.value === name);
  if (!node) throw new Error(`There is no ${role} "${name}"`);
  const properties = (node.properties ?? []).map((one) => [one.name, one.value.value]);
  return {
    role,
    name,
    description: String(node.description?.value ?? '').replace(/[\u2066\u2069]/g, ''),
    properties: Object.fromEntries(properties),
  };
}

describe('the accessibility tree', () => {
  it('says each step in the order in which it is seen', async () => {
    const form = await openForm();
    expect(await outline(form)).toBe(`\
- text: Phone number
- 'button "Country: United States, US +1"'
- textbox "Phone number"
- text: We’ll text you a code to confirm your number.
- button "Send code"
- status`);

    const { code } = await form.sendCodeTo(anyNumber());
    expect(await outline(form)).toMatch(
      /^- text: Verification code\n- textbox "Verification code"\n- text: Enter the 6\u2011digit code we sent to \+1[ \d-]+\.\n/,
    );
    expect(await outline(form)).toContain(`\
- button "Confirm"
- button "Change number"
- button "Call me instead" [disabled]
- button "Send again" [disabled]
- timer "Send again in 0:00": 0:00
- status`);

    await form.typeCode(wrongFor(code));
    await form.text('That code isn’t right.').waitFor();
    expect(await outline(form)).toContain(`\
- textbox "Verification code" [invalid]: "${wrongFor(code)}"
- text: That code isn’t right. Check it and try again.`);

    await form.typeCode(code);
    await form.verified.waitFor();
    expect(await outline(form)).toMatch(
      /- textbox "Phone number":(?: \+1.+|\n.+placeholder.+\n +- text: \+1.+)\n- text: Your number is confirmed\.\n- button "Change number"\n- status$/,
    );
  });

  it('describes the field by its hint, and by its error once there is one', async () => {
    const form = await openForm();
    const { page } = form;
    expect(await accessible(page, 'textbox', 'Phone number')).toMatchObject({
      description: 'We’ll text you a code to confirm your number.',
      properties: { required: true, invalid: 'false' },
    });
    await form.button('Send code').click();
    await form.text('Enter your phone number.').waitFor();
    expect(await accessible(page, 'textbox', 'Phone number')).toMatchObject({
      description: 'Enter your phone number.',
      properties: { focused: true, invalid: 'true' },
    });

    const { code } = await form.sendCodeTo(anyNumber());
    await form.typeCode(code);
    await form.verified.waitFor();
    expect(await accessible(page, 'textbox', 'Phone number')).toMatchObject({
      description: 'Your number is confirmed.',
      properties: { focused: true, readonly: true, invalid: 'false' },
    });
  });

  it('names the whole, and does not call it wrong before anything was done', async () => {
    const { page } = await openForm();
    expect(await accessible(page, 'group', 'Phone number confirmation')).toMatchObject({
      properties: { invalid: 'false' },
    });
  });
});

// Not by axe, which takes the page's own colours for those that are painted.
describe('in forced colours', () => {
  it.each(['light', 'dark'] as const)(
    'every edge, state and digit is seen: %s',
    async (colorScheme) => {
      const form = await openForm({ forcedColors: 'active', colorScheme });
      const { page } = form;
      /** What the browser makes of the system's own colours. */
      const system = (name: string) =>
        page.evaluate((color) => {
          const probe = document.createElement('i');
          probe.style.color = color;
          document.body.append(probe);
          const seen = getComputedStyle(probe).color;
          probe.remove();
          return seen;
        }, name);
      const styleOf = (part: string, property: string) =>
        page
          .locator(`[part~="${part}"]`)
          .first()
          .evaluate((node, name) => getComputedStyle(node).getPropertyValue(name), property);

      expect(await styleOf('send', 'border-top-color')).toBe(await system('ButtonText'));
      expect(await styleOf('send', 'border-top-width')).toBe('1px');
      await form.button('Send code').click();
      await form.text('Enter your phone number.').waitFor();
      await page.locator('#name').focus();
      expect(await styleOf('phone-field', 'outline-width')).toBe('1px');
      expect(await styleOf('phone-field', 'outline-style')).toBe('solid');

      const { code } = await form.sendCodeTo(anyNumber());
      await form.code.focus();
      expect(await styleOf('active', 'outline-color')).toBe(await system('Highlight'));
      expect(await styleOf('resend', 'color')).toBe(await system('GrayText'));
      const digits = await form.code.evaluate((node) => getComputedStyle(node).color);
      expect(digits).toBe(await system('CanvasText'));

      await form.typeCode(code);
      await form.verified.waitFor();
      expect(await styleOf('check', 'fill')).toBe(await system('CanvasText'));
    },
  );
});

it('at 400 % of a window of 1280 px all is done without scrolling sideways, and the focus is in sight', async () => {
  const form = await openForm({ viewport: { width: 320, height: 256 }, deviceScaleFactor: 4 });
  const { page } = form;
  const look = () =>
    page.evaluate(() => {
      let focused = document.activeElement;
      while (focused?.shadowRoot?.activeElement) focused = focused.shadowRoot.activeElement;
      const box = focused?.getBoundingClientRect() ?? new DOMRect();
      const { scrollWidth, clientWidth } = document.documentElement;
      const middle = document.elementFromPoint(box.left + 4, box.top + box.height / 2);
      return {
        sideways: scrollWidth - clientWidth,
        // The element stands for all that is in its shadow tree.
        inSight: middle === focused || middle?.localName === 'mitto-otp',
        visible: box.top > -1 && box.bottom < innerHeight + 1,
      };
    });
  const seen = { sideways: 0, inSight: true, visible: true };
  await form.phone.focus();
  expect(await look()).toEqual(seen);
  const { code } = await form.sendCodeTo(anyNumber());
  expect(await look()).toEqual(seen);
  for (const name of ['Confirm', 'Change number', 'Call me instead', 'Send again']) {
    await page.keyboard.press('Tab');
    expect(await form.button(name).evaluate((node) => node.matches(':focus'))).toBe(true);
    expect(await look()).toEqual(seen);
  }
  await form.typeCode(code);
  await form.verified.waitFor();
  expect(await look()).toEqual(seen);
});

describe('motion', () => {
  /** Names of what moves in the element now and has an end. */
  const moving = ({ page }: OtpPage) =>
    page.evaluate(() =>
      (document.querySelector('mitto-otp')?.shadowRoot?.getAnimations() ?? []).map((animation) =>
        animation instanceof CSSAnimation ? animation.animationName : 'transition',
      ),
    );

  it('tells of a new step and of a code that was refused', async () => {
    const form = await openForm({ reducedMotion: 'no-preference' });
    const names = new Set<string>();
    await form.page.exposeFunction('saw', (name: string) => names.add(name));
    await form.page.evaluate(() => {
      const root = document.querySelector('mitto-otp')?.shadowRoot;
      root?.addEventListener('animationstart', (event) => {
        if (event instanceof AnimationEvent) Reflect.get(window, 'saw')(event.animationName);
      });
    });
    const sees = (name: string) => expect.poll(() => [...names]).toContain(name);
    const { code } = await form.sendCodeTo(anyNumber());
    await sees('come');
    await form.typeCode(wrongFor(code));
    await sees('refuse');
    await form.typeCode(code);
    await sees('draw');
  });

  it('there is none for whoever wants less of it', async () => {
    const form = await openForm({ reducedMotion: 'reduce' });
    const { code } = await form.sendCodeTo(anyNumber());
    expect(await moving(form)).toEqual([]);
    await form.typeCode(wrongFor(code));
    await form.text('That code isn’t right.').waitFor();
    expect(await moving(form)).toEqual([]);
    await form.typeCode(code);
    await form.verified.waitFor();
    expect(await moving(form)).toEqual([]);
  });
});
