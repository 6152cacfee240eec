/**
 * Numbers that meet the same always. Those of Twilio's test credentials, which are refused, are documented. The
 * sandbox adds its own, for every other code, and so that they can be numbers of any country: one that ends in
 * `000` and a code is refused with that code, as +49 151 000 21610 is with 21610; with a code of the delivery, a message
 * to it is taken and reported as not delivered.
 */
import type { Told } from '../delivery-reports.ts';
import { DELIVERY_CODES, REFUSAL_CODES } from './errors.ts';

export type Resource = 'message' | 'call';

const DOCUMENTED: Readonly<Record<Resource, { to: Codes; from: Codes }>> = {
  message: {
    to: new Map([
      ['+15005550001', 21211],
      ['+15005550002', 21612],
      ['+15005550003', 21408],
      ['+15005550004', 21610],
      ['+15005550009', 21614],
    ]),
    from: new Map([
      ['+15005550001', 21212],
      ['+15005550007', 21606],
      ['+15005550008', 21611],
    ]),
  },
  call: {
    to: new Map([
      ['+15005550001', 21217],
      ['+15005550002', 21214],
      ['+15005550003', 21215],
      ['+15005550004', 21216],
    ]),
    from: new Map([['+15005550001', 21212]]),
  },
};

type Codes = ReadonlyMap<string, number>;

/** The code that these numbers are refused with, if any. */
export function magicCode(resource: Resource, to: string, from: string): number | undefined {
  const documented = DOCUMENTED[resource];
  return (
    documented.to.get(to) ??
    documented.from.get(from) ??
    REFUSAL_CODES.find((code) => code === codeAtEnd(to))
  );
}

/** What is reported of a message to this number by itself, if anything is. */
export function magicOutcome(to: string): Told | undefined {
  const code = DELIVERY_CODES.find((known) => known === codeAtEnd(to));
  return code === undefined ? undefined : { status: 'undelivered', errorCode: String(code) };
}

function codeAtEnd(to: string): number {
  return Number(/000(\d{5})$/.exec(to)?.[1]);
}
