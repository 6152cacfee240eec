import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Admitted,
  DAY,
  type Granted,
  HOUR,
  MINUTE,
  Phone,
  POLICIES,
} from '../../../test/support/worker/phone.ts';
import { ReferenceModel } from '../../../test/support/worker/reference-model.ts';
import type { SendOutcome } from './idempotency.ts';
import { EMPTY_RECORD, expiresAtMs, type PhonePolicies, prune } from './phone-record.ts';
import type { SendRequest } from './send-transitions.ts';
import type { CheckResult } from './verify-transitions.ts';

type Step =
  | { do: 'start'; key: number }
  | { do: 'resend'; session: number; age: number; key: number }
  | { do: 'settle send'; nth: number; outcome: SendOutcome }
  | { do: 'check'; session: number; age: number; code: string }
  | { do: 'settle check'; nth: number; result: CheckResult }
  | { do: 'cancel'; session: number }
  | { do: 'redeem'; proof: number }
  | { do: 'wait'; milliseconds: number };

const small = fc.nat(3);
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ do: fc.constant('start' as const), key: fc.nat(9) }) },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('resend' as const),
      session: small,
      age: fc.constantFrom(0, 0, 0, 1),
      key: fc.nat(9),
    }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constant('settle send' as const),
      nth: small,
      outcome: fc.constantFrom<SendOutcome[]>('accepted', 'accepted', 'not_accepted', 'not_sent'),
    }),
  },
  {
    weight: 10,
    arbitrary: fc.record({
      do: fc.constant('check' as const),
      session: small,
      age: fc.constantFrom(0, 0, 0, 1),
      code: fc.constantFrom('a', 'b', 'c', 'd'),
    }),
  },
  {
    weight: 8,
    arbitrary: fc.record({
      do: fc.constant('settle check' as const),
      nth: small,
      result: fc.constantFrom<CheckResult[]>('wrong', 'wrong', 'wrong', 'right', 'not_evaluated'),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('cancel' as const), session: small }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('redeem' as const), proof: small }) },
  {
    weight: 8,
    arbitrary: fc.record({
      do: fc.constant('wait' as const),
      milliseconds: fc.oneof(
        fc.constantFrom(
          0,
          1,
          30_000,
          30_001,
          MINUTE,
          2 * MINUTE,
          5 * MINUTE,
          10 * MINUTE,
          HOUR,
          DAY,
        ),
        fc.nat(15 * MINUTE),
      ),
    }),
  },
);

const count = (max: number) => fc.integer({ min: 1, max });
const anyPolicies: fc.Arbitrary<PhonePolicies> = fc.oneof(
  fc.constant(POLICIES),
  fc.record({
    sends: fc.array(fc.record({ count: count(5), windowMs: fc.constantFrom(MINUTE, 2 * HOUR) }), {
      maxLength: 2,
    }),
    failures: fc.array(fc.record({ count: count(8), windowMs: fc.constantFrom(MINUTE, HOUR) }), {
      maxLength: 2,
    }),
    cooldownSeconds: fc.constantFrom([1], [5, 600], [60, 10], [3600]),
    codesPerSession: count(5),
  }),
);

