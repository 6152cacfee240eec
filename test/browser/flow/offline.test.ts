import { expect } from '@open-wc/testing';
import type { MittoErrorEvent } from '../../../widget/events.ts';
import { en } from '../../../widget/i18n/locales/en.ts';
import { Connection } from '../../support/widget/connection.ts';
import { answers, type FakeWorker } from '../../support/widget/fake-worker.ts';
import { type Harness, open, startWorker } from '../../support/widget/harness.ts';

describe('without a connection', () => {
  let worker: FakeWorker;
  let connection: Connection;
  beforeEach(() => {
    worker = startWorker();
    connection = new Connection();
  });
  afterEach(() => {
    connection.restore();
    expect(worker.faults).to.deep.equal([]);
  });

  function lose(): void {
    worker.always('config', answers.noConnection);
    worker.always('send', answers.noConnection);
    worker.always('verify', answers.noConnection);
    connection.lose();
  }

  function find(): void {
    worker.always('config', answers.config());
    worker.always('send', answers.send());
    worker.always('verify', answers.verify());
    connection.find();
  }

  async function says(page: Harness, sentence: string): Promise<void> {
    await page.until(() => page.announced === sentence, `it does not say "${sentence}"`);
  }

  it('says so at once to who has begun, and takes it back with the connection', async () => {
    const page = await open();
    await page.configured();
    page.fill(page.phone, '015123456789');
    lose();
    await says(page, en.offline);
    expect(page.error).to.equal(en.offline);
    find();
    await says(page, en.backOnline);
    expect(page.error).to.equal('');
    // Nothing has failed yet.
    expect(page.events).to.deep.equal([]);
  });

  it('says nothing to who has not', async () => {
    const page = await open();
    await page.configured();
    lose();
    await page.element.updateComplete;
    expect([page.error, page.announced]).to.deep.equal(['', '']);
    find();
    await page.element.updateComplete;
    expect(page.announced).to.equal('');
  });

  it('no code is sent, what was typed stays, and the next gesture goes on', async () => {
    const page = await open();
    await page.configured();
    await page.typePhone('015123456789');
    lose();
    await page.press('Enter');
    await page.until(() => page.events.length === 1, 'no error');
    expect((page.events[0] as MittoErrorEvent).code).to.equal('network_error');
    expect(page.error).to.equal(en.offline);
    expect(page.phone.value).to.equal('015123456789');
    expect(worker.callsTo('send')).to.have.length(0);

    find();
    await says(page, en.backOnline);
    expect(worker.callsTo('send')).to.have.length(0);
    await page.press('Enter');
    await page.reaches('code');
    expect(worker.callsTo('send')).to.have.length(1);
  });

  it('no code is checked, what was typed stays, and the next gesture goes on', async () => {
    const page = await open();
    await page.sendsCode();
    lose();
    await page.typeCode('123456');
    await page.until(() => page.events.length === 2 && !page.isBusy, 'no error');
    expect(page.error).to.equal(en.offline);
    expect(page.code.value).to.equal('123456');
    expect(page.code.hasAttribute('aria-invalid')).to.equal(false);
    expect(worker.callsTo('verify')).to.have.length(0);

    find();
    await says(page, en.backOnline);
    expect(worker.callsTo('verify')).to.have.length(0);
    page.button('verify').click();
    await page.reaches('verified');
    expect(worker.callsTo('verify')).to.have.length(1);
  });

  it('stays true whatever is typed', async () => {
    const page = await open();
    await page.sendsCode();
    lose();
    await page.typeCode('12');
    expect(page.error).to.equal(en.offline);
  });

  it('is not believed by the browser’s word alone: the Worker is asked', async () => {
    const page = await open();
    await page.configured();
    page.fill(page.phone, '015123456789');
    connection.lose();
    await page.element.send();
    await page.reaches('code');
    page.fill(page.code, '123456');
    await page.reaches('verified');
    expect([worker.callsTo('send').length, worker.callsTo('verify').length]).to.deep.equal([1, 1]);
  });

  it('a request that is out has its own end, and its answer counts', async () => {
    const page = await open();
    await page.configured();
    page.fill(page.phone, '015123456789');
    const letGo = worker.hold('send');
    const sending = page.element.send();
    await page.until(() => worker.callsTo('send').length === 1, 'nothing is sent');
    connection.lose();
    expect(page.error).to.equal('');
    letGo();
    await sending;
    await page.reaches('code');
  });

  it('a session that is over stays over when the connection is back', async () => {
    worker.next('verify', answers.problem('session_expired'));
    worker.always('send', answers.send({ resendIn: 0 }));
    const page = await open();
    await page.verifies();
    lose();
    page.button('new-code').click();
    await page.until(() => page.error === en.offline, 'no error');
    find();
    await page.until(() => page.error === en.errors.session_expired, 'it is forgotten');
    page.button('new-code').click();
    await page.until(() => page.error === '' && !page.isBusy, 'no way on');
    expect(worker.callsTo('send').at(-1)?.body).to.deep.include({ phone: '015123456789' });
  });
});
