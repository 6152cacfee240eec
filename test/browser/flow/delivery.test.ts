import { expect } from '@open-wc/testing';
import { en } from '../../../widget/i18n/locales/en.ts';
import { answers, type FakeWorker } from '../../support/widget/fake-worker.ts';
import { open, startWorker } from '../../support/widget/harness.ts';

describe('what the provider reports of a message', () => {
  let worker: FakeWorker;
  beforeEach(() => {
    worker = startWorker();
  });
  afterEach(() => {
    expect(worker.faults).to.deep.equal([]);
  });

  it('that it did not arrive, is said, with what can be done', async () => {
    worker.always('send', answers.send({ reports: true }));
    worker.always('delivery', answers.delivery('not_delivered'));
    const page = await open();
    await page.configured();
    await page.typePhone('015123456789');
    await page.press('Enter');
    await page.reaches('code');
    await page.until(() => page.error !== '', 'nothing is said', 8_000);
    const said = `${en.notDelivered} ${en.otherWay}`;
    expect(page.error).to.equal(said);
    expect(page.part('help')).to.equal(null);
    expect(page.announced).to.contain(said);
    expect(page.part('by-voice')).not.to.equal(null);
    expect(page.part('change-number')).not.to.equal(null);
    expect(worker.callsTo('delivery')[0]?.body).to.deep.equal({ session: 'session-1' });
  });

  it('is not asked for once the element is gone', async function () {
    this.timeout(20_000);
    worker.always('send', answers.send({ reports: true }));
    worker.always('delivery', answers.delivery('not_delivered'));
    const page = await open();
    await page.sendsCode();
    await page.until(() => page.error !== '', 'nothing is said', 8_000);
    page.element.remove();
    await new Promise((resolve) => setTimeout(resolve, 7_500));
    expect(worker.callsTo('delivery')).to.have.length(1);
  });

  it('of a call, that it is over, is not said: there is no message to wait for', async () => {
    worker.always('send', answers.send({ reports: true, channel: 'voice' }));
    worker.always('delivery', answers.delivery('delivered'));
    const page = await open('<mitto-otp channel="voice"></mitto-otp>');
    await page.sendsCode();
    const before = page.heard;
    await page.until(() => worker.callsTo('delivery').length === 1, 'nobody asks', 8_000);
    await page.settles();
    expect(page.part('help')).to.equal(null);
    expect(page.heard).to.equal(before);
  });

  it('is not asked for where nothing is reported', async () => {
    const page = await open();
    await page.configured();
    await page.typePhone('015123456789');
    await page.press('Enter');
    await page.reaches('code');
    await new Promise((resolve) => setTimeout(resolve, 5_500));
    expect(worker.callsTo('delivery')).to.have.length(0);
  });

  it('offers no alternative with a single channel', async () => {
    worker.always('config', answers.config({ channels: ['sms'] }));
    worker.next('send', answers.problem('blocked_by_provider'));
    worker.always('send', answers.send({ reports: true, channels: ['sms'] }));
    worker.always('delivery', answers.delivery('not_delivered'));
    const page = await open();
    await page.sendsCode();
    expect(page.error).to.equal(en.errors.blocked_by_provider);
    await page.sendsCode('0151 23456780');
    await page.until(() => page.error === en.notDelivered, 'nothing is said', 8_000);
  });

  it('that it blocks the number, leads to the other way', async () => {
    worker.next('send', answers.problem('blocked_by_provider'));
    const page = await open();
    await page.configured();
    await page.typePhone('015123456789');
    expect(page.part('by-voice')).to.equal(null);
    await page.press('Enter');
    // The other way may be drawn before, while the answer is awaited.
    const said = `${en.errors.blocked_by_provider} ${en.otherWay}`;
    await page.until(() => page.error === said, 'the error is not said');
    expect(page.part('by-voice')).not.to.equal(null);
    page.part('by-voice')?.click();
    await page.reaches('code');
    expect(worker.callsTo('send')[1]?.body).to.include({ channel: 'voice' });
  });
});
