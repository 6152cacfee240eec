/** The states that a visitor can find the element in, each with the shortest way there. */
import { Connection } from './connection.ts';
import { CHALLENGE, FakeTurnstile } from './fake-turnstile.ts';
import { answers, type FakeWorker } from './fake-worker.ts';
import type { Harness } from './harness.ts';

export interface ElementState {
  markup?: string;
  reach(page: Harness, worker: FakeWorker): Promise<unknown>;
}

export const ELEMENT_STATES: Readonly<Record<string, ElementState>> = {
  'the number': { reach: (page) => page.configured() },
  'the list of countries': {
    async reach(page) {
      await page.configured();
      await page.countryList.open();
    },
  },
  'one country, without a choice': {
    reach(page, worker) {
      worker.always('config', answers.config({ countries: ['DE'] }));
      return page.configured();
    },
  },
  'no country chosen': {
    async reach(page, worker) {
      worker.always('config', answers.config({ country: null }));
      await page.configured();
    },
  },
  disabled: { markup: '<mitto-otp disabled></mitto-otp>', reach: (page) => page.configured() },
  'a number that the page gave': {
    markup: '<mitto-otp><input slot="phone" value="+49 151 23456789" readonly></mitto-otp>',
    reach: (page) => page.configured(),
  },
  'a form that asks in vain': {
    markup: '<form><mitto-otp required></mitto-otp></form>',
    async reach(page) {
      await page.configured();
      page.element.checkValidity();
      await page.element.updateComplete;
    },
  },
  'a wrong number': {
    async reach(page) {
      await page.configured();
      await page.sendsCode('');
    },
  },
  'a time to wait': {
    reach(page, worker) {
      worker.next('send', answers.problem('rate_limited', { retryAfter: 60 }));
      return page.sendsCode();
    },
  },
  'no connection': {
    async reach(page, worker) {
      await page.configured();
      worker.always('send', answers.noConnection);
      await page.sendsCode();
    },
  },
  'offline while typing': {
    async reach(page) {
      await page.configured();
      page.fill(page.phone, '0151');
      const connection = new Connection();
      connection.lose();
      connection.restore();
      await page.element.updateComplete;
    },
  },
  sending: {
    async reach(page, worker) {
      await page.configured();
      worker.hold('send');
      page.fill(page.phone, '015123456789');
      void page.element.send();
      await page.until(() => page.isBusy, 'not busy');
    },
  },
  'a challenge': {
    async reach(page, worker) {
      const turnstile = new FakeTurnstile();
      turnstile.answers = 'ask';
      worker.always('config', answers.config({ challenge: CHALLENGE }));
      page.fill(page.phone, '015123456789');
      void page.element.send();
      await page.until(() => page.part('challenge-hint') !== null, 'it does not ask');
    },
  },
  'the code': { reach: (page) => page.sendsCode() },
  'the code, another one to be had': {
    reach(page, worker) {
      worker.always('send', answers.send({ resendIn: 0 }));
      return page.sendsCode();
    },
  },
  'a code of ten digits': {
    async reach(page, worker) {
      worker.always('send', answers.send({ codeLength: 10 }));
      await page.sendsCode();
      page.fill(page.code, '123456789');
    },
  },
  checking: {
    async reach(page, worker) {
      await page.sendsCode();
      worker.hold('verify');
      page.fill(page.code, '123456');
      await page.until(() => page.isBusy, 'not busy');
    },
  },
  'a wrong code': {
    reach(page, worker) {
      worker.next('verify', answers.problem('incorrect_code', { attemptsLeft: 4 }));
      return page.verifies('111111');
    },
  },
  'one attempt left': {
    reach(page, worker) {
      worker.next('verify', answers.problem('incorrect_code', { attemptsLeft: 1 }));
      return page.verifies('111111');
    },
  },
  'no attempt left': {
    reach(page, worker) {
      worker.next('verify', answers.problem('too_many_attempts', { retryAfter: 3000 }));
      return page.verifies('111111');
    },
  },
  'a code that has expired': {
    reach(page, worker) {
      worker.always('send', answers.send({ resendIn: 0 }));
      worker.next('verify', answers.problem('session_expired'));
      return page.verifies('111111');
    },
  },
  'a confirmed number': { reach: (page) => page.verifies() },
  'a proof that has expired': {
    async reach(page, worker) {
      worker.next('verify', answers.verify({ expiresIn: 1 }));
      await page.verifies();
      await page.until(() => page.error !== '', 'it does not expire');
    },
  },
};

/** What moves for a while stands where it will stand; what turns for ever goes on turning. */
export function stillness({ element }: Harness): void {
  for (const animation of element.shadowRoot?.getAnimations() ?? [])
    if (animation.effect?.getComputedTiming().endTime !== Number.POSITIVE_INFINITY)
      animation.finish();
}
