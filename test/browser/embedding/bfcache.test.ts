import { expect } from '@open-wc/testing';
import { en } from '../../../widget/i18n/locales/en.ts';
import { FakeDate } from '../../support/widget/fake-date.ts';
import { answers, type FakeWorker } from '../../support/widget/fake-worker.ts';
import { open, startWorker } from '../../support/widget/harness.ts';
import { TextMessages } from '../../support/widget/text-messages.ts';

/** As a browser tells a page that it puts into its cache, and takes out again. */
function leave(): void {
  window.dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }));
}

function comeBack(): void {
  window.dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }));
}

describe('a page that was left, and comes back as it was', () => {
  let worker: FakeWorker;
  let messages: TextMessages;
  let clock: FakeDate;
  beforeEach(() => {
    worker = startWorker();
    messages = new TextMessages();
    clock = new FakeDate();
  });
  afterEach(() => {
    clock.restore();
    messages.remove();
    expect(worker.faults).to.deep.equal([]);
  });

  it('does not wait for an answer that was thrown away, and sends the same again under the same key', async () => {
    const page = await open();
    await page.configured();
    page.fill(page.phone, '015123456789');
    worker.hold('send');
    void page.element.send();
    await page.until(() => worker.callsTo('send').length === 1, 'nothing is sent');
    leave();
    expect(worker.callsTo('send')[0]?.signal?.aborted).to.equal(true);
    comeBack();
    await page.until(() => !page.isBusy, 'it waits');
    expect(page.isBlocked('send')).to.equal(false);
    expect(page.phone.readOnly).to.equal(false);
    expect(page.phone.value).to.equal('015123456789');

    await page.element.send();
    await page.reaches('code');
    const [first, second] = worker.callsTo('send').map(({ key }) => key);
    expect(second).to.equal(first);
  });

  it('keeps the code that was typed while it was being checked', async () => {
    const page = await open();
    await page.sendsCode();
    worker.hold('verify');
    page.fill(page.code, '123456');
    await page.until(() => worker.callsTo('verify').length === 1, 'nothing is checked');
    leave();
    comeBack();
    await page.until(() => !page.isBusy, 'it waits');
    expect(page.code.value).to.equal('123456');
    page.button('verify').click();
    await page.reaches('verified');
  });

  it('listens for the text message only while it is there', async () => {
    const page = await open();
    await page.sendsCode();
    await page.until(() => messages.listeners.length === 1, 'nobody listens');
    leave();
    expect(messages.open).to.deep.equal([false]);
    comeBack();
    await page.until(() => messages.listeners.length === 2, 'nobody listens');
    messages.listeners[1]?.deliver('123456');
    await page.reaches('verified');
  });

  it('has the right time on its countdown', async () => {
    const page = await open();
    await page.sendsCode();
    leave();
    clock.pass(20);
    comeBack();
    await page.until(
      () => /^0:(0\d|10)$/.test(page.part('timer')?.textContent ?? ''),
      'the countdown stood still',
    );
    clock.pass(11);
    comeBack();
    await page.until(() => !page.isBlocked('resend'), 'it still waits');
  });

  it('says that the code has expired meanwhile, and offers another', async () => {
    const page = await open();
    await page.sendsCode();
    page.fill(page.code, '123');
    leave();
    clock.pass(601);
    comeBack();
    await page.until(() => page.error === en.errors.session_expired, 'it does not say so');
    expect(page.announced).to.equal(en.errors.session_expired);
    expect(page.isBlocked('new-code')).to.equal(false);
    expect(messages.open).to.deep.equal([false]);
    page.button('new-code').click();
    await page.until(() => worker.callsTo('send').length === 2, 'nothing is sent');
  });

  it('says that the proof has expired meanwhile, and is invalid', async () => {
    const page = await open('<form><mitto-otp name="proof"></mitto-otp></form>');
    await page.verifies();
    expect(page.element.checkValidity()).to.equal(true);
    leave();
    clock.pass(301);
    comeBack();
    await page.until(() => page.error === en.proofExpired, 'it does not say so');
    expect(page.element.value).to.equal('');
    expect(page.element.checkValidity()).to.equal(false);
    expect(page.part('renew')).not.to.equal(null);
  });
});

describe('a page whose tab slept', () => {
  let worker: FakeWorker;
  let clock: FakeDate;
  beforeEach(() => {
    worker = startWorker();
    clock = new FakeDate();
  });
  afterEach(() => clock.restore());

  const wake = () => document.dispatchEvent(new Event('visibilitychange'));

  it('counts the time that went by', async () => {
    const page = await open();
    await page.sendsCode();
    expect(page.isBlocked('resend')).to.equal(true);
    clock.pass(31);
    wake();
    await page.until(() => !page.isBlocked('resend'), 'it still waits');
  });

  it('lets a limit go that is over', async () => {
    worker.next('send', answers.problem('rate_limited', { retryAfter: 3600 }));
    const page = await open();
    await page.sendsCode();
    expect(page.isBlocked('send')).to.equal(true);
    clock.pass(3601);
    wake();
    await page.until(() => page.error === '' && !page.isBlocked('send'), 'it still waits');
  });

  it('is not thrown back by a clock that is set back', async () => {
    const page = await open();
    await page.sendsCode();
    clock.pass(-86_400);
    wake();
    await page.element.updateComplete;
    expect(page.part('timer')?.textContent).to.match(/^0:(2\d|30)$/);
  });
});
