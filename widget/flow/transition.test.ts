import { expect } from '@open-wc/testing';
import fc from 'fast-check';
import '../../test/support/fixed-seed.ts';
import { SENT, VERIFIED } from '../../test/support/widget/fake-worker.ts';
import { time as at, event, history, NUMBER } from '../../test/support/widget/flow-arbitrary.ts';
import { INITIAL_STATE } from './initial-state.ts';
import type { CodeState, FlowEvent, FlowState, Problem } from './state.ts';
import { nextChange } from './timers.ts';
import { transition } from './transition.ts';

function stateAfter(...events: FlowEvent[]): FlowState {
  return events.reduce(transition, INITIAL_STATE as FlowState);
}

const sending: FlowEvent[] = [{ type: 'send', id: 1, at: 0 }];
const sent: FlowEvent[] = [
  ...sending,
  { type: 'sent', id: 1, number: NUMBER, answer: SENT, at: 1000 },
];
const verifying: FlowEvent[] = [...sent, { type: 'verify', id: 2, code: '123456', at: 2000 }];
const verified: FlowEvent[] = [
  ...verifying,
  { type: 'verified', id: 2, answer: VERIFIED, askedAt: 2000 },
];
const dead: FlowEvent[] = [...sent, { type: 'tick', at: 1000 + 600_000 }];

function failure(code: string, more: object = {}): FlowEvent {
  return { type: 'failed', id: 2, failure: { code, ...more }, at: 3000 } as FlowEvent;
}

const wrong: FlowEvent[] = [...verifying, failure('incorrect_code')];
const renewed: FlowEvent = {
  type: 'renewed',
  session: 'session-1',
  answer: { ...VERIFIED, proof: 'a.renewed.proof' },
  askedAt: 403_000,
};
function unrenewed(isFinal: boolean): FlowEvent {
  const failure = { code: 'network_error' } as const;
  return { type: 'unrenewed', session: 'session-1', isFinal, failure, at: 303_000 };
}
const NO_PROBLEM: Omit<Problem, 'code'> = { reason: null, attemptsLeft: null, until: null };

