import { describe, expect, it } from 'vitest';
import { DAY, HOUR, MINUTE, Phone, SECOND } from '../../../test/support/worker/phone.ts';
import type { Idempotency } from './idempotency.ts';
import { IDEMPOTENCY_MS, prune } from './phone-record.ts';
import type { SendRequest } from './send-transitions.ts';

describe('the sends of a phone', () => {
  it('wait 30, 60, 120 and then 300 seconds for each other', () => {
    const phone = new Phone({ sends: [{ count: 100, windowMs: DAY }] });
    for (const [nth, seconds] of [30, 60, 120, 300, 300, 300].entries()) {
      const { resendInMs } = phone.send(`session-${nth}`);
      expect(resendInMs).toBe(seconds * SECOND);
      phone.wait(resendInMs - 1);
      expect(phone.ask({ sessionId: 'early' })).toEqual({ kind: 'cooldown', waitMs: 1 });
      phone.wait(1);
    }
  });

  it('start again at 30 seconds after an hour of rest', () => {
    const phone = new Phone({ sends: [{ count: 100, windowMs: DAY }] });
    phone.send('one');
    phone.wait(30 * SECOND).send('two');
    expect(phone.wait(HOUR).send('three').resendInMs).toBe(30 * SECOND);
  });

  it('wait as long as announced, even if earlier sends leave the window', () => {
    // With the shortest memory that the settings allow: none but the cooldown's own.
    for (const sends of [[], [{ count: 100, windowMs: DAY }]]) {
      const phone = new Phone({ sends });
      phone.send('one');
      phone.wait(30 * SECOND).send('two');
      expect(phone.wait(HOUR - 31 * SECOND).send('three').resendInMs).toBe(2 * MINUTE);
      expect(phone.wait(2 * MINUTE - 1).ask({ sessionId: 'four' })).toEqual({
        kind: 'cooldown',
        waitMs: 1,
      });
      expect(phone.wait(1).ask({ sessionId: 'four' }).kind).toBe('granted');
    }
  });

  it('are limited to three in ten minutes, for all sessions', () => {
    const phone = new Phone({ cooldownSeconds: [1] });
    phone.send('one');
    phone.wait(MINUTE).send('two');
    expect(phone.wait(MINUTE).send('three').resendInMs).toBe(8 * MINUTE);
    expect(phone.wait(8 * MINUTE - 1).ask({ sessionId: 'four' })).toEqual({
      kind: 'send_limit',
      waitMs: 1,
    });
    expect(phone.wait(1).ask({ sessionId: 'four' })).toMatchObject({ kind: 'granted' });
  });

  it('are limited to ten in a day', () => {
    const phone = new Phone();
    for (let nth = 0; nth < 10; nth += 1) phone.wait(10 * MINUTE).send(`session-${nth}`);
    const refused = phone.wait(10 * MINUTE).ask({ sessionId: 'eleven' });
    expect(refused).toEqual({ kind: 'send_limit', waitMs: DAY - 100 * MINUTE });
    expect(phone.wait(DAY - 100 * MINUTE).ask({ sessionId: 'eleven' }).kind).toBe('granted');
  });

  it('count when the provider rejected them or did not respond', () => {
    const phone = new Phone();
    phone.settleSend(phone.grant({ sessionId: 'one' }), 'not_accepted');
    expect(phone.ask({ sessionId: 'two' })).toEqual({ kind: 'cooldown', waitMs: 30 * SECOND });
    phone.wait(30 * SECOND).grant({ sessionId: 'two' });
    expect(phone.ask({ sessionId: 'three' })).toEqual({ kind: 'cooldown', waitMs: MINUTE });
  });

  it('do not count when they were not sent', () => {
    const phone = new Phone();
    for (let nth = 0; nth < 20; nth += 1)
      phone.settleSend(phone.grant({ sessionId: `session-${nth}` }), 'not_sent');
    expect(phone.send('at last').resendInMs).toBe(30 * SECOND);
  });

  it('are granted once when twenty requests arrive at once', () => {
    const phone = new Phone();
    const kinds = Array.from({ length: 20 }, (_, nth) => phone.ask({ sessionId: `s-${nth}` }).kind);
    expect(kinds.filter((kind) => kind === 'granted')).toHaveLength(1);
  });
});

