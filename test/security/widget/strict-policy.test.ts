import { expect } from '@open-wc/testing';
import { VERIFIED } from '../../support/widget/fake-worker.ts';
import { type Form, StrictPage } from './csp-page.ts';
import { WRONG_CODE } from './csp-server.ts';

const FORMS: readonly Form[] = ['source', 'built'];

describe('under the strictest policy, with Trusted Types', () => {
  let page: StrictPage;
  afterEach(() => StrictPage.closeAll());

  for (const form of FORMS) {
    it(`number, code and proof go their way, and nothing is refused: ${form}`, async () => {
      page = await StrictPage.open(form);
      page.fill(page.phone, '0151 23456789');
      page.pressEnter(page.phone);
      await page.reaches('code');
      page.fill(page.code, '123456');
      await page.reaches('verified');
      expect(page.formData.get('phone-proof')).to.equal(VERIFIED.proof);
      expect([page.callsTo('send'), page.callsTo('verify')]).to.deep.equal([1, 1]);
      expect(page.violations).to.deep.equal([]);
    });

    it(`neither is all else that it shows, in another language too: ${form}`, async () => {
      page = await StrictPage.open(form);
      page.element.form?.requestSubmit();
      page.element.lang = 'de';
      await page.until(() => page.part('base')?.lang === 'de', 'no German');
      page.fill(page.phone, '0151 23456789');
      page.click('send');
      await page.reaches('code');
      page.code.focus();
      page.fill(page.code, WRONG_CODE);
      await page.until(() => page.error !== '', 'no error');
      page.click('by-voice');
      await page.until(() => page.callsTo('send') === 2, 'no call');
      await page.reaches('code');
      page.click('change-number');
      await page.reaches('phone');
      page.element.endpoint = 'http://otp.example.com';
      await page.element.updateComplete;
      page.fill(page.phone, '0151 23456789');
      page.click('send');
      await page.until(() => page.element.textContent?.trim() !== '', 'no error');
      expect(page.violations).to.deep.equal([]);
    });

    it(`its own sheets paint it, as the policy allows: ${form}`, async () => {
      page = await StrictPage.open(form);
      const button = page.part('send');
      expect(button && page.window.getComputedStyle(button).display).to.equal('grid');
      expect(page.element.shadowRoot?.adoptedStyleSheets).not.to.have.length(0);
    });
  }

  // Without these the silence above could be that of a policy that is not there.
  for (const [what, directive, misbehave] of [
    [
      'a style attribute',
      'style-src',
      ({ document }: Window) => document.body.setAttribute('style', 'color: red'),
    ],
    [
      'a style element',
      'style-src',
      ({ document }: Window) => {
        const style = document.createElement('style');
        style.append('* { color: red }');
        document.head.append(style);
      },
    ],
    [
      'markup made of a string',
      'require-trusted-types-for',
      ({ document }: Window) => {
        document.body.innerHTML = '<b>x</b>';
      },
    ],
    [
      'a policy of another name',
      'trusted-types',
      (frame: Window) =>
        (
          frame as Window & { trustedTypes: { createPolicy(name: string, rules: object): void } }
        ).trustedTypes.createPolicy('another', {}),
    ],
    [
      'a request to elsewhere',
      'connect-src',
      (frame: Window) => void frame.fetch('https://example.com/').catch(() => undefined),
    ],
    [
      'an image',
      'img-src',
      ({ document }: Window) => {
        document.createElement('img').src = '/image.png';
      },
    ],
  ] as const)
    it(`while ${what} would be refused, and known`, async () => {
      page = await StrictPage.open('source');
      try {
        misbehave(page.window);
      } catch {
        // Trusted Types throw beside telling.
      }
      await page.until(
        () => page.violations.some((violation) => violation.startsWith(directive)),
        'nothing is refused',
      );
    });
});
