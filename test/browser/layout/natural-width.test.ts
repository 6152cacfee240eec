import { expect } from '@open-wc/testing';
import { stillness } from '../../support/widget/element-states.ts';
import { answers, type FakeWorker } from '../../support/widget/fake-worker.ts';
import { type Harness, open, startWorker } from '../../support/widget/harness.ts';

const OTP = '<mitto-otp></mitto-otp>';

/** Places that ask what is in them how wide it wants to be. */
const SHRINKING: Readonly<Record<string, string>> = {
  'a centred flex column': `<form style="display: flex; flex-direction: column; align-items: center">${OTP}</form>`,
  'a flex column, start': `<div style="display: flex; flex-direction: column; align-items: start">${OTP}</div>`,
  'a flex row': `<div style="display: flex">${OTP}</div>`,
  'a flex row in the middle': `<div style="display: flex; justify-content: center">${OTP}</div>`,
  'a grid, placed in the middle': `<div style="display: grid; place-items: center">${OTP}</div>`,
  'an auto column': `<div style="display: grid; grid-template-columns: auto 1fr">${OTP}<i></i></div>`,
  'a max-content column': `<div style="display: grid; grid-template-columns: max-content">${OTP}</div>`,
  'a table cell': `<table><tr><td>${OTP}</td></tr></table>`,
  'a cell by CSS': `<div style="display: table-cell">${OTP}</div>`,
  'a float': `<div style="float: left">${OTP}</div>`,
  'a float of its own': '<mitto-otp style="float: right"></mitto-otp>',
  'an inline block': `<div style="display: inline-block">${OTP}</div>`,
  'an inline block of its own': '<mitto-otp style="display: inline-block"></mitto-otp>',
  'an inline flex box of its own': '<mitto-otp style="display: inline-flex"></mitto-otp>',
  'an inline grid of its own': '<mitto-otp style="display: inline-grid"></mitto-otp>',
  'an absolute box': `<div style="position: relative"><div style="position: absolute">${OTP}</div></div>`,
  'a fixed box': `<div style="position: fixed">${OTP}</div>`,
  'fit-content': `<div style="width: fit-content">${OTP}</div>`,
  'fit-content of its own': '<mitto-otp style="width: fit-content"></mitto-otp>',
  'max-content': `<div style="width: max-content">${OTP}</div>`,
  'a dialog': `<dialog open>${OTP}</dialog>`,
  'a modal dialog': `<dialog data-modal>${OTP}</dialog>`,
  'a popover': `<div popover>${OTP}</div>`,
  'a fieldset that shrinks': `<fieldset style="width: fit-content">${OTP}</fieldset>`,
  'details in a flex row': `<div style="display: flex"><details open><summary>x</summary>${OTP}</details></div>`,
  'a page from top to bottom': `<div style="writing-mode: vertical-rl; block-size: 600px">${OTP}</div>`,
};

/** Places that give a width, or have it from elsewhere. */
const FILLING: Readonly<Record<string, string>> = {
  'a block': `<div>${OTP}</div>`,
  '<center>': `<center>${OTP}</center>`,
  'a fieldset': `<fieldset>${OTP}</fieldset>`,
  details: `<details open><summary>x</summary>${OTP}</details>`,
  'a flex column': `<div style="display: flex; flex-direction: column">${OTP}</div>`,
  'a grid of one fraction': `<div style="display: grid; grid-template-columns: 1fr">${OTP}</div>`,
  'a grid of two fractions': `<div style="display: grid; grid-template-columns: 1fr 1fr">${OTP}<i></i></div>`,
  'a table of fixed layout': `<table style="table-layout: fixed; width: 100%"><tr><td>${OTP}</td></tr></table>`,
  'columns of text': `<div style="columns: 2 12rem">${OTP}</div>`,
  'a row with siblings': `<div style="display: flex; gap: 8px"><span>Phone:</span>${OTP}<button>Go on</button></div>`,
};

const STEPS: Readonly<Record<string, (page: Harness, worker: FakeWorker) => Promise<unknown>>> = {
  'the number': (page) => page.configured(),
  'the code': async (page, worker) => {
    worker.next('verify', answers.problem('incorrect_code', { attemptsLeft: 1 }));
    await page.verifies('111111');
  },
};

