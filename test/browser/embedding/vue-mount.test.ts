import { expect } from '@open-wc/testing';
import { createApp, nextTick } from 'vue/dist/vue.esm-browser.js';
import type { MittoOtpElement } from '../../../widget/mitto-otp-element.ts';
import { ELEMENT_STATES } from '../../support/widget/element-states.ts';
import { answers, type FakeWorker, VERIFIED } from '../../support/widget/fake-worker.ts';
import { Harness, open, startWorker } from '../../support/widget/harness.ts';
import { faultsOf } from '../../support/widget/page-faults.ts';

describe('Vue that mounts over a page', () => {
  let worker: FakeWorker;
  beforeEach(() => {
    worker = startWorker();
  });
  afterEach(() => expect(worker.faults).to.deep.equal([]));

  async function mounted(box: Element, data: Record<string, unknown> = {}): Promise<Harness> {
    const app = createApp({ data: () => data });
    app.config.compilerOptions.isCustomElement = (tag: string) => tag.startsWith('mitto-');
    app.mount(box);
    await nextTick();
    const page = new Harness(box.querySelector('mitto-otp') as MittoOtpElement, worker);
    await page.element.updateComplete;
    return page;
  }

  for (const state of [
    'the number',
    'a wrong number',
    'the code',
    'a wrong code',
    'a confirmed number',
  ])
    it(`begins anew with one of each text, at: ${state}`, async () => {
      const before = await open('<div><mitto-otp name="proof"></mitto-otp></div>');
      await ELEMENT_STATES[state]?.reach(before, worker);
      const page = await mounted(before.element.parentElement as Element);
      expect(page.element).not.to.equal(before.element);
      expect(faultsOf(document)).to.deep.equal([]);
      expect([page.step, page.error, page.element.value]).to.deep.equal(['phone', '', '']);
      await page.verifies();
      expect(page.step).to.equal('verified');
    });

  it('binds the proof by v-model, and has none once it has expired; the number stays', async () => {
    const box = (await open('<div><mitto-otp></mitto-otp></div>')).element
      .parentElement as HTMLElement;
    box.innerHTML = '<mitto-otp v-model="proof"></mitto-otp><output>{{ proof }}</output>';
    worker.next('verify', answers.verify({ expiresIn: 1 }));
    const app = createApp({ data: () => ({ proof: '' }) });
    app.config.compilerOptions.isCustomElement = (tag: string) => tag.startsWith('mitto-');
    const root = app.mount(box) as unknown as { proof: string };
    const page = new Harness(box.querySelector('mitto-otp') as MittoOtpElement, worker);
    await page.element.updateComplete;
    await page.verifies();
    const { value } = page.phone;
    await page.until(() => page.events.at(-1)?.type === 'mitto-expired', 'it does not expire');
    await nextTick();
    expect([root.proof, page.element.value, page.phone.value]).to.deep.equal(['', '', value]);
  });

  it('binds the proof by v-model, and clears it with an empty string', async () => {
    const box = (await open('<div><mitto-otp></mitto-otp></div>')).element
      .parentElement as HTMLElement;
    box.innerHTML = '<mitto-otp v-model="proof"></mitto-otp><output>{{ proof }}{{ more }}</output>';
    const data = { proof: '', more: '' };
    const app = createApp({ data: () => data });
    app.config.compilerOptions.isCustomElement = (tag: string) => tag.startsWith('mitto-');
    const root = app.mount(box) as unknown as typeof data;
    const page = new Harness(box.querySelector('mitto-otp') as MittoOtpElement, worker);
    await page.element.updateComplete;
    await page.verifies();
    expect(root.proof).to.equal(VERIFIED.proof);
    root.more = '!';
    await nextTick();
    expect(page.step).to.equal('verified');
    root.proof = '';
    await nextTick();
    await page.reaches('phone');
    expect(page.element.value).to.equal('');
  });
});
