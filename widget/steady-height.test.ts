import { expect } from '@open-wc/testing';
import { type Harness, open, startWorker } from './testing/harness.ts';
import type { WorkerStandIn } from './testing/worker-stand-in.ts';

/** Below three pixels nobody sees a thing move, and browsers do not count it. */
const UNSEEN_PX = 3;

describe('what stands below the element', () => {
  let worker: WorkerStandIn;
  beforeEach(() => {
    worker = startWorker();
  });
  afterEach(() => expect(worker.faults).to.deep.equal([]));

  it('does not move when the countries come', async () => {
    const release = worker.hold('config');
    const page = await open();
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
      const page = await open(`<mitto-otp style="inline-size: 40rem; ${style}"></mitto-otp>`);
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
      expect(bottomOf(page), 'at the end').to.be.closeTo(afterGesture, UNSEEN_PX);
    });
});

function bottomOf({ element }: Harness): number {
  return element.getBoundingClientRect().bottom;
}
