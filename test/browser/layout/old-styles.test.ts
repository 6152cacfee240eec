/** The oldest browsers that are served, by what their style sheets lack. */
import { expect } from '@open-wc/testing';
import type { CSSResult } from 'lit';
import { answeringStyles } from '../../../widget/styles/answering.ts';
import { challengeStyles } from '../../../widget/styles/challenge.ts';
import { codeStyles } from '../../../widget/styles/code.ts';
import { colourStyles } from '../../../widget/styles/colours.ts';
import { countryFaceStyles } from '../../../widget/styles/country-face.ts';
import { countryListStyles } from '../../../widget/styles/country-list.ts';
import { initialStyles } from '../../../widget/styles/initial.ts';
import { motionStyles } from '../../../widget/styles/motion.ts';
import { pageRuleStyles } from '../../../widget/styles/page-rules.ts';
import { sideButtonStyles } from '../../../widget/styles/side-buttons.ts';
import { verifiedStyles } from '../../../widget/styles/verified.ts';
import { contrast } from '../../support/widget/contrast.ts';
import { stillness } from '../../support/widget/element-states.ts';
import { answers, type FakeWorker } from '../../support/widget/fake-worker.ts';
import { type Harness, open, startWorker } from '../../support/widget/harness.ts';

const SHEETS: readonly CSSResult[] = [
  ...initialStyles,
  ...[colourStyles, pageRuleStyles, countryFaceStyles, codeStyles, challengeStyles],
  ...[sideButtonStyles, answeringStyles, verifiedStyles, motionStyles, countryListStyles],
];