describe('whatever people do with a phone, in whatever order', () => {
  it('the ledger decides as a plain count of all that happened', () => {
    fc.assert(
      fc.property(
        anyPolicies,
        fc.array(step, { maxLength: 120, size: 'max' }),
        (policies, steps) => {
          const phone = new Phone(policies);
          const model = new ReferenceModel(policies);
          const opened: { id: string; sends: number[] }[] = [];
          const sending: Granted[] = [];
          const checking: { nth: number; check: Admitted }[] = [];
          const verified: string[] = [];

          const recent = (nth: number) => opened.at(-1 - nth);
          const idempotency = (key: number) =>
            // Mostly none; else one of three keys, with one of two bodies.
            key < 6 ? { key: `key-${key % 3}`, fingerprint: `body-${key >> 2}` } : undefined;
          const ask = (request: SendRequest) => {
            const decision = phone.ask(request);
            expect(decision).toEqual(model.ask(request));
            if (decision.kind !== 'granted') return;
            sending.push({ ...decision, request, atMs: phone.nowMs });
            const known = opened.find(({ id }) => id === request.sessionId);
            if (known) known.sends.push(decision.send);
            else opened.push({ id: request.sessionId, sends: [decision.send] });
          };

          for (const [index, action] of steps.entries()) {
            switch (action.do) {
              case 'start':
                ask({ sessionId: `session-${index}`, idempotency: idempotency(action.key) });
                break;
              case 'resend': {
                const session = recent(action.session);
                const resendOf = session?.sends.at(-1 - action.age);
                if (session && resendOf !== undefined)
                  ask({ sessionId: session.id, resendOf, idempotency: idempotency(action.key) });
                break;
              }
              case 'settle send': {
                const [granted] = sending.splice(action.nth, 1);
                // Whoever sends waits for seconds: a minute later nobody is there to settle anything.
                if (!granted || phone.nowMs - granted.atMs > MINUTE) break;
                phone.settleSend(granted, action.outcome, `answer-${index}`);
                model.settleSend(granted, action.outcome, `answer-${index}`);
                break;
              }
              case 'check': {
                const session = recent(action.session);
                const send = session?.sends.at(-1 - action.age);
                if (!session || send === undefined) break;
                const decision = phone.admit(session.id, send, action.code);
                expect(decision).toEqual(model.admit(session.id, send, action.code));
                if (decision.kind !== 'admitted') break;
                const check = {
                  sessionId: session.id,
                  codeHash: action.code,
                  admittedAtMs: phone.nowMs,
                };
                checking.push({ nth: model.tries.length - 1, check });
                break;
              }
              case 'settle check': {
                const [pending] = checking.splice(action.nth, 1);
                if (!pending) break;
                const settlement = phone.settleCheck(pending.check, action.result);
                expect(settlement).toEqual(
                  model.settleCheck(pending.nth, pending.check, action.result),
                );
                if (settlement.kind === 'verified') verified.push(pending.check.sessionId);
                break;
              }
              case 'cancel': {
                const session = recent(action.session);
                const plain = session && model.session(session.id);
                if (!session || !plain) break;
                const kind = phone.cancel(session.id);
                if (plain.phase === 'open') plain.phase = 'cancelled';
                else expect(kind).not.toBe('cancelled');
                break;
              }
              case 'redeem': {
                const id = `proof-${action.proof}`;
                const expiresAtMs = phone.nowMs + 5 * MINUTE;
                const isKnown = (model.redeemed.get(id) ?? 0) > phone.nowMs;
                const kind = phone.redeem(id, expiresAtMs);
                if (isKnown) expect(kind).toBe('already_redeemed');
                if (kind === 'redeemed') model.redeemed.set(id, expiresAtMs);
                break;
              }
              case 'wait':
                phone.wait(action.milliseconds);
                model.nowMs += action.milliseconds;
                break;
            }
          }

          for (const { evaluated } of model.sessions.values())
            expect(evaluated).toBeLessThanOrEqual(policies.codesPerSession);
          expect(new Set(verified).size).toBe(verified.length);

          const { known: _known, ...unknown } = phone.ledger;
          const lapsesMs = expiresAtMs(unknown, policies);
          const end = prune(phone.ledger, policies, lapsesMs ?? phone.nowMs);
          // That the number was verified is known for longer than anything else of it.
          const { known, ...rest } = end;
          expect(rest).toEqual({ ...EMPTY_RECORD, lastSend: phone.ledger.lastSend });
          expect(known?.firstMs).toBe(model.firstVerifiedMs);
          const lastMs = expiresAtMs(end, policies);
          expect(lastMs).toBe(known && known.lastMs + 400 * DAY);
          expect(prune(end, policies, lastMs ?? phone.nowMs).known).toBeUndefined();
          if (lapsesMs !== undefined && lapsesMs > phone.nowMs) {
            const almost = prune(phone.ledger, policies, lapsesMs - 1);
            expect(expiresAtMs(almost, policies)).toBe(lapsesMs);
          }
        },
      ),
      { numRuns: 400 },
    );
  });
});
