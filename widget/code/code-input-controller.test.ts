import { expect } from '@open-wc/testing';
import { answers, type FakeWorker } from '../../test/support/widget/fake-worker.ts';
import { type Harness, open, startWorker } from '../../test/support/widget/harness.ts';

const WAITING = '<mitto-otp no-auto-submit></mitto-otp>';

describe('the input of the code', () => {
  let worker: FakeWorker;
  beforeEach(() => {
    worker = startWorker();
  });
  afterEach(() => {
    document.documentElement.removeAttribute('dir');
    expect(worker.faults).to.deep.equal([]);
  });

  async function atCode(markup = WAITING): Promise<Harness> {
    const page = await open(markup);
    await page.sendsCode();
    return page;
  }

  const submitted = () => worker.callsTo('verify').map(({ body }) => body['code']);

  for (const [script, digits] of [
    ['Burmese', '၁၂၃၄၅၆'],
    ['Thai', '๑๒๓๔๕๖'],
    ['Khmer', '១២៣៤៥៦'],
    ['Gujarati', '૧૨૩૪૫૬'],
    ['Devanagari', '१२३४५६'],
    ['Adlam, of two units each,', '𞥑𞥒𞥓𞥔𞥕𞥖'],
  ] as const)
    it(`takes ${script} digits that are typed, one by one`, async () => {
      const page = await atCode('<mitto-otp></mitto-otp>');
      page.code.focus();
      for (const digit of digits) document.execCommand('insertText', false, digit);
      await page.reaches('verified');
      expect(submitted()).to.deep.equal(['123456']);
    });

  describe('takes the code out of', () => {
    const TEXTS = [
      '123456',
      '123 456',
      '123-456',
      '123\u2013456',
      'Your code is 123 456.',
      'Your code is 123 456. It is valid for 10 minutes.',
      'valid 10 minutes: 123456',
      'Valid until 12:30. Order 77: 123-456',
      '１２３４５６',
      '١٢٣٤٥٦',
      'رمزك هو ١٢٣ ٤٥٦',
      '၁၂၃၄၅၆',
      'รหัสของคุณคือ ๑๒๓ ๔๕๖',
      '១២៣៤៥៦',
      '૧૨૩૪૫૬',
      '𝟏𝟐𝟑𝟒𝟓𝟔',
      '\u2066123\u200b456\u2069',
    ];
    for (const text of TEXTS) {
      it(`a paste of "${text}"`, async () => {
        const page = await atCode('<mitto-otp></mitto-otp>');
        page.paste(page.code, text);
        await page.reaches('verified');
        expect(submitted()).to.deep.equal(['123456']);
      });

      it(`a drop of "${text}"`, async () => {
        const page = await atCode('<mitto-otp></mitto-otp>');
        page.drop(page.code, text);
        await page.reaches('verified');
        expect(submitted()).to.deep.equal(['123456']);
      });

      it(`a fill with "${text}"`, async () => {
        const page = await atCode('<mitto-otp></mitto-otp>');
        page.fill(page.code, text);
        await page.reaches('verified');
        expect(submitted()).to.deep.equal(['123456']);
      });
    }

    it('the length of the code decides which number it is', async () => {
      worker.always('send', answers.send({ codeLength: 4 }));
      const page = await atCode();
      page.paste(page.code, '123456 is the order, 1234 the code');
      expect(page.code.value).to.equal('1234');
    });
  });

  for (const way of ['paste', 'drop'] as const)
    it(`a ${way} takes the place of what was typed, and can be undone`, async () => {
      const page = await atCode();
      await page.typeCode('99');
      page[way](page.code, 'Your code is 123 456.');
      expect(page.code.value).to.equal('123456');
      document.execCommand('undo');
      expect(page.code.value).to.equal('99');
    });

  it('typing can be undone', async () => {
    const page = await atCode();
    await page.typeCode('123');
    document.execCommand('undo');
    expect(page.code.value).not.to.equal('123');
  });

  it('takes no letters, and no more digits than there are cells', async () => {
    const page = await atCode();
    await page.typeCode('1a2b3c4567');
    expect(page.code.value).to.equal('123456');
  });

  it('does not check what had to be cut to fit, as a phone number that was pasted', async () => {
    const page = await atCode('<mitto-otp></mitto-otp>');
    page.paste(page.code, '+49 151 23456789');
    await page.element.updateComplete;
    expect(submitted()).to.deep.equal([]);
  });

  describe('while a text is composed', () => {
    it('leaves it alone, and takes its digits at the end', async () => {
      const page = await atCode('<mitto-otp></mitto-otp>');
      page.compose(page.code, '１２３');
      expect(page.code.value).to.equal('１２３');
      page.compose(page.code, '１２３４５６');
      expect(page.code.value).to.equal('１２３４５６');
      expect(submitted()).to.deep.equal([]);
      page.endComposition(page.code);
      await page.reaches('verified');
      expect(submitted()).to.deep.equal(['123456']);
    });

    it('waits for no end where nothing has to be changed', async () => {
      const page = await atCode('<mitto-otp></mitto-otp>');
      page.compose(page.code, '123456');
      await page.reaches('verified');
      page.endComposition(page.code);
      expect(submitted()).to.deep.equal(['123456']);
    });

    for (const [browser, composing] of [
      ['most browsers', { isComposing: true }],
      ['Safari, which has ended it by then', { keyCode: 229 }],
    ] as const)
      it(`an Enter that ends it checks nothing, in ${browser}`, async () => {
        const page = await atCode();
        page.fill(page.code, '123456');
        const init = { key: 'Enter', bubbles: true, composed: true, cancelable: true };
        const isFree = page.code.dispatchEvent(
          new KeyboardEvent('keydown', { ...init, ...composing }),
        );
        expect(isFree).to.equal(true);
        expect(submitted()).to.deep.equal([]);
      });
  });

  describe('paints', () => {
    async function paints(page: Harness, cells: number[]): Promise<void> {
      const seen = () => page.activeCells.join();
      await page.until(() => seen() === cells.join(), `painted is ${seen()}, not ${cells}`);
    }

    it('as many cells as the Worker says', async () => {
      worker.always('send', answers.send({ codeLength: 8 }));
      const page = await atCode();
      expect(page.cells).to.have.length(8);
    });

    it('as many cells as the page says', async () => {
      const page = await atCode('<mitto-otp code-length="4"></mitto-otp>');
      expect(page.cells).to.have.length(4);
      await page.typeCode('1234');
      await page.reaches('verified');
    });

    it('the cell of the caret, wherever it goes', async () => {
      const page = await atCode();
      page.code.focus();
      await paints(page, [0]);
      await page.typeCode('12');
      await paints(page, [2]);
      await page.press('ArrowLeft');
      await paints(page, [1]);
      await page.typeCode('3456');
      await paints(page, [5]);
      page.code.setSelectionRange(6, 6);
      await paints(page, [5]);
    });

    it('the cells of a selection, and none without the focus', async () => {
      const page = await atCode();
      await page.typeCode('123456');
      page.code.setSelectionRange(1, 4);
      await paints(page, [1, 2, 3]);
      page.code.select();
      await paints(page, [0, 1, 2, 3, 4, 5]);
      page.code.blur();
      await paints(page, []);
    });

    it('which cells are filled', async () => {
      const page = await atCode();
      await page.typeCode('12');
      await page.element.updateComplete;
      expect(page.cells.map((cell) => cell.part.contains('filled'))).to.deep.equal([
        ...[true, true],
        ...[false, false, false, false],
      ]);
    });

    it('the caret behind the digit that it stood behind, when something had to be taken out', async () => {
      const page = await atCode();
      page.code.focus();
      page.code.value = '12a34';
      page.code.setSelectionRange(3, 3);
      page.code.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }));
      expect(page.code.value).to.equal('1234');
      expect([page.code.selectionStart, page.code.selectionEnd]).to.deep.equal([2, 2]);
    });

    for (const dir of ['ltr', 'rtl'])
      it(`each digit in its cell, from left to right, on a page that is ${dir}`, async () => {
        document.documentElement.dir = dir;
        const page = await atCode();
        await page.typeCode('123456');
        const style = getComputedStyle(page.code);
        const [first, second] = page.cells.map((cell) => cell.getBoundingClientRect());
        if (!first || !second) throw new Error('There are no cells');
        const context = document.createElement('canvas').getContext('2d');
        if (!context) throw new Error('There is no canvas');
        context.font = style.font;
        const digit = context.measureText('0').width;
        const pitch = digit + Number.parseFloat(style.letterSpacing);
        expect(pitch).to.be.closeTo(second.left - first.left, 0.5);
        const middle = Number.parseFloat(style.textIndent) + digit / 2;
        expect(page.code.getBoundingClientRect().left + middle).to.be.closeTo(
          first.left + first.width / 2,
          0.5,
        );
        expect(page.code.scrollLeft).to.equal(0);
        expect(style.direction).to.equal('ltr');
      });

    it('fewer cells on the side where the page begins', async () => {
      for (const [dir, lang, side] of [
        ['ltr', 'en', 'left'],
        ['rtl', 'ar', 'right'],
      ] as const) {
        document.documentElement.dir = dir;
        const page = await atCode(`<mitto-otp code-length="4" lang="${lang}"></mitto-otp>`);
        const row = page.part('code-row')?.getBoundingClientRect();
        const field = page.part('code-field')?.getBoundingClientRect();
        expect(row?.width).to.be.lessThan(field?.width ?? 0);
        expect(row?.[side]).to.be.closeTo(field?.[side] ?? 0, 0.5);
      }
    });
  });

  it('is a real input, neither shrunk nor see-through, with text that iOS does not zoom at', async () => {
    const page = await atCode();
    const { shadowRoot } = page.element;
    await page.until(() => shadowRoot?.getAnimations().length === 0, 'it moves for ever');
    const row = page.part('code-row')?.getBoundingClientRect();
    const box = page.code.getBoundingClientRect();
    expect(box.width).to.be.at.least(row?.width ?? Number.NaN);
    expect(box.height).to.be.closeTo(row?.height ?? 0, 0.5);
    for (let node: Element | null = page.code; node; node = node.assignedSlot ?? node.parentElement)
      expect(getComputedStyle(node).opacity, node.localName).to.equal('1');
    const { color, visibility, fontSize } = getComputedStyle(page.code);
    expect([color, visibility]).not.to.include('rgba(0, 0, 0, 0)');
    expect(Number.parseFloat(fontSize)).to.be.at.least(16);
  });

  describe('and password managers', () => {
    it('which keep no codes of text messages, are told to leave it alone', async () => {
      const page = await atCode();
      expect({ ...page.code.dataset }).to.deep.equal({
        '1pIgnore': 'true',
        bwignore: 'true',
        lpignore: 'true',
        formType: 'other',
        // The mark of what the element put into the page itself.
        mittoOtp: '',
      });
      // What browsers and phones fill by is not touched, and the number is theirs to fill.
      expect(page.code.getAttribute('autocomplete')).to.equal('one-time-code');
      expect({ ...page.phone.dataset }).to.deep.equal({ mittoOtp: '' });
    });

    it('by the page’s own word, where it has one', async () => {
      const page = await atCode(
        '<mitto-otp><input slot="code" data-1p-ignore="false" data-form-type="otp"></mitto-otp>',
      );
      expect(page.code.dataset['1pIgnore']).to.equal('false');
      expect(page.code.dataset['formType']).to.equal('otp');
    });

    for (const length of [4, 6, 8, 10])
      for (const width of [280, 420])
        it(`have room for a button of 40 px behind the last of ${length} cells, at ${width} px`, async () => {
          const page = await atCode(
            `<div style="width: ${width}px"><mitto-otp code-length="${length}"></mitto-otp></div>`,
          );
          await page.typeCode('1'.repeat(length - 1));
          const last = page.cells.at(-1)?.getBoundingClientRect();
          const button = page.code.getBoundingClientRect().right - 40;
          expect(button).to.be.at.least(last?.right ?? Number.NaN);
          // The room is nobody else's: the page is not made wider by it.
          expect(document.documentElement.scrollWidth).to.be.at.most(window.innerWidth);
        });
  });
});
