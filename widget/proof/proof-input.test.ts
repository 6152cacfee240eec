import { expect } from '@open-wc/testing';
import jQuery from 'jquery';
import { type FakeWorker, VERIFIED } from '../../test/support/widget/fake-worker.ts';
import { type Harness, open, startWorker } from '../../test/support/widget/harness.ts';

const FORM = '<form><mitto-otp name="proof" proof-input required></mitto-otp></form>';

function encoded(part: object): string {
  return btoa(JSON.stringify(part)).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

function proof(claims: object = {}, header: object = {}): string {
  const now = Math.floor(Date.now() / 1000);
  const all = {
    iss: 'https://otp.example.com',
    aud: location.origin,
    phone_number: '+4915123456789',
    phone_number_verified: true,
    amr: ['sms'],
    iat: now,
    exp: now + 300,
    ...claims,
  };
  return `${encoded({ alg: 'EdDSA', typ: 'phone-proof+jwt', ...header })}.${encoded(all)}.c2lnbmF0dXJl`;
}

function formOf(page: Harness): HTMLFormElement {
  const { form } = page.element;
  if (!form) throw new Error('There is no form');
  return form;
}

function handedBack(value: string, attributes = ''): string {
  return `<form><mitto-otp name="proof" proof-input required ${attributes}><input type="hidden" name="proof" value="${value}"></mitto-otp></form>`;
}

describe('the hidden input of the proof', () => {
  let worker: FakeWorker;
  beforeEach(() => {
    worker = startWorker();
  });
  afterEach(() => expect(worker.faults).to.deep.equal([]));

  it('is sent once by jQuery’s serialize, by FormData and by a query of inputs', async () => {
    const page = await open(FORM);
    const form = formOf(page);
    expect([jQuery(form).serialize(), [...new FormData(form)]]).to.deep.equal(['', []]);
    await page.verifies();
    expect(jQuery(form).serialize()).to.equal(`proof=${VERIFIED.proof}`);
    expect([...new FormData(form)]).to.deep.equal([['proof', VERIFIED.proof]]);
    expect(form.checkValidity()).to.equal(true);
  });

  it('is there by the time the event is', async () => {
    const page = await open(FORM);
    let seen = '';
    page.element.addEventListener('mitto-verified', () => {
      seen = jQuery(formOf(page)).serialize();
    });
    await page.verifies();
    expect(seen).to.equal(`proof=${VERIFIED.proof}`);
  });

  it('is not there where the page does not ask for it', async () => {
    const page = await open('<form><mitto-otp name="proof"></mitto-otp></form>');
    await page.verifies();
    expect(page.element.querySelector('input[type=hidden]')).to.equal(null);
    expect([...new FormData(formOf(page))]).to.deep.equal([['proof', VERIFIED.proof]]);
  });

  it('follows the name, and goes with its attribute', async () => {
    const page = await open(FORM);
    await page.verifies();
    page.element.name = 'other';
    await page.element.updateComplete;
    expect([...new FormData(formOf(page))]).to.deep.equal([['other', VERIFIED.proof]]);
    page.element.removeAttribute('proof-input');
    await page.element.updateComplete;
    expect([...new FormData(formOf(page))]).to.deep.equal([['other', VERIFIED.proof]]);
    expect(page.element.querySelector('input[type=hidden]')).to.equal(null);
  });

  it('is empty of it after a reset, with another number, and while disabled', async () => {
    const page = await open(FORM);
    const form = formOf(page);
    await page.verifies();
    page.element.disabled = true;
    await page.element.updateComplete;
    expect([...new FormData(form)]).to.deep.equal([]);
    page.element.disabled = false;
    await page.element.updateComplete;
    expect([...new FormData(form)]).to.have.length(1);
    await page.until(() => !page.button('change-number').disabled, 'it stays disabled');
    page.button('change-number').click();
    expect(jQuery(form).serialize()).to.equal('');
    await page.verifies();
    form.reset();
    expect(jQuery(form).serialize()).to.equal('');
    expect(form.querySelector('input[type=hidden]')?.outerHTML).not.to.contain(VERIFIED.proof);
  });

  it('is of the form that the element names', async () => {
    const page = await open(
      '<div><form id="away"></form><mitto-otp name="proof" proof-input form="away"></mitto-otp></div>',
    );
    await page.verifies();
    expect(jQuery('#away').serialize()).to.equal(`proof=${VERIFIED.proof}`);
  });

  it('hands back the proof of a page that is rendered again', async () => {
    const text = proof();
    const page = await open(handedBack(text));
    await page.reaches('verified');
    expect(page.element.value).to.equal(text);
    expect(page.phone.value.replace(/\s/g, '')).to.equal('+4915123456789');
    expect([...new FormData(formOf(page))]).to.deep.equal([['proof', text]]);
    expect(jQuery(formOf(page)).serialize()).to.equal(`proof=${text}`);
    expect(formOf(page).checkValidity()).to.equal(true);
    expect(page.events).to.deep.equal([]);
    expect(page.focused).not.to.equal(page.phone);
    page.button('change-number').click();
    await page.reaches('phone');
    expect([...new FormData(formOf(page))]).to.deep.equal([]);
  });

  it('hands one back that is put into the element later', async () => {
    const page = await open(FORM);
    await page.configured();
    const input = document.createElement('input');
    Object.assign(input, { type: 'hidden', name: 'proof', value: proof() });
    page.element.append(input);
    await page.reaches('verified');
    expect([...new FormData(formOf(page))]).to.have.length(1);
  });

  const now = Math.floor(Date.now() / 1000);
  for (const [what, text, attributes] of [
    ['that has expired', proof({ exp: now - 1 })],
    ['without an end', proof({ exp: undefined })],
    ['of another site', proof({ aud: 'https://evil.example' })],
    ['of several sites', proof({ aud: [location.origin] })],
    ['of another kind', proof({}, { typ: 'JWT' })],
    ['of no number', proof({ phone_number: 'none' })],
    ['of a number that is not verified', proof({ phone_number_verified: false })],
    ['with another nonce', proof({ nonce: 'a' }), 'nonce-value="b"'],
    ['without the nonce', proof(), 'nonce-value="b"'],
    ['of no JSON', 'a.b.c'],
    ['of null', `${btoa('null')}.${btoa('null')}.c`.replaceAll('=', '')],
    ['that is a word', 'proof'],
  ] as const)
    it(`ignores and clears one ${what}`, async () => {
      const page = await open(handedBack(text, attributes));
      await page.configured();
      await page.element.updateComplete;
      expect([page.step, page.element.value, page.error]).to.deep.equal(['phone', '', '']);
      expect([...new FormData(formOf(page))]).to.deep.equal([]);
      await page.verifies();
      expect([...new FormData(formOf(page))]).to.deep.equal([['proof', VERIFIED.proof]]);
      expect(page.element.querySelectorAll('input[type=hidden]')).to.have.length(1);
    });

  it('of a copy confirms nothing, be it the element’s or what a server wrote', async () => {
    for (const markup of [FORM, handedBack(proof())]) {
      const page = await open(markup);
      if (markup === FORM) await page.verifies();
      await page.reaches('verified');
      const copy = page.element.cloneNode(true) as typeof page.element;
      const other = document.createElement('form');
      other.append(copy);
      formOf(page).after(other);
      await copy.updateComplete;
      await page.until(() => copy.matches(':state(phone)'), 'the copy is not anew');
      expect([copy.value, [...new FormData(other)]]).to.deep.equal(['', []]);
      expect([...new FormData(formOf(page))]).to.have.length(1);
      other.remove();
    }
  });
});