/** The element's box where `markup` stands in a page as wide as `width`, and by how much it makes that one scroll. */
async function measured(
  markup: string,
  width: number,
  reach: (page: Harness) => Promise<unknown>,
): Promise<{ width: number; scrolled: number }> {
  const page = await open(
    `<div style="overflow-x: auto; position: relative; min-block-size: 600px; inline-size: ${width}px">${markup}</div>`,
  );
  const outer = page.element.closest<HTMLElement>('div[style^=overflow-x]');
  if (!outer) throw new Error('There is no page');
  outer.querySelector<HTMLDialogElement>('dialog[data-modal]')?.showModal();
  outer.querySelector<HTMLElement>('[popover]')?.showPopover();
  // A page that is wider than its window has it out of sight, where nothing is loaded.
  page.element.scrollIntoView();
  await reach(page);
  stillness(page);
  expectNothingCut(page);
  return {
    width: page.element.getBoundingClientRect().width,
    scrolled: outer.scrollWidth - outer.clientWidth,
  };
}

function expectNothingCut({ element, cells }: Harness): void {
  const frame = element.getBoundingClientRect();
  const nodes = [
    ...(element.shadowRoot?.querySelectorAll('button, .field, .check') ?? []),
    ...cells,
  ];
  for (const node of nodes) {
    if (!node.checkVisibility({ visibilityProperty: true })) continue;
    const { left, right } = node.getBoundingClientRect();
    const what = node.getAttribute('part') ?? node.outerHTML;
    expect(left, what).to.be.at.least(frame.left - 1);
    expect(right, what).to.be.at.most(frame.right + 1);
    expect(node.scrollWidth, what).to.be.at.most(node.clientWidth + 1);
  }
}

describe('natural width', () => {
  let worker: FakeWorker;
  const { documentElement } = document;
  beforeEach(() => {
    worker = startWorker();
  });
  afterEach(() => {
    documentElement.style.fontSize = '';
  });

  for (const [step, reach] of Object.entries(STEPS)) {
    for (const [place, markup] of Object.entries(SHRINKING))
      it(`is 22rem in what shrinks to fit: ${place}, ${step}`, async () => {
        const { width, scrolled } = await measured(markup, 700, (page) => reach(page, worker));
        expect(width).to.be.closeTo(352, 1);
        expect(scrolled).to.equal(0);
      });

    for (const [place, markup] of Object.entries({ ...SHRINKING, ...FILLING }))
      for (const available of [320, 280])
        it(`fits into ${available} px without scrolling sideways: ${place}, ${step}`, async () => {
          const isWide = /max-content/.test(place) || /fixed box|modal|popover|top to/.test(place);
          const { width, scrolled } = await measured(markup, available, (page) =>
            reach(page, worker),
          );
          expect(width).to.be.at.most(352.5);
          if (isWide) return;
          expect(scrolled, 'scrolled').to.equal(0);
          expect(width, 'width').to.be.at.most(available);
          if (!/siblings|fractions/.test(place)) expect(width, 'width').to.be.at.least(210);
        });
  }

  for (const [place, markup] of Object.entries(FILLING))
    it(`takes the width that it is given, up to 26rem: ${place}`, async () => {
      const { width, scrolled } = await measured(markup, 700, (page) => page.configured());
      expect(width).to.be.at.least(300);
      expect(width).to.be.at.most(417);
      expect(scrolled).to.equal(0);
    });

  for (const markup of [
    `<div style="display: grid; grid-template-columns: min-content">${OTP}</div>`,
    `<div style="width: min-content">${OTP}</div>`,
    `<table style="width: 1px"><tr><td>${OTP}</td></tr></table>`,
  ])
    it(`is 15rem where a place asks for the least: ${markup}`, async () => {
      const { width } = await measured(markup, 700, (page) => page.configured());
      expect(width).to.be.closeTo(240, 1);
    });

  it('shrinks below 15rem with its container and makes nothing scroll', async () => {
    const { width, scrolled } = await measured(OTP, 200, (page) => page.configured());
    expect(width).to.equal(200);
    expect(scrolled).to.equal(0);
  });

  for (const [root, body, expected] of [
    ['62.5%', '10px', 220],
    ['62.5%', '16px', 352],
    ['200%', '32px', 704],
  ] as const)
    it(`is as wide for the text of a page with a root of ${root} and text of ${body}`, async () => {
      documentElement.style.fontSize = root;
      const { width } = await measured(
        `<div style="float: left; font-size: ${body}">${OTP}</div>`,
        760,
        (page) => page.configured(),
      );
      expect(width).to.be.closeTo(expected, 1);
    });

  it('is not wider where a challenge has a long sentence above it', async () => {
    const page = await open(`<div style="float: left">${OTP}</div>`);
    await page.sendsCode();
    const hint = document.createElement('div');
    hint.className = 'challenge-hint';
    hint.textContent = 'Please confirm that you are human. '.repeat(8);
    page.part('challenge')?.prepend(hint);
    expect(page.element.getBoundingClientRect().width).to.be.closeTo(352, 1);
  });
});