describe('the flow', () => {
  describe('goes on', () => {
    const table: [string, FlowEvent[], Partial<CodeState> | object][] = [
      ['from a number to its sending', sending, { step: 'phone', busy: { doing: 'send', id: 1 } }],
      [
        'from sending to the code, with the times of the Worker',
        sent,
        { step: 'code', busy: null, resendAt: 31_000, expiresAt: 601_000, session: 'session-1' },
      ],
      [
        'from the code to its check',
        verifying,
        { busy: { doing: 'verify', id: 2, code: '123456' } },
      ],
      [
        'from the check to the proof, whose life is counted from the question',
        verified,
        { step: 'verified', proof: VERIFIED.proof, expiresAt: 302_000 },
      ],
      [
        'to an expired proof, which can be renewed',
        [...verified, { type: 'tick', at: 302_000 }],
        { step: 'verified', proof: null },
      ],
      [
        'to a lapsed proof, of which nobody is told while it can be renewed',
        [...verified, { type: 'tick', at: 302_000 }],
        { step: 'verified', proof: null, session: 'session-1', expired: false },
      ],
      [
        'to an expired proof, once it could not be renewed',
        [...verified, { type: 'tick', at: 302_000 }, unrenewed(true)],
        { step: 'verified', proof: null, session: null, expired: true, problem: null },
      ],
      [
        'to an expired proof at once, where it is known that it is renewed no more',
        [...verified, unrenewed(true), { type: 'tick', at: 302_000 }],
        { step: 'verified', proof: null, session: null, expired: true },
      ],
      [
        'on with a proof that holds, whatever comes of its renewal',
        [...verified, unrenewed(false)],
        { proof: VERIFIED.proof, session: 'session-1', expired: false, problem: null },
      ],
      [
        'from an expired proof to a renewed one',
        [...verified, { type: 'tick', at: 302_000 }, unrenewed(false), renewed],
        { proof: 'a.renewed.proof', session: 'session-1', expired: false, expiresAt: 703_000 },
      ],
      [
        'from the wait for a renewal to what kept it',
        [...verified, { type: 'tick', at: 302_000 }, { type: 'renew', id: 3 }, unrenewed(false)],
        { busy: null, expired: true, problem: { ...NO_PROBLEM, code: 'network_error' } },
      ],
      [
        'from an expired proof to another code',
        [...verified, { type: 'tick', at: 302_000 }, { type: 'send', id: 3, at: 302_000 }],
        { step: 'phone', busy: { doing: 'send', id: 3 } },
      ],
      ['back to the number', [...sent, { type: 'change_number' }], INITIAL_STATE],
      [
        'from the number back to its code, of which all is as it was',
        [...wrong, { type: 'change_number' }, { type: 'resumed', at: 4000 }],
        { ...stateAfter(...wrong), problem: null },
      ],
      [
        'from the number to another code, with the first kept until then',
        [...sent, { type: 'change_number' }, { type: 'send', id: 2, at: 2000 }],
        { step: 'phone', busy: { doing: 'send', id: 2 }, kept: stateAfter(...sent) },
      ],
      ['back to the beginning', [...verified, { type: 'reset' }], INITIAL_STATE],
      ['over the expiry of the code', dead, { step: 'code', session: null, number: NUMBER }],
      [
        'from an expired code to another one',
        [...dead, { type: 'send', id: 9, at: 700_000 }],
        { step: 'code', busy: { doing: 'send', id: 9 } },
      ],
      [
        'through the stages of a challenge',
        [...sending, { type: 'challenge', id: 1, stage: 'shown' }],
        { step: 'phone', busy: { doing: 'send', id: 1, challenge: 'shown' } },
      ],
      [
        'from a challenge to the request',
        [
          ...sending,
          { type: 'challenge', id: 1, stage: 'running' },
          { type: 'challenge', id: 1, stage: 'over' },
        ],
        { busy: { doing: 'send', id: 1 } },
      ],
      [
        'past a challenge of an earlier send',
        [...sending, { type: 'challenge', id: 0, stage: 'shown' }],
        { busy: { doing: 'send', id: 1 } },
      ],
      [
        'to the word that there is no connection',
        [{ type: 'offline' }],
        { problem: { ...NO_PROBLEM, code: 'network_error', reason: 'offline' } },
      ],
      ['and back from it', [{ type: 'offline' }, { type: 'online' }], { problem: null }],
      [
        'past what failed for want of a connection',
        [...verifying, failure('network_error'), { type: 'online' }],
        { step: 'code', problem: null, session: 'session-1' },
      ],
      [
        'to a session that is over, and stays so with the connection',
        [
          ...dead,
          { type: 'send', id: 2, at: 700_000 },
          failure('network_error'),
          { type: 'online' },
        ],
        { session: null, problem: { ...NO_PROBLEM, code: 'session_expired' } },
      ],
      [
        'to a code that should have come by now',
        [...sent, { type: 'tick', at: 31_000 }],
        { resendOpen: true, isLate: true },
      ],
      [
        'to another one, which has its own time to come in',
        [
          ...sent,
          { type: 'send', id: 2, at: 31_000 },
          { type: 'sent', id: 2, number: NUMBER, answer: SENT, at: 32_000 },
        ],
        { resendOpen: false, isLate: false, isAnother: true },
      ],
      [
        'past a request that was called off',
        [...verifying, { type: 'stopped' }],
        { step: 'code', busy: null },
      ],
    ];
    for (const [name, events, expected] of table)
      it(name, () => expect(stateAfter(...events)).to.deep.include(expected));
  });

  describe('stays where it is', () => {
    const table: [string, FlowEvent[], FlowEvent][] = [
      ['on a second send', sending, { type: 'send', id: 2, at: 0 }],
      ['on a second check', verifying, { type: 'verify', id: 3, code: '123456', at: 2000 }],
      ['on a resend before its time', sent, { type: 'send', id: 2, at: 30_999 }],
      ['on a send while a proof holds', verified, { type: 'send', id: 3, at: 3000 }],
      ['on a check without a code step', [], { type: 'verify', id: 1, code: '123456', at: 0 }],
      [
        'on a check in a dead session',
        dead,
        { type: 'verify', id: 3, code: '123456', at: 700_000 },
      ],
      ['on a change of number where there is none', sending, { type: 'change_number' }],
      [
        'on the way back to a code that has expired',
        [...sent, { type: 'change_number' }],
        { type: 'resumed', at: 601_000 },
      ],
      [
        'on the way back to a code of which nothing is left',
        [...dead, { type: 'change_number' }],
        { type: 'resumed', at: 602_000 },
      ],
      ['on a reset of nothing', [], { type: 'reset' }],
      ['on the loss of the connection while a request is out', verifying, { type: 'offline' }],
      ['on the loss of the connection while a proof holds', verified, { type: 'offline' }],
      ['on an edit without a connection', [{ type: 'offline' }], { type: 'edited' }],
      ['on the loss of the connection beside another problem', wrong, { type: 'offline' }],
      ['on the return of the connection with another problem', wrong, { type: 'online' }],
      ['on the expiry of the code while it is checked', verifying, { type: 'tick', at: 601_000 }],
    ];
    for (const [name, events, event] of table)
      it(name, () => {
        // The countdown is noticed first, so that the tick in question changes nothing but what it is about.
        const state = stateAfter(...events, { type: 'tick', at: 31_000 });
        expect(transition(state, event)).to.equal(state);
      });
  });

  it('does not ask twice about a code that is known to be wrong', () => {
    const wrong = stateAfter(...verifying, failure('incorrect_code', { attemptsLeft: 4 }));
    const again = transition(wrong, { type: 'verify', id: 3, code: '123456', at: 4000 });
    expect(again.busy).to.equal(null);
    expect(again.problem).to.deep.equal(wrong.problem);
    const other = transition(wrong, { type: 'verify', id: 4, code: '123457', at: 4000 });
    expect(other.busy?.id).to.equal(4);
  });

  for (const code of ['session_expired', 'session_used', 'invalid_session', 'too_many_attempts'])
    it(`keeps the number for a new code after ${code}`, () => {
      const state = stateAfter(...verifying, failure(code));
      expect(state).to.deep.include({ step: 'code', session: null, number: NUMBER });
      expect(transition(state, { type: 'send', id: 5, at: 40_000 }).busy?.id).to.equal(5);
    });

  it('lets the code that was sent be checked while no other may be sent', () => {
    const limited = stateAfter(
      ...sent,
      { type: 'send', id: 2, at: 31_000 },
      {
        type: 'failed',
        id: 2,
        failure: { code: 'rate_limited', retryAfter: 60 },
        at: 31_000,
      },
    );
    expect(transition(limited, { type: 'send', id: 3, at: 60_000 })).to.equal(limited);
    expect(
      transition(limited, { type: 'verify', id: 3, code: '123456', at: 60_000 }).busy?.id,
    ).to.equal(3);
    expect(transition(limited, { type: 'send', id: 3, at: 91_000 }).busy?.id).to.equal(3);
  });

  it('lets another number be sent to while the first has to wait', () => {
    const limited = stateAfter(...sending, {
      type: 'failed',
      id: 1,
      failure: { code: 'rate_limited', retryAfter: 60 },
      at: 0,
    });
    expect(transition(limited, { type: 'send', id: 2, at: 59_999 })).to.equal(limited);
    const edited = transition(limited, { type: 'edited' });
    expect(transition(edited, { type: 'send', id: 2, at: 1000 }).busy?.id).to.equal(2);
  });
});

