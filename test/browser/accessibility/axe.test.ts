import { expect } from '@open-wc/testing';
import { axeViolationsIn } from '../../support/widget/axe.ts';
import { ELEMENT_STATES, stillness } from '../../support/widget/element-states.ts';
import type { FakeWorker } from '../../support/widget/fake-worker.ts';
import { open, startWorker } from '../../support/widget/harness.ts';

/** How the page around it is. */
const PAGES = {
  'a light page': { colorScheme: 'light', dir: 'ltr', lang: 'en' },
  'a dark page': { colorScheme: 'dark', dir: 'ltr', lang: 'en' },
  'a page from right to left': { colorScheme: 'light', dir: 'rtl', lang: 'ar' },
} as const;

describe('axe violations', () => {
  const { documentElement, body } = document;
  let worker: FakeWorker;
  beforeEach(() => {
    worker = startWorker();
  });
  afterEach(() => {
    window.turnstileStandIn?.takeAway();
    documentElement.removeAttribute('dir');
    documentElement.lang = 'en';
    documentElement.style.colorScheme = '';
    body.style.background = '';
  });

  for (const [around, { colorScheme, dir, lang }] of Object.entries(PAGES))
    for (const [name, { markup, reach }] of Object.entries(ELEMENT_STATES))
      it(`on ${around}: ${name}`, async () => {
        documentElement.dir = dir;
        documentElement.lang = lang;
        documentElement.style.colorScheme = colorScheme;
        body.style.background = 'Canvas';
        const page = await open(markup);
        await reach(page, worker);
        stillness(page);
        expect(await axeViolationsIn(page.element)).to.deep.equal([]);
      });
});
