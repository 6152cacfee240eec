import { expect } from '@open-wc/testing';
import { FakeDate, StoppedClock } from './fake-date.ts';
import { answers, type FakeWorker, SENT, VERIFIED } from './fake-worker.ts';
import { type Harness, open, startWorker } from './harness.ts';
import { type Measured, measure } from './sizes.ts';

/** Below three pixels nobody sees a thing move, and browsers do not count it. */
const UNSEEN_PX = 3;

/** The way of a number to its proof and past it, in each state, width and font: a file of tests for some languages. */
export function describeSpace(languages: readonly string[]): void {
  describe('in every language, width and font', () => {
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

    async function begin(lang: string, attributes = ''): Promise<Harness> {
      const page = await open(`<mitto-otp lang="${lang}" ${attributes}></mitto-otp>`);
      await page.configured();
      await page.until(() => page.part('base')?.lang === lang, 'another language');
      return page;
    }

    async function withoutHoles(page: Harness, when: string): Promise<Measured> {
      const measured = await measure(page);
      expect(measured.holes, when).to.deep.equal([]);
      return measured;
    }

    /** It has no hole, and is as high as it was. */
    async function still(page: Harness, before: Measured, when: string): Promise<void> {
      const now = await withoutHoles(page, when);
      for (const [size, height] of Object.entries(now.heights))
        expect(height, `${when}, ${size}`).to.be.closeTo(before.heights[size] ?? 0, UNSEEN_PX);
    }

    async function asks(page: Harness): Promise<void> {
      page.fill(page.phone, '01512 3456789');
      page.button('send').click();
      await page.until(() => page.isBusy, 'nothing is sent');
    }

    async function wakes(page: Harness, seconds: number, condition: () => boolean): Promise<void> {
      clock.pass(seconds);
      window.dispatchEvent(new PageTransitionEvent('pageshow'));
      await page.until(condition, 'the time does not come');
    }

    for (const lang of languages) {
      for (const channels of [['sms', 'voice'], ['voice', 'sms'], ['sms']] as const)
        it(`nothing gapes and nothing moves by itself: ${lang}, ${channels.join(' or ')}`, async () => {
          const [channel, other] = channels;
          const order = { channel, channels: [...channels], reports: true };
          worker.always('config', answers.config({ channels: [...channels] }));
          worker.always('send', answers.send(order));
          worker.always('delivery', answers.delivery('pending'));
          const page = await begin(lang);
          await withoutHoles(page, 'the number');

          let answer = worker.hold('send', answers.problem('upstream_error'));
          await asks(page);
          const asked = await withoutHoles(page, 'sending');
          answer();
          await page.until(() => page.error !== '', 'it does not fail');
          await still(page, asked, 'a send that failed');

          answer = worker.hold('send');
          page.button('send').click();
          await page.until(() => page.isBusy, 'nothing is sent');
          await still(page, asked, 'sending again');
          answer();
          await page.reaches('code');
          await still(page, asked, 'the code');

          clock.pass(SENT.resendIn);
          await page.until(() => page.part('help') !== null, 'no help');
          await still(page, asked, 'the wait is over');

          worker.next('verify', answers.problem('incorrect_code', { attemptsLeft: 2 }));
          page.fill(page.code, '111111');
          await page.until(() => page.error !== '' && !page.isBusy, 'it is not refused');
          await still(page, asked, 'a wrong code');

          if (other) {
            worker.next('send', answers.send({ ...order, channel: other, resendIn: 30 }));
            page.part(`by-${other}`)?.click();
            await page.until(() => page.part(`by-${channel}`) !== null, 'it stays the way it was');
            await still(page, asked, 'the other way');
          }

          await wakes(page, SENT.expiresIn, () => page.part('new-code') !== null);
          await still(page, asked, 'the code has expired');
        });

      for (const isLate of [false, true])
        it(`nor at the end: ${lang}, ${isLate ? 'late' : 'at once'}`, async () => {
          const page = await begin(lang);
          await asks(page);
          await page.reaches('code');
          const before = await measure(page);
          const answer = worker.hold('verify');
          page.fill(page.code, '123456');
          await page.until(() => page.isBusy, 'nothing is checked');
          await still(page, before, 'checking');
          gestures.pass(isLate ? 600 : 100);
          answer();
          await page.reaches('verified');
          const confirmed = await withoutHoles(page, 'confirmed');
          if (isLate) await still(page, before, 'confirmed');
          else
            for (const [size, height] of Object.entries(confirmed.heights))
              expect(height, size).to.be.below((before.heights[size] ?? 0) - 20);
          await wakes(page, VERIFIED.expiresIn, () => page.part('renew') !== null);
          await still(page, confirmed, 'the proof has expired');
        });
    }
  });
}
