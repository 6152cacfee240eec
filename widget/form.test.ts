import { expect } from '@open-wc/testing';
import { type Harness, open, startWorker } from './testing/harness.ts';
import { answers, VERIFIED, type WorkerStandIn } from './testing/worker-stand-in.ts';

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

describe('in a form', () => {
  let worker: WorkerStandIn;
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

  it('`required` is invalid until the number is confirmed, and says so', async () => {
    const page = await open(FORM);
    expect(page.element.willValidate).to.equal(true);
    expect(page.element.validity.valueMissing).to.equal(true);
    expect(page.element.validationMessage).to.equal('Confirm your phone number first.');
    expect(formOf(page).checkValidity()).to.equal(false);
    await page.until(() => page.error !== '', 'no words');
    expect(page.error).to.equal('Confirm your phone number first.');
    expect(page.element.matches(':state(invalid)')).to.equal(true);

    await page.verifies();
    expect(page.error).to.equal('');
    expect(page.element.matches(':state(invalid)')).to.equal(false);
    expect(formOf(page).checkValidity()).to.equal(true);
  });

  it('a form that is sent without the proof goes to the input of the step', async () => {
    const page = await open(FORM);
    formOf(page).requestSubmit();
    expect(page.focused).to.equal(page.phone);
    await page.sendsCode();
    page.element.ownerDocument.querySelector<HTMLElement>('form button')?.focus();
    formOf(page).requestSubmit();
    expect(page.focused).to.equal(page.code);
  });

  it('it is valid without `required`, and when it is disabled', async () => {
    const page = await open('<form><mitto-otp></mitto-otp></form>');
    expect(page.element.checkValidity()).to.equal(true);
    page.element.required = true;
    await page.element.updateComplete;
    expect(page.element.checkValidity()).to.equal(false);
    page.element.disabled = true;
    await page.element.updateComplete;
    expect(page.element.willValidate).to.equal(false);
    expect(page.element.checkValidity()).to.equal(true);
  });

  it('the page can add a message of its own and take it back', async () => {
    const page = await open('<form><mitto-otp></mitto-otp></form>');
    page.element.setCustomValidity('This number has an account already.');
    expect(page.element.validity.customError).to.equal(true);
    expect(page.element.validationMessage).to.equal('This number has an account already.');
    page.element.setCustomValidity('');
    expect(page.element.checkValidity()).to.equal(true);
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
      expect(page.countrySelect?.disabled).to.equal(true);
      await page.sendsCode();
      expect(worker.callsTo('send')).to.have.length(0);
      page.element.disabled = false;
      page.element.closest('fieldset')?.removeAttribute('disabled');
      await page.element.updateComplete;
      expect(page.phone.matches(':disabled')).to.equal(false);
      await page.sendsCode();
      expect(page.step).to.equal('code');
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

  it('a proof that expires is no value, says so, and is renewed by one click', async () => {
    worker.next('verify', answers.verify({ expiresIn: 1 }));
    const page = await open('<form><mitto-otp name="p"></mitto-otp></form>');
    await page.verifies();
    await page.until(() => page.error !== '', 'it does not expire');
    expect(page.error).to.contain('has expired');
    expect(page.announced).to.contain('has expired');
    expect(dataOf(page)).to.deep.equal({});
    expect(page.element.checkValidity()).to.equal(false);
    expect(page.element.validationMessage).to.contain('has expired');
    expect(page.element.matches(':state(verified)')).to.equal(false);

    page.button('renew').click();
    await page.reaches('code');
    expect(worker.callsTo('send')[1]?.body).to.deep.include({ phone: '015123456789' });
    page.fill(page.code, '654321');
    await page.reaches('verified');
    expect(page.element.checkValidity()).to.equal(true);
  });

  it('a label of the page’s leads to the input', async () => {
    const page = await open(
      '<div><label for="otp">Your mobile</label><mitto-otp id="otp"></mitto-otp></div>',
    );
    document.querySelector<HTMLElement>('label[for=otp]')?.click();
    expect(page.focused).to.equal(page.phone);
    expect(page.element.labels).to.have.length(1);
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
