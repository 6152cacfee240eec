import { expect } from '@open-wc/testing';
import { en } from '../../../widget/i18n/locales/en.ts';
import { type FakeWorker, VERIFIED } from '../../support/widget/fake-worker.ts';
import { type Harness, open, startWorker } from '../../support/widget/harness.ts';

const FORM = `<form>
  <mitto-otp name="phone-proof" required></mitto-otp>
  <button>Sign up</button>
</form>`;

function formOf(page: Harness): HTMLFormElement {
  const { form } = page.element;
  if (!form) throw new Error('There is no form');
  return form;
}

/** What the form would send. */
function dataOf(page: Harness): Record<string, unknown> {
  return Object.fromEntries(new FormData(formOf(page)));
}

/** What the element tells browsers that it is called. */
function nameOf(page: Harness): unknown {
  return Reflect.get(Reflect.get(page.element, 'internals'), 'ariaLabel');
}

describe('in a form', () => {
  let worker: FakeWorker;
  beforeEach(() => {
    worker = startWorker();
  });
  afterEach(() => expect(worker.faults).to.deep.equal([]));

  it('the proof is the value, and the number does not travel with it', async () => {
    const page = await open(FORM);
    expect(dataOf(page)).to.deep.equal({});
    await page.sendsCode();
    expect(dataOf(page)).to.deep.equal({});
    page.fill(page.code, '123456');
    await page.reaches('verified');
    expect(dataOf(page)).to.deep.equal({ 'phone-proof': VERIFIED.proof });
  });

  it('the value is there by the time the event is', async () => {
    const page = await open(FORM);
    let seen: unknown;
    page.element.addEventListener('mitto-verified', (event) => {
      seen = [event.proof, page.element.value, dataOf(page), page.element.checkValidity()];
    });
    await page.verifies();
    expect(seen).to.deep.equal([
      VERIFIED.proof,
      VERIFIED.proof,
      { 'phone-proof': VERIFIED.proof },
      true,
    ]);
  });

  for (const markup of [
    '<form><mitto-otp disabled></mitto-otp></form>',
    '<form><fieldset disabled><mitto-otp></mitto-otp></fieldset></form>',
  ])
    it(`disabled, it does nothing: ${markup}`, async () => {
      const page = await open(markup);
      await page.configured();
      expect(page.phone.matches(':disabled')).to.equal(true);
      expect(page.button('send').disabled).to.equal(true);
      expect(page.countryControl?.disabled).to.equal(true);
      await page.sendsCode();
      expect(worker.callsTo('send')).to.have.length(0);
      page.element.disabled = false;
      page.element.closest('fieldset')?.removeAttribute('disabled');
      await page.element.updateComplete;
      expect(page.phone.matches(':disabled')).to.equal(false);
      await page.sendsCode();
      expect(page.step).to.equal('code');
    });

  it('disabled in the code step, it neither checks nor sends, and goes on when it is not', async () => {
    const page = await open('<form><fieldset><mitto-otp></mitto-otp></fieldset></form>');
    await page.sendsCode();
    const fieldset = page.element.closest('fieldset');
    if (fieldset) fieldset.disabled = true;
    await page.element.updateComplete;
    expect(page.code.disabled).to.equal(true);
    for (const part of ['verify', 'resend', 'by-voice', 'change-number'])
      expect(page.button(part).disabled, part).to.equal(true);
    page.fill(page.code, '123456');
    await page.element.verify();
    await page.element.send();
    expect([worker.callsTo('verify').length, worker.callsTo('send').length]).to.deep.equal([0, 1]);
    if (fieldset) fieldset.disabled = false;
    await page.element.updateComplete;
    page.button('verify').click();
    await page.reaches('verified');
  });

  it('a reset of the form while a request is out drops it', async () => {
    const page = await open(FORM);
    await page.configured();
    page.fill(page.phone, '015123456789');
    const letGo = worker.hold('send');
    const sending = page.element.send();
    await page.until(() => worker.callsTo('send').length === 1, 'nothing is sent');
    formOf(page).reset();
    letGo();
    await sending;
    await page.reaches('phone');
    expect(page.phone.value).to.equal('');
    expect(page.events).to.deep.equal([]);
  });

  it('a reset of the form begins anew', async () => {
    const page = await open(FORM);
    await page.verifies();
    formOf(page).reset();
    await page.reaches('phone');
    expect(page.phone.value).to.equal('');
    expect(dataOf(page)).to.deep.equal({});
    expect(page.element.checkValidity()).to.equal(false);
    expect(page.events.at(-1)?.type).to.equal('mitto-reset');
  });

  it('Enter sends the code and not the form; once there is a proof it sends the form', async () => {
    const page = await open(FORM);
    await page.configured();
    let submits = 0;
    formOf(page).addEventListener('submit', () => {
      submits += 1;
    });
    formOf(page).noValidate = true;
    await page.typePhone('015123456789');
    await page.press('Enter');
    await page.reaches('code');
    await page.typeCode('123456');
    await page.reaches('verified');
    expect(submits).to.equal(0);
    expect(page.focused).to.equal(page.phone);
    await page.press('Enter');
    expect(submits).to.equal(1);
  });

  it('Enter sends a form with no button to send it by nobody’s hand', async () => {
    const page = await open('<form><mitto-otp></mitto-otp></form>');
    let submits = 0;
    formOf(page).addEventListener('submit', () => {
      submits += 1;
    });
    await page.verifies();
    page.phone.focus();
    await page.press('Enter');
    expect([submits, page.step, worker.callsTo('send').length]).to.deep.equal([0, 'verified', 1]);
  });

  it('a label of the page’s leads to the input of the step, and names the control', async () => {
    const page = await open(
      '<div><label for="otp">Your mobile</label><mitto-otp id="otp"></mitto-otp></div>',
    );
    const label = document.querySelector<HTMLElement>('label[for=otp]');
    label?.click();
    expect(page.focused).to.equal(page.phone);
    expect([...page.element.labels]).to.deep.equal([label]);
    expect(nameOf(page)).to.equal('Your mobile');
    // The inputs are called what they are.
    expect(page.phone.labels?.[0]?.textContent).to.equal(en.phoneLabel);
    await page.sendsCode();
    page.code.blur();
    label?.click();
    expect(page.focused).to.equal(page.code);
    const other = await open();
    expect(nameOf(other)).to.equal(en.control);
  });

  it('is named and typed as a control', async () => {
    const page = await open(FORM);
    const { element } = page;
    expect([element.type, element.name]).to.deep.equal(['mitto-otp', 'phone-proof']);
    expect(element.form).to.equal(formOf(page));
    expect([...formOf(page).elements]).to.include(element);
    element.name = 'other';
    await element.updateComplete;
    await page.verifies();
    expect(dataOf(page)).to.deep.equal({ other: VERIFIED.proof });
  });

  it('the number comes back to a page that is loaded anew, and no code, session or proof', async () => {
    const page = await open(FORM);
    page.element.formStateRestoreCallback('015123456789');
    await page.element.updateComplete;
    expect(page.phone.value).to.equal('015123456789');
    expect([page.step, page.element.value, worker.callsTo('send').length]).to.deep.equal([
      'phone',
      '',
      0,
    ]);
    page.element.formStateRestoreCallback('030');
    expect(page.phone.value).to.equal('015123456789');
    page.element.formStateRestoreCallback(null);
    expect(page.phone.value).to.equal('015123456789');
  });

  it('the number comes back with the country that the visitor had chosen for it', async () => {
    const kept: unknown[] = [];
    const { setFormValue } = ElementInternals.prototype;
    ElementInternals.prototype.setFormValue = function (value, state) {
      kept.push(state);
      setFormValue.call(this, value, state);
    };
    try {
      const page = await open(FORM);
      await page.configured();
      await page.chooseCountry('FR');
      page.fill(page.phone, '0612345678');
      await page.element.updateComplete;
    } finally {
      ElementInternals.prototype.setFormValue = setFormValue;
    }
    for (const isLoaded of [false, true]) {
      const page = await open(FORM);
      if (isLoaded) await page.configured();
      page.element.formStateRestoreCallback(kept.at(-1));
      await page.configured();
      await page.until(() => page.country === 'FR', 'another country');
      expect(page.phone.value).to.equal('0612345678');
      await page.element.send();
      expect(worker.callsTo('send').at(-1)?.body).to.deep.include({ country: 'FR' });
    }
  });

  it('the country of a number that came back is not that of another that is there already', async () => {
    const page = await open(FORM);
    page.phone.value = '015123456789';
    page.element.formStateRestoreCallback('FR\n0612345678');
    await page.configured();
    expect([page.phone.value, page.country]).to.deep.equal(['015123456789', 'DE']);
  });

  it('what it hands to the browser to keep is the number alone', async () => {
    const kept: unknown[] = [];
    const { setFormValue } = ElementInternals.prototype;
    ElementInternals.prototype.setFormValue = function (value, state) {
      kept.push(state);
      setFormValue.call(this, value, state);
    };
    try {
      const page = await open(FORM);
      await page.verifies();
    } finally {
      ElementInternals.prototype.setFormValue = setFormValue;
    }
    expect(new Set(kept)).to.deep.equal(new Set([null, '0151 23456789']));
  });

  it('properties and attributes are two sides of one thing', async () => {
    const page = await open();
    const { element } = page;
    Object.assign(element, {
      name: 'a',
      required: true,
      country: 'FR',
      channel: 'voice',
      flow: 'f',
      nonceValue: 'n',
      codeLength: 5,
      noAutoSubmit: true,
    });
    await element.updateComplete;
    for (const [name, value] of Object.entries({
      name: 'a',
      required: '',
      country: 'FR',
      channel: 'voice',
      flow: 'f',
      'nonce-value': 'n',
      'code-length': '5',
      'no-auto-submit': '',
    }))
      expect(element.getAttribute(name), name).to.equal(value);
    element.removeAttribute('country');
    expect(element.country).to.equal('');
    expect(element.form).to.equal(null);
  });
});
