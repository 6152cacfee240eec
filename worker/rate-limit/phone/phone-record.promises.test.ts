import { describe, expect, it } from 'vitest';
import {
  DAY,
  HOUR,
  MINUTE,
  Phone,
  POLICIES,
  SECOND,
  START,
} from '../../../test/support/worker/phone.ts';
import type { Idempotency } from './idempotency.ts';
import {
  CODE_LIFETIME_MS,
  EMPTY_RECORD,
  expiresAtMs,
  exportHistory,
  prune,
} from './phone-record.ts';
import type { SendRequest } from './send-transitions.ts';

describe('wrong codes by strangers', () => {
  /** A stranger who gets as many wrong codes in as the phone allows. */
  function attack(phone: Phone): void {
    for (let nth = 0; nth < 3; nth += 1) {
      const decision = phone.ask({ sessionId: `stranger-${nth}` });
      if (decision.kind !== 'granted') return;
      for (let guess = 0; guess < 5; guess += 1)
        phone.check(`stranger-${nth}`, decision.send, 'wrong');
      if (phone.ledger.failuresMs.length >= 10) return;
      phone.wait(decision.resendInMs);
    }
  }

  it('do not keep the owner from ending the session that is open', () => {
    const phone = new Phone();
    const owner = phone.send('owner');
    phone.wait(owner.resendInMs);
    attack(phone);
    expect(phone.ask({ sessionId: 'any' }).kind).toBe('failure_limit');
    expect(phone.nowMs).toBeLessThan(owner.atMs + CODE_LIFETIME_MS);
    expect(phone.check('owner', owner.send, 'right').kind).toBe('verified');
  });

  it('lock the phone for an hour at the most', () => {
    const phone = new Phone();
    attack(phone);
    const lastWrongMs = Math.max(...phone.ledger.failuresMs);
    const refused = phone.ask({ sessionId: 'owner' });
    expect(refused.kind).toBe('failure_limit');
    phone.nowMs = lastWrongMs + HOUR;
    const { send } = phone.send('owner');
    expect(phone.check('owner', send, 'right').kind).toBe('verified');
  });

  it('are fifty a day on one number at the most, by whatever sessions', () => {
    const phone = new Phone();
    let guesses = 0;
    for (let minute = 0; minute < 24 * 60; minute += 1) {
      const sessionId = `session-${minute}`;
      const decision = phone.ask({ sessionId });
      if (decision.kind === 'granted')
        while (phone.check(sessionId, decision.send, 'wrong').kind === 'wrong') guesses += 1;
      phone.wait(MINUTE);
    }
    expect(guesses).toBeGreaterThan(20);
    expect(guesses).toBeLessThanOrEqual(50);
  });
});

describe('a rotation of the secret, which starts a new record', () => {
  it('resets no count: both records are looked at', () => {
    const before = new Phone();
    const { send } = before.send('one');
    for (let nth = 0; nth < 5; nth += 1) before.check('one', send, 'wrong');
    before.wait(30 * SECOND).send('two');

    const after = new Phone();
    after.nowMs = before.nowMs;
    const history = () => exportHistory(before.ledger, undefined);
    expect(after.ask({ sessionId: 'three' }, history())).toEqual({
      kind: 'cooldown',
      waitMs: MINUTE,
    });
    const granted = after.wait(MINUTE).ask({ sessionId: 'three' }, history());
    expect(granted).toMatchObject({ kind: 'granted', resendInMs: 8.5 * MINUTE });
    const together = [...before.ledger.sendsMs, ...after.ledger.sendsMs];
    expect(together).toHaveLength(3);
    after.wait(2 * MINUTE);
    expect(after.ask({ sessionId: 'four' }, history()).kind).toBe('send_limit');
    expect(exportHistory(before.ledger, undefined).failuresMs).toHaveLength(5);
  });

  it('replays what was sent with the same Idempotency-Key before it', () => {
    const before = new Phone();
    const old = { key: 'old key', fingerprint: 'old body' };
    before.settleSend(before.grant({ sessionId: 'one', idempotency: old }), 'accepted', 'answer');

    const after = new Phone();
    const history = exportHistory(before.ledger, 'old key');
    const request = (former: Idempotency['former']): SendRequest => ({
      sessionId: 'two',
      idempotency: { key: 'new key', fingerprint: 'new body', former },
    });
    expect(after.ask(request(old), history)).toEqual({ kind: 'replayed', answer: 'answer' });
    expect(after.ask(request({ ...old, fingerprint: 'x' }), history)).toEqual({
      kind: 'key_reused',
    });
    expect(exportHistory(before.ledger, 'another key').keyed).toBeUndefined();
  });

  it('replays a resend, whose session stays where it began', () => {
    const phone = new Phone();
    const { send } = phone.send('one');
    const old = { key: 'old key', fingerprint: 'old body' };
    const resend = { sessionId: 'one', resendOf: send };
    phone.wait(30 * SECOND);
    phone.settleSend(phone.grant({ ...resend, idempotency: old }), 'not_accepted', 'answer');
    phone.wait(HOUR);
    const idempotency = { key: 'new key', fingerprint: 'new body', former: old };
    expect(phone.ask({ ...resend, idempotency })).toEqual({ kind: 'replayed', answer: 'answer' });
  });
});

