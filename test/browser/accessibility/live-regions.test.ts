import { expect } from '@open-wc/testing';
import { en } from '../../../widget/i18n/locales/en.ts';
import { answers, type FakeWorker } from '../../support/widget/fake-worker.ts';
import { type Harness, open, startWorker } from '../../support/widget/harness.ts';
import { LiveRegionLog } from '../../support/widget/live-region-log.ts';

const codeFor = (number: string) =>
  `Verification code: Enter the 6\u2011digit code we sent to \u2066${number}\u2069.`;
const CODE = codeFor('015123456789');

describe('what is said', () => {
  let worker: FakeWorker;
  let page: Harness;
  let speech: LiveRegionLog;
  beforeEach(() => {
    worker = startWorker();
  });
  afterEach(() => speech.stop());

  async function listen(markup?: string): Promise<void> {
    page = await open(markup);
    await page.configured();
    speech = new LiveRegionLog(page);
  }

  it('is each thing once, from the number to its confirmation', async () => {
    await listen();
    await page.typePhone('015123456789');
    await page.press('Enter');
    await page.reaches('code');
    await page.typeCode('123456');
    await page.reaches('verified');
    expect(speech.lines).to.deep.equal([
      'reads: Phone number: We’ll text you a code to confirm your number.',
      'says: Sending the code…',
      `reads: ${CODE}`,
      'says: Checking the code…',
      'reads: Phone number: Your number is confirmed.',
    ]);
  });

  it('stands in the live region no longer than it holds', async () => {
    await listen();
    worker.next('send', answers.problem('rate_limited', { retryAfter: 3600 }));
    await page.sendsCode();
    await page.until(() => page.announced.includes(en.errors.rate_limited), 'it is not said');
    page.fill(page.phone, '0151 2345678');
    await page.element.updateComplete;
    expect(page.error).to.equal('');
    expect(page.announced).to.equal('');
  });

  it('of a wrong code: its error, by the live region, to who is in the field already', async () => {
    await listen();
    await page.sendsCode();
    worker.next('verify', answers.problem('incorrect_code', { attemptsLeft: 1 }));
    speech.lines.length = 0;
    await page.typeCode('111111');
    await page.settles();
    expect(speech.lines).to.deep.equal([
      'says: Checking the code…',
      `says: ${en.errors.incorrect_code} One attempt left.`,
    ]);
    expect(page.description).to.contain(en.errors.incorrect_code);
  });

  it('of a wrong code: its error, as the description of the field, to who is brought there', async () => {
    await listen('<mitto-otp no-auto-submit></mitto-otp>');
    await page.sendsCode();
    worker.next('verify', answers.problem('incorrect_code'));
    page.fill(page.code, '111111');
    page.button('verify').focus();
    speech.lines.length = 0;
    await page.press('Enter');
    await page.until(() => page.error !== '', 'no error');
    expect(speech.lines).to.deep.equal([
      'says: Checking the code…',
      `reads: Verification code: ${en.errors.incorrect_code} ${codeFor('0151\u00a023456789').slice('Verification code: '.length)}`,
    ]);
  });

  it('goes by the live region alone where the visitor is elsewhere on the page', async () => {
    await listen(
      '<div><mitto-otp></mitto-otp><input id="elsewhere" aria-label="Elsewhere" /></div>',
    );
    page.fill(page.phone, '015123456789');
    document.getElementById('elsewhere')?.focus();
    await page.element.send();
    await page.element.updateComplete;
    page.fill(page.code, '123456');
    await page.reaches('verified');
    expect(speech.lines).to.deep.equal([
      'reads: Elsewhere',
      'says: Sending the code…',
      'says: Code sent to \u2066015123456789\u2069. Enter the 6 digits.',
      'says: Checking the code…',
      'says: Your number is confirmed.',
    ]);
    expect(document.activeElement?.id).to.equal('elsewhere');
  });

  it('is said again where the same happens again', async () => {
    await listen();
    page.phone.focus();
    for (const _time of [1, 2]) {
      await page.press('Enter');
      await page.element.updateComplete;
    }
    expect(speech.lines.slice(1)).to.deep.equal([
      `says: ${en.phoneMissing}`,
      `says: ${en.phoneMissing}`,
    ]);
  });

  it('of a countdown is its end, and not its seconds, even with the focus on the button', async () => {
    worker.always('send', answers.send({ resendIn: 3 }));
    await listen();
    await page.sendsCode();
    page.button('resend').focus();
    const [lines, changes] = [speech.lines.length, speech.changes.length];
    const seen = new Set<string>();
    await page.until(() => {
      seen.add(page.part('timer')?.textContent ?? '');
      return !page.isBlocked('resend');
    }, 'the countdown does not end');
    expect(seen.size, 'seconds that are seen').to.be.greaterThan(2);
    // The region hears of it a moment after the button.
    await page.until(() => speech.lines.length > lines, 'it is not said');
    expect(speech.changes.slice(changes)).to.deep.equal([]);
    expect(speech.lines.slice(lines)).to.have.length(1);
    expect(speech.lines.at(-1)).to.contain(en.resendReady);
  });

  it('of a time to wait is its end, and not its seconds, even with the focus on the input', async () => {
    await listen();
    worker.next('send', answers.problem('rate_limited', { retryAfter: 3 }));
    await page.typePhone('015123456789');
    await page.press('Enter');
    const said = () => speech.lines.some((line) => line.includes(en.errors.rate_limited));
    await page.until(said, 'no error');
    const [lines, changes] = [speech.lines.length, speech.changes.length];
    await page.until(() => page.error === '', 'the wait does not end');
    await page.until(() => speech.lines.length > lines, 'it is not said');
    expect(speech.changes.slice(changes)).to.have.length(1);
    expect(speech.lines.slice(lines)).to.deep.equal([`says: ${en.retryReady}`]);
  });

  it('stands in one polite live region, which is there before anything is said', async () => {
    await listen();
    const regions = page.element.shadowRoot?.querySelectorAll(
      '[role=status], [role=alert], [aria-live]',
    );
    expect([...(regions ?? [])]).to.deep.equal([page.part('status')]);
    expect(page.part('status')?.role).to.equal('status');
    expect(page.part('status')?.textContent).to.equal('');
  });
});
