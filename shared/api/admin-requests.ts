/** Requests to `/v1/admin/`, except those proxied to Mitto. Strict, as in `requests.ts`. */
import * as v from 'valibot';
import { ChannelSchema } from './channel.ts';
import { FlowNameSchema, PhoneSchema } from './requests.ts';

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

const ActionSchema = v.picklist(['allow', 'challenge', 'block']);
const CountrySchema = v.pipe(v.string(), v.regex(/^[A-Z]{2}$/));

/** Whom a rule is for. All members that are there have to match; without any it is for everybody. */
const RuleMatchSchema = v.strictObject({
  /** Of the number, ISO 3166-1 alpha-2. */
  country: v.optional(CountrySchema),
  /** Of the number in E.164. */
  prefix: v.optional(v.pipe(v.string(), v.regex(/^\+[1-9]\d{0,14}$/))),
  /** Of the visitor's network. Known on Cloudflare alone. */
  asn: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(4_294_967_295))),
  /** The visitor's address, or a network of them in CIDR notation. */
  ip: v.optional(v.pipe(v.string(), v.minLength(2), v.maxLength(64))),
  phone: v.optional(PhoneSchema),
  /** One of `ALLOWED_ORIGINS`. */
  site: v.optional(v.pipe(v.string(), v.minLength(1), v.maxLength(256))),
  flow: v.optional(FlowNameSchema),
});

/** `POST /v1/admin/rules`. */
export const RuleRequestSchema = v.strictObject({
  match: RuleMatchSchema,
  action: ActionSchema,
  /** ISO 8601; without it the rule lasts until it is deleted. */
  until: v.optional(v.pipe(v.string(), v.isoTimestamp())),
  /** For whoever reads it later. */
  note: v.optional(v.pipe(v.string(), v.maxLength(200)), ''),
});

export const RuleIdSchema = v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{1,64}$/));

/** `GET /v1/admin/decisions`: what stands in the query. */
export const DecisionQuerySchema = v.strictObject({
  country: v.optional(CountrySchema),
  action: v.optional(ActionSchema),
  site: v.optional(v.pipe(v.string(), v.minLength(1), v.maxLength(256))),
  flow: v.optional(FlowNameSchema),
  /** `next` of the answer before. */
  cursor: v.optional(v.pipe(v.string(), v.maxLength(64))),
  limit: v.optional(
    v.pipe(v.string(), v.regex(/^\d{1,3}$/), v.transform(Number), v.minValue(1), v.maxValue(200)),
    '50',
  ),
});
