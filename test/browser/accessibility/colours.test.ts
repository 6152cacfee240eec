import { expect } from '@open-wc/testing';
import fc from 'fast-check';
import '../../support/fixed-seed.ts';
import { contrast } from '../../support/widget/contrast.ts';
import { answers, type FakeWorker } from '../../support/widget/fake-worker.ts';
import { type Harness, open, startWorker } from '../../support/widget/harness.ts';

const SCHEMES = ['light', 'dark'] as const;

describe('colours', () => {
  const { documentElement, body } = document;
  let worker: FakeWorker;
  beforeEach(() => {
    worker = startWorker();
    body.style.background = 'Canvas';
  });
  afterEach(() => {
    documentElement.style.colorScheme = '';
    body.style.background = '';
    body.style.color = '';
  });

  const ground = () => getComputedStyle(body).backgroundColor;
  const styleOf = (page: Harness, part: string) => {
    const node = page.part(part);
    if (!node) throw new Error(`There is no ${part}`);
    return getComputedStyle(node);
  };
  /** The moment of a change of colour is not what is measured. */
  const settle = (page: Harness) => {
    for (const animation of page.element.shadowRoot?.getAnimations() ?? []) animation.finish();
  };

  for (const scheme of SCHEMES) {
    it(`fields, marks and the main button stand out from the page: ${scheme}`, async () => {
      documentElement.style.colorScheme = scheme;
      const page = await open();
      await page.configured();
      expect(contrast(styleOf(page, 'phone-field').borderTopColor, ground())).to.be.at.least(3);
      expect(contrast(styleOf(page, 'send').backgroundColor, ground())).to.be.at.least(3);
      await page.sendsCode();
      expect(contrast(styleOf(page, 'cell').borderTopColor, ground())).to.be.at.least(3);

      worker.next('verify', answers.problem('incorrect_code'));
      page.fill(page.code, '111111');
      await page.until(() => page.error !== '', 'no error');
      settle(page);
      expect(contrast(styleOf(page, 'cell').borderTopColor, ground())).to.be.at.least(3);
      page.fill(page.code, '123456');
      await page.reaches('verified');
      settle(page);
      expect(contrast(styleOf(page, 'check').fill, ground())).to.be.at.least(3);
      expect(contrast(styleOf(page, 'phone-field').borderTopColor, ground())).to.be.at.least(3);
    });

    it(`whatever accent a site sets, its words are read on it, and links and rings on the page: ${scheme}`, async () => {
      documentElement.style.colorScheme = scheme;
      worker.always('send', answers.send({ resendIn: 0 }));
      const page = await open();
      await page.sendsCode();
      const { style } = page.element;
      const channel = fc.integer({ min: 0, max: 255 });
      const accents = fc.oneof(
        fc.tuple(channel, channel, channel),
        // Greys, where black and white are close to equal.
        fc.integer({ min: 90, max: 140 }).map((grey) => [grey, grey, grey]),
      );
      fc.assert(
        fc.property(accents, (accent) => {
          style.setProperty('--mitto-accent', `rgb(${accent.join(' ')})`);
          settle(page);
          const main = styleOf(page, 'verify');
          expect(contrast(main.color, main.backgroundColor), 'button').to.be.at.least(4.5);
          const link = styleOf(page, 'change-number').color;
          expect(contrast(link, ground()), 'link').to.be.at.least(4.5);
        }),
        { numRuns: 60, seed: 20261120 },
      );
    });

    it(`whatever a page’s text is like, lesser text and edges are seen beside it: ${scheme}`, async () => {
      documentElement.style.colorScheme = scheme;
      const page = await open();
      await page.configured();
      const hint = page.element.querySelector('[slot=phone-hint]');
      if (!hint) throw new Error('There is no hint');
      const channel = fc.integer({ min: 0, max: 255 });
      const grounds = scheme === 'dark' ? ['#121212', '#1d2b24', '#25262b'] : ['#fff', '#f4efe4'];
      const anything = fc.record({
        text: fc.tuple(channel, channel, channel).map((text) => `rgb(${text.join(' ')})`),
        ground: fc.constantFrom(...grounds),
      });
      fc.assert(
        fc.property(anything, ({ text, ground }) => {
          fc.pre(contrast(text, ground) >= 4.5);
          body.style.background = ground;
          body.style.color = text;
          settle(page);
          expect(contrast(getComputedStyle(hint).color, ground), 'hint').to.be.at.least(4.5);
          const edge = styleOf(page, 'phone-field').borderTopColor;
          expect(contrast(edge, ground), 'edge').to.be.at.least(3);
        }),
        { numRuns: 60, seed: 20261120 },
      );
    });
  }
});