describe('a resend', () => {
  it('replaces the previous code and keeps the attempts', () => {
    const phone = new Phone();
    const first = phone.send('session').send;
    phone.check('session', first, 'wrong');
    phone.check('session', first, 'wrong');
    const second = phone.wait(30 * SECOND).send('session', first).send;
    expect(second).toBeGreaterThan(first);
    expect(phone.admit('session', first)).toEqual({ kind: 'session_superseded' });
    expect(phone.ask({ sessionId: 'session', resendOf: first })).toEqual({
      kind: 'session_superseded',
    });
    expect(phone.check('session', second, 'wrong')).toMatchObject({
      kind: 'wrong',
      attemptsLeft: 2,
    });
  });

  it('keeps the previous code valid until the provider has accepted the new one', () => {
    const phone = new Phone();
    const first = phone.send('session').send;
    const again = phone.wait(30 * SECOND).grant({ sessionId: 'session', resendOf: first });
    expect(phone.check('session', first, 'wrong').kind).toBe('wrong');
    phone.settleSend(again, 'not_accepted');
    expect(phone.check('session', first, 'right').kind).toBe('verified');
  });

  it('is rejected after five attempts', () => {
    const phone = new Phone();
    const { send } = phone.send('session');
    for (let nth = 0; nth < 5; nth += 1) phone.check('session', send, 'wrong');
    const refused = phone.wait(HOUR / 60).ask({ sessionId: 'session', resendOf: send });
    expect(refused.kind).toBe('attempts_exhausted');
  });

  it('stays the latest code when provider responses arrive out of order', () => {
    const phone = new Phone({ cooldownSeconds: [1] });
    const first = phone.send('session').send;
    const slow = phone.wait(SECOND).grant({ sessionId: 'session', resendOf: first });
    const fast = phone.wait(SECOND).grant({ sessionId: 'session', resendOf: first });
    phone.settleSend(fast, 'accepted');
    phone.settleSend(slow, 'accepted');
    expect(phone.admit('session', slow.send)).toEqual({ kind: 'session_superseded' });
    expect(phone.check('session', fast.send, 'right').kind).toBe('verified');
  });

  it.each([
    ['verified', 'session_verified'],
    ['cancelled', 'session_cancelled'],
    ['forgotten', 'session_unknown'],
    ['never opened', 'session_unknown'],
  ])('is not to be had in a session that is %s', (state, kind) => {
    const phone = new Phone();
    const { send } = phone.send('session');
    if (state === 'verified') phone.check('session', send, 'right');
    if (state === 'cancelled') phone.cancel('session');
    phone.wait(state === 'forgotten' ? HOUR : MINUTE);
    const sessionId = state === 'never opened' ? 'other' : 'session';
    expect(phone.ask({ sessionId, resendOf: send })).toEqual({ kind });
    expect(phone.admit(sessionId, send)).toEqual({ kind });
  });
});

