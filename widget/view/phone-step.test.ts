import { expect } from '@open-wc/testing';
import { answers, type FakeWorker } from '../../test/support/widget/fake-worker.ts';
import { type Harness, open, startWorker } from '../../test/support/widget/harness.ts';

describe('the phone step', () => {
  let worker: FakeWorker;
  beforeEach(() => {
    worker = startWorker();
  });
  afterEach(() => expect(worker.faults).to.deep.equal([]));

  it('a number that is pasted with its name before it is taken without', async () => {
    const page = await open();
    await page.configured();
    page.paste(page.phone, ' Tel: +49 (0)151 23456789\n');
    expect(page.phone.value).to.equal('+49 (0)151 23456789');
    document.execCommand('undo');
    expect(page.phone.value).to.equal('');
    page.paste(page.phone, 'tel:+4915123456789');
    await page.element.send();
    expect(worker.callsTo('send')[0]?.body).to.include({ phone: '+4915123456789' });
  });

  for (const [text, phone] of [
    ['+49 1511\u200b2345678', '+4915112345678'],
    ['+49\u00ad1511\u00ad2345678', '+4915112345678'],
    ['\u2066+49 1511 2345678\u2069', '+4915112345678'],
    ['(+49) 1511 2345678', '+4915112345678'],
    ['+49 1511 2345678.', '+4915112345678'],
    ['+49\t1511\t2345678', '+4915112345678'],
    ['+49 · 1511 – 2345678', '+4915112345678'],
    ['„+49 1511 2345678“', '+4915112345678'],
    ['☎ +49 1511 2345678', '+4915112345678'],
    ['mobile +49 1511 2345678', '+4915112345678'],
    ['tel:+49-1511-2345678', '+4915112345678'],
    ['tel:%2B49%201511%202345678', '+4915112345678'],
    ['Tel.: 01511 2345678', '015112345678'],
    ['+၄၉၁၅၁၁၂၃၄၅၆၇၈', '+4915112345678'],
  ] as const)
    for (const way of ['paste', 'drop', 'fill'] as const)
      it(`reads what a person means: a ${way} of ${JSON.stringify(text)}`, async () => {
        const page = await open();
        await page.configured();
        page[way](page.phone, text);
        await page.element.send();
        expect(page.error).to.equal('');
        expect(worker.callsTo('send')[0]?.body['phone']).to.equal(phone);
      });

  it('takes a link that is dropped in the place of what was there', async () => {
    const page = await open();
    await page.configured();
    page.fill(page.phone, '0151 2345');
    page.drop(page.phone, 'tel:+4915112345678');
    await page.until(
      () => page.phone.value.replaceAll(' ', '') === '+4915112345678',
      page.phone.value,
    );
  });

  for (const text of [
    ...['Spain: 612 345 678', '🇪🇸 612345678', 'tel:+4915112345678;ext=5', '+49 151 ••• 6789'],
    ...['01511 2345678 / 0160 1234567', '+49 1511 CALL ME', '4.91511E+12', '<b>+4915112345678</b>'],
  ])
    it(`sends nothing for what may be another number: ${text}`, async () => {
      const page = await open();
      await page.configured();
      page.paste(page.phone, text);
      await page.element.send();
      expect(page.error).not.to.equal('');
      expect(worker.callsTo('send')).to.have.length(0);
    });

  it('sends the typed number on Enter, and shows where the code went', async () => {
    const page = await open();
    await page.configured();
    await page.typePhone('0151 234-56789');
    await page.press('Enter');
    await page.reaches('code');
    expect(worker.callsTo('send')).to.have.length(1);
    expect(worker.callsTo('send')[0]?.body).to.deep.include({
      phone: '015123456789',
      country: 'DE',
    });
    expect(page.hint).to.contain('0151\u00a0234-56789');
    expect(page.focused).to.equal(page.code);
    expect(page.events.map(({ type }) => type)).to.deep.equal(['mitto-sent']);
  });

  it('sends on the button, and the keys reach it', async () => {
    const page = await open();
    await page.configured();
    await page.typePhone('015123456789');
    await page.press('Tab');
    expect(page.focused).to.equal(page.button('send'));
    await page.press(' ');
    await page.reaches('code');
  });

  it('shows that it is busy, and takes no change meanwhile', async () => {
    const page = await open();
    await page.configured();
    const letGo = worker.hold('send');
    await page.typePhone('015123456789');
    await page.press('Enter');
    await page.until(() => page.isBusy, 'not busy');
    expect(page.button('send').textContent?.trim()).to.equal('Sending the code…');
    expect(page.part('spinner')).not.to.equal(null);
    expect(page.phone.readOnly).to.equal(true);
    expect(page.focused).to.equal(page.phone);
    letGo();
    await page.reaches('code');
  });

  it('says what is missing before it asks anybody', async () => {
    const page = await open();
    await page.configured();
    page.phone.focus();
    await page.press('Enter');
    await page.until(() => page.error !== '', 'no error');
    expect(page.error).to.equal('Enter your phone number.');
    expect(page.phone.getAttribute('aria-invalid')).to.equal('true');
    expect(worker.callsTo('send')).to.have.length(0);

    await page.typePhone('call me');
    await page.press('Enter');
    await page.until(() => page.error.includes('Check'), 'no other error');
    expect(worker.callsTo('send')).to.have.length(0);

    await page.typePhone('1');
    expect(page.error).to.equal('');
  });

  it('says what the page asked for: channel, flow, language, nonce', async () => {
    const page = await open(
      '<mitto-otp channel="voice" flow="signup" lang="de-AT" nonce-value="n-1"></mitto-otp>',
    );
    await page.sendsCode('+49 151 23456789');
    expect(worker.callsTo('send')[0]?.body).to.deep.equal({
      phone: '+4915123456789',
      channel: 'voice',
      flow: 'signup',
      locale: 'de-AT',
      nonce: 'n-1',
    });
    expect(worker.callsTo('config')[0]?.url.search).to.equal('?flow=signup');
  });

  it('speaks to the origin of its script, unless the page names another', async () => {
    const page = await open('<mitto-otp endpoint="https://otp.example.com"></mitto-otp>');
    await page.sendsCode();
    expect(worker.callsTo('send')[0]?.url.origin).to.equal('https://otp.example.com');
    const own = await open();
    await own.sendsCode();
    expect(worker.callsTo('send')[1]?.url.origin).to.equal(location.origin);
  });

  for (const endpoint of ['http://otp.example.com', 'ftp://localhost', 'nonsense'])
    it(`refuses ${endpoint} as an endpoint, in words and to the page`, async () => {
      const page = await open(`<mitto-otp endpoint="${endpoint}"></mitto-otp>`);
      await page.until(() => page.error !== '', 'no error');
      expect(page.error).to.contain('isn’t set up correctly');
      expect(page.events.map((event) => 'code' in event && event.code)).to.deep.equal([
        'misconfigured',
      ]);
      expect(worker.calls).to.have.length(0);
      page.element.endpoint = 'https://otp.example.com';
      await page.until(() => page.error === '' && page.country === 'DE', 'no way back');
    });

  it('takes the focus by `autofocus` when nothing else has it', async () => {
    const page = await open('<mitto-otp autofocus></mitto-otp>');
    expect(page.focused).to.equal(page.phone);
    const polite = await open('<div><input id="mine"><mitto-otp></mitto-otp></div>');
    document.getElementById('mine')?.focus();
    await polite.element.updateComplete;
    expect(document.activeElement?.id).to.equal('mine');
  });

  describe('without its configuration', () => {
    async function offline(): Promise<Harness> {
      worker.always('config', answers.noConnection);
      const page = await open();
      await page.until(() => worker.callsTo('config').length > 0, 'config is not asked for');
      await page.settles();
      return page;
    }

    it('says nothing until somebody wants something', async () => {
      const page = await offline();
      expect(page.error).to.equal('');
      expect(page.events).to.have.length(0);
    });

    it('tells a gesture why nothing was sent, and goes on with the next', async () => {
      const page = await offline();
      await page.typePhone('015123456789');
      await page.press('Enter');
      await page.until(() => page.error !== '', 'no error');
      expect(page.error).to.contain('No connection.');
      expect(worker.callsTo('send')).to.have.length(0);

      worker.always('config', answers.config());
      await page.press('Enter');
      await page.reaches('code');
      expect(worker.callsTo('send')).to.have.length(1);
    });
  });
});
