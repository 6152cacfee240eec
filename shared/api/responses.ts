/**
 * Responses of the Worker. Clients ignore unknown fields, so that a newer Worker can add some.
 */
import * as v from 'valibot';
import { ChannelSchema } from './channel.ts';

const Seconds = v.pipe(v.number(), v.integer(), v.minValue(0));

/** The challenge that the widget must show before `POST /v1/send`; `null` if none is required. */
export const ChallengeConfigSchema = v.nullable(
  v.object({
    provider: v.literal('turnstile'),
    /** URL of the challenge's script. */
    script: v.string(),
    siteKey: v.string(),
    /** Passed to the challenge's script and verified by the Worker. */
    action: v.string(),
  }),
);

/** `GET /v1/config`. */
export const ConfigAnswerSchema = v.object({
  /** The visitor's country, from the edge, if it is served; otherwise `null`. ISO 3166-1 alpha-2. */
  country: v.nullable(v.string()),
  /** Served countries, ISO 3166-1 alpha-2. */
  countries: v.array(v.string()),
  /** Their calling codes, without the plus: `{"DE": "49"}`. */
  callingCodes: v.record(v.string(), v.string()),
  channels: v.array(ChannelSchema),
  codeLength: v.pipe(v.number(), v.integer(), v.minValue(4), v.maxValue(10)),
  challenge: ChallengeConfigSchema,
});

/** `POST /v1/send`. */
export const SendAnswerSchema = v.object({
  /** Encrypted and authenticated: the browser can neither read nor change it. */
  session: v.string(),
  /** Channel of this code. */
  channel: ChannelSchema,
  /** Channels available for the next code. */
  channels: v.array(ChannelSchema),
  /** The number, masked: `+49 ••• ••• 4567`. */
  to: v.string(),
  codeLength: v.pipe(v.number(), v.integer(), v.minValue(4), v.maxValue(10)),
  /** Seconds until the code expires. */
  expiresIn: Seconds,
  /** Seconds until this number can get another code. */
  resendIn: Seconds,
  /** Whether the provider sends delivery reports: if not, `POST /v1/delivery` stays `pending`. */
  reports: v.optional(v.boolean(), false),
});

/** `POST /v1/delivery`. A `pending` message may have arrived: not every network reports it. */
export const DeliveryAnswerSchema = v.object({
  state: v.picklist(['pending', 'sent', 'not_delivered', 'delivered']),
  /** Set if the provider or a carrier blocked the message. */
  code: v.optional(v.literal('blocked_by_provider')),
});

/** `POST /v1/messages`. */
export const MessageAnswerSchema = v.object({
  /** Opaque id for `GET /v1/messages/{id}`. */
  id: v.string(),
  connector: v.string(),
  channel: ChannelSchema,
});

/** `POST /v1/verify` and `POST /v1/renew`. Deliberately no boolean: the site's server must verify the proof. */
export const VerifyAnswerSchema = v.object({
  proof: v.string(),
  /** Seconds until the proof expires. */
  expiresIn: Seconds,
});

/** `POST /v1/siteverify`. */
export const SiteverifyAnswerSchema = v.object({
  success: v.boolean(),
  /** E.164. */
  phone: v.optional(v.string()),
  channel: v.optional(ChannelSchema),
  /** When the code was verified, ISO 8601. */
  challenge_ts: v.optional(v.string()),
  /** Host of the site that the proof was issued for. */
  hostname: v.optional(v.string()),
  nonce: v.optional(v.string()),
  'error-codes': v.array(v.string()),
});

export type ChallengeConfig = v.InferOutput<typeof ChallengeConfigSchema>;
export type Challenge = NonNullable<ChallengeConfig>;
export type ConfigAnswer = v.InferOutput<typeof ConfigAnswerSchema>;
export type SendAnswer = v.InferOutput<typeof SendAnswerSchema>;
export type DeliveryAnswer = v.InferOutput<typeof DeliveryAnswerSchema>;
export type MessageAnswer = v.InferOutput<typeof MessageAnswerSchema>;
export type VerifyAnswer = v.InferOutput<typeof VerifyAnswerSchema>;
export type SiteverifyAnswer = v.InferOutput<typeof SiteverifyAnswerSchema>;
