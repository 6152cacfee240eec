import { expect } from '@open-wc/testing';
import { answers, type FakeWorker } from '../../support/widget/fake-worker.ts';
import { type Harness, open, startWorker } from '../../support/widget/harness.ts';
import { answerMetadata } from '../../support/widget/phone-metadata.ts';

describe('a number', () => {
  let worker: FakeWorker;
  let page: Harness;
  beforeEach(() => {
    worker = startWorker();
    worker.always('phone-metadata', answerMetadata);
  });
  afterEach(() => expect(worker.faults).to.deep.equal([]));

  /** Opens a page on which a visitor has begun, and the metadata has come. */
  async function begin(): Promise<void> {
    page = await open();
    await page.configured();
    page.phone.focus();
    page.fill(page.phone, '01512345');
    await page.until(() => page.phone.value.includes(' '), 'no metadata');
    page.fill(page.phone, '');
  }

  async function backToTheNumber(): Promise<void> {
    page.button('change-number').click();
    await page.reaches('phone');
  }

  for (const [first, second] of [
    ['0151 23456789', '+4915123456789'],
    ['+49 151 23456789', '0151/23456789'],
    ['+49 (0)151 23456789', '+49 151 23456789'],
    ['0049 151 23456789', '15123456789'],
    ['015123456789', '٠١٥١ ٢٣٤٥٦٧٨٩'],
    ['015123456789', '+49\u200b151 23456789.'],
    ['015123456789', '+49 0151 23456789'],
  ] as const)
    it(`that is spelled otherwise after “Change number” is the same, and its code is asked for: ${first}, ${second}`, async () => {
      await begin();
      page.fill(page.phone, first);
      await page.element.send();
      await page.reaches('code');
      await backToTheNumber();
      page.fill(page.phone, second);
      await page.element.send();
      await page.reaches('code');
      expect(worker.callsTo('send')).to.have.length(1);
      expect(worker.callsTo('cancel')).to.have.length(0);
      page.fill(page.code, '123456');
      await page.reaches('verified');
      expect(worker.callsTo('verify')[0]?.body).to.deep.include({ session: 'session-1' });
    });

  for (const [first, second] of [
    ['0151 23456789', '+4915123456780'],
    ['0151 23456789', '+43 151 23456789'],
    ['+1 202 555 0123', '+1 416 555 0123'],
  ] as const)
    it(`that is another one is sent to: ${first}, ${second}`, async () => {
      await begin();
      page.fill(page.phone, first);
      await page.element.send();
      await page.reaches('code');
      await backToTheNumber();
      page.fill(page.phone, second);
      // Without the plans of these: the Worker judges.
      await page.element.send();
      await page.settles();
      if (page.step === 'code')
        expect(worker.callsTo('send').at(-1)?.body['phone']).to.equal(second.replaceAll(' ', ''));
      else expect(page.error).not.to.equal('');
    });

  it('with the same digits in another country is another one', async () => {
    await begin();
    page.fill(page.phone, '0664 1234567');
    await page.chooseCountry('AT');
    await page.element.send();
    await page.reaches('code');
    await backToTheNumber();
    await page.chooseCountry('FR');
    page.fill(page.phone, '0612345678');
    await page.element.send();
    await page.settles();
    expect(worker.callsTo('send').map(({ body }) => body['country'])).to.deep.equal(['AT', 'FR']);
  });

  it('that was sent and never answered is asked for again under the same key, however it is spelled', async () => {
    await begin();
    page.fill(page.phone, '0151 23456789');
    worker.next('send', answers.noConnection);
    await page.element.send();
    await page.until(() => page.error !== '', 'no error');
    page.fill(page.phone, '+49 151 23456789');
    await page.element.send();
    await page.reaches('code');
    const [lost, again] = worker.callsTo('send');
    expect(again?.key).to.equal(lost?.key);
    expect(again?.body).to.deep.equal(lost?.body);
  });

  describe('that a browser filled in and that is sent at once', () => {
    for (const isFocused of [true, false])
      it(`is shown in its groups, ${isFocused ? 'with' : 'without'} the focus`, async () => {
        await begin();
        if (!isFocused) page.phone.blur();
        page.fill(page.phone, '+4915123456789');
        worker.hold('send');
        void page.element.send();
        await page.until(() => worker.callsTo('send').length === 1, 'nothing is sent');
        expect(page.phone.value).to.equal('+49 1512 3456789');
        expect(worker.callsTo('send')[0]?.body).to.deep.include({ phone: '+4915123456789' });
      });

    it('is shown in its groups when the metadata comes only then', async () => {
      const letGo = worker.hold('phone-metadata', answerMetadata);
      page = await open();
      await page.configured();
      page.fill(page.phone, '+4915123456789');
      worker.hold('send');
      void page.element.send();
      await page.until(() => worker.callsTo('send').length === 1, 'nothing is sent');
      letGo();
      await page.until(() => page.phone.value === '+49 1512 3456789', 'it stays ungrouped');
    });

    it('is shown in its groups in the end, where even the countries come only then', async () => {
      const letGo = worker.hold('config');
      page = await open();
      page.phone.value = '+4915123456789';
      const sent = page.element.send();
      letGo();
      await sent;
      await page.reaches('code');
      await page.until(() => page.phone.value === '+49 1512 3456789', 'it stays ungrouped');
      page.fill(page.code, '123456');
      await page.reaches('verified');
      expect(page.phone.value).to.equal('+49 1512 3456789');
    });

    it('stays as it is where the page wrote it', async () => {
      page = await open(
        '<mitto-otp><input slot="phone" value="+4915123456789" readonly></mitto-otp>',
      );
      await page.configured();
      await page.element.send();
      await page.reaches('code');
      await page.until(() => worker.callsTo('phone-metadata').length === 1, 'not asked');
      await new Promise((resolve) => setTimeout(resolve, 50));
      expect(page.phone.value).to.equal('+4915123456789');
    });
  });
});
