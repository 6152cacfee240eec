import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MINUTE, POLICIES, SECOND, START } from '../../../test/support/worker/phone.ts';
import { reportDelivery } from './message-transitions.ts';
import { type DeliveryState, EMPTY_RECORD, type PhoneRecord } from './phone-record.ts';
import { grantSend, type SendDecision, type SendRequest, settleSend } from './send-transitions.ts';

/** One phone, whose messages go out at once, and whose provider reports. */
class ReportedPhone {
  ledger: PhoneRecord = EMPTY_RECORD;
  nowMs = START;

  send(sessionId: string, channel: string, resendOf?: number): SendDecision {
    const request: SendRequest = { sessionId, channel, resendOf };
    const { ledger, decision } = grantSend(this.ledger, request, POLICIES, this.nowMs);
    if (decision.kind !== 'granted') return decision;
    this.ledger = settleSend(ledger, {
      ...{ request, send: decision.send, grantedAtMs: this.nowMs, outcome: 'accepted' },
      message: {
        ...{ reference: `message ${decision.send}`, connector: 'twilio', channel },
        ...{ providerId: `id ${decision.send}`, sentAtMs: this.nowMs },
      },
    });
    return decision;
  }

  report(send: number, state: DeliveryState): void {
    const told = { connector: 'twilio', reference: `message ${send}`, state, isCertain: false };
    this.ledger = reportDelivery(this.ledger, told, POLICIES, this.nowMs).ledger;
  }
}

describe('another way for a code that did not arrive', () => {
  it.each(['not_delivered', 'blocked'] as const)('is free at once when it was %s', (state) => {
    const phone = new ReportedPhone();
    phone.send('a', 'sms');
    phone.nowMs += 2 * SECOND;
    expect(phone.send('a', 'voice', 1).kind).toBe('cooldown');
    phone.report(1, state);
    expect(phone.send('a', 'sms', 1).kind).toBe('cooldown');
    expect(phone.send('a', 'voice', 1)).toMatchObject({ kind: 'granted', send: 2 });
    // From there on it is as after any other.
    expect(phone.send('a', 'sms', 2).kind).toBe('cooldown');
  });

  it.each(['pending', 'sent', 'delivered'] as const)('is not when it is %s', (state) => {
    const phone = new ReportedPhone();
    phone.send('a', 'sms');
    phone.report(1, state);
    expect(phone.send('a', 'voice', 1).kind).toBe('cooldown');
  });

  it('is free to the session that asked for the code, and to no other', () => {
    const phone = new ReportedPhone();
    phone.send('a', 'sms');
    phone.report(1, 'not_delivered');
    expect(phone.send('b', 'voice').kind).toBe('cooldown');
    expect(phone.send('b', 'voice', 1).kind).toBe('session_unknown');
  });

  it('is not free to a session that has sent before, and whose own message did not fail', () => {
    const phone = new ReportedPhone();
    phone.send('b', 'sms');
    phone.nowMs += 31 * SECOND;
    phone.send('a', 'sms');
    phone.report(2, 'not_delivered');
    expect(phone.send('b', 'voice', 1).kind).toBe('cooldown');
    expect(phone.send('a', 'voice', 2).kind).toBe('granted');
  });

  it('is not free where another session has sent since', () => {
    const phone = new ReportedPhone();
    phone.send('a', 'sms');
    phone.nowMs += 31 * SECOND;
    phone.send('b', 'sms');
    phone.report(1, 'not_delivered');
    expect(phone.send('a', 'voice', 1).kind).toBe('cooldown');
  });

  it('is not free for a way that failed, and one that was not named', () => {
    const phone = new ReportedPhone();
    phone.send('a', 'sms');
    phone.report(1, 'not_delivered');
    const nameless = grantSend(
      phone.ledger,
      { sessionId: 'a', resendOf: 1 },
      POLICIES,
      phone.nowMs,
    );
    expect(nameless.decision.kind).toBe('cooldown');
  });

  it('is free once: two ways that both fail do not take turns', () => {
    const phone = new ReportedPhone();
    phone.send('a', 'sms');
    phone.report(1, 'not_delivered');
    phone.send('a', 'voice', 1);
    phone.report(2, 'not_delivered');
    expect(phone.send('a', 'sms', 2).kind).toBe('cooldown');
    expect(phone.send('a', 'voice', 2).kind).toBe('cooldown');
    // The wait over, each is open as ever.
    phone.nowMs += 61 * SECOND;
    expect(phone.send('a', 'sms', 2).kind).toBe('granted');
  });

  it('is free once within one millisecond, too', () => {
    const phone = new ReportedPhone();
    phone.send('a', 'sms');
    phone.report(1, 'not_delivered');
    phone.send('a', 'voice', 1);
    expect(phone.send('a', 'voice', 2).kind).toBe('cooldown');
    expect(phone.send('a', 'whatsapp', 2).kind).toBe('cooldown');
  });

  it('never lifts a limit: not one message more in ten minutes, in a day, or without a report', () => {
    const act = fc.record({
      session: fc.constantFrom('a', 'b', 'c'),
      channel: fc.constantFrom('sms', 'voice'),
      isAgain: fc.boolean(),
      report: fc.option(
        fc.constantFrom<DeliveryState[]>('not_delivered', 'blocked', 'delivered', 'sent'),
      ),
      waitMs: fc.constantFrom(0, SECOND, 31 * SECOND, 3 * MINUTE, 61 * MINUTE),
    });
    fc.assert(
      fc.property(fc.array(act, { maxLength: 60 }), (acts) => {
        const phone = new ReportedPhone();
        const sent: { atMs: number; session: string; channel: string; state?: DeliveryState }[] =
          [];
        for (const { session, channel, isAgain, report, waitMs } of acts) {
          const before = phone.ledger.sessions[session];
          const resendOf = isAgain ? before?.send : undefined;
          const last = sent.at(-1);
          const decision = phone.send(session, channel, resendOf);
          if (decision.kind === 'granted') {
            const recent = sent.filter(({ atMs }) => atMs > phone.nowMs - 10 * MINUTE);
            expect(recent.length).toBeLessThan(3);
            expect(
              sent.filter(({ atMs }) => atMs > phone.nowMs - 24 * 60 * MINUTE).length,
            ).toBeLessThan(10);
            if (last && phone.nowMs - last.atMs < 30 * SECOND) {
              expect(['not_delivered', 'blocked']).toContain(last.state);
              expect(last).toMatchObject({ session });
              const failed = sent.filter(
                (one) =>
                  one.session === session && ['not_delivered', 'blocked'].includes(one.state ?? ''),
              );
              expect(failed.map((one) => one.channel)).not.toContain(channel);
              expect(resendOf).toBeDefined();
            }
            sent.push({ atMs: phone.nowMs, session, channel });
          }
          const newest = sent.at(-1);
          if (report && newest) {
            phone.report(phone.ledger.lastSend, report);
            const { state } = phone.ledger.messages[`message ${phone.ledger.lastSend}`] ?? {};
            if (state) newest.state = state;
          }
          phone.nowMs += waitMs;
        }
      }),
      { numRuns: 500 },
    );
  });
});
