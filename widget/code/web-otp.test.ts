import { expect } from '@open-wc/testing';
import { answers, type FakeWorker } from '../../test/support/widget/fake-worker.ts';
import { Harness, open, startWorker } from '../../test/support/widget/harness.ts';
import { TextMessages } from '../../test/support/widget/text-messages.ts';
import type { MittoOtpElement } from '../mitto-otp-element.ts';

describe('the code out of the text message', () => {
  let worker: FakeWorker;
  let messages: TextMessages;
  beforeEach(() => {
    worker = startWorker();
    messages = new TextMessages();
  });
  afterEach(() => messages.remove());

  it('is filled in and checked, once', async () => {
    const page = await open();
    await page.sendsCode();
    messages.listeners[0]?.deliver('123456');
    await page.reaches('verified');
    expect(worker.callsTo('verify')).to.have.length(1);
  });

  it('is only filled in under `no-auto-submit`', async () => {
    const page = await open('<mitto-otp no-auto-submit></mitto-otp>');
    await page.sendsCode();
    messages.listeners[0]?.deliver('123456');
    await page.until(() => page.code.value === '123456', 'not filled');
    expect(worker.callsTo('verify')).to.have.length(0);
  });

  it('is one request with a paste and Enter in the same tick', async () => {
    const page = await open();
    await page.sendsCode();
    messages.listeners[0]?.deliver('123456');
    page.paste(page.code, '123456');
    page.code.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true }));
    await page.reaches('verified');
    expect(worker.callsTo('verify')).to.have.length(1);
  });

  for (const [way, leave] of [
    ['the number is changed', 'change'],
    ['the code was typed', 'type'],
    ['the element is reset', 'reset'],
    ['the element is removed', 'remove'],
    ['the session is over', 'expire'],
  ] as const)
    it(`is not waited for any more once ${way}, and comes too late then`, async () => {
      messages.heedsAbort = false;
      worker.next('send', answers.send({ expiresIn: leave === 'expire' ? 1 : 600 }));
      const page = await open();
      await page.sendsCode();
      const [listener] = messages.listeners;
      if (leave === 'change') page.button('change-number').click();
      if (leave === 'type') page.fill(page.code, '654321');
      if (leave === 'reset') page.element.reset();
      if (leave === 'remove') page.element.remove();
      await page.until(() => listener?.signal.aborted === true, 'it goes on listening');
      const checks = worker.callsTo('verify').length;
      listener?.deliver('123456');
      await new Promise((resolve) => setTimeout(resolve));
      expect(worker.callsTo('verify')).to.have.length(checks);
    });

  it('is not waited for while another code is checked, and is again when that was wrong', async () => {
    worker.next('verify', answers.problem('incorrect_code'));
    const page = await open();
    await page.sendsCode();
    await page.until(() => messages.listeners.length === 1, 'nobody listens');
    const letGo = worker.hold('verify');
    page.fill(page.code, '654321');
    await page.until(() => worker.callsTo('verify').length === 1, 'nothing is checked');
    expect(messages.open).to.deep.equal([false]);
    letGo();
    await page.until(() => messages.listeners.length === 2, 'nobody listens');
    messages.listeners[1]?.deliver('123456');
    await page.reaches('verified');
    expect(messages.open).to.deep.equal([false, false]);
  });

  it('is waited for anew when the element is put back', async () => {
    const page = await open('<div><p></p><mitto-otp></mitto-otp></div>');
    await page.sendsCode();
    page.element.parentElement?.prepend(page.element);
    await page.until(() => messages.listeners.length === 2, 'nobody listens');
    expect(messages.open).to.deep.equal([false, true]);
    messages.listeners[1]?.deliver('123456');
    await page.reaches('verified');
  });

  it('is waited for anew after another was sent, and not during a call', async () => {
    worker.always('send', answers.send({ resendIn: 0 }));
    const page = await open();
    await page.sendsCode();
    await page.element.send();
    await page.until(() => messages.listeners.length === 2, 'nobody listens');
    expect(messages.open).to.deep.equal([false, true]);
    worker.next('send', answers.send({ channel: 'voice' }));
    page.button('by-voice').click();
    await page.until(() => worker.callsTo('send').length === 3, 'no call');
    await page.settles();
    expect(messages.listeners).to.have.length(2);
  });

  it('has one reader on a page: the element that sent last', async () => {
    const page = await open('<div><mitto-otp></mitto-otp><mitto-otp></mitto-otp></div>');
    await page.sendsCode();
    const other = new Harness(page.element.nextElementSibling as MittoOtpElement, worker);
    await other.sendsCode();
    await page.until(() => messages.listeners.length === 2, 'nobody listens');
    expect(messages.open).to.deep.equal([false, true]);
    messages.listeners[1]?.deliver('123456');
    await other.reaches('verified');
    expect(page.step).to.equal('code');
  });
});

describe('the browser’s own listener for text messages', () => {
  beforeEach(() => {
    startWorker();
  });

  it('bears two elements on a page that come and go', async () => {
    for (let round = 0; round < 60; round += 1) {
      const pages = [await open(), await open()];
      for (const page of pages) await page.sendsCode();
      for (const page of pages) page.element.remove();
    }
  });
});
