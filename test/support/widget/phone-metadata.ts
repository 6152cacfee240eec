/** The metadata of phone numbers, as the Worker gives it. */
import metadata from 'libphonenumber-js/max/metadata';
import type { PhoneMetadata } from '../../../shared/phone-number/metadata.ts';
import { cutToCallingCode } from '../../../worker/otp/country-metadata.ts';

function phoneMetadataOf(country: string): PhoneMetadata {
  const cut = cutToCallingCode(country, metadata);
  if (!cut) throw new Error(`There is no metadata of ${country}`);
  return cut;
}

/** The answer to `GET /v1/phone-metadata/{country}`. */
export function answerMetadata({ pathname }: { pathname: string }): Response {
  return Response.json(phoneMetadataOf(pathname.split('/').at(-1) ?? ''));
}
