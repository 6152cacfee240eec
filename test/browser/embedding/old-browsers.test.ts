/** The oldest browsers that are served, by what they lack: each member alone, then all that a browser lacks at once. */
import { expect } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import { en } from '../../../widget/i18n/locales/en.ts';
import { answers, type FakeWorker } from '../../support/widget/fake-worker.ts';
import { type Harness, open, startWorker } from '../../support/widget/harness.ts';
import { NEWER_APIS, takeAway } from '../../support/widget/newer-apis.ts';

/** What the tests themselves need, which no browser has to run. */
const OF_TESTS = ['Response.json', 'Promise.withResolvers'];
const PATHS = NEWER_APIS.map(({ path }) => path);
const POPOVER = PATHS.filter((path) => /popover/i.test(path));
/** What the engine of the test lacks itself, or cannot take away, is no case of its own. */
const HERE = PATHS.filter((path) => !OF_TESTS.includes(path) && has(path));

function has(path: string): boolean {
  const putBack = takeAway([path]);
  const names = path.split('.');
  const name = names.pop() ?? '';
  const owner = () =>
    names.reduce<unknown>(
      (each, part) => (each as Record<string, unknown> | undefined)?.[part],
      globalThis,
    );
  const without = owner();
  const isGone = !without || !Object.hasOwn(without, name);
  putBack();
  const whole = owner();
  return isGone && whole !== undefined && Object.hasOwn(whole as object, name);
}

