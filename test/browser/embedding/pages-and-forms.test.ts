import { expect } from '@open-wc/testing';
import { en } from '../../../widget/i18n/locales/en.ts';
import type { MittoOtpElement } from '../../../widget/mitto-otp-element.ts';
import { answers, type FakeWorker, VERIFIED } from '../../support/widget/fake-worker.ts';
import { type Harness, open, startWorker } from '../../support/widget/harness.ts';

function nameOf({ element }: Harness): unknown {
  return Reflect.get(Reflect.get(element, 'internals'), 'ariaLabel');
}

/** What the console is warned of. */
function warnings(): { said: string[]; restore(): void } {
  const { warn } = console;
  const said: string[] = [];
  console.warn = (...what: unknown[]) => said.push(what.join(' '));
  return {
    said,
    restore() {
      console.warn = warn;
    },
  };
}

describe('a value that a page sets', () => {
  beforeEach(() => {
    startWorker();
  });

  it('resets where it is empty', async () => {
    const page = await open('<form><mitto-otp name="proof" required></mitto-otp></form>');
    await page.verifies();
    for (const each of page.element.form?.elements ?? []) Object.assign(each, { value: '' });
    await page.reaches('phone');
    expect([page.element.value, page.phone.value]).to.deep.equal(['', '']);
    expect(page.events.at(-1)?.type).to.equal('mitto-reset');
  });

  for (const value of ['a.b.c', 'x', null, undefined, 0, false, {}])
    it(`is ignored, with a warning, where it is ${String(value)}`, async () => {
      const page = await open();
      await page.verifies();
      const { said, restore } = warnings();
      try {
        Reflect.set(page.element, 'value', value);
      } finally {
        restore();
      }
      expect(page.element.value).to.equal(VERIFIED.proof);
      expect(said.join()).to.contain('<mitto-otp>');
      expect(said.join()).not.to.contain('a.b.c');
    });

  it('that it has already changes nothing', async () => {
    const page = await open();
    await page.verifies();
    const { said, restore } = warnings();
    page.element.value = VERIFIED.proof;
    restore();
    expect([page.step, said.length]).to.deep.equal(['verified', 0]);
  });

  it('before the script is there does not stand in the way of the proof', async () => {
    const page = await open('<div></div>'.replace('<div></div>', '<mitto-otp></mitto-otp>'));
    const inert = document.implementation.createHTMLDocument();
    const early = inert.createElement('mitto-otp') as MittoOtpElement;
    for (const [name, value] of Object.entries({ value: '', name: 'proof', required: true }))
      Object.defineProperty(early, name, {
        value,
        writable: true,
        configurable: true,
        enumerable: true,
      });
    page.element.after(early);
    await early.updateComplete;
    expect(Object.hasOwn(early, 'value')).to.equal(false);
    expect([early.value, early.name, early.required]).to.deep.equal(['', 'proof', true]);
    early.remove();
  });

  it('is told of by `input` and `change` when a visitor changes it, and not when a script does', async () => {
    const page = await open();
    const told: string[] = [];
    for (const type of ['input', 'change'])
      page.element.addEventListener(type, ({ target }) => {
        if (target === page.element) told.push(`${type} ${page.element.value}`);
      });
    await page.verifies();
    expect(told).to.deep.equal([`input ${VERIFIED.proof}`, `change ${VERIFIED.proof}`]);
    page.element.reset();
    expect(told).to.have.length(2);
  });
});

