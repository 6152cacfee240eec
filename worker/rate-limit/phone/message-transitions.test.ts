import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { POLICIES } from '../../../test/support/worker/phone.ts';
import { grantMessage, noteMessage, reportDelivery, settleMessage } from './message-transitions.ts';
import { DELIVERY_STATES, EMPTY_RECORD, type PhoneRecord } from './phone-record.ts';

const START = Date.parse('2026-11-20T12:00:00Z');
const LIMITED = { ...POLICIES, messages: [{ count: 3, windowMs: 3_600_000 }] };
const message = (reference: string, sentAtMs = START) => ({
  reference,
  connector: 'twilio',
  channel: 'sms',
  providerId: `id of ${reference}`,
  sentAtMs,
});
const report = (reference: string, state: (typeof DELIVERY_STATES)[number], isCertain = true) => ({
  connector: 'twilio',
  reference,
  state,
  isCertain,
});

describe('messages of a phone', () => {
  it('are never more than the limit within any window, whatever is settled in between', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(1_200_000), fc.constantFrom('accepted', 'not_sent', 'pending'))),
        (steps) => {
          let ledger: PhoneRecord = EMPTY_RECORD;
          let nowMs = START;
          const left: number[] = [];
          for (const [waitMs, outcome] of steps) {
            nowMs += waitMs;
            const step = grantMessage(ledger, {}, LIMITED, nowMs);
            ledger = step.ledger;
            if (step.decision.kind !== 'granted') continue;
            if (outcome !== 'not_sent') left.push(nowMs);
            if (outcome === 'pending') continue;
            ledger = settleMessage(ledger, { request: {}, grantedAtMs: nowMs, outcome });
          }
          for (const atMs of left)
            expect(left.filter((ms) => ms <= atMs && ms > atMs - 3_600_000).length).toBeLessThan(4);
        },
      ),
    );
  });

  it('that were not sent are given back: the phone gets as many as the limit allows', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(400_000), fc.constantFrom('accepted', 'not_sent'))),
        (steps) => {
          let ledger: PhoneRecord = EMPTY_RECORD;
          let nowMs = START;
          let sent: number[] = [];
          for (const [waitMs, outcome] of steps) {
            nowMs += waitMs;
            sent = sent.filter((atMs) => atMs > nowMs - 3_600_000);
            const step = grantMessage(ledger, {}, LIMITED, nowMs);
            expect(step.decision.kind === 'granted').toBe(sent.length < 3);
            ledger = step.ledger;
            if (step.decision.kind !== 'granted') continue;
            if (outcome === 'accepted') sent.push(nowMs);
            ledger = settleMessage(ledger, { request: {}, grantedAtMs: nowMs, outcome });
          }
        },
      ),
    );
  });

  it('end in the highest-ranking reported state, in any order, with duplicates', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(...DELIVERY_STATES), { minLength: 1 }),
        fc.nat(),
        (states, position) => {
          let ledger: PhoneRecord = EMPTY_RECORD;
          const notedAt = position % (states.length + 1);
          for (const [index, state] of states.entries()) {
            if (index === notedAt) ledger = noteMessage(ledger, message('a'));
            ledger = reportDelivery(ledger, report('a', state), LIMITED, START).ledger;
          }
          if (notedAt === states.length) ledger = noteMessage(ledger, message('a'));
          const heaviest = Math.max(...states.map((state) => DELIVERY_STATES.indexOf(state)));
          expect(ledger.messages['a']?.state).toBe(DELIVERY_STATES[heaviest]);
        },
      ),
    );
  });

  it('of unknown messages are stored only with a certain reference', () => {
    const guessed = reportDelivery(EMPTY_RECORD, report('a', 'sent', false), LIMITED, START);
    expect(guessed).toEqual({ ledger: EMPTY_RECORD, decision: { kind: 'unknown_message' } });
    for (const reference of ['__proto__', 'constructor'])
      expect(
        reportDelivery(EMPTY_RECORD, report(reference, 'sent', false), LIMITED, START).decision,
      ).toEqual({ kind: 'unknown_message' });
  });

  it('are a hundred at most, and the newest', () => {
    let ledger: PhoneRecord = EMPTY_RECORD;
    for (let nth = 0; nth < 150; nth++)
      ledger = noteMessage(ledger, message(`m${nth}`, START + nth));
    expect(Object.keys(ledger.messages)).toHaveLength(100);
    expect(ledger.messages).toHaveProperty('m149');
    expect(ledger.messages).not.toHaveProperty('m49');
  });
});
