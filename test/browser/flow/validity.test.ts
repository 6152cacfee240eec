import { expect } from '@open-wc/testing';
import { en } from '../../../widget/i18n/locales/en.ts';
import { answers, type FakeWorker } from '../../support/widget/fake-worker.ts';
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

describe('the validity of the control', () => {
  let worker: FakeWorker;
  beforeEach(() => {
    worker = startWorker();
  });
  afterEach(() => expect(worker.faults).to.deep.equal([]));

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

  it('the browser does not say again what stands at the input, and the focus goes there all the same', async () => {
    const page = await open(FORM);
    await page.configured();
    const button = formOf(page).querySelector('button');
    const held: boolean[] = [];
    page.element.addEventListener('invalid', (event) =>
      queueMicrotask(() => held.push(event.defaultPrevented)),
    );
    button?.focus();
    await page.press('Enter');
    await page.until(() => page.focused === page.phone, 'the focus is elsewhere');
    expect(page.description).to.contain(en.required);
    await page.sendsCode();
    button?.focus();
    await page.press('Enter');
    await page.until(() => page.focused === page.code, 'the focus is elsewhere');
    expect(page.description).to.contain('Enter all 6 digits of the code.');
    await Promise.resolve();
    expect(held).to.deep.equal([true, true]);
  });

  it('the browser goes to whatever else is amiss, and a form that is only asked moves nothing', async () => {
    const page = await open(FORM);
    await page.configured();
    const form = formOf(page);
    const button = form.querySelector('button');
    const held: boolean[] = [];
    page.element.addEventListener('invalid', (event) =>
      queueMicrotask(() => held.push(event.defaultPrevented)),
    );
    button?.focus();
    form.checkValidity();
    await page.until(() => page.error === en.required, 'no words');
    expect(page.focused).to.equal(button);
    const other = document.createElement('input');
    other.required = true;
    form.prepend(other);
    button?.click();
    expect(page.focused).to.equal(other);
    await Promise.resolve();
    expect(held).to.deep.equal([false, false]);
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

  it('the page can add a message of its own, which is said at the input, and take it back', async () => {
    const message = 'This number has an account already.';
    const page = await open('<form><mitto-otp></mitto-otp></form>');
    await page.verifies();
    page.element.setCustomValidity(message);
    expect(page.element.validity.customError).to.equal(true);
    expect(page.element.validationMessage).to.equal(message);
    await page.element.updateComplete;
    expect(page.error).to.equal('');

    expect(page.element.reportValidity()).to.equal(false);
    await page.until(() => page.error === message, 'it is not said');
    expect(page.focused).to.equal(page.phone);
    expect(page.phone.getAttribute('aria-invalid')).to.equal('true');
    expect(page.element.matches(':state(invalid)')).to.equal(true);
    expect(page.part('check')).to.equal(null);
    expect(page.isBlocked('change-number')).to.equal(false);

    page.element.setCustomValidity('');
    await page.until(() => page.error === '', 'it is still said');
    expect(page.element.checkValidity()).to.equal(true);
    expect(page.element.matches(':state(invalid)')).to.equal(false);
    expect(page.part('check')).not.to.equal(null);
  });

  it('a message to a form that was to be sent is of its step, and goes with it', async () => {
    const page = await open(FORM);
    formOf(page).requestSubmit();
    await page.until(() => page.error !== '', 'no words');
    page.phone.value = '015123456789';
    await page.element.send();
    await page.reaches('code');
    expect(page.error).to.equal('');
    formOf(page).requestSubmit();
    await page.until(() => page.error === 'Enter all 6 digits of the code.', 'no words');
    expect(page.element.validationMessage).to.equal(page.error);
    expect(page.code.getAttribute('aria-invalid')).to.equal('true');
  });

  it('`:state(invalid)` waits for the visitor, where `:invalid` does not', async () => {
    const page = await open(FORM);
    // And not `:user-invalid`: Firefox has it from the start, Chromium and WebKit never, for an element like this.
    expect(page.element.matches(':invalid')).to.equal(true);
    expect(page.element.matches(':state(invalid)')).to.equal(false);
    formOf(page).requestSubmit();
    await page.until(() => page.element.matches(':state(invalid)'), 'it is not invalid');
    await page.verifies();
    expect(page.element.matches(':state(invalid)')).to.equal(false);
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
});
