import { expect } from '@open-wc/testing';
import { answers, type FakeWorker } from '../../support/widget/fake-worker.ts';
import { open, startWorker } from '../../support/widget/harness.ts';

describe('one gesture is one request', () => {
  let worker: FakeWorker;
  beforeEach(() => {
    worker = startWorker();
  });
  afterEach(() => expect(worker.faults).to.deep.equal([]));

  const enter = () => new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, composed: true });

  it('when Enter, click and method come in one tick, before anything is loaded', async () => {
    const page = await open();
    page.fill(page.phone, '015123456789');
    page.phone.dispatchEvent(enter());
    page.button('send').click();
    page.phone.dispatchEvent(enter());
    await Promise.all([page.element.send(), page.element.send()]);
    await page.reaches('code');
    expect(worker.callsTo('send')).to.have.length(1);
  });

  it('when paste, Enter, click and method check the code in one tick', async () => {
    const page = await open();
    await page.sendsCode();
    page.paste(page.code, '123456');
    page.code.dispatchEvent(enter());
    page.button('verify').click();
    page.fill(page.code, '123456');
    await page.element.verify();
    await page.reaches('verified');
    expect(worker.callsTo('verify')).to.have.length(1);
  });

  it('when the second click of a double click lands on what the first brought up', async () => {
    const page = await open();
    page.fill(page.phone, '015123456789');
    await page.configured();
    page.button('send').dispatchEvent(new MouseEvent('click', { detail: 1 }));
    await page.reaches('code');
    page.button('verify').dispatchEvent(new MouseEvent('click', { detail: 2 }));
    await page.element.updateComplete;
    expect(page.error).to.equal('');
  });

  it('and each gesture has a key of its own', async () => {
    worker.always('send', answers.send({ resendIn: 0 }));
    const page = await open();
    await page.sendsCode();
    await page.element.send();
    const [first, second] = worker.callsTo('send').map(({ key }) => key);
    expect(first).to.be.a('string').with.length.greaterThan(15);
    expect(second).not.to.equal(first);
  });

  for (const [name, reply] of [
    ['there was no connection', answers.noConnection],
    ['a proxy answered', answers.proxyPage],
    ['the first is still in progress', answers.problem('request_in_progress')],
  ] as const)
    it(`but the same send again, because ${name}, has the same key`, async () => {
      worker.next('send', reply);
      const page = await open();
      await page.sendsCode();
      expect(page.step).to.equal('phone');
      expect(page.error).not.to.equal('');
      await page.element.send();
      const [first, second] = worker.callsTo('send').map(({ key }) => key);
      expect(second).to.equal(first);
      expect(page.step).to.equal('code');
    });

  it('while another number, or an answer that was understood, makes a new one', async () => {
    worker.next('send', answers.noConnection);
    worker.next('send', answers.problem('upstream_error'));
    const page = await open();
    await page.sendsCode('015111111111');
    await page.sendsCode('015122222222');
    await page.sendsCode('015122222222');
    const keys = worker.callsTo('send').map(({ key }) => key);
    expect(new Set(keys).size).to.equal(3);
  });

  it('and an answer that comes late, after a change of mind, is dropped', async () => {
    const letGo = worker.hold('send');
    const page = await open();
    await page.configured();
    page.fill(page.phone, '015123456789');
    const sending = page.element.send();
    await page.until(() => worker.callsTo('send').length === 1, 'nothing is sent');
    page.element.reset();
    expect(worker.callsTo('send')[0]?.signal?.aborted).to.equal(true);
    letGo();
    await sending;
    expect(page.step).to.equal('phone');
    expect(page.events).to.have.length(0);
  });

  it('and a proof that comes late, after a change of number, is dropped', async () => {
    const page = await open();
    await page.sendsCode();
    const letGo = worker.hold('verify');
    page.fill(page.code, '123456');
    await page.until(() => page.isBusy, 'no check');
    page.button('change-number').click();
    letGo();
    await page.reaches('phone');
    expect(page.element.value).to.equal('');
  });

  it('and goes on while the element is only moved, but not once it is gone', async () => {
    const page = await open('<div><p></p><mitto-otp></mitto-otp></div>');
    await page.configured();
    page.fill(page.phone, '015123456789');
    const letGo = worker.hold('send');
    const sending = page.element.send();
    await page.until(() => worker.callsTo('send').length === 1, 'nothing is sent');
    page.element.parentElement?.prepend(page.element);
    letGo();
    await sending;
    expect(page.step).to.equal('code');

    worker.hold('verify');
    page.fill(page.code, '123456');
    await page.until(() => page.isBusy, 'no check');
    const parent = page.element.parentElement;
    page.element.remove();
    await page.until(() => !page.isBusy, 'the request goes on');
    expect(worker.callsTo('verify')[0]?.signal?.aborted).to.equal(true);
    parent?.append(page.element);
    expect(page.step).to.equal('code');
    await page.element.verify();
    await page.reaches('verified');
  });
});
