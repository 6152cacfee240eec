import { expect } from '@open-wc/testing';
import fc from 'fast-check';
import '../../test/support/fixed-seed.ts';
import { StrictPage } from '../../test/security/widget/csp-page.ts';
import { answers, CONFIG, type FakeWorker } from '../../test/support/widget/fake-worker.ts';
import { type Harness, open, startWorker } from '../../test/support/widget/harness.ts';
import { answerMetadata } from '../../test/support/widget/phone-metadata.ts';

const digits = (text: string) => text.replace(/\D/g, '');

/** Enough of a number to be grouped. */
const BEGINNINGS = { DE: '01512345', FR: '061234', US: '2025550' } as const;

/** For what the element does in a task of its own. */
const aTask = () => new Promise((resolve) => setTimeout(resolve));

describe('the digits of a number', () => {
  let worker: FakeWorker;
  let page: Harness;
  beforeEach(() => {
    worker = startWorker();
    worker.always('phone-metadata', answerMetadata);
  });
  afterEach(() => expect(worker.faults).to.deep.equal([]));

  /** Opens a page on which a visitor has begun, and the metadata has come. */
  async function begin(markup?: string, country: keyof typeof BEGINNINGS = 'DE'): Promise<void> {
    worker.always('config', answers.config({ country }));
    page = await open(markup);
    await page.configured();
    page.phone.focus();
    page.fill(page.phone, BEGINNINGS[country]);
    await shows(/\d[ -]\d/);
    page.fill(page.phone, '');
    await aTask();
  }

  async function shows(text: string | RegExp): Promise<void> {
    const isShown = () =>
      typeof text === 'string' ? page.phone.value === text : text.test(page.phone.value);
    await page.until(isShown, `"${page.phone.value}" is not ${text}`);
  }

  /** As keys do it, event by event; `sendKeys` would take minutes. */
  async function backspace(type = 'deleteContentBackward'): Promise<void> {
    const init = { inputType: type, bubbles: true, composed: true, cancelable: true };
    const command = type === 'deleteContentBackward' ? 'delete' : 'forwardDelete';
    if (page.phone.dispatchEvent(new InputEvent('beforeinput', init)))
      document.execCommand(command);
    await aTask();
  }

  async function insert(text: string): Promise<void> {
    document.execCommand('insertText', false, text);
    await aTask();
  }

  describe('are grouped', () => {
    for (const [country, typed, formatted] of [
      ['DE', '015123456789', '01512 3456789'],
      ['DE', '+4915123456789', '+49 1512 3456789'],
      ['DE', '004915123456789', '00 49 1512 3456789'],
      ['FR', '0612345678', '06 12 34 56 78'],
      ['US', '2025550123', '(202) 555-0123'],
    ] as const)
      it(`while they are typed, in ${country}: ${formatted}`, async () => {
        await begin(undefined, country);
        await page.typePhone(typed);
        await shows(formatted);
        expect(page.phone.selectionStart).to.equal(formatted.length);
      });

    it('in the groups of the country that the number itself names', async () => {
      await begin();
      await page.typePhone('+33612345678');
      await page.until(() => page.country === 'FR', 'no France');
      await page.until(() => worker.callsTo('phone-metadata').length === 2, 'not asked');
      await shows('+33 6 12 34 56 78');
    });

    it('when they are pasted', async () => {
      await begin();
      page.paste(page.phone, '0151-234 567 89');
      await shows('01512 3456789');
    });

    for (const text of ['+49 (0) 151 23456789', 'call me', '٠١٥١ ٢٣٤٥٦٧٨٩', '\u202a0151 2\u202c'])
      it(`but not where that might say another thing: ${text}`, async () => {
        await begin();
        page.paste(page.phone, text);
        await aTask();
        expect(page.phone.value).to.equal(text);
        page.phone.blur();
        expect(page.phone.value).to.equal(text);
      });

    it('once, when a browser or a password manager fills them in, with or without the focus', async () => {
      await begin();
      for (const isFocused of [true, false]) {
        if (!isFocused) page.phone.blur();
        page.fill(page.phone, '+4915123456789');
        await shows('+49 1512 3456789');
        page.phone.value = '015123456789';
        page.phone.dispatchEvent(new Event('change', { bubbles: true }));
        await shows('01512 3456789');
      }
    });

    it('when the metadata comes only then', async () => {
      const letGo = worker.hold('phone-metadata');
      page = await open();
      await page.configured();
      await page.typePhone('0151234');
      expect(page.phone.value).to.equal('0151234');
      letGo();
      await shows('01512 34');
    });

    it('anew when another country is chosen', async () => {
      await begin();
      await page.typePhone('+4915123456789');
      await shows('+49 1512 3456789');
      page.phone.blur();
      await page.chooseCountry('FR');
      await page.until(() => page.phone.value.startsWith('+33'), 'the calling code stays');
      expect(digits(page.phone.value)).to.equal('3315123456789');
    });

    it('in an input of the page’s own', async () => {
      await begin('<mitto-otp><input slot="phone" class="mine"></mitto-otp>');
      await page.typePhone('015123456789');
      await shows('01512 3456789');
    });

    it('and are sent as they were, ungrouped', async () => {
      await begin(undefined, 'US');
      await page.typePhone('2025550123');
      await shows('(202) 555-0123');
      await page.press('Enter');
      await page.reaches('code');
      expect(worker.callsTo('send')[0]?.body).to.deep.include({
        phone: '2025550123',
        country: 'US',
      });
    });
  });

  describe('typed by the visitor are preserved', () => {
    it('who types in the middle of them: all stands still, the caret too, until the field is left', async () => {
      await begin();
      await page.typePhone('01512345');
      await shows('01512 345');
      page.phone.setSelectionRange(3, 3);
      await page.press('9');
      await aTask();
      expect([page.phone.value, page.phone.selectionStart]).to.deep.equal(['015912 345', 4]);
      await page.press('7');
      await aTask();
      expect(page.phone.value).to.equal('0159712 345');
      page.phone.blur();
      expect(page.phone.value).to.equal('01597 12345');
    });

    it('who types separators: they stay where they are, until all of it is new', async () => {
      await begin();
      await page.typePhone('0151/23-45');
      await aTask();
      expect(page.phone.value).to.equal('0151/23-45');
      page.phone.blur();
      expect(page.phone.value).to.equal('0151/23-45');
      page.phone.select();
      page.paste(page.phone, '015123456789');
      await shows('01512 3456789');
    });

    it('whose input method has not settled yet', async () => {
      await begin();
      page.compose(page.phone, '01512345');
      await aTask();
      expect(page.phone.value).to.equal('01512345');
      page.endComposition(page.phone);
      await shows('01512 345');
    });

    it('where the page says that they are to stay', async () => {
      page = await open(
        '<mitto-otp><input slot="phone" value="+4915123456789" readonly></mitto-otp>',
      );
      await page.configured();
      page.phone.focus();
      await page.until(() => worker.callsTo('phone-metadata').length === 1, 'not asked');
      page.phone.blur();
      await aTask();
      expect(page.phone.value).to.equal('+4915123456789');
    });

    it('where a page’s own input has no room for the groups', async () => {
      await begin('<mitto-otp><input slot="phone"></mitto-otp>');
      page.phone.maxLength = 12;
      await page.typePhone('015123456789');
      await aTask();
      expect(page.phone.value).to.equal('015123456789');
    });
  });

  describe('Backspace over separators deletes one digit', () => {
    for (const [what, value, caret, type, after] of [
      ['the one before a separator', '01512 3', 6, 'deleteContentBackward', '01513'],
      ['the one after a separator', '01512 345', 5, 'deleteContentForward', '01512 45'],
      ['the last one', '01512 3', 7, 'deleteContentBackward', '01512'],
      ['the one in front of two separators', '(202) 5', 6, 'deleteContentBackward', '205'],
    ] as const)
      it(what, async () => {
        await begin(undefined, value.startsWith('(') ? 'US' : 'DE');
        await page.typePhone(digits(value));
        await shows(value);
        page.phone.setSelectionRange(caret, caret);
        await backspace(type);
        expect(digits(page.phone.value)).to.equal(digits(after));
      });

    it('down to nothing, by real keys', async () => {
      await begin(undefined, 'US');
      await page.typePhone('2025550');
      await shows('(202) 555-0');
      for (let left = 7; left > 0; left -= 1) {
        expect(digits(page.phone.value)).to.have.length(left);
        await page.press('Backspace');
        await aTask();
      }
      await page.press('Backspace');
      expect(page.phone.value).to.equal('');
    });

    it('or a separator alone, where the visitor typed it', async () => {
      await begin();
      await page.typePhone('0151-');
      await page.press('Backspace');
      await aTask();
      expect(page.phone.value).to.equal('0151');
    });
  });

  it('never get lost, swapped or doubled, whatever is done to them, and the caret stays at its digit', async () => {
    await begin(undefined, 'US');
    const edit = fc.oneof(
      {
        weight: 5,
        arbitrary: fc.record({ do: fc.constant('insert'), text: fc.stringMatching(/^\d{1,2}$/) }),
      },
      fc.record({ do: fc.constant('paste'), text: fc.stringMatching(/^\d{3}[ -]\d{3,4}$/) }),
      fc.record({ do: fc.constantFrom('deleteContentBackward', 'deleteContentForward') }),
      fc.record({ do: fc.constant('move'), to: fc.double({ min: 0, max: 1, noNaN: true }) }),
      fc.record({ do: fc.constant('end') }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(edit, { maxLength: 14 }), async (edits) => {
        page.fill(page.phone, '');
        page.phone.focus();
        await aTask();
        let model = '';
        let caret = 0;
        const caretNow = () =>
          digits(page.phone.value.slice(0, page.phone.selectionStart ?? 0)).length;
        for (const each of edits) {
          const { value } = page.phone;
          if ('text' in each) {
            await insert(each.text);
            model = model.slice(0, caret) + digits(each.text) + model.slice(caret);
            caret += digits(each.text).length;
          } else if ('to' in each) {
            const to = Math.round(each.to * value.length);
            page.phone.setSelectionRange(to, to);
            caret = caretNow();
          } else if (each.do === 'end') {
            page.phone.setSelectionRange(value.length, value.length);
            caret = model.length;
          } else {
            const isBackward = each.do === 'deleteContentBackward';
            await backspace(each.do);
            const from = isBackward ? caret - 1 : caret;
            const without = model.slice(0, Math.max(0, from)) + model.slice(from + 1);
            // In the middle of an edit a separator may go alone; nothing but the one digit ever goes.
            expect([model, without]).to.include(digits(page.phone.value));
            if (digits(page.phone.value) !== model) {
              model = without;
              caret = Math.max(0, isBackward ? from : caret);
            }
          }
          expect(digits(page.phone.value), JSON.stringify(edits)).to.equal(model);
          expect(caretNow(), JSON.stringify(edits)).to.equal(caret);
        }
        page.phone.blur();
        expect(digits(page.phone.value)).to.equal(model);
      }),
      { numRuns: 60 },
    );
  });

  it('come back by undo as they were typed, and go again by redo', async () => {
    worker.always('config', answers.config({ country: 'US' }));
    page = await open();
    await page.configured();
    const typed = '2025550123';
    page.phone.focus();
    for (const key of typed) await page.press(key);
    await shows('(202) 555-0123');
    const states: string[] = [];
    const repeat = (command: 'undo' | 'redo') => {
      for (let round = 0; round < 30; round += 1) {
        document.execCommand(command);
        states.push(page.phone.value);
      }
    };
    repeat('undo');
    expect(page.phone.value).to.equal('');
    repeat('redo');
    expect(digits(page.phone.value)).to.equal(typed);
    // At no time a digit too many, or in another's place.
    for (const state of states) expect(typed.startsWith(digits(state)), state).to.equal(true);
    await aTask();
    expect(digits(page.phone.value)).to.equal(typed);
  });
});

