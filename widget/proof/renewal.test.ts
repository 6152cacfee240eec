/** A proof lives as long as the form that it is for: renewed without a message, and without the visitor. */
import { expect } from '@open-wc/testing';
import { Connection } from '../../test/support/widget/connection.ts';
import { FakeDate } from '../../test/support/widget/fake-date.ts';
import { answers, type FakeWorker, VERIFIED } from '../../test/support/widget/fake-worker.ts';
import { Harness, open, startWorker } from '../../test/support/widget/harness.ts';
import { en } from '../i18n/locales/en.ts';
import type { MittoOtpElement } from '../mitto-otp-element.ts';

const FORM = `<form>
  <mitto-otp name="proof" required></mitto-otp>
  <input name="other" />
  <button name="by" value="first">Sign up</button>
  <button name="by" value="second">Sign up and stay</button>
</form>`;
const RENEWED = 'a.renewed.proof';

const renewal = (proof = RENEWED) => answers.verify({ proof });

function formOf(page: Harness): HTMLFormElement {
  const { form } = page.element;
  if (!form) throw new Error('There is no form');
  return form;
}

/** What the page's own listener sees of each sending, with what the form holds at that moment. */
function watchSubmits(form: HTMLFormElement): { by: string | null; proof: unknown }[] {
  const seen: { by: string | null; proof: unknown }[] = [];
  form.addEventListener('submit', (event) => {
    const { submitter } = event;
    const by = submitter instanceof HTMLButtonElement ? submitter.value : null;
    seen.push({ by, proof: new FormData(form).get('proof') });
  });
  return seen;
}

function setHidden(isHidden: boolean): void {
  Object.defineProperty(document, 'hidden', { configurable: true, get: () => isHidden });
  document.dispatchEvent(new Event('visibilitychange'));
}

function namesOf({ events }: Harness): string[] {
  return events.map(({ type }) => type);
}

/** Nothing more is asked or said in a time in which it would have been. */
const aWhile = () => new Promise((resolve) => setTimeout(resolve, 50));

