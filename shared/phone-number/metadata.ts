/**
 * `GET /v1/phone-metadata/{country}`: what libphonenumber knows of the numbers of one calling code, in the form that its
 * `core` takes. It is passed on as it is; what stands in a plan is the library's own business.
 */
import type { MetadataJson } from 'libphonenumber-js/core';
import * as v from 'valibot';

/** A numbering plan of one country: patterns, lengths, formats, types. */
const PlanSchema = v.array(v.unknown());

export const PhoneMetadataSchema = v.object({
  /** Of the form, not of the numbers. A library that reads another one would read nonsense. */
  version: v.literal(4),
  /** The countries of the calling code, the one that the others take their formats from first. */
  country_calling_codes: v.record(v.string(), v.array(v.string())),
  countries: v.record(v.string(), PlanSchema),
  nonGeographic: v.record(v.string(), PlanSchema),
  /** A mobile number of the country that was asked for, as it is written there. */
  example: v.optional(v.string()),
});

export type PhoneMetadata = v.InferOutput<typeof PhoneMetadataSchema>;

/** The same for the library, whose types name every country there is. */
export function metadataForLibrary(metadata: PhoneMetadata): MetadataJson {
  return metadata as MetadataJson;
}
