import { expect } from '@open-wc/testing';
import { en } from '../../../widget/i18n/locales/en.ts';
import type { MittoOtpElement } from '../../../widget/mitto-otp-element.ts';
import { ELEMENT_STATES } from '../../support/widget/element-states.ts';
import type { FakeWorker } from '../../support/widget/fake-worker.ts';
import { Harness, open, startWorker } from '../../support/widget/harness.ts';
import { faultsOf } from '../../support/widget/page-faults.ts';
import { answerMetadata } from '../../support/widget/phone-metadata.ts';

/** Beside the element, in whose place or beside which a copy is to stand. */
const COPIES: Record<string, (element: MittoOtpElement) => Element> = {
  'cloneNode(true)': (element) => {
    const copy = element.cloneNode(true) as Element;
    element.after(copy);
    return copy;
  },
  'importNode(element, true)': (element) => {
    const copy = document.importNode(element, true);
    element.before(copy);
    return copy;
  },
  'cloneNode(true) of what is around it': (element) => {
    const copy = (element.parentElement as Element).cloneNode(true) as Element;
    element.parentElement?.append(copy);
    return copy.querySelector('mitto-otp') as Element;
  },
  'its HTML, added behind it': (element) => {
    element.insertAdjacentHTML('afterend', element.outerHTML);
    return element.nextElementSibling as Element;
  },
  'a fragment of its HTML': (element) => {
    const range = document.createRange();
    range.selectNode(element);
    element.after(range.createContextualFragment(element.outerHTML));
    return element.nextElementSibling as Element;
  },
  'its HTML, parsed as a document': (element) => {
    const parsed = new DOMParser().parseFromString(element.outerHTML, 'text/html');
    element.after(...parsed.body.childNodes);
    return element.nextElementSibling as Element;
  },
  'its HTML, set with setHTMLUnsafe': (element) => {
    const box = document.createElement('div');
    element.after(box);
    box.setHTMLUnsafe(element.outerHTML);
    return box.firstElementChild as Element;
  },
};

async function opened(element: Element, worker: FakeWorker): Promise<Harness> {
  const page = new Harness(element as MittoOtpElement, worker);
  await page.element.updateComplete;
  return page;
}

function parseAgain(element: Element): void {
  const { innerHTML } = element;
  element.innerHTML = innerHTML;
}

/** As it is at first, and can be used. */
async function beginsAnew(page: Harness): Promise<void> {
  expect([page.step, page.isBusy, page.error, page.element.value]).to.deep.equal([
    'phone',
    false,
    '',
    '',
  ]);
  expect(page.phone.readOnly).to.equal(false);
  expect(page.phone.hasAttribute('aria-invalid')).to.equal(false);
  expect(page.element.querySelector('[slot=phone-hint]')?.textContent).to.equal(en.phoneHint.sms);
}

