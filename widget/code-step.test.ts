import { expect } from '@open-wc/testing';
import { open, startWorker } from './testing/harness.ts';
import { answers, VERIFIED, type WorkerStandIn } from './testing/worker-stand-in.ts';

describe('the code step', () => {
  let worker: WorkerStandIn;
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

  describe('takes from a paste or a fill', () => {
    for (const text of [
      '123456',
      '123 456',
      '123-456',
      'Your code is 123 456. It is valid for 10 minutes.',
      '１２３４５６',
      '١٢٣٤٥٦',
    ])
      it(`"${text}"`, async () => {
        const page = await open('<mitto-otp no-auto-submit></mitto-otp>');
        await page.sendsCode();
        page.paste(page.code, text);
        expect(page.code.value).to.equal('123456');
      });

    it('a whole code in place of what was there', async () => {
      const page = await open('<mitto-otp no-auto-submit></mitto-otp>');
      await page.sendsCode();
      await page.typeCode('999999');
      page.paste(page.code, '123456');
      expect(page.code.value).to.equal('123456');
    });
  });

  it('takes no letters, and no more digits than there are cells', async () => {
    const page = await open('<mitto-otp no-auto-submit></mitto-otp>');
    await page.sendsCode();
    await page.typeCode('1a2b3c4567');
    expect(page.code.value).to.equal('123456');
  });

  it('lets a code be undone by the browser’s own means', async () => {
    const page = await open('<mitto-otp no-auto-submit></mitto-otp>');
    await page.sendsCode();
    await page.typeCode('123');
    document.execCommand('undo');
    expect(page.code.value).not.to.equal('123');
  });

  it('paints as many cells as the Worker or the page says, and marks the caret’s', async () => {
    worker.always('send', answers.send({ codeLength: 8 }));
    const page = await open();
    await page.sendsCode();
    const cells = () => page.element.shadowRoot?.querySelectorAll('[part~=cell]').length;
    expect(cells()).to.equal(8);
    await page.typeCode('12');
    await page.until(
      () => page.part('active') === page.element.shadowRoot?.querySelectorAll('[part~=cell]')[2],
      'the third cell is not marked',
    );
    const other = await open('<mitto-otp code-length="4"></mitto-otp>');
    await other.sendsCode();
    await other.typeCode('1234');
    await other.reaches('verified');
  });

  it('puts each digit into its cell', async () => {
    const page = await open('<mitto-otp no-auto-submit></mitto-otp>');
    await page.sendsCode();
    await page.typeCode('123456');
    const style = getComputedStyle(page.code);
    const cells = [...(page.element.shadowRoot?.querySelectorAll('[part~=cell]') ?? [])];
    const [first, second] = cells.map((cell) => cell.getBoundingClientRect());
    if (!first || !second) throw new Error('There are no cells');
    const context = document.createElement('canvas').getContext('2d');
    if (!context) throw new Error('There is no canvas');
    context.font = style.font;
    const digit = context.measureText('0').width;
    const pitch = digit + Number.parseFloat(style.letterSpacing);
    expect(pitch).to.be.closeTo(second.left - first.left, 0.5);
    const middle = Number.parseFloat(style.textIndent) + digit / 2;
    expect(page.code.getBoundingClientRect().left + middle).to.be.closeTo(
      first.left + first.width / 2,
      0.5,
    );
    expect(page.code.scrollLeft).to.equal(0);
  });

  describe('after a wrong code', () => {
    it('keeps it, selected, and says how many attempts are left once they are few', async () => {
      worker.next('verify', answers.problem('incorrect_code', { attemptsLeft: 4 }));
      worker.next('verify', answers.problem('incorrect_code', { attemptsLeft: 2 }));
      worker.next('verify', answers.problem('incorrect_code', { attemptsLeft: 1 }));
      const page = await open();
      await page.sendsCode();
      await page.typeCode('111111');
      await page.until(() => page.error !== '' && !page.isBusy, 'no error');
      expect(page.error).not.to.contain('left');
      expect(page.code.value).to.equal('111111');
      expect(page.code.selectionEnd).to.equal(6);
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
      expect(page.error).to.contain('not right');
      expect(worker.callsTo('verify')).to.have.length(1);
    });
  });

  describe('sending again', () => {
    it('waits for the time that the Worker said, and says so on the button', async () => {
      worker.always('send', answers.send({ resendIn: 2 }));
      const page = await open();
      await page.sendsCode();
      expect(page.button('resend').textContent?.trim()).to.match(/^Send again in 0:0[12]$/);
      expect(page.isBlocked('resend')).to.equal(true);
      page.button('resend').click();
      await page.element.send();
      expect(worker.callsTo('send')).to.have.length(1);

      await page.until(() => !page.isBlocked('resend'), 'the countdown does not end');
      expect(page.announced).to.equal('You can ask for another code now.');
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

    it('counts the time that the page slept', async () => {
      const page = await open();
      await page.sendsCode();
      expect(page.isBlocked('resend')).to.equal(true);
      const realNow = Date.now;
      try {
        Date.now = () => realNow() + 31_000;
        document.dispatchEvent(new Event('visibilitychange'));
        await page.element.updateComplete;
        expect(page.isBlocked('resend')).to.equal(false);
      } finally {
        Date.now = realNow;
      }
    });

    it('goes by call instead, and back by text', async () => {
      worker.always('send', answers.send({ resendIn: 0 }));
      const page = await open();
      await page.sendsCode();
      worker.next('send', answers.send({ session: 'session-2', channel: 'voice', resendIn: 0 }));
      page.button('by-voice').click();
      await page.until(() => page.hint.includes('read to you'), 'no call');
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
    it('cancels the code, keeps the number and goes to it', async () => {
      const page = await open();
      await page.sendsCode('0151 23456789');
      await page.typeCode('12');
      page.button('change-number').click();
      await page.reaches('phone');
      expect(worker.callsTo('cancel').map(({ body }) => body)).to.deep.equal([
        { session: 'session-1' },
      ]);
      expect(page.phone.value).to.equal('0151 23456789');
      await page.until(() => page.focused === page.phone, 'the focus is elsewhere');
      expect(page.events.map(({ type }) => type)).to.deep.equal(['mitto-sent', 'mitto-reset']);
      await page.element.send();
      expect(page.code.value).to.equal('');
    });

    it('does not mind a cancel that fails', async () => {
      worker.next('cancel', answers.noConnection);
      const page = await open();
      await page.sendsCode();
      page.button('change-number').click();
      await page.reaches('phone');
      expect(page.error).to.equal('');
    });
  });

  it('offers a new code when this one has expired, without typing the number again', async () => {
    worker.next('send', answers.send({ expiresIn: 1, resendIn: 0 }));
    const page = await open();
    await page.sendsCode('0151 23456789');
    await page.until(() => page.error !== '', 'it does not expire');
    expect(page.error).to.equal('The code has expired. Ask for a new one.');
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
