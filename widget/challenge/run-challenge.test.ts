import { expect } from '@open-wc/testing';
import { CHALLENGE, FakeTurnstile } from '../../test/support/widget/fake-turnstile.ts';
import { answers, type FakeWorker } from '../../test/support/widget/fake-worker.ts';
import { type Harness, open, startWorker } from '../../test/support/widget/harness.ts';
import { en } from '../i18n/locales/en.ts';

describe('a challenge', () => {
  let worker: FakeWorker;
  let turnstile: FakeTurnstile;
  beforeEach(() => {
    worker = startWorker();
    turnstile = new FakeTurnstile();
  });
  afterEach(() => {
    turnstile.takeAway();
    expect(worker.faults).to.deep.equal([]);
  });

  const tokensSent = () => worker.callsTo('send').map(({ body }) => body['challenge']);
  const hint = (page: Harness) => page.part('challenge-hint')?.textContent ?? '';

  it('that nobody asks for is not loaded', async () => {
    const page = await open();
    await page.verifies();
    expect(tokensSent()).to.deep.equal([undefined]);
    expect(turnstile.scripts).to.have.length(0);
    const names = performance.getEntriesByType('resource').map(({ name }) => name);
    expect(names.filter((name) => name.includes('/widget/challenge/turnstile'))).to.deep.equal([]);
  });

  describe('before every send', () => {
    beforeEach(() => worker.always('config', answers.config({ challenge: CHALLENGE })));

    it('is not loaded until the visitor sends', async () => {
      const page = await open();
      await page.configured();
      expect(turnstile.scripts).to.have.length(0);
    });

    it('passes without being seen, where it can', async () => {
      const page = await open('<mitto-otp lang="de-AT" style="color-scheme: dark"></mitto-otp>');
      await page.sendsCode();
      await page.reaches('code');
      expect(tokensSent()).to.deep.equal(['token-1']);
      expect(hint(page)).to.equal('');
      expect(turnstile.isShown).to.equal(false);
      expect(page.element.querySelector('[slot=challenge]')).to.equal(null);
      const { callback, ...options } = turnstile.last.options;
      expect(callback).to.be.a('function');
      expect(options).to.include({
        sitekey: CHALLENGE.siteKey,
        action: CHALLENGE.action,
        language: 'de-AT',
        theme: 'dark',
        size: 'flexible',
        'response-field': false,
      });
      expect(turnstile.scripts[0]?.src).to.match(/\?render=explicit$/);
    });

    it('asks for a click, below the button, and says so', async () => {
      turnstile.answers = 'ask';
      const page = await open('<form><mitto-otp></mitto-otp><input id="next" /></form>');
      page.fill(page.phone, '015123456789');
      page.button('send').focus();
      page.button('send').click();
      await page.until(() => hint(page) !== '', 'it does not ask');
      expect(page.announced).to.equal(en.challenge);
      expect(page.isBusy).to.equal(true);
      expect(page.button('send').textContent).to.contain(en.challengeWaits);
      expect(page.part('spinner')).to.equal(null);
      expect(worker.callsTo('send')).to.have.length(0);

      await page.press('Tab');
      expect(document.activeElement?.textContent).to.equal(turnstile.button.textContent);
      await page.press('Enter');
      await page.reaches('code');
      expect(tokensSent()).to.deep.equal(['token-1']);
      expect(page.focused).to.equal(page.code);
      expect(hint(page)).to.equal('');
    });

    it('gives the focus back when it goes away', async () => {
      turnstile.answers = 'ask';
      const page = await open();
      page.fill(page.phone, '015123456789');
      page.button('send').focus();
      page.button('send').click();
      await page.until(() => hint(page) !== '', 'it does not ask');
      await page.press('Tab');
      turnstile.last.options['error-callback']('600010');
      await page.settles();
      expect(page.focused?.getAttribute('part')).to.contain('send');
    });

    it('is one of a gesture, however often it is repeated meanwhile', async () => {
      turnstile.answers = 'ask';
      const page = await open();
      page.fill(page.phone, '015123456789');
      const sending = page.element.send();
      await page.until(() => hint(page) !== '', 'it does not ask');
      page.button('send').click();
      await page.element.send();
      page.phone.focus();
      await page.press('Enter');
      turnstile.button.click();
      await sending;
      expect(turnstile.widgets).to.have.length(1);
      expect(worker.callsTo('send')).to.have.length(1);
    });

    for (const [end, words] of [
      ['fail', en.errors.challenge_failed],
      ['time-out', en.challengeTimedOut],
    ] as const)
      it(`can ${end}: then there are words, and the next gesture brings another`, async () => {
        turnstile.answers = end;
        const page = await open();
        await page.sendsCode();
        expect(page.error).to.equal(words);
        expect(page.announced).to.equal(words);
        expect(page.events.at(-1)).to.include({ type: 'mitto-error', code: 'challenge_failed' });
        expect([worker.callsTo('send').length, turnstile.isShown]).to.deep.equal([0, false]);
        turnstile.answers = 'pass';
        await page.element.send();
        expect(page.step).to.equal('code');
      });

    it('that never answers is given up', async () => {
      turnstile.answers = 'never';
      const page = await open();
      await page.configured();
      const { setTimeout } = window;
      const hurried = (act: () => void, delay = 0) => setTimeout(act, Math.min(delay, 300));
      window.setTimeout = hurried as typeof window.setTimeout;
      try {
        await page.sendsCode();
        expect(page.error).to.equal(en.challengeTimedOut);
        expect(turnstile.isShown).to.equal(false);
      } finally {
        window.setTimeout = setTimeout;
      }
    });

    it('with a rejected token shows an error, and a retry fetches a new token', async () => {
      worker.next('send', answers.problem('challenge_failed'));
      const page = await open();
      await page.sendsCode();
      expect(page.error).to.equal(en.errors.challenge_failed);
      expect(worker.callsTo('send')).to.have.length(1);
      await page.element.send();
      await page.reaches('code');
      expect(tokensSent()).to.deep.equal(['token-1', 'token-2']);
    });

    it('is passed anew, with the same key, where nobody knows what became of the send', async () => {
      worker.next('send', answers.noConnection);
      const page = await open();
      await page.sendsCode();
      expect(page.error).to.equal(en.errors.network_error);
      await page.element.send();
      const [first, second] = worker.callsTo('send');
      expect(tokensSent()).to.deep.equal(['token-1', 'token-2']);
      expect(second?.key).to.equal(first?.key);
    });

    it('with a rejected token ends the action and drops its Idempotency-Key', async () => {
      worker.next('send', answers.problem('challenge_failed'));
      const page = await open();
      await page.sendsCode();
      await page.element.send();
      const [first, second] = worker.callsTo('send');
      expect(second?.key).not.to.equal(first?.key);
    });

    it('is passed anew for another code', async () => {
      worker.always('send', answers.send({ resendIn: 0 }));
      const page = await open();
      await page.sendsCode();
      page.button('by-voice').click();
      await page.until(() => worker.callsTo('send').length === 2, 'no second send');
      expect(worker.callsTo('send')[1]?.body).to.deep.equal({
        session: 'session-1',
        channel: 'voice',
        challenge: 'token-2',
      });
    });

    it('is not shown to a number that is none', async () => {
      const page = await open();
      await page.sendsCode('12');
      expect(turnstile.widgets).to.have.length(0);
    });

    for (const [what, script] of [
      ['a script that is blocked or missing', `${location.origin}/not-there.js`],
      ['a script that is another', `${location.origin}/node_modules/axe-core/axe.min.js`],
      ['no address', 'nowhere'],
    ] as const)
      it(`with ${what} brings words, and the next gesture tries again`, async () => {
        worker.always('config', answers.config({ challenge: { ...CHALLENGE, script } }));
        const page = await open();
        await page.sendsCode();
        expect(page.error).to.equal(en.challengeNotLoaded);
        expect(page.isBusy).to.equal(false);
        expect(document.querySelector(`script[src^="${script}"]`)).to.equal(null);
        // As if it had been let through meanwhile.
        window.turnstile = {
          render: (container, options) => turnstile.render(container, options),
          remove: (id) => turnstile.remove(id),
        };
        await page.element.send();
        expect(page.step).to.equal('code');
      });

    it('is not loaded over plain http, where anybody on the way could write the script', async () => {
      const script = 'http://challenges.example/api.js';
      worker.always('config', answers.config({ challenge: { ...CHALLENGE, script } }));
      const page = await open();
      const added: Node[] = [];
      const observer = new MutationObserver((records) => {
        for (const { addedNodes } of records) added.push(...addedNodes);
      });
      observer.observe(document.head, { childList: true });
      await page.sendsCode();
      observer.disconnect();
      expect(page.error).to.equal(en.challengeNotLoaded);
      expect(added.filter((node) => node instanceof HTMLScriptElement)).to.have.length(0);
    });

    it('has one script for all elements of a page', async () => {
      const page = await open('<div><mitto-otp></mitto-otp><mitto-otp></mitto-otp></div>');
      const all = [...document.querySelectorAll('mitto-otp')];
      await page.configured();
      for (const element of all) {
        const input = element.querySelector<HTMLInputElement>('[slot=phone]');
        if (input) input.value = '015123456789';
      }
      await Promise.all(all.map((element) => element.send()));
      expect(turnstile.scripts).to.have.length(1);
      expect(tokensSent().sort()).to.deep.equal(['token-1', 'token-2']);
    });
  });

  describe('that the Worker asks for', () => {
    beforeEach(() =>
      worker.next('send', answers.problem('challenge_failed', { challenge: CHALLENGE })),
    );

    it('is passed, and the same send made again, without another gesture', async () => {
      turnstile.answers = 'ask';
      const page = await open();
      page.fill(page.phone, '015123456789');
      const sending = page.element.send();
      await page.until(() => hint(page) !== '', 'it does not ask');
      expect(page.isBusy).to.equal(true);
      turnstile.button.click();
      await sending;
      const [first, second, ...more] = worker.callsTo('send');
      expect(more).to.deep.equal([]);
      expect(second?.body).to.deep.equal({ ...first?.body, challenge: 'token-1' });
      expect(second?.key).to.equal(first?.key);
      expect(page.step).to.equal('code');
      expect(page.events.map(({ type }) => type)).to.deep.equal(['mitto-sent']);
    });

    it('is passed once, even if it is asked for again', async () => {
      worker.next('send', answers.problem('challenge_failed', { challenge: CHALLENGE }));
      const page = await open();
      await page.sendsCode();
      expect(worker.callsTo('send')).to.have.length(2);
      expect(page.error).to.equal(en.errors.challenge_failed);
    });

    it('leaves the key as it is, so that a send of unknown outcome is not done twice', async () => {
      worker.next('send', answers.noConnection);
      const page = await open();
      await page.sendsCode();
      expect(page.error).to.equal(en.errors.network_error);
      await page.element.send();
      expect(page.step).to.equal('code');
      expect(tokensSent()).to.deep.equal([undefined, 'token-1', undefined]);
      expect(new Set(worker.callsTo('send').map(({ key }) => key)).size).to.equal(1);
    });
  });
});
