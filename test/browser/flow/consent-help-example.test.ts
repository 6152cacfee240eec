import { expect } from '@open-wc/testing';
import { answers, type FakeWorker } from '../../support/widget/fake-worker.ts';
import { open, startWorker } from '../../support/widget/harness.ts';
import { answerMetadata } from '../../support/widget/phone-metadata.ts';

const isSeen = (element: Element | null): boolean =>
  element instanceof HTMLElement && element.checkVisibility();

describe('what the page adds', () => {
  beforeEach(() => {
    startWorker();
  });

  it('as its consent stands below the button that sends, until a code was sent', async () => {
    const page = await open(
      '<mitto-otp><p slot="consent">Msg &amp; data rates may apply.</p></mitto-otp>',
    );
    await page.configured();
    const consent = page.element.querySelector('[slot=consent]');
    const top = consent?.getBoundingClientRect().top ?? 0;
    expect(isSeen(consent)).to.equal(true);
    expect(top).to.be.at.least(page.button('send').getBoundingClientRect().bottom);
    await page.sendsCode();
    expect(isSeen(consent)).to.equal(false);
    page.fill(page.code, '123456');
    await page.reaches('verified');
    expect(isSeen(consent)).to.equal(false);
  });

  it('as its help is seen in the code step alone, below all else', async () => {
    const page = await open('<mitto-otp><a slot="help" href="#help">Write to us</a></mitto-otp>');
    await page.configured();
    const help = page.element.querySelector('[slot=help]');
    expect(isSeen(help)).to.equal(false);
    await page.sendsCode();
    expect(isSeen(help)).to.equal(true);
    const top = help?.getBoundingClientRect().top ?? 0;
    expect(top).to.be.at.least(page.button('change-number').getBoundingClientRect().bottom);
  });

  it('takes no room where it adds nothing', async () => {
    const page = await open();
    await page.configured();
    const step = page.part('phone-step')?.getBoundingClientRect();
    expect(step?.bottom).to.be.closeTo(page.button('send').getBoundingClientRect().bottom, 0.5);
  });
});

describe('the example of a number', () => {
  let worker: FakeWorker;
  beforeEach(() => {
    worker = startWorker();
    worker.always('phone-metadata', answerMetadata);
  });

  it('is one of the country, in its groups, and never a value', async () => {
    const page = await open();
    await page.configured();
    expect(page.phone.placeholder).to.equal('');
    page.phone.focus();
    await page.until(() => page.phone.placeholder !== '', 'no example');
    expect(page.phone.placeholder).to.equal('01512 3456789');
    expect(page.phone.value).to.equal('');
    await page.press('Enter');
    await page.until(() => page.error !== '', 'it was taken for a number');
    expect(worker.callsTo('send')).to.have.length(0);
  });

  it('is told from a number by its colour, and can be read', async () => {
    const page = await open();
    await page.configured();
    page.phone.focus();
    await page.until(() => page.phone.placeholder !== '', 'no example');
    const example = getComputedStyle(page.phone, '::placeholder');
    const hint = page.element.querySelector('[slot=phone-hint]');
    if (!hint) throw new Error('There is no hint');
    const muted = getComputedStyle(hint).color;
    const ink = () => getComputedStyle(page.phone).webkitTextFillColor;
    expect(ink()).to.equal(muted);
    if (tellsPlaceholders()) {
      expect(example.opacity).to.equal('1');
      expect(example.color).to.equal(muted);
    }
    page.fill(page.phone, '1');
    expect(ink()).to.equal(getComputedStyle(page.phone).color);
    expect(ink()).not.to.equal(muted);
  });

  it('follows the country', async () => {
    const page = await open();
    await page.configured();
    page.phone.focus();
    await page.until(() => page.phone.placeholder !== '', 'no example');
    await page.chooseCountry('FR');
    await page.until(
      () => page.phone.placeholder.startsWith('06'),
      'the example of another country',
    );
  });

  it('gives way to what the page wrote, even where that is nothing', async () => {
    for (const placeholder of ['Your mobile', '']) {
      const page = await open(
        `<mitto-otp><input slot="phone" placeholder="${placeholder}"></mitto-otp>`,
      );
      await page.configured();
      await page.typePhone('0151');
      await page.until(() => worker.callsTo('phone-metadata').length > 0, 'not asked for');
      await page.element.updateComplete;
      expect(page.phone.placeholder).to.equal(placeholder);
    }
  });

  it('is missing where the Worker knows none', async () => {
    worker.always('phone-metadata', answers.problem('not_found'));
    const page = await open();
    await page.configured();
    page.phone.focus();
    await page.until(() => worker.callsTo('phone-metadata').length === 1, 'not asked for');
    expect(page.phone.hasAttribute('placeholder')).to.equal(false);
  });
});

describe('the halves of a code', () => {
  for (const [length, groups] of [
    [4, [4]],
    [6, [3, 3]],
    [7, [7]],
    [8, [4, 4]],
  ] as const)
    it(`of ${length} digits are parts, and no further apart than the page asks for`, async () => {
      const worker = startWorker();
      worker.always('send', answers.send({ codeLength: length }));
      const page = await open();
      await page.sendsCode();
      const parts = [
        ...(page.element.shadowRoot?.querySelectorAll<HTMLElement>('[part=cell-group]') ?? []),
      ];
      expect(parts.map((part) => part.children.length)).to.deep.equal(groups);
      const gapAfter = (index: number) =>
        (page.cells[index + 1]?.getBoundingClientRect().left ?? 0) -
        (page.cells[index]?.getBoundingClientRect().right ?? 0);
      const last = (groups[0] ?? 0) - 1;
      if (groups.length === 1) return;
      expect(gapAfter(last)).to.be.closeTo(gapAfter(0), 0.5);
      page.element.style.setProperty('--mitto-group-gap', '12px');
      expect(gapAfter(last) - gapAfter(0)).to.be.closeTo(12, 0.5);
      const row = page.part('code-row')?.getBoundingClientRect();
      expect(page.cells.at(-1)?.getBoundingClientRect().right).to.be.closeTo(row?.right ?? 0, 0.5);
    });
});

/** Whether the browser says what a placeholder looks like: WebKit answers with the input itself. */
function tellsPlaceholders(): boolean {
  const input = document.body.appendChild(document.createElement('input'));
  const sheet = document.head.appendChild(document.createElement('style'));
  input.className = 'probe';
  sheet.textContent = '.probe::placeholder { color: rgb(1 2 3) }';
  const { color } = getComputedStyle(input, '::placeholder');
  input.remove();
  sheet.remove();
  return color === 'rgb(1, 2, 3)';
}
