import { expect, waitUntil } from '@open-wc/testing';
import type { FakeWorker } from '../test/support/widget/fake-worker.ts';
import { open, startWorker } from '../test/support/widget/harness.ts';
import { MittoOtpElement } from './define.ts';
import { words as de } from './i18n/locales/de.ts';

describe('<mitto-otp>', () => {
  let worker: FakeWorker;
  beforeEach(() => {
    worker = startWorker();
  });
  afterEach(() => {
    document.documentElement.lang = 'en';
    expect(worker.faults).to.deep.equal([]);
  });

  it('is registered, and can be registered twice', async () => {
    expect(customElements.get('mitto-otp')).to.equal(MittoOtpElement);
    await import('./define.ts?again' as './define.ts');
    expect(document.createElement('mitto-otp')).to.be.instanceOf(MittoOtpElement);
  });

  it('asks nobody anything while it is out of sight', async () => {
    const page = await open('<div style="margin-top: 5000px"><mitto-otp></mitto-otp></div>');
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(worker.calls).to.have.length(0);
    page.element.scrollIntoView();
    await page.configured();
    expect(worker.callsTo('config')).to.have.length(1);
    window.scrollTo(0, 0);
  });

  it('asks for its configuration once', async () => {
    const page = await open();
    page.phone.focus();
    await page.configured();
    page.phone.blur();
    page.phone.focus();
    await page.sendsCode();
    expect(worker.callsTo('config')).to.have.length(1);
  });

  it('shows one step at a time, as a state', async () => {
    const page = await open();
    const shown = () => [
      page.step,
      page.part('phone-step')?.checkVisibility({ visibilityProperty: true }),
      page.part('code-step')?.checkVisibility({ visibilityProperty: true }) ?? false,
    ];
    expect(shown()).to.deep.equal(['phone', true, false]);
    await page.sendsCode();
    expect(shown()).to.deep.equal(['code', false, true]);
    page.fill(page.code, '123456');
    await page.reaches('verified');
    expect(shown()).to.deep.equal(['verified', true, false]);
    expect(page.phone.readOnly).to.equal(true);
  });

  it('tells the page what happens, through shadow trees too', async () => {
    const outer = document.createElement('div');
    document.body.append(outer);
    const element = document.createElement('mitto-otp');
    outer.attachShadow({ mode: 'open' }).append(element);
    const heard: string[] = [];
    document.body.addEventListener('mitto-sent', ({ channel, to }) => heard.push(channel, to));
    await element.updateComplete;
    const phone = element.querySelector('input');
    if (phone) phone.value = '015123456789';
    await element.send();
    expect(heard).to.deep.equal(['sms', '+49 ••• ••• 4567']);
    outer.remove();
  });

  it('speaks the language around it, and changes with its own', async () => {
    document.documentElement.lang = 'de-AT';
    const page = await open();
    await page.until(() => page.phone.labels?.[0]?.textContent === de.phoneLabel, 'no German');
    expect(page.part('base')?.lang).to.equal('de');
    await page.sendsCode();
    expect(page.button('verify').textContent?.trim()).to.equal(de.verify);
    page.element.lang = 'en';
    await page.until(() => page.button('verify').textContent?.trim() === 'Confirm', 'no English');
    page.element.lang = 'tlh';
    await page.element.updateComplete;
    expect(page.button('verify').textContent?.trim()).to.equal('Confirm');
  });

  it('can be sent and checked by the page, without a hand on it', async () => {
    const page = await open();
    page.phone.value = '015123456789';
    await page.element.send();
    page.code.value = '123456';
    await page.element.verify();
    expect(page.element.value).to.equal('the.proof.itself');
    page.element.reset();
    expect(page.element.value).to.equal('');
    expect(page.phone.value).to.equal('');
  });

  it('starts over when the page names another Worker, and leaves no session behind', async () => {
    const page = await open();
    await page.sendsCode();
    page.element.endpoint = 'https://other.example.com';
    await page.reaches('phone');
    await waitUntil(() => worker.callsTo('config').length === 2);
    expect(worker.callsTo('cancel')[0]?.url.origin).to.equal(location.origin);
    expect(worker.callsTo('config')[1]?.url.origin).to.equal('https://other.example.com');
    await page.element.send();
    expect(worker.callsTo('send')[1]?.url.origin).to.equal('https://other.example.com');
  });

  it('stores nothing, and puts nothing into the address', async () => {
    const address = location.href;
    const cookies = document.cookie;
    const page = await open();
    await page.verifies();
    expect(localStorage).to.have.length(0);
    expect(sessionStorage).to.have.length(0);
    expect([document.cookie, location.href]).to.deep.equal([cookies, address]);
    expect(worker.calls.map(({ url }) => url.search).join('')).to.equal('');
  });
});
