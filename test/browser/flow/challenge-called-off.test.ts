import { expect } from '@open-wc/testing';
import { CHALLENGE, FakeTurnstile } from '../../support/widget/fake-turnstile.ts';
import { answers, type FakeWorker } from '../../support/widget/fake-worker.ts';
import { type Harness, open, startWorker } from '../../support/widget/harness.ts';

describe('a challenge that waits', () => {
  let worker: FakeWorker;
  let turnstile: FakeTurnstile;
  let page: Harness;
  beforeEach(async () => {
    worker = startWorker();
    turnstile = new FakeTurnstile();
    turnstile.answers = 'ask';
    worker.always('config', answers.config({ challenge: CHALLENGE }));
    page = await open('<form><div></div><mitto-otp lang="en"></mitto-otp></form>');
    await page.configured();
  });
  afterEach(() => {
    turnstile.takeAway();
    expect(worker.faults).to.deep.equal([]);
  });

  const isAsked = () => page.until(() => page.part('challenge-hint') !== null, 'it does not ask');

  async function waits(): Promise<void> {
    await page.typePhone('015123456789');
    await page.press('Enter');
    await isAsked();
  }

  /** In the code step, before another code. */
  async function waitsAgain(): Promise<void> {
    turnstile.answers = 'pass';
    worker.always('send', answers.send({ resendIn: 0 }));
    await page.sendsCode();
    turnstile.answers = 'ask';
    page.button('resend').click();
    await isAsked();
  }

  const WAYS: [string, () => unknown][] = [
    ['the element is reset', () => page.element.reset()],
    ['the form is reset', () => page.element.closest('form')?.reset()],
    ['the element is removed', () => page.element.remove()],
    ['the element is moved', () => page.element.parentElement?.prepend(page.element)],
    ['the number is edited', () => page.typePhone('0')],
    ['another country is chosen', () => page.chooseCountry('AT')],
    ['the page names another Worker', () => page.element.setAttribute('flow', 'other')],
  ];
  for (const [what, act] of WAYS)
    it(`goes when ${what}, and its late token is dropped`, async () => {
      await waits();
      await act();
      await page.settles();
      await page.until(() => !turnstile.isShown, 'it stays');
      expect(page.element.querySelector('[slot=challenge]')).to.equal(null);
      expect(page.part('challenge-hint')).to.equal(null);
      turnstile.pass();
      await page.element.updateComplete;
      expect([worker.callsTo('send').length, page.step, page.isBusy]).to.deep.equal([
        0,
        'phone',
        false,
      ]);
    });

  it('stays when the number is only left', async () => {
    await waits();
    // The input fires `change` now.
    page.button('send').focus();
    turnstile.button.focus();
    expect(turnstile.isShown).to.equal(true);
    turnstile.button.click();
    await page.reaches('code');
  });

  it('does not keep the next send from its own', async () => {
    await waits();
    await page.typePhone('0');
    await page.settles();
    await page.press('Enter');
    await isAsked();
    turnstile.widgets[0]?.options.callback('late');
    turnstile.button.click();
    await page.reaches('code');
    expect(worker.callsTo('send').map(({ body }) => body)).to.deep.include.members([
      { phone: '0151234567890', country: 'DE', locale: 'en', challenge: 'token-1' },
    ]);
    expect(worker.callsTo('send')).to.have.length(1);
  });

  it('before another code leaves the way back to the number', async () => {
    await waitsAgain();
    page.button('change-number').click();
    await page.reaches('phone');
    expect(turnstile.isShown).to.equal(false);
    turnstile.pass();
    await page.element.updateComplete;
    expect(worker.callsTo('send')).to.have.length(1);
  });

  it('before another code goes when the first code comes after all', async () => {
    await waitsAgain();
    await page.typeCode('123456');
    await page.reaches('verified');
    expect(turnstile.isShown).to.equal(false);
    expect(worker.callsTo('send')).to.have.length(1);
  });

  for (const colorScheme of ['light', 'dark'] as const)
    it(`has nothing that axe finds, ${colorScheme}`, async () => {
      try {
        document.documentElement.style.colorScheme = colorScheme;
        document.body.style.background = 'Canvas';
        await waits();
        expect(turnstile.last.options.theme).to.equal(colorScheme);
        await expect(page.element).to.be.accessible();
      } finally {
        document.documentElement.style.colorScheme = '';
        document.body.style.background = '';
      }
    });

  it('fits a narrow page', async () => {
    page.element.style.inlineSize = '280px';
    await waits();
    expect(turnstile.last.options.size).to.equal('compact');
  });
});
