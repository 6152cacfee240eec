/** What must hold of the element when the page around it is morphed to what its server has served. */
import { expect } from '@open-wc/testing';
import { ELEMENT_STATES } from './element-states.ts';
import type { FakeWorker } from './fake-worker.ts';
import { open, startWorker } from './harness.ts';
import { faultsOf } from './page-faults.ts';

export const SERVED = '<mitto-otp name="proof"></mitto-otp>';
export const SERVED_WITH_INPUT =
  '<mitto-otp name="proof"><input slot="phone" type="tel" name="tel" autocomplete="tel"></mitto-otp>';

export function describeMorph(name: string, morph: (box: Element, html: string) => unknown): void {
  describe(`${name} to what the server has served`, () => {
    let worker: FakeWorker;
    beforeEach(() => {
      worker = startWorker();
    });
    afterEach(() => expect(worker.faults).to.deep.equal([]));

    for (const html of [SERVED, SERVED_WITH_INPUT])
      for (const [state, { reach }] of Object.entries(ELEMENT_STATES)) {
        if (state === 'a challenge' || state === 'the list of countries') continue;
        const input = html === SERVED ? 'no input' : 'own input';
        it(`leaves the element what it is: ${input}, at: ${state}`, async () => {
          const page = await open(`<div>${html}</div>`);
          await reach(page, worker);
          const { step, isBusy, element } = page;
          const isReadOnly = page.phone.readOnly;
          const shown = page.phone.value;
          morph(element.parentElement as Element, html);
          await page.until(() => faultsOf(document).length === 0, 'faults stay');
          expect(element.isConnected).to.equal(true);
          expect([page.step, page.isBusy]).to.deep.equal([step, isBusy]);
          await page.until(() => page.phone.readOnly === isReadOnly, 'it can be changed');
          if (step !== 'phone') expect(page.phone.value).to.equal(shown);
        });
      }
  });
}
