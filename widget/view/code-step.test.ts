import { expect } from '@open-wc/testing';
import { answers, type FakeWorker, VERIFIED } from '../../test/support/widget/fake-worker.ts';
import { open, startWorker } from '../../test/support/widget/harness.ts';
import { en } from '../i18n/locales/en.ts';

describe('the code step', () => {
  let worker: FakeWorker;
  beforeEach(() => {
    worker = startWorker();
  });
  afterEach(() => expect(worker.faults).to.deep.equal([]));

  it('checks the code at its last digit', async () => {
    const page = await open();
    await page.sendsCode();
    await page.typeCode('12345');
    expect(worker.callsTo('verify')).to.have.length(0);
    await page.typeCode('6');
    await page.reaches('verified');
    expect(worker.callsTo('verify').map(({ body }) => body)).to.deep.equal([
      { session: 'session-1', code: '123456' },
    ]);
    expect(page.element.value).to.equal(VERIFIED.proof);
  });

  it('waits for Enter or the button under `no-auto-submit`', async () => {
    const page = await open('<mitto-otp no-auto-submit></mitto-otp>');
    await page.sendsCode();
    await page.typeCode('123456');
    await page.element.updateComplete;
    expect(worker.callsTo('verify')).to.have.length(0);
    await page.press('Enter');
    await page.reaches('verified');
  });

  it('says that digits are missing, and asks nobody', async () => {
    const page = await open();
    await page.sendsCode();
    await page.typeCode('123');
    await page.press('Enter');
    await page.until(() => page.error !== '', 'no error');
    expect(page.error).to.equal('Enter all 6 digits of the code.');
    expect(worker.callsTo('verify')).to.have.length(0);
  });

  describe('after a wrong code', () => {
    it('keeps it, with the caret behind it, and says how many attempts are left once they are few', async () => {
      worker.next('verify', answers.problem('incorrect_code', { attemptsLeft: 4 }));
      worker.next('verify', answers.problem('incorrect_code', { attemptsLeft: 2 }));
      worker.next('verify', answers.problem('incorrect_code', { attemptsLeft: 1 }));
      const page = await open();
      await page.sendsCode();
      await page.typeCode('111111');
      await page.until(() => page.error !== '' && !page.isBusy, 'no error');
      expect(page.error).not.to.contain('left');
      expect(page.code.value).to.equal('111111');
      expect([page.code.selectionStart, page.code.selectionEnd]).to.deep.equal([6, 6]);
      await page.press('2');
      expect(page.code.value).to.equal('2');
      expect(page.error).to.equal('');
      await page.typeCode('22222');
      await page.until(() => page.error.includes('2 attempts left.'), 'no count');
      await page.typeCode('333333');
      await page.until(() => page.error.includes('One attempt left.'), 'no last count');
    });

    it('does not spend an attempt on the same code again', async () => {
      worker.next('verify', answers.problem('incorrect_code', { attemptsLeft: 1 }));
      const page = await open();
      await page.sendsCode();
      await page.typeCode('111111');
      await page.until(() => page.error !== '' && !page.isBusy, 'no error');
      await page.press('Enter');
      await page.press('Enter');
      expect(page.error).to.contain('isn’t right');
      expect(worker.callsTo('verify')).to.have.length(1);
    });
  });

  it('asks again after a failure of the network by a new gesture alone', async () => {
    worker.next('verify', answers.noConnection);
    const page = await open();
    await page.sendsCode();
    await page.typeCode('123456');
    await page.until(() => page.error !== '' && !page.isBusy, 'no error');
    expect(page.code.value).to.equal('123456');
    // The same value once more, as by autofill, by leaving the field and by coming back to it.
    page.fill(page.code, '123456');
    page.code.dispatchEvent(new Event('change', { bubbles: true }));
    page.code.blur();
    page.code.focus();
    await page.element.updateComplete;
    expect(worker.callsTo('verify')).to.have.length(1);
    await page.press('Enter');
    await page.reaches('verified');
    expect(worker.callsTo('verify')).to.have.length(2);
  });

  it('shows that it checks, and takes no change meanwhile', async () => {
    const page = await open();
    await page.sendsCode();
    const letGo = worker.hold('verify');
    await page.typeCode('123456');
    await page.until(() => page.isBusy, 'not busy');
    expect(page.button('verify').textContent?.trim()).to.equal(en.verifying);
    expect(page.button('verify').querySelector('[part=spinner]')).not.to.equal(null);
    expect(page.code.readOnly).to.equal(true);
    page.paste(page.code, '654321');
    page.drop(page.code, '654321');
    expect(page.code.value).to.equal('123456');
    letGo();
    await page.reaches('verified');
  });

  describe('sending again', () => {
    it('waits for the time that the Worker said, and says so on the button', async () => {
      worker.always('send', answers.send({ resendIn: 2 }));
      const page = await open();
      await page.sendsCode();
      expect(page.button('resend').textContent?.trim()).to.equal('Send again');
      expect(page.part('timer')?.textContent).to.match(/^0:0[12]$/);
      expect(page.part('timer')?.ariaLabel).to.match(/^Send again in 0:0[12]$/);
      expect(page.isBlocked('resend')).to.equal(true);
      page.button('resend').click();
      await page.element.send();
      expect(worker.callsTo('send')).to.have.length(1);

      await page.until(() => !page.isBlocked('resend'), 'the countdown does not end');
      await page.until(() => page.announced.includes(en.resendReady), 'it is not said');
      page.button('resend').click();
      await page.until(() => worker.callsTo('send').length === 2, 'nothing is sent');
      expect(worker.callsTo('send')[1]?.body).to.deep.equal({
        session: 'session-1',
        channel: 'sms',
      });
      await page.settles();
      expect(page.isBlocked('resend')).to.equal(true);
      expect(page.focused).to.equal(page.code);
    });

    it('announces the end of the countdown, and none of its seconds', async () => {
      worker.always('send', answers.send({ resendIn: 3 }));
      const page = await open();
      await page.sendsCode();
      const said: (string | null | undefined)[] = [];
      const status = page.part('status');
      const listener = new MutationObserver(() => said.push(status?.textContent));
      if (status) listener.observe(status, { childList: true, characterData: true, subtree: true });
      const seen = new Set<string | undefined>();
      await page.until(() => {
        seen.add(page.part('timer')?.textContent ?? undefined);
        return !page.isBlocked('resend');
      }, 'the countdown does not end');
      await page.until(() => page.announced.includes(en.resendReady), 'it is not said');
      listener.disconnect();
      expect(seen.size).to.be.greaterThan(2);
      expect(said).to.have.length(1);
    });

    it('tells, each time the wait is over, what to do when no code comes, and not while it runs', async () => {
      worker.always('send', answers.send({ resendIn: 1 }));
      const page = await open();
      await page.sendsCode();
      expect(page.part('help')).to.equal(null);
      await page.until(() => page.part('help') !== null, 'no help');
      expect(page.part('help')?.textContent).to.equal(en.noCodeHelp);
      expect(page.announced).to.contain(en.noCodeHelp);
      page.button('resend').click();
      await page.until(() => worker.callsTo('send').length === 2, 'nothing is sent');
      await page.settles();
      expect(page.part('help')?.textContent).to.equal(en.newCodeSent);
      expect(page.isBlocked('resend')).to.equal(true);
      await page.until(() => page.announced.includes(en.resendReady), 'the end is not said');
      expect(page.part('help')?.textContent).to.equal(en.noCodeHelp);
    });

    it('goes by call instead, and back by text', async () => {
      worker.always('send', answers.send({ resendIn: 0 }));
      const page = await open();
      await page.sendsCode();
      worker.next('send', answers.send({ session: 'session-2', channel: 'voice', resendIn: 0 }));
      page.button('by-voice').click();
      await page.until(() => page.hint.includes('calling'), 'no call');
      expect(worker.callsTo('send')[1]?.body).to.deep.equal({
        session: 'session-1',
        channel: 'voice',
      });
      page.button('by-sms').click();
      await page.until(() => worker.callsTo('send').length === 3, 'no text');
      expect(worker.callsTo('send')[2]?.body).to.deep.equal({
        session: 'session-2',
        channel: 'sms',
      });
    });

    it('offers no call where there is none', async () => {
      worker.always('send', answers.send({ channels: ['sms'] }));
      const page = await open();
      await page.sendsCode();
      expect(page.part('by-voice')).to.equal(null);
    });
  });

  describe('changing the number', () => {
    it('keeps the number and goes to it', async () => {
      const page = await open();
      await page.sendsCode('0151 23456789');
      await page.typeCode('12');
      page.button('change-number').click();
      await page.reaches('phone');
      expect(page.phone.value).to.equal('0151 23456789');
      await page.until(() => page.focused === page.phone, 'the focus is elsewhere');
      expect(page.events.map(({ type }) => type)).to.deep.equal(['mitto-sent', 'mitto-reset']);
    });

    it('to the same one, leads back to the code that is still good, and asks nobody', async () => {
      const page = await open();
      await page.sendsCode('0151 23456789');
      await page.typeCode('12');
      page.button('change-number').click();
      await page.reaches('phone');
      page.fill(page.phone, '0151 2345678');
      page.fill(page.phone, '0151 234 567 89');
      page.phone.focus();
      await page.press('Enter');
      await page.reaches('code');
      expect(page.focused).to.equal(page.code);
      expect(page.code.value).to.equal('');
      expect(page.part('timer')?.textContent).to.match(/^0:[23]\d$/);
      expect(page.events.map(({ type }) => type)).to.deep.equal([
        'mitto-sent',
        'mitto-reset',
        'mitto-sent',
      ]);
      await page.typeCode('123456');
      await page.reaches('verified');
      expect(
        ['send', 'cancel'].map((route) => worker.callsTo(route as 'send').length),
      ).to.deep.equal([1, 0]);
      expect(worker.callsTo('verify')[0]?.body).to.deep.include({ session: 'session-1' });
    });

    it('to another one, cancels the code once the other is sent', async () => {
      const page = await open();
      await page.sendsCode('0151 23456789');
      page.button('change-number').click();
      await page.reaches('phone');
      worker.next('send', answers.problem('invalid_phone'));
      await page.sendsCode('0151 23456788');
      expect(worker.callsTo('cancel')).to.have.length(0);
      worker.next('send', answers.send({ session: 'session-2' }));
      await page.sendsCode('0151 23456780');
      await page.reaches('code');
      expect(worker.callsTo('cancel').map(({ body }) => body)).to.deep.equal([
        { session: 'session-1' },
      ]);
      page.fill(page.code, '123456');
      await page.reaches('verified');
      expect(worker.callsTo('verify')[0]?.body).to.deep.include({ session: 'session-2' });
    });

    it('to the same one, sends anew once the code has expired, or where the page has another nonce', async () => {
      worker.next('send', answers.send({ expiresIn: 1 }));
      const page = await open();
      await page.sendsCode();
      page.button('change-number').click();
      await new Promise((resolve) => setTimeout(resolve, 1_100));
      await page.sendsCode();
      expect(worker.callsTo('send')).to.have.length(2);
      page.button('change-number').click();
      page.element.nonceValue = 'of-another-visit';
      await page.sendsCode();
      expect(worker.callsTo('send')[2]?.body).to.deep.include({ nonce: 'of-another-visit' });
    });

    it('and a reset, cancel the code', async () => {
      const page = await open();
      await page.sendsCode();
      page.element.reset();
      await page.sendsCode();
      page.button('change-number').click();
      page.element.reset();
      expect(worker.callsTo('cancel')).to.have.length(2);
      await page.sendsCode();
      expect(worker.callsTo('send')).to.have.length(3);
    });

    it('ignores a failed cancel request', async () => {
      worker.next('cancel', answers.noConnection);
      const page = await open();
      await page.sendsCode();
      page.element.reset();
      await page.reaches('phone');
      expect(page.error).to.equal('');
    });
  });

  it('offers a new code when this one has expired, without typing the number again', async () => {
    worker.next('send', answers.send({ expiresIn: 1, resendIn: 0 }));
    const page = await open();
    await page.sendsCode('0151 23456789');
    await page.until(() => page.error !== '', 'it does not expire');
    expect(page.error).to.equal('The code has expired. Request a new one.');
    page.button('new-code').click();
    await page.until(() => worker.callsTo('send').length === 2, 'nothing is sent');
    expect(worker.callsTo('send')[1]?.body).to.deep.include({
      phone: '015123456789',
      country: 'DE',
    });
    await page.settles();
    expect(page.error).to.equal('');
    await page.typeCode('123456');
    await page.reaches('verified');
  });
});
