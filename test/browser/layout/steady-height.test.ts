import { expect } from '@open-wc/testing';
import { stillness } from '../../support/widget/element-states.ts';
import { FakeDate, StoppedClock } from '../../support/widget/fake-date.ts';
import { answers, type FakeWorker, SENT, VERIFIED } from '../../support/widget/fake-worker.ts';
import { FONTS } from '../../support/widget/fonts.ts';
import { type Harness, open, startWorker } from '../../support/widget/harness.ts';

/** Below three pixels nobody sees a thing move, and browsers do not count it. */
const UNSEEN_PX = 3;

for (const font of FONTS)
  describe(`what stands below the element, in a ${font} font`, () => {
    let worker: FakeWorker;
    const gestures = new StoppedClock();
    beforeEach(() => {
      worker = startWorker();
      gestures.stop();
    });
    afterEach(() => {
      gestures.restore();
      expect(worker.faults).to.deep.equal([]);
    });

    it('does not move when the countries come', async () => {
      const release = worker.hold('config');
      const page = await open(undefined, font);
      const before = bottomOf(page);
      release();
      await page.configured();
      expect(bottomOf(page)).to.be.closeTo(before, UNSEEN_PX);
    });

    for (const style of [
      '',
      'font-size: 0.75rem',
      '--mitto-space: 0.75rem',
      '--mitto-control: 3.5rem',
    ])
      it(`moves with the gesture, and not when the answer comes${style && `, at ${style}`}`, async () => {
        const page = await open(
          `<mitto-otp style="inline-size: 40rem; ${style}"></mitto-otp>`,
          font,
        );
        await page.configured();
        const answerSend = worker.hold('send');
        page.fill(page.phone, '0151 23456789');
        page.button('send').click();
        await page.until(() => page.isBusy, 'nothing is sent');
        const afterGesture = bottomOf(page);
        answerSend();
        await page.reaches('code');
        expect(bottomOf(page), 'at the code step').to.be.closeTo(afterGesture, UNSEEN_PX);
        const answerVerify = worker.hold('verify');
        page.fill(page.code, '123456');
        await page.until(() => page.isBusy, 'nothing is checked');
        answerVerify();
        await page.reaches('verified');
        expect(bottomOf(page), 'at the end').to.be.below(afterGesture);
      });
  });

