import { expect } from '@open-wc/testing';
import type { FakeWorker } from '../../support/widget/fake-worker.ts';
import { FONTS } from '../../support/widget/fonts.ts';
import { type Harness, open, startWorker } from '../../support/widget/harness.ts';

/** What 1.4.12 lets a visitor ask for, by a style sheet of their own. */
const SPACED_TEXT = `* {
  line-height: 1.5 !important;
  letter-spacing: 0.12em !important;
  word-spacing: 0.16em !important;
}`;

/** Of each family of scripts, and the longest. */
const LANGUAGES = ['en', 'de', 'fr', 'nl', 'pt-PT', 'ar', 'ja'];
/** Of mobile numbers in Germany, the USA, Brazil, China and Austria, as they are shown. */
const EXAMPLES = [
  '01512 3456789',
  '(201) 555-0123',
  '(11) 96123-4567',
  '131 2345 6789',
  '0664 123456',
];

const TEXTS = { 'of twice the size': true, 'spaced as a visitor needs it': false } as const;

/** How much of its placeholder an input has no room for: in pixels, as if it had been typed. */
function cut(input: HTMLInputElement): number {
  const before = input.value;
  input.value = input.placeholder;
  const rest = input.scrollWidth - input.clientWidth;
  input.value = before;
  return rest;
}

for (const font of FONTS)
  describe(`placeholders on a page of 320 px in a ${font} font`, () => {
    const { documentElement } = document;
    const sheet = new CSSStyleSheet();
    let worker: FakeWorker;
    beforeEach(() => {
      worker = startWorker();
      document.adoptedStyleSheets.push(sheet);
    });
    afterEach(() => {
      document.adoptedStyleSheets = [];
      documentElement.style.fontSize = '';
      expect(worker.faults).to.deep.equal([]);
    });

    async function openPage(isLarge: boolean, lang: string): Promise<Harness> {
      documentElement.style.fontSize = isLarge ? '200%' : '';
      sheet.replaceSync(isLarge ? '' : SPACED_TEXT);
      const page = await open(
        `<div style="inline-size: 288px; font-size: 1rem"><mitto-otp lang="${lang}"></mitto-otp></div>`,
        font,
      );
      await page.configured();
      return page;
    }

    for (const [text, isLarge] of Object.entries(TEXTS)) {
      for (const example of EXAMPLES)
        it(`the example of a number is seen whole, with text ${text}: ${example}`, async () => {
          const page = await openPage(isLarge, 'en');
          page.phone.placeholder = example;
          expect(cut(page.phone)).to.be.at.most(0);
        });

      for (const lang of LANGUAGES)
        it(`what may be searched for is seen whole, with text ${text}: ${lang}`, async () => {
          const page = await openPage(isLarge, lang);
          await page.countryList.open();
          // Spacing of the page does not reach in here by a rule, but by inheritance.
          const { popup, input } = page.countryList;
          popup.style.width = '288px';
          expect(cut(input), input.placeholder).to.be.at.most(0);
        });
    }
  });
