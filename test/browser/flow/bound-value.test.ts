/** Frameworks that bind the value set it to whatever they were told, also where it has become empty. */
import { expect } from '@open-wc/testing';
import { answers, type FakeWorker, VERIFIED } from '../../support/widget/fake-worker.ts';
import { type Harness, open, startWorker } from '../../support/widget/harness.ts';

/** As React does with `value={proof} onInput={…}`: in the event, or once its handlers are through. */
const BINDINGS: Record<string, (bind: () => void) => void> = {
  'in the event': (bind) => bind(),
  'in a microtask': (bind) => queueMicrotask(bind),
};

function bind({ element }: Harness, later: (bind: () => void) => void): void {
  element.addEventListener('input', ({ target }) => {
    const { value } = element;
    if (target === element)
      later(() => {
        element.value = value;
      });
  });
}

describe('a value that is bound', () => {
  let worker: FakeWorker;
  beforeEach(() => {
    worker = startWorker();
  });
  afterEach(() => expect(worker.faults).to.deep.equal([]));

  for (const [when, later] of Object.entries(BINDINGS)) {
    it(`and handed back ${when} keeps the number that is to be changed`, async () => {
      const page = await open();
      bind(page, later);
      await page.verifies();
      expect(page.element.value).to.equal(VERIFIED.proof);
      const { value } = page.phone;
      page.button('change-number').click();
      await page.reaches('phone');
      expect([page.element.value, page.phone.value]).to.deep.equal(['', value]);
    });

    it(`and handed back ${when} keeps the number whose proof has expired`, async () => {
      worker.next('verify', answers.verify({ expiresIn: 1 }));
      const page = await open();
      bind(page, later);
      await page.verifies();
      const { value } = page.phone;
      await page.until(() => page.events.at(-1)?.type === 'mitto-expired', 'it does not expire');
      await page.element.updateComplete;
      expect([page.element.value, page.phone.value]).to.deep.equal(['', value]);
      expect(page.error).not.to.equal('');
    });
  }

  it('is reset by the page all the same once its proof has expired', async () => {
    worker.next('verify', answers.verify({ expiresIn: 1 }));
    const page = await open();
    await page.verifies();
    await page.until(() => page.error !== '', 'it does not expire');
    await new Promise((resolve) => setTimeout(resolve));
    page.element.value = '';
    await page.reaches('phone');
    expect([page.phone.value, page.error]).to.deep.equal(['', '']);
  });
});
