import { expect } from '@open-wc/testing';
import { ELEMENT_STATES, stillness } from '../../support/widget/element-states.ts';
import type { FakeWorker } from '../../support/widget/fake-worker.ts';
import { type Harness, open, startWorker } from '../../support/widget/harness.ts';

/** WebKit’s boxes begin and end at 64ths of a pixel. */
const ROUNDING = 1 / 64;
/** Of the root, and of the page’s text: many sites make the rem 10 px and their text 16 px. */
const SIZES = [
  ['62.5%', '16px'],
  ['62.5%', '10px'],
  ['50%', '16px'],
  ['10px', '1.6rem'],
  ['200%', '16px'],
  ['8px', '8px'],
] as const;

/** What a finger sees, without one: the rules for it are made rules for all. Undone by what it returns. */
function touch({ element }: Harness): () => void {
  const rules = (element.shadowRoot?.adoptedStyleSheets ?? [])
    .flatMap(({ cssRules }) => [...cssRules])
    .filter((rule) => rule instanceof CSSMediaRule)
    .filter(({ media }) => /pointer: coarse/.test(media.mediaText));
  expect(rules).not.to.deep.equal([]);
  const before = rules.map(({ media }) => media.mediaText);
  for (const { media } of rules) media.mediaText = 'all';
  return () => {
    for (const [index, { media }] of rules.entries()) media.mediaText = before[index] ?? '';
  };
}

function smaller({ element }: Harness, least: number): string[] {
  const all = [element.shadowRoot, element].flatMap((root) => [
    ...(root?.querySelectorAll<HTMLElement>('button, input, select, [role=option]') ?? []),
  ]);
  return all
    .filter((node) => node.checkVisibility({ visibilityProperty: true }))
    .filter((node) => !node.closest('[slot=challenge]'))
    .flatMap((node) => {
      const { width, height } = node.getBoundingClientRect();
      const isSmall = Math.min(width, height) < least - ROUNDING;
      return isSmall ? [`${node.getAttribute('part') ?? node.slot}: ${width} × ${height}`] : [];
    });
}

describe('what can be pressed', () => {
  const { documentElement } = document;
  let worker: FakeWorker;
  let putBack = () => {};
  beforeEach(() => {
    worker = startWorker();
  });
  afterEach(() => {
    putBack();
    putBack = () => {};
    window.turnstileStandIn?.takeAway();
    documentElement.style.fontSize = '';
  });

  for (const [root, text] of SIZES)
    for (const [name, { markup, reach }] of Object.entries(ELEMENT_STATES))
      it(`is large enough with a root of ${root} and text of ${text}: ${name}`, async () => {
        documentElement.style.fontSize = root;
        const page = await open(
          `<div style="font-size: ${text}; inline-size: 320px">${markup ?? '<mitto-otp></mitto-otp>'}</div>`,
        );
        await reach(page, worker);
        stillness(page);
        expect(smaller(page, 24)).to.deep.equal([]);
        page.element.style.setProperty('--mitto-control', '1.5rem');
        expect(smaller(page, 24)).to.deep.equal([]);
        putBack = touch(page);
        expect(smaller(page, 44)).to.deep.equal([]);
        page.element.style.removeProperty('--mitto-control');
        expect(smaller(page, 44)).to.deep.equal([]);
      });
});