describe('in a browser without', () => {
  let worker: FakeWorker;
  let putBack = () => {};
  beforeEach(() => {
    worker = startWorker();
  });
  afterEach(() => {
    putBack();
    putBack = () => {};
    expect(worker.faults).to.deep.equal([]);
  });

  /** A number is confirmed, by the element's own events and value: states may be what is missing. */
  async function verifies(page: Harness): Promise<void> {
    await page.configured();
    page.fill(page.phone, '0151 23456789');
    page.button('send').click();
    await page.until(
      () => page.events.some(({ type }) => type === 'mitto-sent'),
      `no code: ${page.error}`,
    );
    page.fill(page.code, '123456');
    await page.until(() => page.element.value !== '', `no proof: ${page.error}`);
    expect(page.element.value).to.equal('the.proof.itself');
    expect(worker.callsTo('send').map(({ body }) => body['phone'])).to.deep.equal(['015123456789']);
    expect(new FormData(page.element.form ?? undefined).get('proof')).to.equal('the.proof.itself');
  }

  const MARKUP = '<form><mitto-otp name="proof" required></mitto-otp></form>';

  for (const path of HERE)
    it(`${path} a number is confirmed`, async () => {
      putBack = takeAway([path]);
      await verifies(await open(MARKUP));
    });

  it('any of them a number is confirmed, and an error is said', async () => {
    putBack = takeAway(PATHS.filter((path) => !OF_TESTS.includes(path)));
    worker.next('send', answers.problem('rate_limited'));
    const page = await open(MARKUP);
    await page.configured();
    page.fill(page.phone, '0151 23456789');
    page.button('send').click();
    await page.until(() => page.error !== '', 'no error');
    expect(page.error).to.contain(en.errors.rate_limited);
    page.element.reset();
    worker.calls.length = 0;
    await verifies(page);
  });

  it('states that take any name it sets those that begin with two dashes', async () => {
    const { add } = CustomStateSet.prototype;
    CustomStateSet.prototype.add = function (name) {
      if (!name.startsWith('--'))
        throw new DOMException('The state must begin with --', 'SyntaxError');
      return add.call(this, name);
    };
    putBack = () => {
      CustomStateSet.prototype.add = add;
    };
    const page = await open(MARKUP);
    await verifies(page);
    const on = (name: string) => page.element.matches(`:state(${name})`);
    expect([on('--verified'), on('--code'), on('--phone'), on('--busy')]).to.deep.equal([
      true,
      false,
      false,
      false,
    ]);
    page.element.reset();
    expect([on('--verified'), on('--phone')]).to.deep.equal([false, true]);
  });

  it('ARIA on its internals the group is named by attributes, unless the page has named it', async () => {
    putBack = takeAway(PATHS.filter((path) => /role|aria/i.test(path)));
    const page = await open(
      `<div><label for="a">Mobile</label><mitto-otp id="a"></mitto-otp></div>`,
    );
    await page.until(() => page.element.getAttribute('aria-label') === 'Mobile', 'no name');
    expect(page.element.getAttribute('role')).to.equal('group');
    const named = await open('<mitto-otp role="region" aria-label="Your phone"></mitto-otp>');
    await named.element.updateComplete;
    expect(named.element.getAttribute('aria-label')).to.equal('Your phone');
    expect(named.element.getAttribute('role')).to.equal('region');
  });

  describe('popovers the list of countries', () => {
    beforeEach(() => {
      putBack = takeAway(POPOVER);
    });

    const popup = (page: Harness) => page.part('country-popup') as HTMLElement;
    const isSeen = (page: Harness) => {
      const { width, height } = popup(page).getBoundingClientRect();
      return width > 0 && height > 0;
    };
    async function openList(markup = '<mitto-otp></mitto-otp>'): Promise<Harness> {
      const page = await open(markup);
      await page.configured();
      expect(isSeen(page)).to.equal(false);
      page.button('country').click();
      await page.until(() => isSeen(page), 'the list does not open');
      return page;
    }

    it('opens in sight, at its field and above what follows it', async () => {
      const page = await openList(
        '<div><mitto-otp></mitto-otp><p style="position:relative;z-index:5;height:20rem;margin:0;background:#fff"></p></div>',
      );
      const box = popup(page).getBoundingClientRect();
      const field = (page.part('phone-field') as HTMLElement).getBoundingClientRect();
      expect(box.left).to.be.closeTo(field.left, 1);
      expect(box.top).to.be.closeTo(field.bottom + 4, 1);
      expect(box.right).to.be.at.most(innerWidth);
      expect(box.bottom).to.be.at.most(innerHeight);
      const middle = page.element.shadowRoot?.elementFromPoint(
        box.left + box.width / 2,
        box.bottom - 24,
      );
      expect(popup(page).contains(middle ?? null)).to.equal(true);
      expect(page.focused).to.equal(page.part('country-search'));
    });

    it('lies at its field in a transformed and contained ancestor too', async () => {
      const page = await openList(
        '<div style="transform:translate(20px,30px);contain:layout;padding:10px"><mitto-otp></mitto-otp></div>',
      );
      const box = popup(page).getBoundingClientRect();
      const field = (page.part('phone-field') as HTMLElement).getBoundingClientRect();
      expect(box.left).to.be.closeTo(field.left, 1);
      expect(box.top).to.be.closeTo(field.bottom + 4, 1);
    });

    it('opens upwards where there is no room below', async () => {
      const page = await openList(
        '<div style="position:fixed;bottom:0;left:0;width:22rem"><mitto-otp></mitto-otp></div>',
      );
      const box = popup(page).getBoundingClientRect();
      const field = (page.part('phone-field') as HTMLElement).getBoundingClientRect();
      expect(box.bottom).to.be.closeTo(field.top - 4, 1);
      expect(box.top).to.be.at.least(0);
    });

    it('finds and chooses by keys', async () => {
      const page = await openList();
      await sendKeys({ type: 'fran' });
      await sendKeys({ press: 'Enter' });
      await page.until(() => page.country === 'FR', 'not chosen');
      expect(isSeen(page)).to.equal(false);
      expect(page.focused).to.equal(page.button('country'));
    });

    it('closes by Escape and by a press elsewhere, and opens again', async () => {
      const page = await openList();
      await sendKeys({ press: 'Escape' });
      await page.until(() => !isSeen(page), 'Escape does not close it');
      expect(page.focused).to.equal(page.button('country'));
      page.button('country').click();
      await page.until(() => isSeen(page), 'it does not open again');
      document.body.dispatchEvent(
        new PointerEvent('pointerdown', { bubbles: true, composed: true }),
      );
      await page.until(() => !isSeen(page), 'a press does not close it');
    });
  });
});