describe('a form that is not an ordinary one', () => {
  let worker: FakeWorker;
  beforeEach(() => {
    worker = startWorker();
  });
  afterEach(() => expect(worker.faults).to.deep.equal([]));

  const NAMES = ['elements', 'submit', 'requestSubmit', 'action', 'id', 'length', 'children'];
  for (const name of [
    ...NAMES,
    'checkValidity',
    'parentNode',
    'assignedSlot',
    'getAttribute',
    'nodeType',
    'contains',
  ])
    it(`has a field that is called ${name}`, async () => {
      const page = await open(
        `<form lang="en"><input name="${name}"><mitto-otp name="proof" required></mitto-otp><button>Go</button></form>`,
      );
      const faults: unknown[] = [];
      const onError = (event: ErrorEvent) => faults.push(event.message);
      window.addEventListener('error', onError);
      await page.configured();
      document.querySelector<HTMLElement>('form button')?.click();
      await page.until(() => page.error !== '', 'it says nothing');
      expect(page.focused).to.equal(page.phone);
      await page.verifies();
      const form = page.element.form as HTMLFormElement;
      expect(new FormData(form).get('proof')).to.equal(VERIFIED.proof);
      HTMLFormElement.prototype.reset.call(form);
      await page.reaches('phone');
      window.removeEventListener('error', onError);
      expect(faults).to.deep.equal([]);
    });

  it('is elsewhere on the page: Enter sends the code, and with a proof the form', async () => {
    const page = await open(
      '<div><form id="away"><button>Go</button></form><mitto-otp form="away" name="proof" required></mitto-otp></div>',
    );
    let submits = 0;
    const form = page.element.form as HTMLFormElement;
    form.addEventListener('submit', () => {
      submits += 1;
    });
    await page.configured();
    await page.typePhone('015123456789');
    await page.press('Enter');
    await page.reaches('code');
    await page.typeCode('123456');
    await page.reaches('verified');
    expect(submits).to.equal(0);
    await page.press('Enter');
    expect(submits).to.equal(1);
    page.element.removeAttribute('form');
    await page.until(() => page.phone.form === null, 'it is still of that form');
  });

  it('is sent with a whole code that nobody has checked: says what is true', async () => {
    const page = await open(
      '<form><mitto-otp name="proof" required no-auto-submit></mitto-otp><button>Go</button></form>',
    );
    const { form } = page.element;
    await page.sendsCode();
    expect(page.element.validationMessage).to.contain('6');
    page.fill(page.code, '12345');
    form?.requestSubmit();
    await page.until(() => page.error !== '', 'it says nothing');
    expect(page.error).to.contain('6');
    page.fill(page.code, '123456');
    form?.requestSubmit();
    await page.until(() => page.error === en.codeUnconfirmed, 'it is not true');
    const letGo = worker.hold('verify', answers.verify());
    page.button('verify').click();
    await page.until(() => page.isBusy, 'not busy');
    expect(page.element.validationMessage).to.equal(en.verifying);
    letGo();
    await page.reaches('verified');
    expect(form?.checkValidity()).to.equal(true);
  });
});

describe('a label around the element', () => {
  let worker: FakeWorker;
  beforeEach(() => {
    worker = startWorker();
  });
  afterEach(() => expect(worker.faults).to.deep.equal([]));

  it('names it by its own text alone, also when that changes', async () => {
    const page = await open('<label>Your <b>mobile</b> <mitto-otp></mitto-otp> please</label>');
    await page.sendsCode('');
    expect(page.error).not.to.equal('');
    expect(nameOf(page)).to.equal('Your mobile please');
    expect(page.phone.labels).to.have.length(1);
    const bold = document.querySelector('label b');
    if (bold) bold.textContent = 'handy';
    await page.until(() => nameOf(page) === 'Your handy please', 'the old name stays');
  });

  it('leads to the input once', async () => {
    const page = await open('<label><span>Your mobile</span> <mitto-otp></mitto-otp></label>');
    await page.configured();
    let focused = 0;
    page.phone.addEventListener('focus', () => {
      focused += 1;
    });
    document.querySelector<HTMLElement>('label span')?.click();
    expect([page.focused === page.phone, focused]).to.deep.equal([true, 1]);
    await page.sendsCode();
    page.button('verify').click();
    await page.until(() => page.error !== '', 'the button does nothing');
  });
});