describe('a proof', () => {
  let worker: FakeWorker;
  let clock: FakeDate;
  let connection: Connection;
  beforeEach(() => {
    worker = startWorker();
    clock = new FakeDate();
    connection = new Connection();
  });
  afterEach(() => {
    clock.restore();
    connection.restore();
    Reflect.deleteProperty(document, 'hidden');
    expect(worker.faults).to.deep.equal([]);
  });

  /** Confirmed, and then asleep for longer than the proof lives. */
  async function slept(markup = FORM, seconds = VERIFIED.expiresIn + 1): Promise<Harness> {
    const page = await open(markup);
    await page.verifies();
    setHidden(true);
    clock.pass(seconds);
    Object.defineProperty(document, 'hidden', { configurable: true, get: () => false });
    return page;
  }
  const wake = () => document.dispatchEvent(new Event('visibilitychange'));
  const sends = () => worker.callsTo('send').length;
  const renewals = () => worker.callsTo('renew');

  describe('is renewed', () => {
    it('by itself shortly before it expires, and nothing is said of it', async () => {
      worker.next('verify', answers.verify({ expiresIn: 1 }));
      worker.always('renew', renewal());
      const page = await open(FORM);
      await page.verifies();
      const announced = page.announced;
      await page.until(() => page.element.value === RENEWED, 'it is not renewed');
      expect(renewals().map(({ body }) => body)).to.deep.equal([{ session: 'session-1' }]);
      expect(namesOf(page)).to.deep.equal(['mitto-sent', 'mitto-verified']);
      expect(page.announced).to.equal(announced);
      expect([page.error, page.isBusy, page.step]).to.deep.equal(['', false, 'verified']);
      expect(new FormData(formOf(page)).get('proof')).to.equal(RENEWED);
      expect(sends()).to.equal(1);
    });

    it('again and again, for as long as the form is open', async () => {
      worker.always('verify', answers.verify({ expiresIn: 1 }));
      worker.always('renew', answers.verify({ proof: RENEWED, expiresIn: 1 }));
      const page = await open(FORM);
      await page.verifies();
      await page.until(() => renewals().length >= 3, 'it is renewed no more');
      expect(page.element.value).to.equal(RENEWED);
      expect(sends()).to.equal(1);
    });

    it('not before its last part, whose beginning is not the same for all', async () => {
      const page = await open(FORM);
      await page.verifies();
      clock.pass(VERIFIED.expiresIn * 0.65);
      wake();
      await aWhile();
      expect(renewals()).to.deep.equal([]);
    });

    it('not while nobody looks, and at once when somebody does again', async () => {
      worker.always('renew', renewal());
      const page = await open(FORM);
      await page.verifies();
      setHidden(true);
      clock.pass(VERIFIED.expiresIn + 1);
      window.dispatchEvent(new PageTransitionEvent('pageshow'));
      await aWhile();
      expect(renewals()).to.deep.equal([]);
      expect(page.element.value).to.equal('');
      setHidden(false);
      await page.until(() => page.element.value === RENEWED, 'it is not renewed');
      expect(namesOf(page)).to.deep.equal(['mitto-sent', 'mitto-verified']);
      expect(page.element.matches(':invalid')).to.equal(false);
    });

    it('not while there is no connection, and at once when there is one again', async () => {
      worker.always('renew', renewal());
      const page = await open(FORM);
      await page.verifies();
      connection.lose();
      clock.pass(VERIFIED.expiresIn + 1);
      wake();
      await aWhile();
      expect(renewals()).to.deep.equal([]);
      expect(page.error).to.equal('');
      connection.find();
      await page.until(() => page.element.value === RENEWED, 'it is not renewed');
    });

    it('by one request at a time, however often the page wakes', async () => {
      const page = await slept();
      const answer = worker.hold('renew', renewal());
      for (let n = 0; n < 5; n++) wake();
      window.dispatchEvent(new PageTransitionEvent('pageshow'));
      await aWhile();
      expect(renewals()).to.have.lengthOf(1);
      answer();
      await page.until(() => page.element.value === RENEWED, 'it is not renewed');
    });

    it('for nobody who has begun anew meanwhile', async () => {
      const page = await slept();
      const answer = worker.hold('renew', renewal());
      wake();
      await page.until(() => renewals().length === 1, 'nothing is asked');
      page.element.reset();
      answer();
      await aWhile();
      expect([page.step, page.element.value]).to.deep.equal(['phone', '']);
    });

    it('after a failure that passes, and in time', async () => {
      worker.next('renew', answers.problem('temporarily_unavailable', { retryAfter: 1 }));
      worker.always('renew', renewal());
      const page = await open(FORM);
      await page.verifies();
      clock.pass(VERIFIED.expiresIn * 0.85);
      wake();
      await page.until(() => renewals().length === 1, 'nothing is asked');
      await aWhile();
      expect(page.element.value).to.equal(VERIFIED.proof);
      clock.pass(6);
      wake();
      await page.until(() => page.element.value === RENEWED, 'it is not renewed');
      expect(namesOf(page)).to.deep.equal(['mitto-sent', 'mitto-verified']);
    });
  });

  describe('that expired while the page slept', () => {
    const ways: [string, (page: Harness) => unknown, string | null][] = [
      ['a button', (page) => buttonOf(page, 'first').click(), 'first'],
      ['another button', (page) => buttonOf(page, 'second').click(), 'second'],
      ['requestSubmit', (page) => formOf(page).requestSubmit(), null],
      [
        'requestSubmit with a button',
        (page) => formOf(page).requestSubmit(buttonOf(page, 'second')),
        'second',
      ],
      [
        'Enter in another field',
        async (page) => {
          formOf(page).querySelector<HTMLInputElement>('[name=other]')?.focus();
          await page.press('Enter');
        },
        'first',
      ],
    ];
    for (const [way, submit, by] of ways)
      it(`is renewed before the form goes, by ${way}, once`, async () => {
        worker.always('renew', renewal());
        const page = await slept();
        const seen = watchSubmits(formOf(page));
        await submit(page);
        await page.until(() => seen.length > 0, 'the form is not sent');
        await aWhile();
        expect(seen).to.deep.equal([{ by, proof: RENEWED }]);
        expect(sends()).to.equal(1);
        expect(namesOf(page)).to.deep.equal(['mitto-sent', 'mitto-verified']);
      });

    it('is renewed once for a visitor who presses twice', async () => {
      const page = await slept();
      const seen = watchSubmits(formOf(page));
      const answer = worker.hold('renew', renewal());
      for (let n = 0; n < 3; n++) buttonOf(page, 'first').click();
      await aWhile();
      expect(seen).to.deep.equal([]);
      expect(page.isBusy).to.equal(true);
      answer();
      await page.until(() => seen.length > 0, 'the form is not sent');
      await aWhile();
      expect(seen).to.have.lengthOf(1);
      expect(renewals()).to.have.lengthOf(1);
    });

    it('is renewed for a form that does not require it, too', async () => {
      worker.always('renew', renewal());
      const page = await slept(FORM.replace(' required', ''));
      const seen = watchSubmits(formOf(page));
      buttonOf(page, 'first').click();
      await page.until(() => seen.length > 0, 'the form is not sent');
      expect(seen).to.deep.equal([{ by: 'first', proof: RENEWED }]);
    });

    it('keeps the form, tells page and visitor, and shows nothing in red, where it is renewed no more', async () => {
      for (const code of ['session_used', 'session_expired', 'invalid_session'] as const) {
        worker.always('renew', answers.problem(code));
        const page = await slept();
        const seen = watchSubmits(formOf(page));
        buttonOf(page, 'first').click();
        await page.until(() => page.error === en.proofExpired, 'nothing is said');
        expect(seen).to.deep.equal([]);
        expect(namesOf(page)).to.deep.equal(['mitto-sent', 'mitto-verified', 'mitto-expired']);
        expect(page.element.value).to.equal('');
        expect(page.element.checkValidity()).to.equal(false);
        expectNoRed(page);
        buttonOf(page, 'first').click();
        await aWhile();
        expect(seen).to.deep.equal([]);
        expectNoRed(page);
      }
    });

    it('is left alone where the page has kept the form back itself, or made the event up', async () => {
      worker.always('renew', renewal());
      const page = await slept();
      const form = formOf(page);
      const seen = watchSubmits(form);
      form.dispatchEvent(new SubmitEvent('submit', { bubbles: true, cancelable: true }));
      await aWhile();
      expect(seen).to.have.lengthOf(1);
      expect(renewals()).to.deep.equal([]);
    });

    it('is renewed in a form inside a shadow tree', async () => {
      worker.always('renew', renewal());
      const host = document.createElement('div');
      document.body.append(host);
      const tree = host.attachShadow({ mode: 'open' });
      tree.innerHTML = FORM;
      const page = new Harness(tree.querySelector('mitto-otp') as MittoOtpElement, worker);
      await page.element.updateComplete;
      await page.verifies();
      setHidden(true);
      clock.pass(VERIFIED.expiresIn + 1);
      const form = formOf(page);
      const seen = watchSubmits(form);
      form.addEventListener('submit', (event) => event.preventDefault());
      buttonOf(page, 'second').click();
      await page.until(() => seen.length > 0, 'the form is not sent');
      expect(seen).to.deep.equal([{ by: 'second', proof: RENEWED }]);
      host.remove();
    });
  });

  describe('that cannot be renewed', () => {
    it('is told of when it expires and not before, once', async () => {
      worker.next('verify', answers.verify({ expiresIn: 1 }));
      worker.always('renew', answers.problem('session_used'));
      const page = await open(FORM);
      await page.verifies();
      await page.until(() => renewals().length === 1, 'nothing is asked');
      expect(page.element.value).to.equal(VERIFIED.proof);
      expect(namesOf(page)).not.to.include('mitto-expired');
      await page.until(() => namesOf(page).includes('mitto-expired'), 'it is not told of');
      expect(page.announced).to.equal(en.proofExpired);
      wake();
      await aWhile();
      expect(namesOf(page).filter((name) => name === 'mitto-expired')).to.have.lengthOf(1);
      expect(renewals()).to.have.lengthOf(1);
      expect(page.element.matches(':invalid')).to.equal(true);
      expectNoRed(page);
    });

    it('is confirmed again by a new code, of which the first press asks', async () => {
      worker.always('renew', answers.problem('session_expired'));
      const page = await slept();
      wake();
      await page.until(() => page.part('renew') !== null, 'it does not expire');
      page.button('renew').click();
      await page.reaches('code');
      expect(sends()).to.equal(2);
      page.fill(page.code, '654321');
      await page.reaches('verified');
      expect(page.element.checkValidity()).to.equal(true);
    });

    it('just now, is renewed by the button, with no other message, and the page hears of it', async () => {
      worker.next('renew', answers.problem('temporarily_unavailable', { retryAfter: 60 }));
      worker.next('renew', answers.noConnection);
      worker.always('renew', renewal());
      const page = await slept();
      wake();
      await page.until(() => page.part('renew') !== null, 'it does not expire');
      page.button('renew').click();
      await page.settles();
      await page.until(() => page.error === en.errors.network_error, 'it is not said why');
      expectNoRed(page);
      page.button('renew').click();
      await page.until(() => page.element.value === RENEWED, 'it is not renewed');
      expect(sends()).to.equal(1);
      expect(namesOf(page)).to.deep.equal([
        ...['mitto-sent', 'mitto-verified', 'mitto-expired'],
        ...['mitto-error', 'mitto-verified'],
      ]);
      expect(page.error).to.equal('');
      expect(page.announced).to.equal(en.verified);
    });

    it('is given up by Change number, as any', async () => {
      worker.always('renew', answers.problem('session_expired'));
      const page = await slept();
      wake();
      await page.until(() => page.part('renew') !== null, 'it does not expire');
      page.button('change-number').click();
      await page.reaches('phone');
      expect(page.error).to.equal('');
    });
  });

  it('leaves no timer and no request behind when the element is taken away', async () => {
    worker.next('verify', answers.verify({ expiresIn: 1 }));
    const page = await open(FORM);
    await page.verifies();
    page.element.remove();
    await new Promise((resolve) => setTimeout(resolve, 1100));
    expect(renewals()).to.deep.equal([]);
  });
});

function buttonOf(page: Harness, value: string): HTMLButtonElement {
  const button = formOf(page).querySelector<HTMLButtonElement>(`button[value=${value}]`);
  if (!button) throw new Error(`There is no button "${value}"`);
  return button;
}

/** The number was confirmed, so nothing about it is wrong. */
function expectNoRed(page: Harness): void {
  expect(page.element.matches(':state(invalid)')).to.equal(false);
  expect(page.phone.getAttribute('aria-invalid')).not.to.equal('true');
  expect(page.part('phone-field')?.classList.contains('wrong')).to.equal(false);
  const message = page.element.querySelector('[slot=phone-error]');
  const label = page.element.querySelector('[slot=phone-label]');
  if (!message || !label) throw new Error('There is no message');
  expect(getComputedStyle(message).color).to.equal(getComputedStyle(label).color);
}