for (const font of FONTS)
  describe(`the code step and what stands below it, in a ${font} font`, () => {
    let worker: FakeWorker;
    const clock = new FakeDate();
    const gestures = new StoppedClock();
    beforeEach(() => {
      worker = startWorker();
      gestures.stop();
    });
    afterEach(() => {
      clock.restore();
      gestures.restore();
      expect(worker.faults).to.deep.equal([]);
    });

    for (const lang of ['en', 'de', 'fr', 'ar'])
      for (const width of ['16rem', '20rem', '24rem', '40rem'])
        it(`is constant across responses and timers: ${lang}, ${width}`, async () => {
          const page = await open(
            `<mitto-otp lang="${lang}" style="inline-size: ${width}"></mitto-otp>`,
            font,
          );
          await page.configured();
          worker.always('send', answers.send({ to: '+49 •••••••••67' }));
          const answerSend = worker.hold('send');
          page.fill(page.phone, '0151 23456789');
          page.button('send').click();
          await page.until(() => page.isBusy, 'nothing is sent');
          const bottom = bottomOf(page);
          answerSend();
          await page.reaches('code');
          expect(bottomOf(page), 'the answer').to.be.closeTo(bottom, UNSEEN_PX);

          const places = placesIn(page);
          clock.pass(SENT.resendIn);
          await page.until(() => page.part('help') !== null, 'no help');
          expectSame(placesIn(page), places, 'the first wait');

          const answerVerify = worker.hold(
            'verify',
            answers.problem('incorrect_code', { attemptsLeft: 2 }),
          );
          page.fill(page.code, '111111');
          await page.until(() => page.isBusy, 'nothing is checked');
          answerVerify();
          await page.until(() => page.error !== '', 'it is not refused');
          expectSame(placesIn(page), places, 'a wrong code');
          page.fill(page.code, '1');
          await page.until(() => page.error === '', 'the error stays');

          clock.pass(SENT.expiresIn);
          window.dispatchEvent(new PageTransitionEvent('pageshow'));
          await page.until(() => page.part('new-code') !== null, 'it does not expire');
          expectSame(placesIn(page, 'new-code'), places, 'the expiry');
        });

    it('collapses when verified, and is constant when the proof expires', async () => {
      const page = await open('<mitto-otp style="inline-size: 40rem"></mitto-otp>', font);
      await page.sendsCode();
      const room = bottomOf(page);
      page.fill(page.code, '123456');
      await page.reaches('verified');
      const bottom = bottomOf(page);
      expect(room - bottom).to.be.above(20);
      const place = () => {
        stillness(page);
        return page.part('change-number')?.getBoundingClientRect().top;
      };
      const before = place();
      clock.pass(VERIFIED.expiresIn);
      window.dispatchEvent(new PageTransitionEvent('pageshow'));
      await page.until(() => page.part('renew') !== null, 'it does not expire');
      expect(place()).to.equal(before);
      expect(bottomOf(page)).to.be.closeTo(bottom, UNSEEN_PX);
      const said = page.element.querySelector('[slot=phone-error]');
      if (!said) throw new Error('Nothing is said');
      expect(getComputedStyle(said).color, 'not red').to.equal(
        getComputedStyle(page.element).color,
      );
    });

    it('is constant when attempts are exhausted', async () => {
      const page = await open(undefined, font);
      await page.sendsCode();
      const places = placesIn(page);
      worker.next('verify', answers.problem('too_many_attempts', { retryAfter: 3600 }));
      page.fill(page.code, '111111');
      await page.until(() => page.part('new-code') !== null, 'it goes on');
      expect(page.part('timer')?.textContent).to.match(/^New code in (1:00:00|59:\d\d)$/);
      expectSame(placesIn(page, 'new-code'), places, 'the lock');
    });

    it('keeps its room when the send fails, and gives it back with the number', async () => {
      const page = await open(undefined, font);
      await page.configured();
      const first = bottomOf(page);
      const answerSend = worker.hold('send', answers.problem('upstream_error'));
      page.fill(page.phone, '0151 23456789');
      page.button('send').click();
      await page.until(() => page.isBusy, 'nothing is sent');
      const asked = bottomOf(page);
      answerSend();
      await page.until(() => page.error !== '', 'it does not fail');
      expect(bottomOf(page)).to.be.closeTo(asked, UNSEEN_PX);
      await page.sendsCode();
      page.button('change-number').click();
      await page.reaches('phone');
      expect(bottomOf(page)).to.be.closeTo(first, UNSEEN_PX);
    });

    for (const width of ['20rem', '26rem'])
      for (const channels of [['sms', 'voice'], ['sms']] as const)
        it(`is constant across responses with a consent slot: ${channels.join(' or ')}, ${width}`, async () => {
          worker.always('config', answers.config({ channels: [...channels] }));
          worker.always('send', answers.send({ channels: [...channels] }));
          const page = await open(
            `<mitto-otp style="inline-size: ${width}"><p slot="consent">Msg &amp; data rates may apply.</p></mitto-otp>`,
            font,
          );
          await page.configured();
          const fails = worker.hold('send', answers.problem('upstream_error'));
          page.fill(page.phone, '0151 23456789');
          page.button('send').click();
          await page.until(() => page.isBusy, 'nothing is sent');
          const asked = bottomOf(page);
          fails();
          await page.until(() => page.error !== '', 'it does not fail');
          expect(bottomOf(page), 'a send that failed').to.be.closeTo(asked, UNSEEN_PX);
          expect(page.element.querySelector('[slot=consent]')?.checkVisibility()).to.equal(true);
          page.button('send').click();
          await page.reaches('code');
          expect(bottomOf(page), 'the code').to.be.closeTo(asked, UNSEEN_PX);
        });

    it('can neither be pressed nor focused before its time', async () => {
      const page = await open(undefined, font);
      await page.configured();
      worker.hold('send');
      page.fill(page.phone, '0151 23456789');
      void page.element.send();
      await page.until(() => page.part('verify') !== null, 'it takes no room');
      page.button('verify').focus();
      expect(page.focused).not.to.equal(page.button('verify'));
      page.code.focus();
      expect(page.focused).not.to.equal(page.code);
    });
  });

type Places = Record<string, { left: number; top: number }>;

/** Where everything stands that a visitor may be about to press. */
function placesIn(page: Harness, main = 'verify'): Places {
  stillness(page);
  const [button, change, byVoice] = [main, 'change-number', 'by-voice'].map((part) => {
    // The other step may have a button of that name, too.
    const step = page.part('code-step');
    return step?.querySelector(`[part~=${part}]`)?.getBoundingClientRect();
  });
  if (!button || !change || !byVoice) throw new Error('A button is missing');
  return { button, change, byVoice, below: new DOMRect(0, bottomOf(page)) };
}

function expectSame(now: Places, before: Places, when: string): void {
  for (const [name, { left, top }] of Object.entries(before)) {
    expect(now[name]?.left, `${when}, ${name}`).to.be.closeTo(left, UNSEEN_PX);
    expect(now[name]?.top, `${when}, ${name}`).to.be.closeTo(top, UNSEEN_PX);
  }
}

function bottomOf({ element }: Harness): number {
  return element.getBoundingClientRect().bottom;
}
