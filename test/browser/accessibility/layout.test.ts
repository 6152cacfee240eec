import { expect } from '@open-wc/testing';
import { ELEMENT_STATES, stillness } from '../../support/widget/element-states.ts';
import type { FakeWorker } from '../../support/widget/fake-worker.ts';
import { FONTS } from '../../support/widget/fonts.ts';
import { type Harness, open, startWorker } from '../../support/widget/harness.ts';

/** What 1.4.12 lets a visitor ask for, by a style sheet of their own. */
const SPACED_TEXT = `* {
  line-height: 1.5 !important;
  letter-spacing: 0.12em !important;
  word-spacing: 0.16em !important;
}`;

/** WebKit’s boxes begin and end at 64ths of a pixel. */
const ROUNDING = 1 / 64;

for (const font of FONTS)
  describe(`room in a ${font} font`, () => {
    const { documentElement } = document;
    let worker: FakeWorker;
    const sheet = new CSSStyleSheet();
    beforeEach(() => {
      worker = startWorker();
      document.adoptedStyleSheets.push(sheet);
    });
    afterEach(() => {
      window.turnstileStandIn?.takeAway();
      document.adoptedStyleSheets = [];
      documentElement.style.fontSize = '';
      documentElement.removeAttribute('dir');
    });

    const around = (markup = '<mitto-otp></mitto-otp>', width: string) =>
      `<div style="inline-size: ${width}; font-size: 1rem">${markup}</div>`;

    for (const [name, { markup, reach }] of Object.entries(ELEMENT_STATES)) {
      it(`nothing sticks out on a page of 320 px, from either side: ${name}`, async () => {
        sheet.replaceSync('');
        const page = await open(around(markup, '18rem'), font);
        await reach(page, worker);
        expectFit(page);
        documentElement.dir = 'rtl';
        expectFit(page);
      });

      it(`nor with text of twice the size there: ${name}`, async () => {
        sheet.replaceSync('');
        documentElement.style.fontSize = '200%';
        const page = await open(around(markup, '288px'), font);
        await reach(page, worker);
        expectFit(page);
      });

      it(`nor with text spaced as a visitor needs it: ${name}`, async () => {
        sheet.replaceSync(SPACED_TEXT);
        const page = await open(around(markup, '288px'), font);
        await reach(page, worker);
        expectFit(page);
      });

      it(`what can be pressed is large enough for a finger: ${name}`, async () => {
        sheet.replaceSync('');
        const page = await open(around(markup, '26rem'), font);
        await reach(page, worker);
        for (const target of targets(page)) {
          const { width, height } = target.getBoundingClientRect();
          expect(height, target.outerHTML).to.be.at.least(44 - ROUNDING);
          expect(width, target.outerHTML).to.be.at.least(44 - ROUNDING);
        }
      });
    }

    it('what can be pressed never gets smaller than 24 px, however small a site wants it', async () => {
      sheet.replaceSync('mitto-otp { --mitto-control: 0px; --mitto-space: 0px; font-size: 8px }');
      const page = await open(undefined, font);
      await page.configured();
      const small = () =>
        targets(page).filter((target) => {
          const { width, height } = target.getBoundingClientRect();
          return height < 24 || width < 24;
        });
      expect(small()).to.deep.equal([]);
      await page.sendsCode();
      expect(small()).to.deep.equal([]);
    });

    // No phone is as narrow as the first with text twice as large; fonts differ by more than is left there.
    for (const width of ['240px', '256px', '270px', '288px', '319px', '360px', '416px'])
      for (const text of width === '240px' ? ['100%'] : ['100%', '200%'])
        for (const number of ['+49 1512 3574941', '+43 664 1234 56789', '0151 23456789'])
          it(`the confirmed number is in full view: ${number}, ${width}, text of ${text}`, async () => {
            sheet.replaceSync('');
            documentElement.style.fontSize = text;
            const page = await open(around(undefined, width), font);
            await page.configured();
            await page.sendsCode(number);
            page.fill(page.code, '123456');
            await page.reaches('verified');
            const { phone } = page;
            expect(phone.scrollWidth, 'the number').to.be.at.most(phone.clientWidth);
            expect(phone.scrollLeft).to.equal(0);
            const [field, check] = ['phone-field', 'check'].map((part) =>
              page.part(part)?.getBoundingClientRect(),
            );
            if (!field || !check) throw new Error('It is not confirmed');
            expect(check.top).to.be.greaterThan(field.top);
            expect(check.bottom).to.be.lessThan(field.bottom);
            expect(check.right).to.be.lessThan(field.right);
            // Either beside the number, or beside its country above it.
            const box = phone.getBoundingClientRect();
            const end = box.right - Number.parseFloat(getComputedStyle(phone).paddingRight);
            expect(check.left >= end || check.bottom <= box.top, 'the check mark').to.equal(true);
          });

    it('on a page from right to left number and code stay as they are dialled and read', async () => {
      sheet.replaceSync('');
      documentElement.dir = 'rtl';
      const page = await open(undefined, font);
      await page.configured();
      const country = page.part('country-field')?.getBoundingClientRect();
      expect(country?.right).to.be.lessThan(page.phone.getBoundingClientRect().left + 1);
      await page.sendsCode();
      const lefts = page.cells.map((cell) => cell.getBoundingClientRect().left);
      expect(lefts).to.deep.equal(lefts.toSorted((one, other) => one - other));
      expect(getComputedStyle(page.code).direction).to.equal('ltr');
    });

    it('spaced text leaves the digits in their cells, and reaches all other words', async () => {
      sheet.replaceSync('');
      const page = await open(undefined, font);
      await page.sendsCode();
      const spacing = (node: Element) => getComputedStyle(node).letterSpacing;
      const before = spacing(page.code);
      sheet.replaceSync(SPACED_TEXT);
      expect(spacing(page.code)).to.equal(before);
      const button = page.button('verify');
      const spaced = Number.parseFloat(getComputedStyle(button).fontSize) * 0.12;
      expect(Number.parseFloat(spacing(button))).to.be.closeTo(spaced, 0.1);
    });

    it('text grows as the visitor’s does', async () => {
      sheet.replaceSync('');
      const page = await open(around(undefined, '26rem'), font);
      await page.sendsCode();
      const sizes = () =>
        [page.button('verify'), page.button('change-number'), ...page.element.children]
          .filter((node) => node !== page.code && node.checkVisibility())
          .map((node) => Number.parseFloat(getComputedStyle(node).fontSize));
      const before = sizes();
      documentElement.style.fontSize = '200%';
      expect(sizes()).to.deep.equal(before.map((size) => size * 2));
    });

    it('no input is under 16 px on a page of the usual size, or iOS would zoom it', async () => {
      sheet.replaceSync('');
      const page = await open(around(undefined, '26rem'), font);
      await page.sendsCode();
      for (const input of [page.code, page.phone])
        expect(Number.parseFloat(getComputedStyle(input).fontSize)).to.be.at.least(16);
    });
  });

