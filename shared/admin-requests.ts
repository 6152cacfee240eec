/** Requests to `/v1/admin/`, except those proxied to Mitto. Strict, as in `requests.ts`. */
import * as v from 'valibot';
import { ChannelSchema } from './channel.ts';
import { PhoneSchema } from './requests.ts';

/** `POST /v1/admin/connectors/{name}/test`. Without `to` it checks the credentials and sends nothing. */
export const TestRequestSchema = v.strictObject({
  to: v.optional(PhoneSchema),
  channel: v.optional(ChannelSchema),
  /** Dry run: Mitto does everything but deliver. Other connectors reject it. */
  dryRun: v.optional(v.boolean(), false),
});

/** `POST /v1/admin/messages/search`. */
export const SearchRequestSchema = v.strictObject({ to: PhoneSchema });

/** `POST /v1/admin/doctor`. */
export const DoctorRequestSchema = v.strictObject({
  /** The caller's clock, milliseconds since 1970. */
  now: v.optional(v.number()),
});

const RequestIdSchema = v.pipe(v.string(), v.regex(/^[\x21-\x7e]{1,128}$/));

/** `POST /v1/admin/doctor/mitto`. */
export const ProbeRequestSchema = v.union([
  v.strictObject({ operation: v.literal('send'), to: PhoneSchema }),
  v.strictObject({
    operation: v.literal('verify'),
    to: PhoneSchema,
    requestId: RequestIdSchema,
    code: v.pipe(v.string(), v.regex(/^\d{4,10}$/)),
  }),
  v.strictObject({ operation: v.literal('cancel'), to: PhoneSchema, requestId: RequestIdSchema }),
]);
