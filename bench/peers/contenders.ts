/** Who is measured, and how a visitor uses each as far as it goes: to a code, where it has one. */
import type { Page } from 'playwright-core';

export interface Contender {
  /** Its folder in `pages/`. */
  page: string;
  name: string;
  /** Of the peers' packages, for its version. */
  package?: string;
  /** Selectors of what its visitor touches first, each in the shadow root of the element before. */
  field: readonly string[];
  /** The first thing that is done to it, and that has to have its effect at once. */
  firstTouch: 'type a digit' | 'tick';
  /** From there on, to the end of what it does. */
  goOn(page: Page): Promise<void>;
}

const NATIONAL_NUMBER = '15123456789';

export const OURS: Contender = {
  page: 'mitto-otp',
  name: '`<mitto-otp>`',
  field: ['mitto-otp input[slot="phone"]'],
  firstTouch: 'type a digit',
  async goOn(page) {
    await page.getByRole('textbox', { name: 'Phone number' }).fill(NATIONAL_NUMBER);
    await page.getByRole('button', { name: 'Send code' }).click();
    await page.getByRole('textbox', { name: 'Verification code' }).pressSequentially('123456');
    await page.getByText('Your number is confirmed.', { exact: true }).first().waitFor();
  },
};

const PLAIN_INPUT: Contender = {
  page: 'plain-input',
  name: 'a plain `<input>`',
  field: ['input'],
  firstTouch: 'type a digit',
  async goOn(page) {
    await page.locator('input').fill(NATIONAL_NUMBER);
  },
};

const PEERS: readonly Contender[] = [
  {
    page: 'intl-tel-input',
    name: 'intl-tel-input',
    package: 'intl-tel-input',
    // The page's own input is there before; this one has the library's hands on it.
    field: ['.iti input[type="tel"]'],
    firstTouch: 'type a digit',
    async goOn(page) {
      await page.locator('#phone').fill('');
      await page.locator('#phone').pressSequentially(NATIONAL_NUMBER);
    },
  },
  {
    page: 'altcha',
    name: 'ALTCHA',
    package: 'altcha',
    field: ['altcha-widget input[type="checkbox"]'],
    firstTouch: 'tick',
    async goOn(page) {
      await page.locator('.altcha[data-state="verified"]').waitFor();
    },
  },
  {
    page: 'firebase',
    name: 'Firebase phone auth',
    package: 'firebase',
    field: ['#phone'],
    firstTouch: 'type a digit',
    async goOn(page) {
      await page.locator('#phone').fill(`+49${NATIONAL_NUMBER}`);
      await page.locator('#send').click();
      await page.locator('#code').fill('123456');
    },
  },
  {
    page: 'hanko',
    name: 'Hanko elements',
    package: '@teamhanko/hanko-elements',
    field: ['hanko-auth', 'input[type="email"]'],
    firstTouch: 'type a digit',
    async goOn(page) {
      await page.locator('hanko-auth input[type="email"]').fill('visitor@example.com');
      await page.keyboard.press('Enter');
      await page.locator('hanko-auth').getByText('Enter passcode').waitFor();
      await page.keyboard.type('12345');
    },
  },
  {
    page: 'descope',
    name: 'Descope web component',
    package: '@descope/web-component',
    field: [
      'descope-wc',
      'descope-phone-field',
      'descope-phone-field-internal descope-text-field',
      'input[type="tel"]',
    ],
    firstTouch: 'type a digit',
    async goOn(page) {
      const flow = page.locator('descope-wc');
      await flow.locator('descope-text-field input').fill(NATIONAL_NUMBER);
      await flow.locator('descope-button').click();
      await flow.locator('descope-passcode input').first().fill('1');
    },
  },
];

export const CONTENDERS: readonly Contender[] = [OURS, PLAIN_INPUT, ...PEERS];
