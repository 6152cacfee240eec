import { expect } from '@open-wc/testing';
import { ERROR_CODES, type ErrorCode } from '../../shared/api/error-codes.ts';
import { answers, type FakeWorker } from '../../test/support/widget/fake-worker.ts';
import { open, startWorker } from '../../test/support/widget/harness.ts';
import type { MittoErrorEvent } from '../events.ts';
import { words as de } from '../i18n/locales/de.ts';
import { en } from '../i18n/locales/en.ts';

const CODES = Object.keys(ERROR_CODES) as ErrorCode[];

describe('every error', () => {
  let worker: FakeWorker;
  beforeEach(() => {
    worker = startWorker();
  });
  afterEach(() => expect(worker.faults).to.deep.equal([]));

  it('has words of its own language', () => {
    for (const [code, sentence] of Object.entries(en.errors)) {
      expect(sentence, code).to.match(/^[A-Z].*\.$/);
      expect(de.errors[code as ErrorCode], code)
        .to.match(/\.$/)
        .and.not.equal(sentence);
    }
  });

  for (const code of CODES)
    it(`${code} of a send is said, told to the page, and not the end`, async () => {
      worker.next('send', answers.problem(code));
      const page = await open();
      await page.sendsCode();
      expect(page.error).to.contain(en.errors[code]);
      expect(page.heard).to.contain(en.errors[code]);
      const [event] = page.events as MittoErrorEvent[];
      expect(event?.code).to.equal(code);
      await page.element.send();
      expect(page.step).to.equal('code');
      expect(page.error).to.equal('');
    });

  for (const code of CODES)
    it(`${code} of a check leaves a way to a proof`, async () => {
      worker.always('send', answers.send({ resendIn: 0 }));
      worker.next('verify', answers.problem(code));
      const page = await open();
      await page.sendsCode();
      page.fill(page.code, '111111');
      await page.until(() => page.error !== '' && !page.isBusy, 'no error');
      const renew = page.part('new-code');
      if (renew) {
        renew.click();
        await page.until(() => worker.callsTo('send').length === 2, 'no new code');
        await page.settles();
        page.fill(page.code, '123456');
      } else if (code === 'incorrect_code') page.fill(page.code, '123456');
      else page.button('verify').click();
      await page.reaches('verified');
    });

  for (const code of ['blocked_by_provider', 'destination_not_allowed', 'invalid_phone'] as const)
    it(`${code} of a further code is no fault of the code's, and takes nobody's focus`, async () => {
      worker.next('send', answers.send({ resendIn: 0 }));
      worker.next('send', answers.problem(code));
      const page = await open();
      await page.sendsCode();
      page.button('by-voice').focus();
      page.button('by-voice').click();
      await page.until(() => page.error.startsWith(en.errors[code]), 'it is not said');
      expect(page.announced).to.equal(page.error);
      expect(page.focused).to.equal(page.button('by-voice'));
      expect(page.code.hasAttribute('aria-invalid')).to.equal(false);
      expect(page.element.matches(':state(invalid)')).to.equal(false);
    });

  it('that ends the session leaves no code asked for, and takes none', async () => {
    worker.next('verify', answers.problem('session_expired'));
    const page = await open();
    await page.verifies();
    expect(page.hint).to.equal('');
    expect(page.code.readOnly).to.equal(true);
    page.button('new-code');
  });

  it('of a newer Worker, unknown here, has words too', async () => {
    worker.next('send', () =>
      Response.json({ type: 'x', title: 'x', status: 418, code: 'new_code' }, { status: 418 }),
    );
    const page = await open();
    await page.sendsCode();
    expect(page.error).to.equal(en.errors.unexpected_answer);
  });

  it('with a time to wait says it, waits, and lets go', async () => {
    worker.next('send', answers.problem('rate_limited', { retryAfter: 2 }));
    const page = await open();
    await page.sendsCode();
    expect(page.error).to.match(/You can try again in 5 seconds\./);
    expect(page.isBlocked('send')).to.equal(true);
    expect((page.events[0] as MittoErrorEvent).retryAfter).to.equal(2);
    await page.element.send();
    expect(worker.callsTo('send')).to.have.length(1);

    await page.until(() => page.error === '', 'the wait does not end');
    expect(page.announced).to.equal('You can try again now.');
    expect(page.isBlocked('send')).to.equal(false);
    await page.element.send();
    expect(page.step).to.equal('code');
  });

  it('with a long time to wait says it in large units', async () => {
    worker.next('send', answers.problem('capacity', { retryAfter: 754 }));
    const page = await open();
    await page.sendsCode();
    expect(page.error).to.contain('13 minutes');
  });

  it('in the code blames the input; in the network it does not', async () => {
    worker.next('verify', answers.problem('incorrect_code'));
    worker.next('verify', answers.noConnection);
    const page = await open();
    await page.sendsCode();
    page.fill(page.code, '111111');
    await page.until(() => page.error !== '' && !page.isBusy, 'no error');
    expect(page.code.getAttribute('aria-invalid')).to.equal('true');
    expect(page.element.matches(':state(invalid)')).to.equal(true);
    page.fill(page.code, '222222');
    await page.until(() => page.error.includes('No connection'), 'no other error');
    expect(page.code.hasAttribute('aria-invalid')).to.equal(false);
    expect(page.element.matches(':state(invalid)')).to.equal(false);
  });
});
