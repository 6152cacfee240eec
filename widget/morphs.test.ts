import { expect } from '@open-wc/testing';
import { Idiomorph } from 'idiomorph';
import { createApp, nextTick } from 'vue/dist/vue.esm-browser.js';
import type { MittoOtpElement } from './mitto-otp-element.ts';
import { ELEMENT_STATES } from './testing/element-states.ts';
import { Harness, open, startWorker } from './testing/harness.ts';
import { faultsOf } from './testing/page-faults.ts';
import { VERIFIED, type WorkerStandIn } from './testing/worker-stand-in.ts';
import { en } from './words/en.ts';

const SERVED = '<mitto-otp name="proof"></mitto-otp>';
const SERVED_WITH_INPUT =
  '<mitto-otp name="proof"><input slot="phone" type="tel" name="tel" autocomplete="tel"></mitto-otp>';

/** By the lists of children, as libraries do that do not go by `firstChild`. */
function morphByHand(from: Element, to: Element): void {
  for (const name of from.getAttributeNames())
    if (!to.hasAttribute(name)) from.removeAttribute(name);
  for (const name of to.getAttributeNames()) from.setAttribute(name, to.getAttribute(name) ?? '');
  const wanted = [...to.childNodes];
  for (const [index, child] of [...from.childNodes].entries()) {
    const other = wanted[index];
    if (!other) child.remove();
    else if (
      child instanceof Element &&
      other instanceof Element &&
      child.localName === other.localName
    )
      morphByHand(child, other);
    else child.replaceWith(other);
  }
  from.append(...wanted.slice(from.childNodes.length));
}

function parsed(html: string): Element {
  const template = document.createElement('template');
  template.innerHTML = html;
  return template.content.firstElementChild as Element;
}

const MORPHS: Record<string, (box: Element, html: string) => unknown> = {
  idiomorph: (box, html) => Idiomorph.morph(box, html, { morphStyle: 'innerHTML' }),
  'idiomorph, of the element alone': (box, html) =>
    Idiomorph.morph(box.querySelector('mitto-otp') as Element, html),
  'a morph by child nodes': (box, html) =>
    morphByHand(box.querySelector('mitto-otp') as Element, parsed(html)),
};

describe('a morph to what the server has served', () => {
  let worker: WorkerStandIn;
  beforeEach(() => {
    worker = startWorker();
  });
  afterEach(() => expect(worker.faults).to.deep.equal([]));

  for (const [name, morph] of Object.entries(MORPHS))
    for (const html of [SERVED, SERVED_WITH_INPUT])
      for (const [state, { reach }] of Object.entries(ELEMENT_STATES)) {
        if (state === 'a challenge' || state === 'the list of countries') continue;
        it(`leaves the element what it is: ${name}, ${html.length > 60 ? 'own input' : 'no input'}, at: ${state}`, async () => {
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

describe('a page that takes away what the element has put into it', () => {
  let worker: WorkerStandIn;
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

describe('Vue that mounts over a page', () => {
  let worker: WorkerStandIn;
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
