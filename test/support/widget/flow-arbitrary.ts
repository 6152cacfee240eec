/** Whatever may happen in a flow, for property tests. */
import fc from 'fast-check';
import { ERROR_CODES, type ErrorCode } from '../../../shared/api/error-codes.ts';
import type { TransportErrorCode } from '../../../shared/otp-error.ts';
import type { FlowEvent } from '../../../widget/flow/state.ts';
import { SENT, VERIFIED } from './fake-worker.ts';

export const NUMBER = { phone: '015123456789', country: 'DE' };

const TRANSPORT_CODES: readonly TransportErrorCode[] = [
  'network_error',
  'timeout',
  'unexpected_answer',
];
const ANY_CODE = [...(Object.keys(ERROR_CODES) as ErrorCode[]), ...TRANSPORT_CODES];

/** Few, so that answers meet their calls. */
const id = fc.integer({ min: 1, max: 4 });
export const time: fc.Arbitrary<number> = fc.integer({ min: 0, max: 1_000_000 });
const code = fc.constantFrom('123456', '654321', '12');
const failure = fc.record({
  code: fc.constantFrom(...ANY_CODE),
  retryAfter: fc.option(fc.integer({ min: 1, max: 600 }), { nil: undefined }),
  attemptsLeft: fc.option(fc.integer({ min: 0, max: 4 }), { nil: undefined }),
});
const sent = fc.record({
  channel: fc.constantFrom('sms' as const, 'voice' as const),
  channels: fc.subarray(['sms' as const, 'voice' as const]),
  resendIn: fc.constantFrom(0, 30, 300),
  expiresIn: fc.constantFrom(60, 600),
});

export const event: fc.Arbitrary<FlowEvent> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ type: fc.constant('send'), id, at: time }) },
  {
    weight: 3,
    arbitrary: fc.record({
      type: fc.constant('sent'),
      id,
      at: time,
      number: fc.constant(NUMBER),
      answer: sent.map((change) => ({ ...SENT, ...change })),
    }),
  },
  { weight: 2, arbitrary: fc.record({ type: fc.constant('verify'), id, code, at: time }) },
  fc.record({
    type: fc.constant('verified'),
    id,
    answer: fc.constant(VERIFIED),
    askedAt: time,
  }),
  fc.record({ type: fc.constant('renew'), id }),
  fc.record({
    type: fc.constant('renewed'),
    session: fc.constant(SENT.session),
    answer: fc.constant({ ...VERIFIED, proof: 'a.renewed.proof' }),
    askedAt: time,
  }),
  fc.record({
    type: fc.constant('unrenewed'),
    session: fc.constant(SENT.session),
    isFinal: fc.boolean(),
    failure,
    at: time,
  }),
  { weight: 2, arbitrary: fc.record({ type: fc.constant('failed'), id, at: time, failure }) },
  fc.record({ type: fc.constant('refused'), failure }),
  fc.record({
    type: fc.constant('challenge'),
    id,
    stage: fc.constantFrom('running', 'shown', 'over'),
  }),
  fc.record({ type: fc.constant('tick'), at: time }),
  fc.record({ type: fc.constant('resumed'), at: time }),
  fc.constantFrom<FlowEvent>(
    { type: 'stopped' },
    { type: 'edited' },
    { type: 'change_number' },
    { type: 'offline' },
    { type: 'online' },
    { type: 'reset' },
  ),
) as fc.Arbitrary<FlowEvent>;

export const history: fc.Arbitrary<FlowEvent[]> = fc.array(event, { maxLength: 30 });

/** The same, with a clock that only goes on. */
export const story: fc.Arbitrary<{ events: FlowEvent[]; now: number }> = history.map((events) => {
  const times = events.flatMap((each) => ('at' in each ? [each.at] : [])).sort((a, b) => a - b);
  let now = 0;
  const inOrder = events.map((each) => {
    if ('at' in each) now = times.shift() ?? now;
    if ('askedAt' in each) return { ...each, askedAt: now };
    return 'at' in each ? { ...each, at: now } : each;
  });
  return { events: inOrder, now };
});
