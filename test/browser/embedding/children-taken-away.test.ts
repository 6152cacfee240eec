import { expect } from '@open-wc/testing';
import { en } from '../../../widget/i18n/locales/en.ts';
import type { FakeWorker } from '../../support/widget/fake-worker.ts';
import { open, startWorker } from '../../support/widget/harness.ts';
import { faultsOf } from '../../support/widget/page-faults.ts';

describe('a page that takes away what the element has put into it', () => {
  let worker: FakeWorker;
  beforeEach(() => {
    worker = startWorker();
  });
  afterEach(() => expect(worker.faults).to.deep.equal([]));

  const THEFTS: Record<string, (child: Element) => void> = {
    removed: (child) => child.remove(),
    'without its slot': (child) => child.removeAttribute('slot'),
    'in another slot': (child) => child.setAttribute('slot', 'other'),
    'without its id': (child) => child.removeAttribute('id'),
    'without any attribute': (child) => {
      for (const name of child.getAttributeNames()) child.removeAttribute(name);
    },
    emptied: (child) => child.replaceChildren(),
    'moved out of it': (child) => child.closest('mitto-otp')?.after(child),
  };
  for (const [theft, steal] of Object.entries(THEFTS))
    for (const step of ['phone', 'code'] as const)
      it(`gets it back: ${theft}, in the step ${step}`, async () => {
        const page = await open('<div><mitto-otp></mitto-otp></div>');
        await page.configured();
        if (step === 'code') await page.sendsCode();
        for (const child of [...page.element.children]) steal(child);
        await page.until(
          () => page.element.querySelector('[slot=phone-label]')?.textContent === en.phoneLabel,
          'no label',
        );
        await page.until(() => faultsOf(document).length === 0, 'faults stay');
        if (step === 'phone') await page.sendsCode();
        page.fill(page.code, '123456');
        await page.reaches('verified');
      });

  it('again and again is not hung by it', async () => {
    const page = await open('<div><mitto-otp></mitto-otp></div>');
    let removals = 0;
    const thief = new MutationObserver(() => {
      const label = page.element.querySelector('label');
      if (!label) return;
      removals += 1;
      label.remove();
    });
    thief.observe(page.element, { childList: true });
    page.element.querySelector('label')?.remove();
    await page.until(() => removals > 3, 'the thief got nothing');
    thief.disconnect();
    await page.until(() => page.element.querySelector('label') !== null, 'no label');
  });
});
