/**
 * What the Worker answers. Clients read these with tolerance: an unknown member is passed over, so that the
 * Worker may say more tomorrow than it does today.
 */
import * as v from 'valibot';
import { ChannelSchema } from './channel.ts';

const Seconds = v.pipe(v.number(), v.integer(), v.minValue(0));

/** A challenge that the widget shows, so that `POST /v1/send` is accepted; `null` while none is asked for. */
export const ChallengeConfigSchema = v.nullable(
  v.object({
    provider: v.literal('turnstile'),
    /** Address of the challenge's own script. */
    script: v.string(),
    siteKey: v.string(),
    /** Named to the challenge's script and demanded back by the Worker. */
    action: v.string(),
  }),
);

/** `GET /v1/config`. */
export const ConfigAnswerSchema = v.object({
  /** The visitor's country, from the edge, when it is served; else `null`. ISO 3166-1 alpha-2. */
  country: v.nullable(v.string()),
  /** The countries that are served, ISO 3166-1 alpha-2. */
  countries: v.array(v.string()),
  /** Their calling codes, without the plus: `{"DE": "49"}`. */
  callingCodes: v.record(v.string(), v.string()),
  channels: v.array(ChannelSchema),
  codeLength: v.pipe(v.number(), v.integer(), v.minValue(4), v.maxValue(10)),
  challenge: ChallengeConfigSchema,
});

/** `POST /v1/send`. */
export const SendAnswerSchema = v.object({
  /** Sealed: the browser carries it and can neither read nor change it. */
  session: v.string(),
  /** The channel that this code took. */
  channel: ChannelSchema,
  /** The channels that a next code may take. */
  channels: v.array(ChannelSchema),
  /** The number, masked: `+49 ••• ••• 4567`. */
  to: v.string(),
  codeLength: v.pipe(v.number(), v.integer(), v.minValue(4), v.maxValue(10)),
  /** Seconds until the code dies. */
  expiresIn: Seconds,
  /** Seconds until this number may get a next code. */
  resendIn: Seconds,
  /** Whether the provider reports what becomes of the message: then `POST /v1/delivery` knows more than `pending`. */
  reports: v.optional(v.boolean(), false),
});

/** `POST /v1/delivery`. A `pending` message may arrive all the same: not every network tells. */
export const DeliveryAnswerSchema = v.object({
  state: v.picklist(['pending', 'sent', 'not_delivered', 'delivered']),
  /** Why a message was not delivered, where the provider or a carrier kept it back. */
  code: v.optional(v.literal('blocked_by_provider')),
});

/** `POST /v1/messages`. */
export const MessageAnswerSchema = v.object({
  /** Opaque: what became of the message is asked for by it. */
  id: v.string(),
  connector: v.string(),
  channel: ChannelSchema,
});

/** `POST /v1/verify` and `POST /v1/renew`. There is no boolean in it to believe: the proof is checked, or it is nothing. */
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
  /** When the code was checked, ISO 8601. */
  challenge_ts: v.optional(v.string()),
  /** Host of the site that the proof was made for. */
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
