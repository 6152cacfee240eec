import { expect } from '@open-wc/testing';
import { contrast } from '../../support/widget/contrast.ts';
import { answers, type FakeWorker } from '../../support/widget/fake-worker.ts';
import { type Harness, open, startWorker } from '../../support/widget/harness.ts';

describe('by keys alone', () => {
  const { documentElement, body } = document;
  let worker: FakeWorker;
  beforeEach(() => {
    worker = startWorker();
  });
  afterEach(() => {
    documentElement.style.colorScheme = '';
    body.style.background = '';
  });

  /** What Tab comes to, one after the other. */
  async function tabs(page: Harness, times: number): Promise<(Element | null)[]> {
    const order: (Element | null)[] = [];
    for (let time = 0; time < times; time += 1) {
      await page.press('Tab');
      order.push(page.focused);
    }
    return order;
  }

  it('goes through the number in the order in which it is read', async () => {
    const page = await open('<form><mitto-otp></mitto-otp><button>Sign up</button></form>');
    await page.configured();
    page.countryControl?.focus();
    expect(await tabs(page, 3)).to.deep.equal([
      page.phone,
      page.button('send'),
      document.querySelector('form > button'),
    ]);
  });

  it('goes through the code in the order in which it is read, past what is blocked for a while', async () => {
    const page = await open('<form><mitto-otp></mitto-otp><button>Sign up</button></form>');
    await page.sendsCode();
    page.code.focus();
    expect(await tabs(page, 5)).to.deep.equal([
      page.button('verify'),
      page.button('change-number'),
      page.button('by-voice'),
      page.button('resend'),
      document.querySelector('form > button'),
    ]);
  });

  it('the focus goes with the step, and to the field that is wrong', async () => {
    const page = await open('<mitto-otp no-auto-submit></mitto-otp>');
    await page.configured();
    page.button('send').focus();
    await page.press('Enter');
    await page.until(() => page.error !== '', 'no error');
    expect(page.focused).to.equal(page.phone);

    page.fill(page.phone, '015123456789');
    page.button('send').focus();
    await page.press('Enter');
    await page.reaches('code');
    expect(page.focused).to.equal(page.code);

    worker.next('verify', answers.problem('incorrect_code'));
    page.fill(page.code, '111111');
    page.button('verify').focus();
    await page.press('Enter');
    await page.until(() => page.error !== '', 'no error');
    expect(page.focused).to.equal(page.code);

    page.fill(page.code, '123456');
    page.button('verify').focus();
    await page.press('Enter');
    await page.reaches('verified');
    expect(page.focused).to.equal(page.phone);

    page.button('change-number').focus();
    await page.press('Enter');
    await page.reaches('phone');
    expect(page.focused).to.equal(page.phone);
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

  it('a button that is pressed stays where it is while its request is out', async () => {
    const page = await open();
    await page.configured();
    const letGo = worker.hold('send');
    page.fill(page.phone, '015123456789');
    page.button('send').focus();
    await page.press('Enter');
    await page.until(() => page.isBusy, 'not busy');
    expect(page.focused).to.equal(page.button('send'));
    letGo();
    await page.reaches('code');
  });

  it('arrives in the field as the page’s own label is pressed', async () => {
    const page = await open(
      '<div><label for="proof">Your phone</label><mitto-otp id="proof"></mitto-otp></div>',
    );
    document.querySelector('label')?.click();
    expect(page.focused).to.equal(page.phone);
  });

  for (const colorScheme of ['light', 'dark'] as const)
    it(`where the focus is, is seen: ${colorScheme}`, async () => {
      documentElement.style.colorScheme = colorScheme;
      body.style.background = 'Canvas';
      worker.always('send', answers.send({ resendIn: 0 }));
      const page = await open('<form><input aria-label="Before" /><mitto-otp></mitto-otp></form>');
      await page.configured();
      document.querySelector<HTMLElement>('[aria-label=Before]')?.focus();
      const stops = 3;
      for (let stop = 0; stop < stops; stop += 1) {
        await page.press('Tab');
        await page.element.updateComplete;
        expectRing(page);
      }
      await page.sendsCode();
      page.code.focus();
      await page.element.updateComplete;
      await page.until(() => page.activeCells.length === 1, 'no cell is active');
      expectRing(page);
      for (const _button of ['verify', 'resend', 'by-voice', 'change-number']) {
        await page.press('Tab');
        expectRing(page);
      }
    });
});

/** Two pixels or more, three times as light or dark as the page: what 2.4.13 asks for, beyond 2.4.7. */
function expectRing(page: Harness): void {
  const { focused } = page;
  const bearer =
    focused === page.phone
      ? page.part('phone-field')
      : focused === page.code
        ? page.part('active')
        : focused;
  if (!bearer) throw new Error('Nothing has the focus');
  const { outlineStyle, outlineWidth, outlineColor } = getComputedStyle(bearer);
  const what = bearer.getAttribute('part') ?? bearer.outerHTML;
  expect(outlineStyle, what).to.equal('solid');
  expect(Number.parseFloat(outlineWidth), what).to.be.at.least(2);
  const ground = getComputedStyle(document.body).backgroundColor;
  expect(contrast(outlineColor, ground), what).to.be.at.least(3);
}