describe('the codes of a session', () => {
  it('are limited to five attempts, even in parallel', () => {
    const phone = new Phone();
    const { send } = phone.send('session');
    const kinds = Array.from(
      { length: 100 },
      (_, nth) => phone.admit('session', send, `c-${nth}`).kind,
    );
    expect(kinds.filter((kind) => kind === 'admitted')).toHaveLength(5);
    // Nobody is told that it is over while one of the five may yet be right.
    expect(kinds.slice(5).every((kind) => kind === 'in_progress')).toBe(true);
    for (let nth = 0; nth < 5; nth += 1)
      phone.settleCheck(
        { sessionId: 'session', codeHash: `c-${nth}`, admittedAtMs: phone.nowMs },
        'wrong',
      );
    expect(phone.admit('session', send, 'the right one')).toMatchObject({
      kind: 'attempts_exhausted',
    });
  });

  it('give one proof, however many are right', () => {
    const phone = new Phone();
    const { send } = phone.send('session');
    const admittedAtMs = phone.nowMs;
    for (const codeHash of ['a', 'b', 'c']) phone.admit('session', send, codeHash);
    const kinds = ['a', 'b', 'c'].map(
      (codeHash) =>
        phone.settleCheck({ sessionId: 'session', codeHash, admittedAtMs }, 'right').kind,
    );
    expect(kinds).toEqual(['verified', 'already_verified', 'already_verified']);
    expect(phone.admit('session', send)).toEqual({ kind: 'session_verified' });
  });

  it('are not evaluated twice at once, so that one right code is not two proofs', () => {
    const phone = new Phone();
    const { send } = phone.send('session');
    expect(phone.admit('session', send, 'same')).toEqual({ kind: 'admitted', attemptsLeft: 4 });
    expect(phone.admit('session', send, 'same')).toEqual({ kind: 'in_progress' });
    const admittedAtMs = phone.nowMs;
    phone.settleCheck({ sessionId: 'session', codeHash: 'same', admittedAtMs }, 'not_evaluated');
    expect(phone.admit('session', send, 'same')).toEqual({ kind: 'admitted', attemptsLeft: 2 });
  });

  it('expire after ten minutes, even while a request waits', () => {
    const phone = new Phone();
    const { send } = phone.send('session');
    phone.wait(10 * 60 * SECOND - 1);
    expect(phone.admit('session', send, 'in time').kind).toBe('admitted');
    expect(phone.wait(1).admit('session', send, 'late')).toEqual({ kind: 'session_expired' });
  });

  it('may be retried after 30 s when a verification was interrupted', () => {
    const phone = new Phone();
    const { send } = phone.send('session');
    phone.admit('session', send, 'same');
    expect(phone.wait(30 * SECOND).admit('session', send, 'same').kind).toBe('in_progress');
    expect(phone.wait(1).admit('session', send, 'same').kind).toBe('admitted');
  });

  it('count as wrong until the provider says otherwise', () => {
    const phone = new Phone({ failures: [{ count: 1, windowMs: HOUR }], cooldownSeconds: [1] });
    const { send } = phone.send('session');
    const admittedAtMs = phone.wait(SECOND).nowMs;
    phone.admit('session', send, 'a');
    expect(phone.ask({ sessionId: 'other' }).kind).toBe('failure_limit');
    phone.settleCheck({ sessionId: 'session', codeHash: 'a', admittedAtMs }, 'not_evaluated');
    expect(phone.ask({ sessionId: 'other' }).kind).toBe('granted');
  });

  it('are refunded once when settled twice as not evaluated', () => {
    for (const isCancelled of [false, true]) {
      const phone = new Phone({ failures: [{ count: 1, windowMs: HOUR }], cooldownSeconds: [1] });
      const { send } = phone.send('session');
      const admittedAtMs = phone.wait(SECOND).nowMs;
      for (const codeHash of ['a', 'b']) phone.admit('session', send, codeHash);
      if (isCancelled) phone.cancel('session');
      const settled = { sessionId: 'session', codeHash: 'a', admittedAtMs };
      phone.settleCheck(settled, 'not_evaluated');
      phone.settleCheck(settled, 'not_evaluated');
      expect(phone.ask({ sessionId: 'other' }).kind).toBe('failure_limit');
    }
  });

  it('give no proof when the session ends during the provider call', () => {
    const cancelled = new Phone();
    const admittedAtMs = cancelled.nowMs;
    const check = { sessionId: 'session', codeHash: 'a', admittedAtMs };
    cancelled.admit('session', cancelled.send('session').send, 'a');
    expect(cancelled.cancel('session')).toBe('cancelled');
    expect(cancelled.settleCheck(check, 'right')).toEqual({ kind: 'session_gone' });

    const lapsed = new Phone();
    lapsed.admit('session', lapsed.send('session').send, 'a');
    expect(lapsed.wait(HOUR).settleCheck(check, 'right')).toEqual({ kind: 'session_gone' });
  });

  it('report the wait for a new code with the last wrong one', () => {
    const phone = new Phone();
    const { send } = phone.send('session');
    const last = Array.from({ length: 5 }, () =>
      phone.wait(SECOND).check('session', send, 'wrong'),
    );
    expect(last.at(-1)).toEqual({ kind: 'wrong', attemptsLeft: 0, waitMs: 25 * SECOND });
    expect(phone.wait(25 * SECOND).ask({ sessionId: 'next' }).kind).toBe('granted');
  });
});