describe('a copy of the element', () => {
  let worker: FakeWorker;
  beforeEach(() => {
    worker = startWorker();
  });
  afterEach(() => expect(worker.faults).to.deep.equal([]));

  for (const [state, { reach }] of Object.entries(ELEMENT_STATES))
    for (const [way, copied] of Object.entries(COPIES)) {
      if (['disabled', 'a number that the page gave', 'a form that asks in vain'].includes(state))
        continue;
      it(`begins anew, beside the original, when made by ${way} at: ${state}`, async () => {
        const original = await open('<div><mitto-otp></mitto-otp></div>');
        await reach(original, worker);
        const { step, error } = original;
        const copy = await opened(copied(original.element), worker);
        expect(faultsOf(document)).to.deep.equal([]);
        await beginsAnew(copy);
        expect([original.step, original.error]).to.deep.equal([step, error]);
      });
    }

  it('keeps the number that was typed where it is cloned', async () => {
    const original = await open('<div><mitto-otp></mitto-otp></div>');
    await original.typePhone('015123');
    const copy = await opened(COPIES['cloneNode(true)']?.(original.element) as Element, worker);
    expect(copy.phone.value).to.equal('015123');
  });

  it('leads to a proof of its own', async () => {
    const original = await open('<div><mitto-otp></mitto-otp></div>');
    await original.verifies();
    const copy = await opened(COPIES['cloneNode(true)']?.(original.element) as Element, worker);
    await copy.sendsCode('0151 99999999');
    copy.fill(copy.code, '123456');
    await copy.reaches('verified');
    expect(faultsOf(document)).to.deep.equal([]);
    expect(original.step).to.equal('verified');
  });

  it('with an input of the page’s that was confirmed, can have its number changed', async () => {
    const original = await open('<div><mitto-otp><input slot="phone"></mitto-otp></div>');
    await original.verifies();
    expect(original.phone.readOnly).to.equal(true);
    const copy = await opened(COPIES['cloneNode(true)']?.(original.element) as Element, worker);
    expect(faultsOf(document)).to.deep.equal([]);
    await beginsAnew(copy);
  });

  it('with an input of the page’s that is `readonly`, keeps that number', async () => {
    const original = await open(
      '<div><mitto-otp><input slot="phone" value="+4915123456789" readonly></mitto-otp></div>',
    );
    await original.element.send();
    await original.reaches('code');
    const copy = await opened(COPIES['cloneNode(true)']?.(original.element) as Element, worker);
    expect(copy.phone.readOnly).to.equal(true);
    expect(copy.phone.value).to.equal('+4915123456789');
  });

  it('keeps the page’s own ids and descriptions', async () => {
    const original = await open(
      '<div><mitto-otp><input slot="phone" id="mobile" aria-describedby="more"></mitto-otp><p id="more"></p></div>',
    );
    const { element } = original;
    await original.sendsCode('');
    parseAgain(element);
    await original.until(() => original.phone.labels?.length === 1, 'no label');
    expect(original.phone.id).to.equal('mobile');
    expect(original.phone.getAttribute('aria-describedby')).to.match(/ more$/);
    expect(faultsOf(document)).to.deep.equal([]);
  });

  for (const own of ['', '<input slot="phone">'])
    it(`has an example of its own country: ${own || 'no input of the page’s'}`, async () => {
      worker.always('phone-metadata', answerMetadata);
      const original = await open(`<div><mitto-otp>${own}</mitto-otp></div>`);
      await original.configured();
      original.phone.focus();
      await original.until(() => original.phone.placeholder !== '', 'no example');
      const clone = COPIES['cloneNode(true)']?.(original.element) as Element;
      clone.setAttribute('country', 'FR');
      const copy = await opened(clone, worker);
      await copy.configured();
      copy.phone.focus();
      await copy.until(() => copy.phone.placeholder.startsWith('06'), 'not its own');
    });

  it('keeps a placeholder of the page’s', async () => {
    worker.always('phone-metadata', answerMetadata);
    const original = await open(
      '<div><mitto-otp><input slot="phone" placeholder="Mobile"></mitto-otp></div>',
    );
    const copy = await opened(COPIES['cloneNode(true)']?.(original.element) as Element, worker);
    await copy.configured();
    copy.phone.focus();
    await copy.sendsCode();
    expect(copy.phone.placeholder).to.equal('Mobile');
  });

  it('of a page that the browser kept whole begins anew, and so does what is copied after', async () => {
    const original = await open('<div><mitto-otp></mitto-otp></div>');
    await original.sendsCode();
    const first = await opened(COPIES['cloneNode(true)']?.(original.element) as Element, worker);
    window.dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }));
    window.dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }));
    const second = await opened(COPIES['cloneNode(true)']?.(original.element) as Element, worker);
    expect(faultsOf(document)).to.deep.equal([]);
    await beginsAnew(first);
    await beginsAnew(second);
    expect(original.step).to.equal('code');
  });

  it('is not disabled when the original was', async () => {
    const original = await open('<div><fieldset disabled><mitto-otp></mitto-otp></fieldset></div>');
    const clone = original.element.cloneNode(true) as Element;
    original.element.closest('div')?.append(clone);
    const copy = await opened(clone, worker);
    expect(copy.phone.disabled).to.equal(false);
  });

  it('that is in the page before the script is there can be typed into at once', async () => {
    const original = await open('<div><mitto-otp></mitto-otp></div>');
    const html = original.element.outerHTML;
    const box = original.element.parentElement as HTMLElement;
    // What a restored snapshot is until its script has come.
    box.innerHTML = html
      .replaceAll('mitto-otp>', 'mitto-later>')
      .replace('<mitto-otp', '<mitto-later');
    const typed = box.querySelector('input') as HTMLInputElement;
    typed.value = '0151';
    const later = document.createElement('mitto-otp');
    later.append(...(box.firstElementChild as Element).childNodes);
    box.replaceChildren(later);
    const page = await opened(later, worker);
    expect(page.phone).to.equal(typed);
    expect(page.phone.value).to.equal('0151');
    expect(faultsOf(document)).to.deep.equal([]);
  });
});

describe('HTML that is parsed again in its own place', () => {
  let worker: FakeWorker;
  beforeEach(() => {
    worker = startWorker();
  });
  afterEach(() => expect(worker.faults).to.deep.equal([]));

  for (const [state, { reach }] of Object.entries(ELEMENT_STATES)) {
    if (state === 'a challenge') continue;
    it(`leaves one of each text, and the element as it was, at: ${state}`, async () => {
      const page = await open('<div><mitto-otp></mitto-otp></div>');
      await reach(page, worker);
      const { step, error, isBusy } = page;
      const phone = page.phone.value;
      const { element } = page;
      parseAgain(element);
      await page.until(() => faultsOf(document).length === 0, 'faults stay');
      expect([page.step, page.error, page.isBusy, page.phone.value]).to.deep.equal([
        step,
        error,
        isBusy,
        phone,
      ]);
    });

    it(`around it begins anew at: ${state}`, async () => {
      const page = await open('<div><mitto-otp></mitto-otp></div>');
      await reach(page, worker);
      const box = page.element.parentElement as HTMLElement;
      parseAgain(box);
      const copy = await opened(box.querySelector('mitto-otp') as Element, worker);
      expect(faultsOf(document)).to.deep.equal([]);
      if (state !== 'disabled') await beginsAnew(copy);
    });
  }

  it('has no proof where it held one in a hidden input', async () => {
    const page = await open('<form><mitto-otp name="proof" proof-input></mitto-otp></form>');
    await page.verifies();
    const form = page.element.parentElement as HTMLFormElement;
    parseAgain(form);
    const copy = await opened(form.querySelector('mitto-otp') as Element, worker);
    await beginsAnew(copy);
    expect([...new FormData(form)]).to.deep.equal([]);
  });
});
