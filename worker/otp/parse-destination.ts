/**
 * The one way from what a person typed to a phone number. Its result is the limit's key, the provider's `to`, the
 * session's phone and the proof's claim: were there two ways, a number could be counted under one spelling and
 * messaged under another.
 */
import metadata from 'libphonenumber-js/max/metadata';
import type { Destination, E164 } from '../../shared/phone-number/e164.ts';
import { toPhoneCandidate } from '../../shared/phone-number/normalize.ts';
import { validatePhone } from '../../shared/phone-number/validate.ts';
import { RequestError } from '../errors.ts';

/**
 * @param text as typed
 * @param country of a number that is typed without its country code
 * @throws RequestError `phone_unreadable`, `country_not_listed` or `phone_type`
 */
export function parseDestination(
  text: string,
  country: string | undefined,
  allowedCountries: readonly string[],
): Destination {
  const judgement = validatePhone(toPhoneCandidate(text), country, allowedCountries, metadata);
  switch (judgement.kind) {
    case 'served': {
      const { phone, country, callingCode } = judgement;
      return { phone: phone as E164, country, callingCode };
    }
    case 'unreadable':
      throw new RequestError({ kind: 'phone_unreadable', detail: judgement.detail });
    case 'not_listed':
      throw new RequestError({ kind: 'country_not_listed', country: judgement.country });
    case 'wrong_type':
      throw new RequestError({ kind: 'phone_type', type: judgement.type });
    default:
      return judgement satisfies never;
  }
}
