import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { randomCode, randomSid } from '../randomness.ts';
import { countingBytes } from '../testing.ts';
import { OtpBook, type OtpDetails } from './otps.ts';

const EXPIRY_SECONDS = 600;
const ATTEMPTS = 5;
const PHONES = ['+4915100000001', '+4915100000002'] as const;

type Step =
  | { kind: 'send'; phone: number }
  /** A check with the code of the OTP that was sent as number `of`, named by its number or its id. */
  | { kind: 'verify'; of: number; by: 'number' | 'requestID' }
  | { kind: 'guess'; phone: number }
  | { kind: 'cancel'; of: number }
  | { kind: 'wait'; seconds: number };

const phone = fc.nat(PHONES.length - 1);
const of = fc.nat(5);
const stepArbitrary: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ kind: fc.constant('send' as const), phone }),
  fc.record({
    kind: fc.constant('verify' as const),
    of,
    by: fc.constantFrom('number' as const, 'requestID' as const),
  }),
  fc.record({ kind: fc.constant('guess' as const), phone }),
  fc.record({ kind: fc.constant('cancel' as const), of }),
  fc.record({ kind: fc.constant('wait' as const), seconds: fc.constantFrom(1, 299, 300, 600) }),
);

/** What a reader of the rules expects of one OTP. */
interface Model {
  details: OtpDetails;
  sentAt: number;
  guesses: number;
  isClosed: boolean;
}

describe('an OTP', () => {
  it('verifies at most once, and never after expiry, cancel or its last attempt', () => {
    fc.assert(
      fc.property(fc.array(stepArbitrary, { maxLength: 40 }), (steps) => {
        let now = 0;
        const book = new OtpBook(() => now);
        const bytes = countingBytes();
        const models: Model[] = [];
        const isOpen = (model: Model) =>
          !model.isClosed && model.guesses < ATTEMPTS && now < model.sentAt + EXPIRY_SECONDS * 1000;
        const rules = { matches: 'any', rightCodeConsumes: true } as const;
        /** A wrong code counts against every open OTP that it was compared with. */
        const countGuess = (number: string) => {
          for (const model of models)
            if (model.details.to === number && isOpen(model)) model.guesses += 1;
        };

        for (const step of steps) {
          switch (step.kind) {
            case 'send': {
              const details: OtpDetails = {
                requestID: randomSid('OTP', bytes),
                accountSid: 'AC',
                service: '2FA',
                from: 'Example',
                to: PHONES[step.phone] ?? PHONES[0],
                channel: 'sms',
                code: randomCode(6, bytes),
              };
              book.open(details, { expirySeconds: EXPIRY_SECONDS, attempts: ATTEMPTS });
              models.push({ details, sentAt: now, guesses: 0, isClosed: false });
              break;
            }
            case 'verify': {
              const model = models[step.of];
              if (!model) break;
              const { requestID, to: number, code } = model.details;
              const keys = step.by === 'number' ? { service: '2FA', number } : { requestID };
              const expected = isOpen(model);
              const verdict = book.verify(keys, code, rules);
              expect(verdict.kind === 'right').toBe(expected);
              if (verdict.kind === 'right') expect(verdict.otp.requestID).toBe(requestID);
              if (expected) model.isClosed = true;
              else if (step.by === 'number') countGuess(number);
              break;
            }
            case 'guess': {
              const number = PHONES[step.phone] ?? PHONES[0];
              expect(book.verify({ number }, '999999', rules).kind).not.toBe('right');
              countGuess(number);
              break;
            }
            case 'cancel': {
              const model = models[step.of];
              if (!model) break;
              expect(book.cancel(model.details.requestID)).toBe(isOpen(model));
              model.isClosed = true;
              break;
            }
            case 'wait':
              now += step.seconds * 1000;
          }
        }
      }),
      { numRuns: 300 },
    );
  });

  it('is forgotten when ten thousand came after it', () => {
    const book = new OtpBook(() => 0);
    const details = { accountSid: '', service: '', from: '', to: '1', channel: 'sms', code: '1' };
    for (let i = 0; i <= 10_000; i++)
      book.open(
        { ...details, channel: 'sms', requestID: `${i}` },
        { expirySeconds: 1, attempts: 1 },
      );
    expect(book.all()).toHaveLength(10_000);
    expect(book.find('0')).toBeUndefined();
    expect(book.find('1')).toBeDefined();
  });
});
