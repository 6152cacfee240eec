import { expect } from '@open-wc/testing';
import { CHALLENGE, FakeTurnstile } from '../../support/widget/fake-turnstile.ts';
import { answers, type FakeWorker } from '../../support/widget/fake-worker.ts';
import { type Harness, open, startWorker } from '../../support/widget/harness.ts';
import { answerMetadata } from '../../support/widget/phone-metadata.ts';

const NUMBER = '\u2066+49\u00a01512\u00a03456789\u2069';

/** The error of the code step where the one report is bad news, some seconds after the code was sent. */
async function undelivered(page: Harness): Promise<void> {
  await page.until(() => page.error.includes('delivered'), 'it is not said', 9_000);
}

function goAwayAndBack(): void {
  for (const type of ['pagehide', 'pageshow'])
    window.dispatchEvent(new PageTransitionEvent(type, { persisted: true }));
}

describe('what is said in each state', () => {
  let worker: FakeWorker;
  beforeEach(() => {
    worker = startWorker();
    worker.always('phone-metadata', answerMetadata);
  });
  afterEach(() => {
    expect(worker.faults).to.deep.equal([]);
  });

  async function sendsTo(page: Harness, number = '015123456789'): Promise<void> {
    await page.configured();
    await page.typePhone(number);
    await page.until(() => page.phone.value.includes(' '), 'it is not formatted');
    await page.press('Enter');
    await page.reaches('code');
  }

  describe('of the number', () => {
    it('is all of it, in its groups, to the visitor who has just typed it', async () => {
      const page = await open();
      await sendsTo(page);
      expect(page.hint).to.equal(`Enter the 6\u2011digit code we sent to ${NUMBER}.`);
      expect(page.hint).not.to.contain('•');
    });

    it('is all of it in every direction of writing, and never torn apart', async () => {
      for (const lang of ['ar', 'he']) {
        const page = await open(`<mitto-otp lang="${lang}"></mitto-otp>`);
        await sendsTo(page, '+4915123456789');
        expect(page.hint, lang).to.contain(NUMBER);
      }
    });

    it('is what was typed where its groups are not known', async () => {
      worker.always('phone-metadata', answers.problem('not_found'));
      const page = await open();
      await page.configured();
      await page.sendsCode('0151 23456789');
      expect(page.hint).to.contain('\u20660151\u00a023456789\u2069');
    });

    it('is masked once the page was left and comes back, and whole again with the next code', async () => {
      worker.always('send', answers.send({ resendIn: 0 }));
      const page = await open();
      await sendsTo(page);
      goAwayAndBack();
      await page.until(() => page.hint.includes('•'), 'it is not masked');
      expect(page.hint).not.to.contain('3456789');
      page.button('resend').click();
      await page.until(() => page.hint.includes(NUMBER), 'it stays masked');
    });

    it('is masked to the page, which has no need of it', async () => {
      const page = await open();
      await sendsTo(page);
      const [sent] = page.events;
      expect(sent && 'to' in sent && sent.to).to.contain('•');
    });
  });

  describe('of another code', () => {
    it('is that a new one was sent, and where to', async () => {
      worker.next('send', answers.send({ resendIn: 0 }));
      const page = await open();
      await sendsTo(page);
      expect(page.part('help')).to.equal(null);
      page.button('resend').focus();
      page.button('resend').click();
      await page.until(() => page.part('help') !== null, 'nothing is said');
      expect(page.part('help')?.textContent).to.equal('New code sent.');
      expect(page.announced).to.equal('New code sent.');
      expect(page.focused).to.equal(page.code);
      expect(page.description).to.contain(NUMBER);
    });

    it('by a call is that we are calling, and no help with a text message', async () => {
      worker.next('send', answers.send({ resendIn: 0 }));
      worker.next('send', answers.send({ channel: 'voice', resendIn: 30 }));
      const page = await open();
      await sendsTo(page);
      page.button('by-voice').click();
      await page.until(() => page.hint.includes('calling'), 'no call is spoken of');
      expect(page.hint).to.equal(`We’re calling ${NUMBER}. Enter the 6 digits you hear.`);
      expect(page.part('help')).to.equal(null);
    });

    it('is never to do what cannot be done yet', async () => {
      worker.always('send', answers.send({ resendIn: 1 }));
      const page = await open();
      await sendsTo(page);
      for (const _code of [1, 2, 3]) {
        await page.until(
          () => page.part('help')?.textContent?.includes('again') ?? false,
          'no help',
        );
        expect(page.isBlocked('resend')).to.equal(false);
        expect(page.part('help')?.textContent).to.equal(
          'Still no code? Check the number, or send it again.',
        );
        page.button('resend').click();
        await page.until(() => page.isBlocked('resend') && !page.isBusy, 'not sent');
        expect(page.part('help')?.textContent).to.equal('New code sent.');
      }
    });

    it('that is refused for a while is one countdown, and help that waits for its end', async () => {
      worker.next('send', answers.send({ resendIn: 0 }));
      const page = await open();
      await sendsTo(page);
      worker.next('send', answers.problem('rate_limited', { retryAfter: 27 }));
      page.button('resend').focus();
      page.button('resend').click();
      await page.until(() => page.error !== '', 'no error');
      expect(page.error).to.equal('Please wait a moment before trying again.');
      expect(page.part('timer')?.textContent).to.match(/^0:2[67]$/);
      expect(page.part('help')).to.equal(null);
      // Who does not see the countdown hears of the same seconds.
      expect(page.announced).to.match(/You can try again in 2[67] seconds\.$/);
    });

    it('after too many wrong ones is one countdown as well', async () => {
      const page = await open();
      await sendsTo(page);
      worker.next('verify', answers.problem('too_many_attempts', { retryAfter: 40 }));
      await page.typeCode('111111');
      await page.until(() => page.error !== '', 'no error');
      expect(page.part('timer')?.textContent).to.match(/^New code in 0:(40|3\d)$/);
      expect(page.error).to.equal('Too many wrong codes.');
    });
  });

  describe('of a message that did not arrive', () => {
    beforeEach(() => {
      worker.always('send', answers.send({ reports: true, resendIn: 30 }));
      worker.always('delivery', answers.delivery('not_delivered'));
    });

    it('is an error, and the other way is open at once', async () => {
      const page = await open();
      await sendsTo(page);
      expect(page.isBlocked('by-voice')).to.equal(true);
      await undelivered(page);
      expect(page.error).to.equal(
        'The code couldn’t be delivered. Please check the number. You can also get the code another way.',
      );
      expect(page.announced).to.equal(page.error);
      expect(page.description).to.contain(NUMBER);
      expect(page.part('help')).to.equal(null);
      // The code may come all the same.
      expect(page.code.ariaInvalid).to.equal(null);
      expect(page.isBlocked('resend')).to.equal(true);
      expect(page.isBlocked('by-voice')).to.equal(false);

      worker.always('send', answers.send({ channel: 'voice', session: 'session-2' }));
      page.button('by-voice').click();
      await page.until(() => page.hint.includes('calling'), 'no call');
      expect(page.error).to.equal('');
      expect(worker.callsTo('send')[1]?.body).to.deep.equal({
        session: 'session-1',
        channel: 'voice',
      });
    });

    it('is open no more once the Worker has refused it, and one countdown says until when', async () => {
      const page = await open();
      await sendsTo(page);
      await undelivered(page);
      worker.next('send', answers.problem('rate_limited', { retryAfter: 600 }));
      page.button('by-voice').click();
      await page.until(() => page.error.includes('wait'), 'no error');
      expect(page.isBlocked('by-voice')).to.equal(true);
      expect(page.part('timer')?.textContent).to.match(/^(10:00|9:5\d)$/);
    });

    it('opens nothing to a gesture that names no other way', async () => {
      const page = await open();
      await sendsTo(page);
      await undelivered(page);
      await page.element.send();
      expect(worker.callsTo('send')).to.have.length(1);
    });

    it('takes the code that comes all the same', async () => {
      const page = await open();
      await sendsTo(page);
      await undelivered(page);
      await page.typeCode('123456');
      await page.reaches('verified');
    });
  });

  describe('on the button below the number', () => {
    const label = (page: Harness) => page.button('send').textContent?.trim();

    it('is the way back while the number is that of a code that still holds', async () => {
      const page = await open();
      await sendsTo(page);
      page.button('change-number').click();
      await page.reaches('phone');
      expect(label(page)).to.equal('Back to the code');
      page.fill(page.phone, '0151 23456780');
      await page.element.updateComplete;
      expect(label(page)).to.equal('Send code');
      page.fill(page.phone, '015123456789');
      await page.element.updateComplete;
      expect(label(page)).to.equal('Back to the code');
      page.button('send').click();
      await page.reaches('code');
      expect(worker.callsTo('send')).to.have.length(1);
    });

    it('is to send a code once that one has expired, and then it does', async () => {
      worker.next('send', answers.send({ expiresIn: 3, resendIn: 0 }));
      const page = await open();
      await sendsTo(page);
      page.button('change-number').click();
      await page.reaches('phone');
      expect(label(page)).to.equal('Back to the code');
      await page.until(() => label(page) === 'Send code', 'it promises what is over', 8000);
      page.button('send').click();
      await page.reaches('code');
      expect(worker.callsTo('send')).to.have.length(2);
    });

    it('is what the visitor has to do while a challenge waits for them, without a spinner', async () => {
      const turnstile = new FakeTurnstile();
      turnstile.answers = 'ask';
      worker.always('config', answers.config({ challenge: CHALLENGE }));
      const page = await open();
      await page.configured();
      page.fill(page.phone, '015123456789');
      page.button('send').click();
      await page.until(() => page.part('challenge-hint') !== null, 'it does not ask');
      expect(label(page)).to.equal('Complete the check below');
      expect(page.part('spinner')).to.equal(null);
      expect(page.isBlocked('send')).to.equal(true);
      const letGo = worker.hold('send');
      turnstile.button.click();
      await page.until(() => label(page) === 'Sending the code…', 'it is not sent');
      expect(page.part('spinner')).not.to.equal(null);
      letGo();
      await page.reaches('code');
    });
  });
});
