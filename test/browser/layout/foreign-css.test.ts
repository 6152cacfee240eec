import { expect } from '@open-wc/testing';
import { stillness } from '../../support/widget/element-states.ts';
import { FOREIGN_SHEETS } from '../../support/widget/foreign-sheets.ts';
import { type Harness, open, startWorker } from '../../support/widget/harness.ts';

describe('a page’s own style sheet', () => {
  let style: HTMLStyleElement;
  beforeEach(() => {
    startWorker();
    style = document.createElement('style');
    document.head.append(style);
  });
  afterEach(() => style.remove());

  for (const [name, text] of FOREIGN_SHEETS)
    it(`leaves inputs and labels in sight, in their boxes and in order: ${name}`, async () => {
      const page = await open('<div style="inline-size: 360px"><mitto-otp></mitto-otp></div>');
      await page.configured();
      await page.until(() => page.element.shadowRoot?.querySelector('i') !== null, 'no colours');
      style.textContent = await text();
      page.fill(page.phone, '015123');
      expectSeen(page.phone, page.part('phone-field'), page);
      expectLabel(page, 'phone');

      await page.sendsCode();
      page.fill(page.code, '123');
      await page.element.updateComplete;
      expectSeen(page.code, page.part('code-row'), page);
      expectLabel(page, 'code');
      const cells = page.cells.map((cell) => cell.getBoundingClientRect().left);
      expect(cells).to.deep.equal(cells.toSorted((one, other) => one - other));
      const { letterSpacing, textIndent } = getComputedStyle(page.code);
      const pitch = (cells[1] ?? 0) - (cells[0] ?? 0);
      expect(Number.parseFloat(letterSpacing)).to.be.within(pitch / 2, pitch);
      expect(Number.parseFloat(textIndent)).to.be.within(0, pitch / 2);
    });
});

function expectSeen(input: HTMLInputElement, box: HTMLElement | null, page: Harness): void {
  stillness(page);
  input.scrollIntoView({ block: 'center' });
  const at = input.getBoundingClientRect();
  const frame = box?.getBoundingClientRect();
  if (!frame) throw new Error('There is no box');
  const left = Math.max(at.left, frame.left);
  const right = Math.min(at.right, frame.right);
  expect(right - left, 'width').to.be.at.least(frame.width / 2);
  expect(at.height, 'height').to.be.at.least(24);
  const hit = document.elementFromPoint((left + right) / 2, at.top + at.height / 2);
  expect(hit, 'at its middle').to.equal(input);
  const is = getComputedStyle(input);
  expect(is.direction).to.equal('ltr');
  expect(is.writingMode).to.equal('horizontal-tb');
  expect(is.opacity).to.equal('1');
  expect(is.visibility).to.equal('visible');
  expect(is.webkitTextFillColor).to.not.match(/^rgba\(.*, 0\)$|transparent/);
  expect(Number.parseFloat(is.fontSize)).to.be.at.least(16);
  for (const property of ['transform', 'filter', 'clip-path', 'text-transform'])
    expect(is.getPropertyValue(property), property).to.equal('none');
}

function expectLabel({ element }: Harness, field: 'phone' | 'code'): void {
  const label = element.querySelector<HTMLElement>(`[slot=${field}-label]`);
  const input = element.querySelector<HTMLElement>(`input[slot=${field}]`);
  if (!label || !input) throw new Error('There is no label');
  const [above, below] = [label.getBoundingClientRect(), input.getBoundingClientRect()];
  expect(above.height, 'the label').to.be.greaterThan(8);
  expect(above.bottom, 'the label').to.be.at.most(below.top + 1);
  expect(getComputedStyle(label).opacity).to.equal('1');
}
