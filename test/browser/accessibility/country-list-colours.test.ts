import { expect } from '@open-wc/testing';
import { contrast } from '../../support/widget/contrast.ts';
import { stillness } from '../../support/widget/element-states.ts';
import { type Harness, open, startWorker } from '../../support/widget/harness.ts';

const PAGES: Readonly<Record<string, string>> = {
  white: 'background: #fff; color: #111',
  'a dark card': 'background: #111827; color: #f9fafb',
  grey: 'background: #6b7280; color: #fff',
  sand: 'background: #f4efe4; color: #2b2115',
};

/** What a visitor with more contrast sees, without one: the rules for it are made rules for all. */
function askForContrast({ element }: Harness): () => void {
  const rules = (element.shadowRoot?.adoptedStyleSheets ?? [])
    .flatMap(({ cssRules }) => [...cssRules])
    .filter((rule) => rule instanceof CSSMediaRule)
    .filter(({ media }) => /prefers-contrast: more/.test(media.mediaText));
  expect(rules).not.to.deep.equal([]);
  const before = rules.map(({ media }) => media.mediaText);
  for (const { media } of rules) media.mediaText = 'all';
  return () => {
    for (const [index, { media }] of rules.entries()) media.mediaText = before[index] ?? '';
  };
}

describe('the colours of the list of countries', () => {
  let putBack = () => {};
  beforeEach(() => {
    startWorker();
  });
  afterEach(() => {
    putBack();
    putBack = () => {};
  });

  const look = (page: Harness) => {
    stillness(page);
    const { popup, rows } = page.countryList;
    const active = rows.find((row) => row.classList.contains('active'));
    if (!active) throw new Error('No row is active');
    const [box, row, prefix] = [popup, active, active.querySelector('.prefix') ?? active].map(
      (node) => {
        const { color, backgroundColor, borderTopColor, outlineColor } = getComputedStyle(node);
        return { color, backgroundColor, borderTopColor, outlineColor };
      },
    );
    if (!box || !row || !prefix) throw new Error('There is no list');
    return { box, row, prefix };
  };

  async function openPage(style: string): Promise<Harness> {
    const page = await open(`<div style="${style}"><mitto-otp></mitto-otp></div>`);
    await page.configured();
    await page.until(() => page.element.shadowRoot?.querySelector('i') !== null, 'no colours');
    return page;
  }

  function expectRead(page: Harness): void {
    const { box, row, prefix } = look(page);
    const ground = box.backgroundColor;
    expect(contrast(box.color, ground), 'a row').to.be.at.least(4.5);
    expect(contrast(row.color, ground, row.backgroundColor), 'active').to.be.at.least(4.5);
    expect(contrast(prefix.color, ground, row.backgroundColor), 'its code').to.be.at.least(4.5);
    expect(contrast(row.outlineColor, ground), 'its ring').to.be.at.least(3);
  }

  for (const [name, style] of Object.entries(PAGES)) {
    it(`are read, and no others after an error: ${name}`, async () => {
      const page = await openPage(style);
      await page.countryList.open();
      expectRead(page);
      const before = look(page);
      await page.press('Escape');
      await page.sendsCode('12');
      expect(page.error).not.to.equal('');
      await page.countryList.open();
      expectRead(page);
      expect(look(page)).to.deep.equal(before);
    });

    it(`more contrast is more: ${name}`, async () => {
      const page = await openPage(style);
      await page.countryList.open();
      const field = page.part('phone-field');
      if (!field) throw new Error('There is no field');
      const ground = look(page).box.backgroundColor;
      const edge = contrast(look(page).box.borderTopColor, ground);
      await page.press('Escape');
      page.button('country').blur();
      putBack = askForContrast(page);
      page.element.requestUpdate();
      await page.element.updateComplete;
      stillness(page);
      expect(getComputedStyle(field).borderTopColor).to.equal(getComputedStyle(page.element).color);
      await page.countryList.open();
      expect(contrast(look(page).box.borderTopColor, ground)).to.be.greaterThan(edge);
      expectRead(page);
    });
  }
});