describe('an input of the page’s of another type', () => {
  let worker: FakeWorker;
  beforeEach(() => {
    worker = startWorker();
  });
  afterEach(() => expect(worker.faults).to.deep.equal([]));

  for (const type of ['number', 'email', 'url'])
    it(`"${type}" holds a number and a code`, async () => {
      const page = await open(
        `<mitto-otp><input slot="phone" type="${type}"><input slot="code" type="${type}"></mitto-otp>`,
      );
      await page.configured();
      await page.typePhone('+4915123456789');
      page.phone.blur();
      await page.element.updateComplete;
      expect(page.phone.value.replace(/\s/g, '')).to.equal('+4915123456789');
      await page.element.send();
      await page.reaches('code');
      await page.typeCode('012345');
      await page.reaches('verified');
      expect(worker.callsTo('verify')[0]?.body['code']).to.equal('012345');
    });

  it('keeps what was typed before the script was there', async () => {
    const page = await open(
      '<mitto-otp><input slot="phone" type="number" value="15123456789"></mitto-otp>',
    );
    expect([page.phone.type, page.phone.value]).to.deep.equal(['tel', '15123456789']);
  });

  it('is put right when the page changes the type', async () => {
    const page = await open();
    await page.configured();
    page.fill(page.phone, '015123');
    page.phone.type = 'number';
    await page.until(() => page.phone.type === 'tel', 'it stays');
  });
});

describe('events that scripts make', () => {
  let worker: FakeWorker;
  beforeEach(() => {
    worker = startWorker();
  });
  afterEach(() => expect(worker.faults).to.deep.equal([]));

  it('without what such events have do no harm', async () => {
    const page = await open();
    const faults: string[] = [];
    const onError = (event: ErrorEvent) => faults.push(event.message);
    window.addEventListener('error', onError);
    const types = ['keydown', 'keyup', 'beforeinput', 'input', 'change', 'paste', 'drop', 'click'];
    const more = ['compositionend', 'focusin', 'focusout', 'pointerdown', 'pointerup', 'invalid'];
    const fire = (target: Element | null) => {
      for (const type of [...types, ...more])
        target?.dispatchEvent(new Event(type, { bubbles: true, composed: true, cancelable: true }));
    };
    await page.configured();
    fire(page.phone);
    fire(page.countryControl);
    await page.countryList.open();
    fire(page.part('country-search'));
    fire(page.part('country-list'));
    await page.sendsCode();
    fire(page.code);
    fire(page.element);
    fire(page.button('verify'));
    await page.element.updateComplete;
    window.removeEventListener('error', onError);
    expect(faults).to.deep.equal([]);
  });
});

describe('a dialog that is opened later', () => {
  let worker: FakeWorker;
  beforeEach(() => {
    worker = startWorker();
  });
  afterEach(() => expect(worker.faults).to.deep.equal([]));

  for (const inside of [
    '<button>Close</button><mitto-otp autofocus></mitto-otp>',
    '<button>Close</button><mitto-otp autofocus><input slot="phone"></mitto-otp>',
  ])
    it(`gives the focus to the number: ${inside}`, async () => {
      const page = await open(`<dialog>${inside}</dialog>`);
      page.element.closest('dialog')?.showModal();
      expect(page.focused).to.equal(page.phone);
      page.element.closest('dialog')?.close();
      await page.sendsCode();
      page.element.closest('dialog')?.showModal();
      expect(page.focused).to.equal(page.code);
    });

  it('into which the element is put when it is open, gives it the focus', async () => {
    const page = await open('<div><dialog></dialog><mitto-otp autofocus></mitto-otp></div>');
    const dialog = document.querySelector('dialog');
    dialog?.showModal();
    dialog?.append(page.element);
    await page.element.updateComplete;
    await page.until(() => page.focused === page.phone, 'no focus');
  });
});

describe('an element that is moved into a frame', () => {
  it('goes on there, with its looks', async () => {
    const worker = startWorker();
    const page = await open('<div><mitto-otp></mitto-otp><iframe></iframe></div>');
    await page.sendsCode();
    const frame = document.querySelector('iframe');
    frame?.contentDocument?.body.append(page.element);
    await page.element.updateComplete;
    const sheets = page.element.shadowRoot?.adoptedStyleSheets ?? [];
    expect(sheets.length).to.be.above(0);
    const view = frame?.contentWindow;
    expect(view?.getComputedStyle(page.part('cells') as Element).display).to.equal('flex');
    expect(page.step).to.equal('code');
    page.fill(page.code, '123456');
    await page.reaches('verified');
    expect(worker.faults).to.deep.equal([]);
  });
});
