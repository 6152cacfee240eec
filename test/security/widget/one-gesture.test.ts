import { expect } from '@open-wc/testing';
import type { FakeWorker } from '../../support/widget/fake-worker.ts';
import { type Harness, open, startWorker } from '../../support/widget/harness.ts';
import { TextMessages } from '../../support/widget/text-messages.ts';

const FORM = '<form><mitto-otp name="proof" required></mitto-otp><button>Sign up</button></form>';

/** Longer than anything the element does by itself takes. */
const A_WHILE_MS = 100;

describe('one gesture makes one request', () => {
  let worker: FakeWorker;
  let messages: TextMessages;
  beforeEach(() => {
    worker = startWorker();
    messages = new TextMessages();
  });
  afterEach(() => {
    messages.remove();
    expect(worker.faults).to.deep.equal([]);
  });

  const pressEnter = (input: HTMLInputElement) =>
    input.dispatchEvent(
      new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, composed: true }),
    );

  /** Every way there is to check a code, in the order named, in one tick. */
  const WAYS: Record<string, (page: Harness) => void> = {
    message: () => messages.listeners.at(-1)?.deliver('123456'),
    paste: (page) => page.paste(page.code, '123456'),
    drop: (page) => page.drop(page.code, '123456'),
    autofill: (page) => page.fill(page.code, '123456'),
    Enter: (page) => pressEnter(page.code),
    click: (page) => page.button('verify').click(),
    'form submit': (page) => page.element.form?.requestSubmit(),
    method: (page) => void page.element.verify(),
  };

  const names = Object.keys(WAYS);
  for (const order of [names, names.toReversed(), [...names, ...names]])
    it(`of a code, by ${order.join(' + ')} in one tick`, async () => {
      const page = await open(FORM);
      await page.sendsCode();
      await page.until(() => messages.open.includes(true), 'nobody listens');
      for (const name of order) WAYS[name]?.(page);
      await page.reaches('verified');
      await new Promise((resolve) => setTimeout(resolve, A_WHILE_MS));
      expect(worker.callsTo('verify').map(({ body }) => body['code'])).to.deep.equal(['123456']);
    });

  it('of a code, while the answer is still out', async () => {
    const page = await open(FORM);
    await page.sendsCode();
    const letGo = worker.hold('verify');
    for (const name of names) {
      WAYS[name]?.(page);
      await new Promise((resolve) => setTimeout(resolve));
    }
    letGo();
    await page.reaches('verified');
    expect(worker.callsTo('verify')).to.have.length(1);
  });

  for (const when of ['before anything is loaded', 'with all there'] as const)
    it(`of a number, by Enter + click + form submit + method in one tick, ${when}`, async () => {
      const page = await open(FORM);
      if (when === 'with all there') await page.configured();
      page.fill(page.phone, '015123456789');
      for (let round = 0; round < 2; round += 1) {
        pressEnter(page.phone);
        page.button('send').click();
        page.element.form?.requestSubmit();
        void page.element.send();
      }
      await page.reaches('code');
      await new Promise((resolve) => setTimeout(resolve, A_WHILE_MS));
      expect(worker.callsTo('send')).to.have.length(1);
      expect(worker.callsTo('config')).to.have.length(1);
    });

  it('of a number, while the answer is still out', async () => {
    const page = await open(FORM);
    await page.configured();
    page.fill(page.phone, '015123456789');
    const letGo = worker.hold('send');
    for (const act of [
      () => pressEnter(page.phone),
      () => page.button('send').click(),
      () => page.element.form?.requestSubmit(),
      () => void page.element.send(),
    ]) {
      act();
      await new Promise((resolve) => setTimeout(resolve));
    }
    letGo();
    await page.reaches('code');
    expect(worker.callsTo('send')).to.have.length(1);
  });
});