function targets({ element }: Harness): HTMLElement[] {
  const all = [element.shadowRoot, element].flatMap((root) => [
    ...(root?.querySelectorAll<HTMLElement>('button, input, select') ?? []),
  ]);
  // The challenge is another's, and as large as that one makes it.
  return all.filter((node) => node.checkVisibility() && !node.closest('[slot=challenge]'));
}

/** Nothing stands beside the element, and no word beside its button. */
function expectFit(page: Harness): void {
  stillness(page);
  const { element, code } = page;
  const frame = element.getBoundingClientRect();
  const nodes = [...(element.shadowRoot?.querySelectorAll('[part]') ?? []), ...element.children];
  for (const node of nodes) {
    // The live region is not seen, the input of the code is cut off at the end of its cells, and the list of countries
    // lies over the page.
    const isElsewhere = node === code || node.matches('[part=status], [popover], [popover] *');
    if (isElsewhere || !node.checkVisibility()) continue;
    const { left, right } = node.getBoundingClientRect();
    const what = node.getAttribute('part') ?? node.outerHTML;
    expect(left, what).to.be.at.least(frame.left - 1);
    expect(right, what).to.be.at.most(frame.right + 1);
    if (node instanceof HTMLButtonElement)
      expect(node.scrollWidth, what).to.be.at.most(node.clientWidth + 1);
  }
}
