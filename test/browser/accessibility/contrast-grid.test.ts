import { expect } from '@open-wc/testing';
import { contrast } from '../../support/widget/contrast.ts';
import { answers } from '../../support/widget/fake-worker.ts';
import { type Harness, open, startWorker } from '../../support/widget/harness.ts';

const GROUNDS = [
  ...[
    '#fff',
    '#f4efe4',
    '#e5e7eb',
    '#cbd5e1',
    '#a3a3a3',
    '#808080',
    '#767676',
    '#6b7280',
    '#4b5563',
  ],
  ...[
    '#374151',
    '#1f2937',
    '#111827',
    '#000',
    '#0d6efd',
    '#dc3545',
    '#198754',
    '#7c3aed',
    '#ffc107',
  ],
  ...['#f5c2e7', '#004d40'],
];
const ACCENTS = [
  ...[
    '#3662ec',
    '#000',
    '#fff',
    '#808080',
    '#ffd400',
    '#b91c1c',
    '#86efac',
    '#f0f',
    '#0b6b5d',
    '#ff6b00',
  ],
];

/** As pages choose it. */
const textOn = (ground: string) =>
  contrast('#fff', ground) > contrast('#111', ground) ? '#fff' : '#000';

describe('colours on any ground', () => {
  const card = (
    ground: string,
  ) => `<div style="padding: 1rem; background: ${ground}; color: ${textOn(ground)}">
    <mitto-otp></mitto-otp></div>`;
  const colourOf = (node: Element | null, property: string) => {
    if (!node) throw new Error('It is not there');
    return getComputedStyle(node).getPropertyValue(property);
  };

  async function expectContrast(page: Harness, ground: string, accent: string): Promise<void> {
    for (const animation of page.element.shadowRoot?.getAnimations() ?? []) animation.finish();
    const { element } = page;
    const read = (node: Element | null, what: string) =>
      expect(
        contrast(colourOf(node, 'color'), ground),
        `${what}, ${accent} on ${ground}`,
      ).to.be.at.least(4.5);
    const edge = (node: Element | null, what: string) =>
      expect(
        contrast(colourOf(node, 'border-top-color'), ground),
        `${what}, ${accent} on ${ground}`,
      ).to.be.at.least(3);
    read(element.querySelector('[slot=code-error]'), 'error');
    read(element.querySelector('[slot=code-hint]'), 'hint');
    read(page.part('change-number'), 'link');
    edge(page.part('cell'), 'cell');
    const main = page.part('verify');
    const fill = colourOf(main, 'background-color');
    expect(contrast(colourOf(main, 'color'), fill), `button, ${accent}`).to.be.at.least(4.5);
    const seen = Math.max(
      contrast(fill, ground),
      contrast(colourOf(main, 'border-top-color'), ground),
    );
    expect(seen, `button, ${accent} on ${ground}`).to.be.at.least(3);
  }

  for (const ground of GROUNDS)
    it(`text is at 4.5 : 1 and edges at 3 : 1 with each accent: ${ground}`, async () => {
      const worker = startWorker();
      worker.always('send', answers.send({ resendIn: 0 }));
      worker.always('verify', answers.problem('incorrect_code', { attemptsLeft: 2 }));
      const page = await open(card(ground));
      await page.verifies('111111');
      await page.until(() => page.element.shadowRoot?.querySelector('i') !== null, 'no colours');
      for (const accent of ACCENTS) {
        page.element.style.setProperty('--mitto-accent', accent);
        await page.element.updateComplete;
        await expectContrast(page, ground, accent);
      }
    });

  for (const ground of GROUNDS)
    it(`what is confirmed is read and seen, and so are the list and the rings: ${ground}`, async () => {
      startWorker();
      const page = await open(card(ground));
      await page.countryList.open();
      await page.until(() => page.element.shadowRoot?.querySelector('i') !== null, 'no colours');
      const { popup } = page.countryList;
      const list = colourOf(popup, 'background-color');
      expect(contrast(colourOf(popup, 'color'), list), 'list').to.be.at.least(4.5);
      const active = popup.querySelector('.active');
      const fill = colourOf(active, 'background-color');
      expect(contrast(colourOf(active, 'color'), list, fill), 'active').to.be.at.least(4.5);
      await page.press('Escape');
      page.phone.focus();
      for (const accent of ACCENTS) {
        page.element.style.setProperty('--mitto-accent', accent);
        await page.element.updateComplete;
        for (const animation of page.element.shadowRoot?.getAnimations() ?? []) animation.finish();
        const ring = colourOf(page.part('phone-field'), 'outline-color');
        expect(contrast(ring, ground), `ring, ${accent} on ${ground}`).to.be.at.least(3);
      }
      await page.verifies();
      for (const animation of page.element.shadowRoot?.getAnimations() ?? []) animation.finish();
      const hint = page.element.querySelector('[slot=phone-hint]');
      expect(contrast(colourOf(hint, 'color'), ground), 'hint').to.be.at.least(4.5);
      expect(contrast(colourOf(page.part('check'), 'fill'), ground), 'mark').to.be.at.least(3);
      const edge = colourOf(page.part('phone-field'), 'border-top-color');
      expect(contrast(edge, ground), 'edge').to.be.at.least(3);
    });

  it('a page that becomes dark is followed', async () => {
    const worker = startWorker();
    worker.always('verify', answers.problem('incorrect_code', { attemptsLeft: 2 }));
    const page = await open(card('#fff'));
    await page.verifies('111111');
    await page.until(() => page.element.shadowRoot?.querySelector('i') !== null, 'no colours');
    const { parentElement } = page.element;
    for (const ground of GROUNDS) {
      parentElement?.setAttribute('style', `background: ${ground}; color: ${textOn(ground)}`);
      await page.element.updateComplete;
      await expectContrast(page, ground, 'its own accent');
    }
  });
});
