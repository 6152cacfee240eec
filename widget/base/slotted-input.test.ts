import { expect } from '@open-wc/testing';
import type { FakeWorker } from '../../test/support/widget/fake-worker.ts';
import { open, startWorker } from '../../test/support/widget/harness.ts';

describe('the inputs', () => {
  let worker: FakeWorker;
  beforeEach(() => {
    worker = startWorker();
  });
  afterEach(() => expect(worker.faults).to.deep.equal([]));

  it('are made in the light tree, known to whoever fills them, and without a name', async () => {
    const page = await open();
    await page.configured();
    const attributes = (input: HTMLInputElement) => ({
      type: input.type,
      // The property is empty in a browser that does not know the value.
      autocomplete: input.getAttribute('autocomplete'),
      inputmode: input.inputMode,
      enterkeyhint: input.getAttribute('enterkeyhint'),
      name: input.name,
      maxlength: input.maxLength,
    });
    expect(attributes(page.phone)).to.deep.equal({
      type: 'tel',
      autocomplete: 'tel',
      inputmode: 'tel',
      enterkeyhint: 'send',
      name: '',
      maxlength: -1,
    });
    await page.sendsCode();
    expect(attributes(page.code)).to.deep.equal({
      type: 'text',
      autocomplete: 'one-time-code',
      inputmode: 'numeric',
      enterkeyhint: 'done',
      name: '',
      maxlength: -1,
    });
  });

  it('may be the page’s own, which keep what the page said', async () => {
    const page = await open(`<mitto-otp>
      <label slot="phone-label" for="mobile">Mobile</label>
      <input slot="phone" id="mobile" name="mobile" autocomplete="section-a tel" aria-describedby="more">
      <input slot="code">
    </mitto-otp>`);
    expect(page.element.querySelectorAll('input[slot=phone]')).to.have.length(1);
    expect(page.phone.autocomplete).to.equal('section-a tel');
    expect(page.phone.type).to.equal('tel');
    expect(page.phone.getAttribute('aria-describedby')).to.contain('more');
    expect(page.element.querySelectorAll('label[slot=phone-label]')).to.have.length(1);
    await page.sendsCode();
    expect(page.element.querySelectorAll('input[slot=code]')).to.have.length(1);
    page.fill(page.code, '123456');
    await page.reaches('verified');
    expect(worker.callsTo('verify')).to.have.length(1);
  });

  it('may be those of a form that works without a script, and hold no form up', async () => {
    const form = document.createElement('form');
    form.innerHTML = `<mitto-later>
        <label slot="phone-label" for="fallback-phone">Mobile</label>
        <input slot="phone" id="fallback-phone" name="phone" type="tel" required pattern="[+0-9 ]+">
        <label slot="code-label" for="fallback-code">Code</label>
        <input slot="code" id="fallback-code" name="code" required pattern="[0-9]{6}" maxlength="6">
      </mitto-later>`;
    document.body.append(form);
    try {
      expect([...new FormData(form).keys()]).to.deep.equal(['phone', 'code']);
      expect(form.checkValidity()).to.equal(false);
      // What the parser does when the script arrives.
      const page = await open('<form><mitto-otp name="proof"></mitto-otp></form>');
      page.element.replaceChildren(...(form.firstElementChild?.children ?? []));
      await page.until(() => page.phone.id === 'fallback-phone', 'it is not taken');
      await page.until(() => page.code.id === 'fallback-code', 'it is not taken');
      expect(page.element.form?.checkValidity()).to.equal(true);
      expect(page.phone.labels).to.have.length(1);
      await page.sendsCode();
      // Longer than `maxlength`.
      page.fill(page.code, 'Your code is 123456.');
      await page.reaches('verified');
      expect(page.element.form?.checkValidity()).to.equal(true);
      expect(page.element.form && new FormData(page.element.form).get('proof')).to.equal(
        page.element.value,
      );
    } finally {
      form.remove();
    }
  });

  it('stay as they are when the page wants this number and no other', async () => {
    const page = await open(
      '<mitto-otp><input slot="phone" value="+4915123456789" readonly></mitto-otp>',
    );
    await page.configured();
    expect(page.phone.readOnly).to.equal(true);
    await page.element.send();
    expect(worker.callsTo('send')[0]?.body).to.deep.include({ phone: '+4915123456789' });
    page.element.reset();
    expect(page.phone.value).to.equal('+4915123456789');
  });

  it('give way to the page’s when those come later, and come back when they go', async () => {
    const page = await open();
    const made = page.phone;
    made.value = '0151';
    const own = document.createElement('input');
    own.slot = 'phone';
    page.element.append(own);
    await page.until(() => !made.isConnected, 'both are there');
    expect(page.phone).to.equal(own);
    expect(own.value).to.equal('0151');
    expect(own.labels?.[0]?.textContent).to.equal('Phone number');
    own.remove();
    await page.until(() => made.isConnected, 'none is there');
    await page.sendsCode();
    expect(page.step).to.equal('code');
  });

  it('keep their boxes under the page’s own rules for inputs', async () => {
    const style = document.createElement('style');
    style.textContent =
      'input { border: 3px solid; padding: 20px; width: 50%; letter-spacing: 2px; font-size: 10px; margin: 9px }';
    document.head.append(style);
    try {
      const page = await open();
      await page.sendsCode();
      const computed = getComputedStyle(page.code);
      expect(computed.borderTopWidth).to.equal('0px');
      expect(computed.paddingLeft).to.equal('0px');
      expect(computed.letterSpacing).not.to.equal('2px');
      expect(Number.parseFloat(computed.fontSize)).to.be.at.least(16);
    } finally {
      style.remove();
    }
  });

  it('of two elements on a page do not mix', async () => {
    const page = await open('<div><mitto-otp></mitto-otp><mitto-otp></mitto-otp></div>');
    const ids = [...(page.element.parentElement?.querySelectorAll('[id]') ?? [])].map(
      ({ id }) => id,
    );
    expect(new Set(ids).size).to.equal(ids.length);
    await page.sendsCode();
    const other = page.element.nextElementSibling;
    expect(other?.matches(':state(phone)')).to.equal(true);
  });

  it('hold a page’s markup in an attribute as text', async () => {
    const page = await open('<mitto-otp lang="<img src=x onerror=alert(1)>"></mitto-otp>');
    await page.sendsCode();
    expect(worker.callsTo('send')[0]?.body).not.to.have.property('locale');
    expect(page.element.querySelector('img')).to.equal(null);
    expect(page.element.querySelector('[style]')).to.equal(null);
    // Colours that are brought to contrast are set from script, which no policy forbids.
    for (const node of page.element.shadowRoot?.querySelectorAll('[style]') ?? [])
      expect(node.getAttribute('style')).not.to.match(/[<>]|url|img/);
  });
});
