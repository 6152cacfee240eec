import { expect } from '@open-wc/testing';
import { ELEMENT_STATES, stillness } from '../../support/widget/element-states.ts';
import { answers, type FakeWorker } from '../../support/widget/fake-worker.ts';
import { type Harness, open, startWorker } from '../../support/widget/harness.ts';

const RADII = ['999px', '50%', '100vmax', '10rem'];

/** Corners may be cut off by less than a corner of 24 px does, which no text comes near. */
const CORNER_PX = 7.5;

/** All four corners of what may hold more than a line are there: a press on them meets it. */
function expectCorners(page: Harness, box: Element, what: string): void {
  box.scrollIntoView({ block: 'center' });
  const root = box.getRootNode() as ShadowRoot | Document;
  const { left, right, top, bottom } = box.getBoundingClientRect();
  for (const x of [left + CORNER_PX, right - CORNER_PX])
    for (const y of [top + CORNER_PX, bottom - CORNER_PX]) {
      const met = root.elementFromPoint(x, y);
      expect(box.contains(met), `${what} at ${x}, ${y}: ${met?.outerHTML.slice(0, 80)}`).to.equal(
        true,
      );
    }
  stillness(page);
}

describe('a page that wants pills', () => {
  let worker: FakeWorker;
  beforeEach(() => {
    worker = startWorker();
  });
  afterEach(() => window.turnstileStandIn?.takeAway());

  for (const radius of RADII) {
    const markup = `<mitto-otp style="--mitto-radius: ${radius}"></mitto-otp>`;

    it(`has a list of countries with its corners: ${radius}`, async () => {
      const page = await open(markup);
      await page.countryList.open();
      expectCorners(page, page.countryList.popup, 'the list');
    });

    it(`has the sentence after the end in a box with its corners: ${radius}`, async () => {
      const page = await open(`<div style="inline-size: 18rem">${markup}</div>`);
      worker.next('verify', answers.verify({ expiresIn: 1 }));
      await page.verifies();
      const hint = page.element.querySelector('[slot=phone-hint]');
      if (hint?.checkVisibility() && hint.getBoundingClientRect().height > 60)
        expectCorners(page, hint, 'the hint');
      await page.until(() => page.error !== '', 'it does not expire');
      const error = page.element.querySelector('[slot=phone-error]');
      if (!error) throw new Error('There is no error');
      if (error.getBoundingClientRect().height > 60) expectCorners(page, error, 'the error');
    });
  }

  for (const [name, { markup, reach }] of Object.entries(ELEMENT_STATES))
    it(`has no box of more than a line as a circle: ${name}`, async () => {
      const page = await open(
        `<div style="inline-size: 18rem; --mitto-radius: 999px">${markup ?? '<mitto-otp></mitto-otp>'}</div>`,
      );
      await reach(page, worker);
      for (const node of page.element.shadowRoot?.querySelectorAll('[part]') ?? []) {
        const { width, height } = node.getBoundingClientRect();
        if (height <= 50 || width < 60 || !node.checkVisibility()) continue;
        const radius = Number.parseFloat(getComputedStyle(node).borderTopLeftRadius);
        expect(radius, node.getAttribute('part') ?? '').to.be.at.most(height / 2 - 2);
      }
    });
});
