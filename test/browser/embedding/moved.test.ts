import { expect } from '@open-wc/testing';
import { answers, type FakeWorker, VERIFIED } from '../../support/widget/fake-worker.ts';
import { type Harness, open, startWorker } from '../../support/widget/harness.ts';

const TWO_FORMS = `<div>
  <form id="first"><mitto-otp name="proof" required></mitto-otp></form>
  <form id="second"></form>
</div>`;

const AT: Record<string, (page: Harness, worker: FakeWorker) => Promise<void>> = {
  'at the number': async (page) => {
    await page.configured();
    page.fill(page.phone, '015123456789');
  },
  'while a code is sent': async (page, worker) => {
    await page.configured();
    page.fill(page.phone, '015123456789');
    worker.hold('send');
    void page.element.send();
    await page.until(() => worker.callsTo('send').length === 1, 'nothing is sent');
  },
  'at the code': (page) => page.sendsCode('015123456789'),
  'while a code is checked': async (page, worker) => {
    await page.sendsCode('015123456789');
    worker.hold('verify');
    page.fill(page.code, '123456');
    await page.until(() => worker.callsTo('verify').length === 1, 'nothing is checked');
  },
  'at a dead code': async (page, worker) => {
    worker.next('verify', answers.problem('too_many_attempts'));
    await page.sendsCode('015123456789');
    page.fill(page.code, '111111');
    await page.until(() => page.part('new-code') !== null, 'it lives');
  },
};

/** Without taking it out, where the browser can: Chromium 133, Firefox 144. */
function move(node: Element, to: Element): void {
  const moveBefore: unknown = Reflect.get(to, 'moveBefore');
  if (typeof moveBefore === 'function') moveBefore.call(to, node, null);
  else to.append(node);
}

function form(id: string): HTMLFormElement {
  const found = document.getElementById(id);
  if (!(found instanceof HTMLFormElement)) throw new Error(`There is no form "${id}"`);
  return found;
}

describe('an element that is taken out and put back', () => {
  let worker: FakeWorker;
  beforeEach(() => {
    worker = startWorker();
    worker.always('send', answers.send({ resendIn: 0 }));
  });
  afterEach(() => expect(worker.faults).to.deep.equal([]));

  /** The rest of the way, by the visitor's hand. */
  async function goesOn(page: Harness): Promise<void> {
    await page.until(() => !page.isBusy, 'it waits for nothing');
    if (page.step === 'phone') {
      page.button('send').click();
      await page.reaches('code');
    }
    const renew = page.part('new-code');
    if (renew) {
      renew.click();
      await page.until(() => page.part('verify') !== null, 'no new code');
    }
    if (page.code.value !== '123456') page.fill(page.code, '123456');
    else page.button('verify').click();
    await page.reaches('verified');
  }

  for (const [when, reach] of Object.entries(AT)) {
    it(`${when}, goes on where it was`, async () => {
      const page = await open(TWO_FORMS);
      await reach(page, worker);
      const { step } = page;
      page.element.remove();
      await new Promise((resolve) => setTimeout(resolve));
      form('first').append(page.element);
      await page.element.updateComplete;
      expect(page.step).to.equal(step);
      await goesOn(page);
      expect(new FormData(form('first')).get('proof')).to.equal(VERIFIED.proof);
    });

    it(`${when}, goes on in another form`, async () => {
      const page = await open(TWO_FORMS);
      await reach(page, worker);
      page.element.remove();
      await new Promise((resolve) => setTimeout(resolve));
      form('second').append(page.element);
      expect(page.element.form).to.equal(form('second'));
      expect([form('first').checkValidity(), form('second').checkValidity()]).to.deep.equal([
        true,
        false,
      ]);
      await goesOn(page);
      expect(new FormData(form('second')).get('proof')).to.equal(VERIFIED.proof);
      expect(new FormData(form('first')).has('proof')).to.equal(false);
    });
  }

  // A request that is under way goes on, which is tested below.
  for (const [when, reach] of Object.entries(AT).filter(([at]) => !at.startsWith('while')))
    it(`${when}, goes on in another form into which it is moved in one go`, async () => {
      const page = await open(TWO_FORMS);
      await reach(page, worker);
      const { step } = page;
      move(page.element, form('second'));
      expect(page.element.form).to.equal(form('second'));
      await page.element.updateComplete;
      expect(page.step).to.equal(step);
      await goesOn(page);
      expect(new FormData(form('second')).get('proof')).to.equal(VERIFIED.proof);
      expect(new FormData(form('first')).has('proof')).to.equal(false);
      expect(page.element.querySelectorAll('input[slot=phone]')).to.have.length(1);
    });

  it('with its proof, gives it to the form that it is in', async () => {
    const page = await open(TWO_FORMS);
    await page.verifies();
    form('second').append(page.element);
    expect(new FormData(form('second')).get('proof')).to.equal(VERIFIED.proof);
    expect(new FormData(form('first')).has('proof')).to.equal(false);
    expect(form('second').checkValidity()).to.equal(true);
    form('first').reset();
    expect(page.step).to.equal('verified');
    form('second').reset();
    expect(page.step).to.equal('phone');
  });

  it('a request goes on while it is moved at one go', async () => {
    const page = await open(TWO_FORMS);
    await page.configured();
    page.fill(page.phone, '015123456789');
    const letGo = worker.hold('send');
    const sending = page.element.send();
    await page.until(() => worker.callsTo('send').length === 1, 'nothing is sent');
    form('second').append(page.element);
    letGo();
    await sending;
    await page.reaches('code');
    expect(worker.callsTo('send')).to.have.length(1);
  });

  it('before anything is loaded, asks nobody for the gesture of who was there', async () => {
    const page = await open(TWO_FORMS);
    page.fill(page.phone, '015123456789');
    const sending = page.element.send();
    page.element.remove();
    await sending;
    expect(worker.callsTo('send')).to.have.length(0);
    form('first').append(page.element);
    await goesOn(page);
  });
});

describe('an endpoint that is changed', () => {
  let worker: FakeWorker;
  beforeEach(() => {
    worker = startWorker();
  });

  for (const [when, reach] of Object.entries(AT))
    it(`${when} begins anew, and no answer of the old one counts`, async () => {
      const page = await open();
      await reach(page, worker);
      page.element.endpoint = 'https://other.example.com';
      await page.reaches('phone');
      expect(page.error).to.equal('');
      const before = worker.calls.length;
      await page.sendsCode();
      await page.reaches('code');
      page.fill(page.code, '123456');
      await page.reaches('verified');
      const origins = worker.calls.slice(before).map(({ url }) => url.origin);
      expect(new Set(origins)).to.deep.equal(new Set(['https://other.example.com']));
    });
});