/** What a browser does not know it handles as a name that nobody knows: each is turned into one. */
const RELATIVE = /\b(?=(?:oklch|oklab|color|rgb|hsl|lch|lab)\(\s*from\b)/g;
const YOUNGER = [/\b(?=light-dark\()/g, RELATIVE, /(?<=:)(?=popover-open)/g];
const BROWSERS: Readonly<Record<string, readonly RegExp[]>> = {
  'Chrome 100': [
    ...YOUNGER,
    /\b(?=color-mix\()/g,
    /(?<=@)(?=container\b)/g,
    /\b(?=container-type:)/g,
    /(?<=[\d.])(?=cq(?:i|w|h|b|min|max)\b)/g,
    /(?<=[\s;{])(?=translate:)/g,
  ],
  'Safari 16.4': YOUNGER,
  'Firefox 113': YOUNGER,
};

const PAGES: Readonly<Record<string, [ground: string, text: string]>> = {
  white: ['#fff', '#111'],
  'a dark card': ['#111827', '#f9fafb'],
  black: ['#000', '#fff'],
  grey: ['#6b7280', '#fff'],
};

for (const [browser, lacks] of Object.entries(BROWSERS))
  describe(`styles in ${browser}`, () => {
    const older = (text: string) =>
      lacks.reduce((each, name) => each.replace(name, 'unknown-'), text);
    const { supports } = CSS;
    const { setProperty } = CSSStyleDeclaration.prototype;
    let worker: FakeWorker;

    beforeEach(() => {
      worker = startWorker();
      for (const { styleSheet, cssText } of SHEETS) styleSheet?.replaceSync(older(cssText));
      CSS.supports = (property: string, value?: string) =>
        value === undefined
          ? supports.call(CSS, older(property))
          : Reflect.apply<typeof CSS, [string, string], boolean>(supports, CSS, [
              property,
              older(value),
            ]);
      CSSStyleDeclaration.prototype.setProperty = function (name, value, priority) {
        setProperty.call(this, name, value && older(value), priority);
      };
    });
    afterEach(() => {
      for (const { styleSheet, cssText } of SHEETS) styleSheet?.replaceSync(cssText);
      CSS.supports = supports;
      CSSStyleDeclaration.prototype.setProperty = setProperty;
    });

    for (const [name, [ground, text]] of Object.entries(PAGES))
      for (const width of [288, 416])
        it(`number, code and proof are seen and read on ${name}, ${width} px`, async () => {
          worker.always('send', answers.send({ resendIn: 0 }));
          worker.next('verify', answers.problem('incorrect_code', { attemptsLeft: 1 }));
          const page = await open(
            `<div style="inline-size:${width}px; background:${ground}; color:${text}"><mitto-otp></mitto-otp></div>`,
          );
          await page.configured();
          await page.until(
            () => page.element.shadowRoot?.querySelector('i') !== null,
            'no colours',
          );
          expectSeen(page, ground);
          expect(page.phone.getBoundingClientRect().width).to.be.at.least(
            (page.part('phone-field')?.getBoundingClientRect().width ?? 0) / 2,
          );
          page.fill(page.phone, '0151');
          await page.sendsCode('12');
          expect(page.error).not.to.equal('');
          expectSeen(page, ground);
          await page.sendsCode();
          expectSeen(page, ground);
          expectCells(page, ground);
          page.fill(page.code, '111111');
          await page.until(() => page.error !== '' && !page.isBusy, 'no error');
          expectSeen(page, ground);
          expectCells(page, ground);
          page.fill(page.code, '123456');
          await page.reaches('verified');
          expectSeen(page, ground);
          const check = page.part('check');
          const stroke = check && getComputedStyle(check.querySelector('path') ?? check).stroke;
          expect(stroke, 'the check mark').not.to.equal('none');
        });

    it('the main button keeps its ground under the mouse', async () => {
      const page = await open();
      await page.configured();
      const button = page.button('send');
      // As under a mouse, which not every engine can be given.
      const hovered = (text: string) =>
        older(text.replaceAll('(hover: hover)', 'all').replaceAll('.main:hover', '.main'));
      for (const { styleSheet, cssText } of SHEETS) styleSheet?.replaceSync(hovered(cssText));
      stillness(page);
      const { color, backgroundColor } = getComputedStyle(button);
      expect(contrast(color, backgroundColor)).to.be.at.least(4.5);
    });

    it('the row that Enter would choose is seen in the list of countries', async () => {
      const page = await open();
      await page.countryList.open();
      const { popup, rows } = page.countryList;
      const ground = getComputedStyle(popup).backgroundColor;
      expect(contrast(getComputedStyle(popup).color, ground)).to.be.at.least(4.5);
      const active = rows.find((row) => row.classList.contains('active'));
      if (!active) throw new Error('No row is active');
      const { outlineStyle, outlineColor } = getComputedStyle(active);
      expect(outlineStyle).to.equal('solid');
      expect(contrast(outlineColor, ground)).to.be.at.least(3);
    });
  });

/** All text and all buttons: within the element, and with the contrast that WCAG asks for. */
function expectSeen(page: Harness, ground: string): void {
  stillness(page);
  const { element } = page;
  const frame = element.getBoundingClientRect();
  const nodes = [
    ...(element.shadowRoot?.querySelectorAll('button, .field') ?? []),
    ...element.children,
  ];
  for (const node of nodes) {
    if (node === page.code || !node.checkVisibility({ visibilityProperty: true })) continue;
    const { left, right, width, height } = node.getBoundingClientRect();
    const what = node.getAttribute('part') ?? node.getAttribute('slot') ?? node.localName;
    if (!node.textContent?.trim() && node !== page.phone) continue;
    expect(Math.min(width, height), what).to.be.greaterThan(8);
    expect(left, what).to.be.at.least(frame.left - 1);
    expect(right, what).to.be.at.most(frame.right + 1);
    const { color, backgroundColor, opacity } = getComputedStyle(node);
    expect(opacity, what).to.equal('1');
    if (node.matches('.picker')) continue;
    expect(contrast(color, ground, backgroundColor), `${what}: ${color}`).to.be.at.least(4.5);
  }
}

function expectCells(page: Harness, ground: string): void {
  const frame = page.element.getBoundingClientRect();
  for (const cell of page.cells) {
    const { left, right, width } = cell.getBoundingClientRect();
    expect(width).to.be.greaterThan(24);
    expect(left).to.be.at.least(frame.left - 1);
    expect(right).to.be.at.most(frame.right + 1);
    expect(contrast(getComputedStyle(cell).borderTopColor, ground)).to.be.at.least(3);
  }
}
