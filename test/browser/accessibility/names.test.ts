import { expect } from '@open-wc/testing';
import { en } from '../../../widget/i18n/locales/en.ts';
import { ELEMENT_STATES } from '../../support/widget/element-states.ts';
import { answers, type FakeWorker } from '../../support/widget/fake-worker.ts';
import { type Harness, open, startWorker } from '../../support/widget/harness.ts';

describe('names, roles and values', () => {
  let worker: FakeWorker;
  beforeEach(() => {
    worker = startWorker();
  });
  afterEach(() => window.turnstileStandIn?.takeAway());

  it('each input has its label, and its hint or error as description, in its own tree', async () => {
    const page = await open();
    await page.configured();
    expect(page.phone.labels?.[0]?.textContent).to.equal('Phone number');
    page.phone.focus();
    expect(page.description).to.equal('We’ll text you a code to confirm your number.');
    await page.sendsCode('');
    expect(page.description).to.equal('Enter your phone number.');
    await page.sendsCode();
    expect(page.code.labels?.[0]?.textContent).to.equal('Verification code');
    expect(page.description).to.contain('6\u2011digit code we sent to');
  });

  it('the inputs say what they are for, so that they fill themselves', async () => {
    const page = await open();
    await page.sendsCode();
    expect(page.phone).to.include({ type: 'tel', inputMode: 'tel' });
    expect(page.code).to.include({ inputMode: 'numeric' });
    // Not by the property, which in Firefox knows no `one-time-code`.
    expect(page.phone.getAttribute('autocomplete')).to.equal('tel');
    expect(page.code.getAttribute('autocomplete')).to.equal('one-time-code');
  });

  it('what is required, wrong, fixed or switched off says so', async () => {
    const page = await open('<mitto-otp required></mitto-otp>');
    await page.configured();
    expect(page.phone.ariaRequired).to.equal('true');
    expect(page.phone.ariaInvalid).to.equal(null);
    await page.sendsCode('');
    expect(page.phone.ariaInvalid).to.equal('true');
    await page.verifies();
    expect(page.phone.readOnly).to.equal(true);
    page.element.disabled = true;
    await page.element.updateComplete;
    expect(page.phone.disabled).to.equal(true);
    expect(page.button('change-number').disabled).to.equal(true);
  });

  it('a fault of the network is described, and does not call the number wrong', async () => {
    worker.next('send', answers.noConnection);
    const page = await open();
    await page.sendsCode();
    page.phone.focus();
    expect(page.description).to.equal(en.errors.network_error);
    expect(page.phone.ariaInvalid).to.equal(null);
  });

  it('a countdown stands beside the button that it keeps closed, and not in its name', async () => {
    const page = await open();
    await page.sendsCode();
    const resend = page.button('resend');
    expect(resend.textContent?.trim()).to.equal('Send again');
    const timer = resend.nextElementSibling;
    expect(timer?.role).to.equal('timer');
    expect(timer?.textContent).to.match(/^0:(30|2\d)$/);
    expect(timer?.ariaLabel).to.equal(`Send again in ${timer?.textContent}`);
    expect(resend.ariaDisabled).to.equal('true');
  });

  for (const [name, { markup, reach }] of Object.entries(ELEMENT_STATES))
    it(`all that can be reached has a name, and nothing hidden can be reached: ${name}`, async () => {
      const page = await open(markup);
      await reach(page, worker);
      const nameless = reachable(page).filter((node) => !nameOf(node));
      expect(nameless.map((node) => node.outerHTML)).to.deep.equal([]);
      const hidden = reachable(page).filter((node) => node.closest('[aria-hidden=true]'));
      expect(hidden.map((node) => node.outerHTML)).to.deep.equal([]);
    });

  it('every visible node of the shadow tree is a part', async () => {
    const page = await open();
    await page.configured();
    const bare = () =>
      [...(page.element.shadowRoot?.querySelectorAll('*') ?? [])].filter(
        (node) =>
          !node.matches('[part], slot, option, style, :is(svg) *') &&
          node.getBoundingClientRect().height > 0,
      );
    await page.countryList.open();
    expect(bare().map((node) => node.outerHTML)).to.deep.equal([]);
    await page.sendsCode();
    expect(bare().map((node) => node.outerHTML)).to.deep.equal([]);
    page.fill(page.code, '123456');
    await page.reaches('verified');
    expect(bare().map((node) => node.outerHTML)).to.deep.equal([]);
  });
});

function reachable({ element }: Harness): HTMLElement[] {
  const controls = 'button, input, select, [tabindex]:not([tabindex="-1"])';
  return [element.shadowRoot, element]
    .flatMap((root) => [...(root?.querySelectorAll<HTMLElement>(controls) ?? [])])
    .filter((node) => node.checkVisibility() && node.getBoundingClientRect().height > 0);
}

function nameOf(node: HTMLElement): string {
  const label = node instanceof HTMLInputElement ? node.labels?.[0] : node;
  return node.ariaLabel ?? label?.textContent?.trim() ?? '';
}
