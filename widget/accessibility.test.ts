import { expect } from '@open-wc/testing';
import { type Harness, open, startWorker } from './testing/harness.ts';
import { answers, type WorkerStandIn } from './testing/worker-stand-in.ts';

const STATES: Record<string, (page: Harness, worker: WorkerStandIn) => Promise<void>> = {
  'the number': (page) => page.configured(),
  'a wrong number': async (page) => {
    await page.configured();
    await page.sendsCode('');
  },
  'a time to wait': async (page, worker) => {
    worker.next('send', answers.problem('rate_limited', { retryAfter: 60 }));
    await page.sendsCode();
  },
  sending: async (page, worker) => {
    await page.configured();
    worker.hold('send');
    page.fill(page.phone, '015123456789');
    void page.element.send();
    await page.until(() => page.isBusy, 'not busy');
  },
  'the code': (page) => page.sendsCode(),
  'a wrong code': async (page, worker) => {
    worker.next('verify', answers.problem('incorrect_code', { attemptsLeft: 1 }));
    await page.verifies('111111');
  },
  'a dead code': async (page, worker) => {
    worker.next('verify', answers.problem('session_expired'));
    await page.verifies('111111');
  },
  'a confirmed number': (page) => page.verifies(),
  'an expired proof': async (page, worker) => {
    worker.next('verify', answers.verify({ expiresIn: 1 }));
    await page.verifies();
    await page.until(() => page.error !== '', 'it does not expire');
  },
};

describe('accessibility', () => {
  let worker: WorkerStandIn;
  beforeEach(() => {
    worker = startWorker();
  });
  afterEach(() => {
    document.documentElement.removeAttribute('dir');
    document.documentElement.style.colorScheme = '';
    document.body.style.background = '';
  });

  for (const colorScheme of ['light', 'dark'] as const)
    for (const [name, reach] of Object.entries(STATES))
      it(`axe finds nothing in ${name}, ${colorScheme}`, async () => {
        document.documentElement.style.colorScheme = colorScheme;
        document.body.style.background = 'Canvas';
        const page = await open();
        await reach(page, worker);
        await expect(page.element).to.be.accessible();
      });

  it('axe finds nothing from right to left, and number and code stay left to right', async () => {
    document.documentElement.dir = 'rtl';
    const page = await open();
    await page.configured();
    await expect(page.element).to.be.accessible();
    const country = page.part('country-field')?.getBoundingClientRect();
    expect(country?.right).to.be.lessThan(page.phone.getBoundingClientRect().left + 1);
    await page.sendsCode();
    await expect(page.element).to.be.accessible();
    const cells = [...(page.element.shadowRoot?.querySelectorAll('[part~=cell]') ?? [])];
    const [first, last] = [cells[0], cells[5]].map((cell) => cell?.getBoundingClientRect().left);
    expect(first).to.be.lessThan(last ?? 0);
    expect(getComputedStyle(page.code).direction).to.equal('ltr');
  });

  it('each input has its label, and its hint or error as description, in its own tree', async () => {
    const page = await open();
    await page.configured();
    const described = (input: HTMLInputElement) =>
      (input.getAttribute('aria-describedby') ?? '')
        .split(' ')
        .map((id) => document.getElementById(id)?.textContent)
        .join(' ');
    expect(page.phone.labels?.[0]?.textContent).to.equal('Phone number');
    expect(described(page.phone)).to.equal('We will text you a code to confirm it.');
    await page.sendsCode('');
    expect(described(page.phone)).to.equal('Enter your phone number.');
    await page.sendsCode();
    expect(page.code.labels?.[0]?.textContent).to.equal('Code');
    expect(described(page.code)).to.contain('6-digit code that we sent to');
  });

  it('the steps are announced, politely and once', async () => {
    const page = await open();
    await page.configured();
    expect(page.part('status')?.getAttribute('role')).to.equal('status');
    expect(page.announced).to.equal('');
    const letGo = worker.hold('send');
    page.fill(page.phone, '015123456789');
    const sending = page.element.send();
    await page.until(() => page.announced === 'Sending the code…', 'not announced');
    letGo();
    await sending;
    await page.element.updateComplete;
    expect(page.announced).to.match(/^Code sent to .*4567.*Enter its 6 digits\.$/);
    page.fill(page.code, '123456');
    await page.reaches('verified');
    expect(page.announced).to.equal('Your number is confirmed.');
  });

  it('the same error twice is announced twice', async () => {
    const page = await open();
    await page.configured();
    await page.sendsCode('');
    const first = page.part('status')?.textContent;
    await page.sendsCode('');
    expect(page.part('status')?.textContent).not.to.equal(first);
    expect(page.announced).to.equal('Enter your phone number.');
  });

  it('does not take the focus from elsewhere on the page', async () => {
    const page = await open('<div><mitto-otp></mitto-otp><input id="other"></div>');
    await page.configured();
    const letGo = worker.hold('send');
    page.fill(page.phone, '015123456789');
    const sending = page.element.send();
    document.getElementById('other')?.focus();
    letGo();
    await sending;
    await page.element.updateComplete;
    expect(document.activeElement?.id).to.equal('other');
  });

  it('keys alone go through all of it, in order', async () => {
    const page = await open('<form><mitto-otp></mitto-otp><button>Sign up</button></form>');
    await page.configured();
    page.countrySelect?.focus();
    const order: (Element | null)[] = [];
    for (let step = 0; step < 3; step += 1) {
      await page.press('Tab');
      order.push(page.focused);
    }
    expect(order).to.deep.equal([
      page.phone,
      page.button('send'),
      document.querySelector('form > button'),
    ]);
    await page.sendsCode();
    page.code.focus();
    const names: (string | null | undefined)[] = [];
    for (let step = 0; step < 4; step += 1) {
      await page.press('Tab');
      names.push(page.focused?.getAttribute('part')?.trim());
    }
    expect(names).to.deep.equal([
      'button verify',
      'button resend',
      'button by-voice',
      'button change-number',
    ]);
  });

  it('everything to press is at least 44 px high, and no input is under 16 px', async () => {
    const page = await open();
    await page.sendsCode();
    for (const button of page.element.shadowRoot?.querySelectorAll('[part~=code-step] button') ??
      [])
      expect(button.getBoundingClientRect().height).to.be.at.least(44);
    for (const input of [page.code, page.phone])
      expect(Number.parseFloat(getComputedStyle(input).fontSize)).to.be.at.least(16);
    expect(page.code.getBoundingClientRect().height).to.be.at.least(44);
  });

  it('every visible node of the shadow tree is a part', async () => {
    const page = await open();
    await page.configured();
    await page.sendsCode();
    const bare = [...(page.element.shadowRoot?.querySelectorAll('*') ?? [])].filter(
      (node) =>
        !node.matches('[part], slot, option, style, :is(svg) *') &&
        node.getBoundingClientRect().height > 0,
    );
    expect(bare.map((node) => node.outerHTML)).to.deep.equal([]);
  });
});