describe('a session that is cancelled', () => {
  it('is cancelled once, and never after it was verified', () => {
    const phone = new Phone();
    const { send } = phone.send('one');
    expect(phone.cancel('one')).toBe('cancelled');
    expect(phone.cancel('one')).toBe('already_cancelled');
    expect(phone.cancel('other')).toBe('session_unknown');
    expect(phone.check('one', send, 'right')).toEqual({ kind: 'session_cancelled' });

    const next = phone.wait(MINUTE).send('two');
    phone.check('two', next.send, 'right');
    expect(phone.cancel('two')).toBe('session_verified');
  });

  it('stays cancelled when a send in progress completes', () => {
    const phone = new Phone();
    const first = phone.send('one').send;
    const again = phone.wait(MINUTE).grant({ sessionId: 'one', resendOf: first });
    phone.cancel('one');
    phone.settleSend(again, 'accepted');
    expect(phone.admit('one', again.send)).toEqual({ kind: 'session_cancelled' });
  });
});

describe('an Idempotency-Key', () => {
  const keyed = (sessionId: string, idempotency: Idempotency): SendRequest => ({
    sessionId,
    idempotency,
  });
  const KEY = { key: 'key', fingerprint: 'body' };

  it('sends once, and replays the first response', () => {
    const phone = new Phone();
    const granted = phone.grant(keyed('one', KEY));
    expect(phone.ask(keyed('two', KEY))).toEqual({ kind: 'in_progress' });
    phone.settleSend(granted, 'accepted', 'sealed answer');
    for (let nth = 0; nth < 20; nth += 1)
      expect(phone.ask(keyed(`s-${nth}`, KEY))).toEqual({
        kind: 'replayed',
        answer: 'sealed answer',
      });
    expect(phone.ledger.sendsMs).toHaveLength(1);
  });

  it('replays a failure as well', () => {
    const phone = new Phone();
    phone.settleSend(phone.grant(keyed('one', KEY)), 'not_accepted', 'sealed reason');
    expect(phone.ask(keyed('two', KEY))).toEqual({ kind: 'replayed', answer: 'sealed reason' });
  });

  it('is bound to one request body', () => {
    const phone = new Phone();
    phone.settleSend(phone.grant(keyed('one', KEY)), 'accepted', 'sealed answer');
    expect(phone.ask(keyed('two', { ...KEY, fingerprint: 'other' }))).toEqual({
      kind: 'key_reused',
    });
  });

  it('never sends again when the outcome is unknown', () => {
    const phone = new Phone();
    phone.grant(keyed('one', KEY));
    expect(phone.wait(30 * SECOND).ask(keyed('two', KEY))).toEqual({ kind: 'in_progress' });
    expect(phone.wait(1).ask(keyed('two', KEY))).toEqual({ kind: 'abandoned' });
    expect(phone.wait(HOUR).ask(keyed('two', KEY))).toEqual({ kind: 'abandoned' });
  });

  it('may retry when the first request was not sent', () => {
    const phone = new Phone();
    phone.settleSend(phone.grant(keyed('one', KEY)), 'not_sent');
    expect(phone.ask(keyed('two', KEY)).kind).toBe('granted');
  });

  it('is stored for a day', () => {
    const phone = new Phone();
    phone.settleSend(phone.grant(keyed('one', KEY)), 'accepted', 'sealed answer');
    expect(phone.wait(IDEMPOTENCY_MS - 1).ask(keyed('two', KEY)).kind).toBe('replayed');
    expect(phone.wait(1).ask(keyed('two', KEY)).kind).toBe('granted');
  });

  it('of a rejected send can be used again', () => {
    const phone = new Phone();
    phone.send('one');
    expect(phone.ask(keyed('two', KEY)).kind).toBe('cooldown');
    expect(phone.wait(30 * SECOND).ask(keyed('two', KEY)).kind).toBe('granted');
  });
});

describe('a proof', () => {
  it('is redeemed once, and the redemption is stored until the proof expires', () => {
    const phone = new Phone();
    const expiresAtMs = phone.nowMs + 5 * MINUTE;
    expect(phone.redeem('proof', expiresAtMs)).toBe('redeemed');
    expect(phone.redeem('proof', expiresAtMs)).toBe('already_redeemed');
    expect(phone.redeem('other', expiresAtMs)).toBe('redeemed');
    phone.wait(5 * MINUTE - 1).send('any');
    expect(phone.redeem('proof', expiresAtMs)).toBe('already_redeemed');
    expect(prune(phone.ledger, phone.policies, expiresAtMs).redeemed).toEqual({});
  });
});
