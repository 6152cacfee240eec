import { expect, waitUntil } from '@open-wc/testing';
import { enInitial } from '../../../widget/i18n/en-initial.ts';
import { words as de } from '../../../widget/i18n/locales/de.ts';
import { RenderedPage } from '../../support/ssr/page.ts';
import { VERIFIED } from '../../support/widget/fake-worker.ts';

describe('a page that a server has rendered', () => {
  afterEach(() => RenderedPage.closeAll());

  describe('where scripts are off', () => {
    it('shows the inputs and labels that the page has written, and its form can be sent', async () => {
      const page = await RenderedPage.open('plain', 'forbidden');
      expect(page.shadow.querySelectorAll('.base').length).to.equal(1);
      const phone = page.input('phone');
      expect(phone.checkVisibility()).to.equal(true);
      expect(phone.getBoundingClientRect().height).to.be.at.least(40);
      // Not by `labels`: WebKitGTK breaks down some time after the frame is gone.
      const label = page.document.querySelector('label[for=phone]');
      expect(label?.checkVisibility()).to.equal(true);
      phone.value = '+4915123456789';
      expect(page.form.checkValidity()).to.equal(true);
      expect([...new FormData(page.form)]).to.deep.equal([['phone', '+4915123456789']]);
    });

    it('shows nothing that needs a script', async () => {
      const page = await RenderedPage.open('plain', 'forbidden');
      expect(page.part('send').checkVisibility()).to.equal(false);
      expect(page.part('country-field').checkVisibility()).to.equal(false);
    });
  });

  for (const script of ['hydrated', 'built'] as const)
    describe(`where the script takes over: ${script}`, () => {
      it('keeps the nodes and what was typed, and has nothing to complain of', async () => {
        const page = await RenderedPage.open('plain', script);
        const { nodes, remarks } = page.window.witness;
        expect(nodes.length).to.be.above(0);
        expect(nodes.every((node) => node.isConnected)).to.equal(true);
        expect(page.shadow.querySelectorAll('.base').length).to.equal(1);
        expect(nodes.includes(page.part('send'))).to.equal(true);
        expect(page.input('phone').value).to.equal('0151 23456789');
        expect(remarks).to.deep.equal([]);
      });

      it('leads to the proof', async () => {
        const page = await RenderedPage.open('plain', script);
        page.part('send').click();
        await page.reaches('code');
        page.fill('code', '123456');
        await page.reaches('verified');
        const data = new page.window.FormData(page.form);
        expect(data.get('phone-proof')).to.equal(VERIFIED.proof);
        expect(page.window.witness.remarks).to.deep.equal([]);
      });

      it('speaks the language of the element', async () => {
        const page = await RenderedPage.open('german', script);
        await page.until(() => page.part('send').textContent?.trim() === de.send, 'no German');
        expect(page.part('base').lang).to.equal('de');
        expect(page.window.witness.nodes.includes(page.part('send'))).to.equal(true);
        expect(page.window.witness.remarks).to.deep.equal([]);
      });

      it('knows what the server could not: a fieldset that disables it', async () => {
        const page = await RenderedPage.open('disabled-by-fieldset', script);
        await page.until(() => page.part('send').matches(':disabled'), 'not disabled');
        expect(page.input('phone').disabled).to.equal(true);
      });

      it('draws anew what another version of the element has drawn', async () => {
        const page = await RenderedPage.open('plain', script, 'of-another-version');
        expect(page.shadow.querySelectorAll('.base').length).to.equal(1);
        expect(page.window.witness.nodes.some((node) => node.isConnected)).to.equal(false);
        expect(page.input('phone').value).to.equal('0151 23456789');
        page.part('send').click();
        await page.reaches('code');
        expect(page.window.witness.remarks).to.deep.equal([]);
      });

      it('is painted by its own sheets where the page refuses the served ones', async () => {
        const page = await RenderedPage.open('plain', script, 'without-inline-styles');
        expect(page.window.getComputedStyle(page.part('send')).display).to.equal('grid');
        expect(page.shadow.querySelectorAll('style').length).to.equal(0);
      });
    });

  it('waits for the component around it, and has not missed what happened meanwhile', async () => {
    const page = await RenderedPage.open('in-another-component', 'hydrated');
    await waitUntil(() => page.hasLoaded(/\/v1\/config/) && page.hasLoaded(/\/de\.ts/));
    expect(page.element.hasAttribute('defer-hydration')).to.equal(true);
    expect(page.part('send').textContent?.trim()).to.equal(enInitial.send);
    await page.load('/test/support/ssr/sign-up-host.ts');
    await page.until(() => page.part('send').textContent?.trim() === de.send, 'no German');
    await page.until(() => page.part('country-field').childElementCount > 0, 'no countries');
    const { nodes, remarks } = page.window.witness;
    expect(nodes.includes(page.part('send'))).to.equal(true);
    expect(page.input('phone').value).to.equal('0151 23456789');
    page.part('send').click();
    await page.reaches('code');
    expect(page.window.getComputedStyle(page.part('cells')).display).to.equal('flex');
    expect(remarks).to.deep.equal([]);
  });

  it('is drawn once, anew, where the page does not load the hydration', async () => {
    const page = await RenderedPage.open('plain', 'not-hydrated');
    expect(page.shadow.querySelectorAll('.base').length).to.equal(1);
    expect(page.input('phone').value).to.equal('0151 23456789');
    page.part('send').click();
    await page.reaches('code');
    expect(page.window.witness.remarks).to.deep.equal([]);
  });
});
