import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DELIVERY_STATES } from '../rate-limit/phone/phone-record.ts';
import { readMittoReports } from './mitto.ts';
import { readTwilioReport } from './twilio.ts';

const STATES: readonly unknown[] = [undefined, ...DELIVERY_STATES];

describe("Mitto's reports", () => {
  it('are read from whatever comes, at most a hundred, and nothing unknown is a state', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.jsonValue(), fc.array(fc.jsonValue(), { maxLength: 150 })),
        (value) => {
          const reports = readMittoReports(value);
          expect(reports.length).toBeLessThanOrEqual(100);
          for (const { state, errorCode, reference } of reports) {
            expect(STATES).toContain(state);
            expect(errorCode ?? 'x').toMatch(/^[\w.-]{1,32}$/);
            expect((reference ?? '').length).toBeLessThanOrEqual(512);
          }
        },
      ),
    );
  });

  it('mean the same in every case of letters', () => {
    const shout = fc.constantFrom(
      (text: string) => text.toUpperCase(),
      (text: string) => text,
      (text: string) => text.replace(/^./, (first) => first.toUpperCase()),
    );
    fc.assert(
      fc.property(shout, shout, fc.constantFrom('delivered', 'REJECTD', 'sent'), (a, b, status) => {
        const report = { [a('reference')]: 'r', [b('status')]: a(status) };
        expect(readMittoReports(report)).toEqual(
          readMittoReports({ reference: 'r', status: status.toLowerCase() }),
        );
      }),
    );
  });
});

describe("Twilio's reports", () => {
  it('are read from whatever comes, and nothing unknown is a state', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.tuple(
            fc.constantFrom('MessageStatus', 'CallStatus', 'ErrorCode', 'To', 'MessageSid', 'x'),
            fc.oneof(
              fc.string(),
              fc.constantFrom('delivered', '__proto__', 'constructor', '30003'),
            ),
          ),
        ),
        (pairs) => {
          const { state, errorCode } = readTwilioReport(new URLSearchParams(pairs));
          expect(STATES).toContain(state);
          expect(errorCode ?? '1').toMatch(/^\d{1,6}$/);
        },
      ),
    );
  });
});