describe('the record of a phone', () => {
  it('stays small, whatever is done to it for a week', () => {
    const phone = new Phone();
    let largest = 0;
    for (let minute = 0; minute < 7 * 24 * 60; minute += 1) {
      const sessionId = crypto.randomUUID();
      const idempotency = { key: `${'k'.repeat(20)}${minute}`, fingerprint: 'f'.repeat(22) };
      const decision = phone.ask({ sessionId, idempotency });
      if (decision.kind === 'granted') {
        const granted = { ...decision, request: { sessionId, idempotency }, atMs: phone.nowMs };
        phone.settleSend(granted, minute % 5 === 0 ? 'not_sent' : 'accepted', 'a'.repeat(1_600));
        while (phone.check(sessionId, decision.send, 'wrong').kind === 'wrong');
      }
      largest = Math.max(largest, JSON.stringify(phone.ledger).length);
      phone.wait(MINUTE);
    }
    // An object's value may hold 2 MB; what a request reads and writes should be a few kB.
    expect(largest).toBeGreaterThan(5_000);
    expect(largest).toBeLessThan(25_000);
  });

  it('is gone when all in it has lapsed', () => {
    const phone = new Phone();
    expect(expiresAtMs(EMPTY_RECORD, POLICIES)).toBeUndefined();
    const { send } = phone.send('session');
    phone.check('session', send, 'wrong');
    phone.redeem('proof', phone.nowMs + 5 * MINUTE);
    expect(expiresAtMs(phone.ledger, POLICIES)).toBe(START + DAY);
    expect(expiresAtMs(prune(phone.ledger, POLICIES, START + DAY), POLICIES)).toBeUndefined();
  });

  it('is left as it was by whatever is refused', () => {
    const phone = new Phone();
    const { send } = phone.send('session');
    const before = phone.ledger;
    phone.ask({ sessionId: 'other' });
    phone.ask({ sessionId: 'unknown', resendOf: 1 });
    phone.admit('unknown', send);
    phone.cancel('unknown');
    expect(phone.ledger).toBe(before);
  });

  it('holds no number and no code, only what it was given as keyed hashes', () => {
    const phone = new Phone();
    const { send } = phone.send('session');
    phone.check('session', send, 'wrong');
    phone.admit('session', send, 'hash-of-code');
    expect(Object.keys(phone.ledger).sort()).toEqual(
      [
        ...['failuresMs', 'lastSend', 'redeemed', 'requests', 'sendsMs', 'sessions'],
        ...['messages', 'messagesMs'],
      ].sort(),
    );
    expect(Object.keys(phone.ledger.sessions['session'] ?? {}).sort()).toEqual(
      ['attempts', 'checking', 'expiresAtMs', 'phase', 'send'].sort(),
    );
  });
});
