import { expect } from '@open-wc/testing';
import { answers, type FakeWorker } from '../../support/widget/fake-worker.ts';
import { type Harness, open, startWorker } from '../../support/widget/harness.ts';
import { answerMetadata } from '../../support/widget/phone-metadata.ts';

const COUNTRIES = {
  AT: '43',
  CA: '1',
  DE: '49',
  ES: '34',
  FR: '33',
  GB: '44',
  GG: '44',
  IT: '39',
  US: '1',
  VA: '39',
};

/** For what the element does in tasks of its own. */
async function aWhile(): Promise<void> {
  for (let task = 0; task < 3; task += 1) await new Promise((resolve) => setTimeout(resolve));
}

describe('a country that came from a number', () => {
  let worker: FakeWorker;
  let page: Harness;
  beforeEach(() => {
    worker = startWorker();
    worker.always('phone-metadata', answerMetadata);
    worker.always(
      'config',
      answers.config({
        country: 'FR',
        countries: Object.keys(COUNTRIES),
        callingCodes: COUNTRIES,
      }),
    );
  });
  afterEach(() => expect(worker.faults).to.deep.equal([]));

  async function begin(markup?: string): Promise<void> {
    page = await open(markup);
    await page.configured();
    page.phone.focus();
  }

  async function shows(country: string): Promise<void> {
    await page.until(() => page.country === country, `${page.country} is not ${country}`);
  }

  async function put(text: string): Promise<void> {
    page.phone.select();
    document.execCommand('insertText', false, text);
    await aWhile();
  }

  async function isSentTo(phone: string, country: string | undefined): Promise<void> {
    await page.element.send();
    const { body } = worker.callsTo('send').at(-1) ?? {};
    expect([body?.['phone'], body?.['country']]).to.deep.equal([phone, country]);
  }

  const WAYS: Record<string, () => Promise<void> | void> = {
    'all of it selected, and Delete': async () => {
      page.phone.select();
      await page.press('Delete');
    },
    'all of it selected, and Backspace': async () => {
      page.phone.select();
      await page.press('Backspace');
    },
    'key by key': async () => {
      page.phone.setSelectionRange(page.phone.value.length, page.phone.value.length);
      while (page.phone.value !== '') {
        document.execCommand('delete');
        await aWhile();
      }
    },
    'key by key, from the front': async () => {
      page.phone.setSelectionRange(0, 0);
      while (page.phone.value !== '') {
        document.execCommand('forwardDelete');
        await aWhile();
      }
    },
    'by being cut': () => {
      page.phone.select();
      document.execCommand('delete');
      page.phone.dispatchEvent(
        new InputEvent('input', { inputType: 'deleteByCut', bubbles: true }),
      );
    },
    'by undo': () => {
      for (let step = 0; step < 20; step += 1) document.execCommand('undo');
    },
    'by a script, without any event': () => {
      page.phone.value = '';
    },
    'by a script, with an event': () => page.fill(page.phone, ''),
    'by a change alone, as password managers do it': () => {
      page.phone.value = '';
      page.phone.dispatchEvent(new Event('change', { bubbles: true }));
    },
    'by reset()': () => {
      page.element.reset();
      page.phone.focus();
    },
  };

  for (const [way, remove] of Object.entries(WAYS))
    it(`goes with it when it is deleted ${way}, and what is typed then is sent to the visitor’s own`, async () => {
      await begin();
      await put('+34612345678');
      await shows('ES');
      await remove();
      await aWhile();
      expect(page.phone.value).to.equal('');
      await page.typePhone('612345678');
      await shows('FR');
      await isSentTo('612345678', 'FR');
    });

  for (const [what, before, after] of [
    ['a plus', '+34612345678', '612345678'],
    ['a plus, in groups', '+34 612 34 56 78', '612 34 56 78'],
    ['00', '0034612345678', '612345678'],
    ['brackets', '(+34) 612 345 678', '612 345 678'],
    ['a full-width plus', '＋34 612345678', '612345678'],
    ['Arabic digits', '+٣٤ ٦١٢٣٤٥٦٧٨', '٦١٢٣٤٥٦٧٨'],
    ['the name of a phone', 'Tel: +34 612345678', 'Tel: 612345678'],
  ] as const)
    it(`goes where only its prefix is deleted: ${what}`, async () => {
      await begin();
      page.fill(page.phone, before);
      await shows('ES');
      page.fill(page.phone, after);
      await shows('FR');
      await isSentTo('612345678', 'FR');
    });

  it('goes with the prefix that real keys delete', async () => {
    await begin();
    await page.typePhone('+34612345678');
    await shows('ES');
    page.phone.setSelectionRange(0, 3);
    await page.press('Backspace');
    await shows('FR');
    await page.element.send();
    expect(worker.callsTo('send')[0]?.body).to.deep.include({ country: 'FR' });
  });

  const REPLACEMENTS: Record<string, (text: string) => void> = {
    'pasted over it': (text) => {
      page.phone.select();
      page.paste(page.phone, text);
    },
    'filled in by the browser': (text) => page.fill(page.phone, text),
    'dropped over it': (text) => {
      page.phone.select();
      page.drop(page.phone, text);
    },
  };
  for (const [what, replace] of Object.entries(REPLACEMENTS)) {
    it(`goes where a national number is ${what}`, async () => {
      await begin();
      await put('+34612345678');
      await shows('ES');
      replace('0612345678');
      await shows('FR');
      await isSentTo('0612345678', 'FR');
    });

    it(`becomes another’s where that one’s number is ${what}`, async () => {
      await begin();
      await put('+34612345678');
      await shows('ES');
      replace('+4915123456789');
      await shows('DE');
      await isSentTo('+4915123456789', undefined);
    });
  }

  it('comes back with its number by undo, and goes again by redo', async () => {
    await begin();
    await put('+34612345678');
    await shows('ES');
    page.phone.select();
    document.execCommand('delete');
    await shows('FR');
    document.execCommand('undo');
    await page.until(() => page.phone.value !== '', 'no undo');
    await shows('ES');
    document.execCommand('redo');
    await page.until(() => page.phone.value === '', 'no redo');
    await shows('FR');
  });

  it('gives way to the one that the visitor had chosen before', async () => {
    await begin();
    await page.chooseCountry('AT');
    await put('+34612345678');
    await shows('ES');
    await put('06641234567');
    await shows('AT');
    await isSentTo('06641234567', 'AT');
  });

  it('gives way to the one that the visitor chose for it', async () => {
    await begin();
    await put('+34612345678');
    await shows('ES');
    await page.chooseCountry('DE');
    await page.until(() => page.phone.value.startsWith('+49'), 'the calling code stays');
    await put('015123456789');
    await shows('DE');
    await isSentTo('015123456789', 'DE');
  });

  it('gives way to the page’s own', async () => {
    await begin('<mitto-otp country="DE"></mitto-otp>');
    await put('+34612345678');
    await shows('ES');
    await put('');
    await shows('DE');
  });

  it('of a number that the page wrote comes back by a reset of the form', async () => {
    await begin('<form><mitto-otp><input slot="phone" value="+34612345678"></mitto-otp></form>');
    await shows('ES');
    await put('0612345678');
    await shows('FR');
    page.element.closest('form')?.reset();
    await shows('ES');
    await isSentTo('+34612345678', undefined);
  });

  it('is drawn anew before the button is pressed, where a script took the number away', async () => {
    await begin();
    await put('+34612345678');
    await shows('ES');
    page.phone.value = '612345678';
    page
      .button('send')
      .dispatchEvent(new PointerEvent('pointerdown', { bubbles: true, composed: true }));
    await page.element.updateComplete;
    expect(page.country).to.equal('FR');
  });

  const SENDS: Record<string, () => Promise<void> | void> = {
    'the button': () => page.button('send').click(),
    'Enter in the field': () => page.press('Enter'),
    'send()': () => page.element.send(),
  };
  for (const [what, begins] of Object.entries(SENDS))
    it(`is drawn anew before the message is asked for by ${what}, where a script put another number in without an event`, async () => {
      await begin();
      await put('+34612345678');
      await shows('ES');
      let drawn: string | undefined;
      worker.next('send', () => {
        drawn = page.country;
        return answers.send()();
      });
      page.phone.value = '612345678';
      await begins();
      await page.reaches('code');
      expect([drawn, worker.callsTo('send')[0]?.body['country']]).to.deep.equal(['FR', 'FR']);
    });

  it('goes with a number that was deleted in a page that was left and restored', async () => {
    await begin();
    await put('+34612345678');
    await shows('ES');
    window.dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }));
    page.phone.value = '0612345678';
    window.dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }));
    await shows('FR');
    await isSentTo('0612345678', 'FR');
  });

  for (const [shared, main, other] of [
    ['+1 416 555 0123', 'CA', 'US'],
    ['+1 202 555 0123', 'US', 'CA'],
    ['+44 7781 123456', 'GG', 'GB'],
    ['+44 7400 123456', 'GB', 'GG'],
  ] as const) {
    it(`is told by ${shared}, whatever was typed before it, and goes with it`, async () => {
      await begin();
      await put(shared === '+1 416 555 0123' ? '+1 202 555 0123' : '+44 7781 123456');
      await put(shared);
      await shows(main);
      await put('');
      await shows('FR');
    });

    it(`of ${shared} stays ${main}, though ${other} is chosen, because the digits say so`, async () => {
      await begin();
      await put(shared);
      await shows(main);
      await page.chooseCountry(other);
      await aWhile();
      expect(page.country).to.equal(main);
      await isSentTo(shared.replaceAll(' ', ''), undefined);
    });
  }

  it('of a shared calling code is the visitor’s choice while the digits do not tell', async () => {
    await begin();
    await page.chooseCountry('VA');
    await put('+39');
    await shows('VA');
    await put('');
    await page.chooseCountry('FR');
    await put('+39');
    await shows('IT');
  });

  for (const [before, after] of [
    ['+34 612 34 56 78', '+49 612 34 56 78'],
    ['0034 612345678', '+49 612345678'],
    ['(+34) 612345678', '+49612345678'],
    ['＋34612345678', '+49612345678'],
    ['+ 34 612345678', '+49 612345678'],
    ['+3 4 612345678', '+49612345678'],
    ['+٣٤ ٦١٢٣٤٥٦٧٨', '+49612345678'],
  ] as const)
    it(`gives its calling code up with the number when another is chosen: ${before}`, async () => {
      await begin();
      page.fill(page.phone, before);
      await shows('ES');
      page.phone.blur();
      page.phone.value = before;
      await page.chooseCountry('DE');
      await shows('DE');
      expect(page.phone.value.replace(/[^+\d]/g, '')).to.equal(after.replaceAll(' ', ''));
    });
});