describe('under the strictest policy', () => {
  afterEach(() => StrictPage.closeAll());

  for (const form of ['source', 'built'] as const)
    it(`the digits are grouped, and nothing is refused: ${form}`, async () => {
      const page = await StrictPage.open(form);
      page.phone.focus();
      page.fill(page.phone, '015123456789');
      await page.until(() => page.phone.value === '01512 3456789', 'not grouped');
      page.phone.blur();
      page.fill(page.phone, '+4915123456789');
      await page.until(() => page.phone.value === '+49 1512 3456789', 'not grouped, unfocused');
      expect(page.violations).to.deep.equal([]);
    });
});

describe('without the metadata', () => {
  let worker: FakeWorker;
  beforeEach(() => {
    worker = startWorker();
  });

  it('nothing is asked for while nobody uses the field', async () => {
    const page = await open();
    await page.configured();
    await aTask();
    expect(worker.callsTo('phone-metadata')).to.have.length(0);
    page.phone.focus();
    await page.until(() => worker.callsTo('phone-metadata').length === 1, 'not asked');
    expect(worker.callsTo('phone-metadata')[0]?.url.pathname).to.equal('/v1/phone-metadata/DE');
  });

  for (const [what, reply] of [
    ['it is not there', answers.problem('not_found')],
    ['there is no connection', answers.noConnection],
    ['something else answers', answers.proxyPage],
    ['it is of another form', () => Response.json({ version: 5 })],
  ] as const)
    it(`because ${what}, the number is typed as ever, and the Worker judges it`, async () => {
      worker.always('phone-metadata', reply);
      const page = await open();
      await page.configured();
      await page.typePhone('030 1234567');
      await aTask();
      page.phone.blur();
      await aTask();
      expect(page.phone.value).to.equal('030 1234567');
      expect(page.error).to.equal('');
      expect(page.events).to.deep.equal([]);
      await page.element.send();
      expect(worker.callsTo('send')[0]?.body).to.deep.include({ phone: '0301234567' });
    });

  it('it is asked for once, however the visitor comes to the field', async () => {
    const letGo = worker.hold('phone-metadata', answerMetadata);
    const page = await open();
    await page.configured();
    await page.chooseCountry('AT');
    page.phone.focus();
    page.phone.blur();
    page.phone.focus();
    await page.typePhone('0664');
    letGo();
    await page.typePhone('1234567');
    await page.until(() => page.phone.value === '0664 1234567', 'not grouped');
    expect(worker.callsTo('phone-metadata')).to.have.length(1);
  });

  it('it is asked for again when the visitor comes back, and not at each key', async () => {
    const page = await open();
    await page.configured();
    await page.typePhone('0151234');
    expect(worker.callsTo('phone-metadata')).to.have.length(1);
    page.phone.blur();
    worker.always('phone-metadata', answerMetadata);
    page.phone.focus();
    await page.until(() => page.phone.value === '01512 34', 'it does not come');
    expect(worker.callsTo('phone-metadata')).to.have.length(2);
  });

  it('of a country that is not served nothing is asked for', async () => {
    worker.always('config', answers.config({ ...CONFIG, country: null, countries: ['AT', 'FR'] }));
    const page = await open();
    await page.configured();
    await page.typePhone('+8816');
    await aTask();
    expect(worker.callsTo('phone-metadata')).to.have.length(0);
  });
});