describe('whatever happens in the flow', () => {
  it('an answer to any call but the one that is out changes nothing', () => {
    fc.assert(
      fc.property(history, event, (events, late) => {
        const state = stateAfter(...events);
        const isAnswer = late.type === 'sent' || late.type === 'verified' || late.type === 'failed';
        if (isAnswer && state.busy?.id !== late.id) expect(transition(state, late)).to.equal(state);
      }),
    );
  });

  it('no gesture begins a request while one is out', () => {
    fc.assert(
      fc.property(history, event, (events, gesture) => {
        const state = stateAfter(...events);
        if (state.busy && (gesture.type === 'send' || gesture.type === 'verify'))
          expect(transition(state, gesture)).to.equal(state);
      }),
    );
  });

  it('a proof comes out of the check of a code, and from nowhere else', () => {
    fc.assert(
      fc.property(history, event, (events, last) => {
        const before = stateAfter(...events);
        const state = transition(before, last);
        if (state.step === 'verified' && before.step !== 'verified')
          expect([before.busy?.doing, last.type]).to.deep.equal(['verify', 'verified']);
      }),
    );
  });

  it('a wrong code that was refused is never asked about again in its session', () => {
    fc.assert(
      fc.property(history, at, (events, now) => {
        const state = stateAfter(...events);
        if (state.step !== 'code' || !state.wrong || state.busy) return;
        const again = transition(state, { type: 'verify', id: 9, code: state.wrong.code, at: now });
        expect(again.busy).to.equal(null);
      }),
    );
  });

  it('tick is idempotent, and schedules strictly in the future', () => {
    fc.assert(
      fc.property(history, at, (events, now) => {
        const state = transition(stateAfter(...events), { type: 'tick', at: now });
        expect(transition(state, { type: 'tick', at: now })).to.equal(state);
        const wait = nextChange(state, now);
        if (wait !== null) expect(wait).to.be.greaterThan(0);
      }),
    );
  });
});
