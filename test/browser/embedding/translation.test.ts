import { expect } from '@open-wc/testing';
import { en } from '../../../widget/i18n/locales/en.ts';
import { answers, type FakeWorker } from '../../support/widget/fake-worker.ts';
import { type Harness, open, startWorker } from '../../support/widget/harness.ts';

/** As browsers and their extensions do it: another element in the place of each text. */
function translate(root: Node): void {
  const texts: Text[] = [];
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) texts.push(walker.currentNode as Text);
  for (const text of texts) {
    if (/^[\s«]*$|^«/.test(text.data) || text.parentElement?.localName === 'style') continue;
    const outer = document.createElement('font');
    const inner = document.createElement('font');
    outer.append(inner);
    inner.textContent = `«${text.data.trim()}»`;
    text.replaceWith(outer);
  }
}

function translateAll({ element }: Harness): void {
  translate(element);
  if (element.shadowRoot) translate(element.shadowRoot);
}

function labelOf(page: Harness, name: string): string {
  return page.button(name).textContent?.trim() ?? '';
}

function textOf(page: Harness, slot: string): string {
  return page.element.querySelector(`[slot=${slot}]`)?.textContent ?? '';
}

describe('an element whose texts are translated by the browser', () => {
  let worker: FakeWorker;
  beforeEach(() => {
    worker = startWorker();
    worker.always('send', answers.send({ resendIn: 0 }));
  });
  afterEach(() => expect(worker.faults).to.deep.equal([]));

  it('shows what each button does, in every step', async () => {
    const page = await open();
    await page.configured();
    translateAll(page);
    expect(labelOf(page, 'send')).to.equal(`«${en.send}»`);
    page.fill(page.phone, '015123456789');
    const letGo = worker.hold('send');
    void page.element.send();
    await page.until(() => page.isBusy, 'not busy');
    expect(labelOf(page, 'send')).to.equal(en.sending);
    translateAll(page);
    letGo();
    await page.reaches('code');
    translateAll(page);
    expect(labelOf(page, 'verify')).to.equal(`«${en.verify}»`);
    const checked = worker.hold('verify', answers.problem('session_expired'));
    page.fill(page.code, '123456');
    await page.until(() => page.isBusy, 'not busy');
    expect(labelOf(page, 'verify')).to.equal(en.verifying);
    translateAll(page);
    checked();
    await page.until(() => page.part('new-code') !== null, 'no new code');
    expect(labelOf(page, 'new-code')).to.equal(en.newCode);
    expect(page.error).to.equal(en.errors.session_expired);
    translateAll(page);
    page.button('new-code').click();
    await page.until(() => page.part('verify') !== null && !page.isBusy, 'no code');
    expect(labelOf(page, 'verify')).to.equal(en.verify);
    expect(page.error).to.equal('');
    translateAll(page);
    page.fill(page.code, '654321');
    await page.reaches('verified');
    expect(textOf(page, 'phone-hint')).to.equal(en.verified);
    translateAll(page);
    page.button('change-number').click();
    await page.reaches('phone');
    expect(labelOf(page, 'send')).to.equal(en.send);
    expect(textOf(page, 'phone-hint')).to.equal(en.phoneHint.sms);
  });

  it('says each error that comes, and takes it back', async () => {
    const page = await open();
    await page.configured();
    translateAll(page);
    await page.sendsCode('');
    expect(page.error).to.equal(en.phoneMissing);
    translateAll(page);
    page.fill(page.phone, '0');
    await page.element.updateComplete;
    expect(page.error).to.equal('');
    expect(textOf(page, 'phone-hint')).to.equal(en.phoneHint.sms);
  });

  it('keeps what was translated while its sentence stays', async () => {
    const page = await open();
    await page.configured();
    translateAll(page);
    page.element.requestUpdate();
    await page.element.updateComplete;
    expect(labelOf(page, 'send')).to.equal(`«${en.send}»`);
    expect(textOf(page, 'phone-label')).to.equal(`«${en.phoneLabel}»`);
  });

  it('tells a screen reader what happens', async () => {
    const page = await open();
    await page.configured();
    page.fill(page.phone, '015123456789');
    const letGo = worker.hold('send', answers.noConnection);
    void page.element.send();
    await page.until(() => page.announced !== '', 'nothing is said');
    translateAll(page);
    letGo();
    await page.settles();
    await page.until(() => !page.announced.includes('«'), 'the old words stay');
  });

  it('counts down', async () => {
    worker.always('send', answers.send({ resendIn: 30 }));
    const page = await open();
    await page.sendsCode();
    const shown = () => page.part('timer')?.textContent ?? '';
    translateAll(page);
    const before = shown();
    await page.until(() => shown() !== before, 'it stands still');
    expect(shown()).to.match(/^0:\d\d$/);
  });

  it('shows the country that is chosen', async () => {
    const page = await open();
    await page.configured();
    translateAll(page);
    await page.chooseCountry('FR');
    await page.element.updateComplete;
    expect(page.country).to.equal('FR');
    expect(page.part('calling-code')?.textContent).to.equal('+33');
  });

  it('finds countries by what its rows say', async () => {
    const page = await open();
    await page.configured();
    await page.countryList.open();
    translateAll(page);
    const search = page.part('country-search') as HTMLInputElement;
    search.value = 'fra';
    search.dispatchEvent(new InputEvent('input', { bubbles: true }));
    const rows = [...(page.element.shadowRoot?.querySelectorAll('[part~=country-name]') ?? [])];
    expect(rows.map((row) => row.textContent)).to.deep.equal(['France']);
  });
});
