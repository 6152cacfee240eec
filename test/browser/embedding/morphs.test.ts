import { expect } from '@open-wc/testing';
import { Idiomorph } from 'idiomorph';
import type { FakeWorker } from '../../support/widget/fake-worker.ts';
import { open, startWorker } from '../../support/widget/harness.ts';
import { describeMorph, SERVED, SERVED_WITH_INPUT } from '../../support/widget/morph-tests.ts';
import { faultsOf } from '../../support/widget/page-faults.ts';

describeMorph('a morph by idiomorph', (box, html) =>
  Idiomorph.morph(box, html, { morphStyle: 'innerHTML' }),
);

describe('a morph', () => {
  let worker: FakeWorker;
  beforeEach(() => {
    worker = startWorker();
  });
  afterEach(() => expect(worker.faults).to.deep.equal([]));

  it('keeps the focus and what was typed in an input that the element made', async () => {
    const page = await open(`<div>${SERVED}</div>`);
    await page.typePhone('015123');
    const input = page.phone;
    Idiomorph.morph(page.element.parentElement as Element, SERVED, { morphStyle: 'innerHTML' });
    await page.element.updateComplete;
    expect(page.phone).to.equal(input);
    expect([input.value, document.activeElement]).to.deep.equal(['015123', input]);
  });

  it('to a page with an input of its own takes that one', async () => {
    const page = await open(`<div>${SERVED}</div>`);
    await page.typePhone('015123');
    Idiomorph.morph(page.element.parentElement as Element, SERVED_WITH_INPUT, {
      morphStyle: 'innerHTML',
    });
    await page.until(() => page.phone.name === 'tel', 'not taken');
    await page.until(() => faultsOf(document).length === 0, 'faults stay');
    expect(page.phone.value).to.equal('015123');
  });
});
