/** Responses for servers and operators, not for pages. */
import * as v from 'valibot';
import { ChannelSchema } from './channel.ts';
import { DeliveryAnswerSchema, MessageAnswerSchema } from './responses.ts';

/** `POST /v1/hooks/auth0/phone`. */
export const Auth0PhoneAnswerSchema = v.pick(MessageAnswerSchema, ['id']);

/** `GET /v1/messages/{id}`. */
export const MessageStateSchema = v.object({
  connector: v.string(),
  channel: ChannelSchema,
  ...DeliveryAnswerSchema.entries,
  /** The provider's own. */
  errorCode: v.optional(v.string()),
  /** ISO 8601. */
  sentAt: v.string(),
});

/** `GET /.well-known/jwks.json`. */
export const JwksSchema = v.object({
  keys: v.array(
    v.object({
      kty: v.string(),
      crv: v.string(),
      x: v.string(),
      kid: v.string(),
      alg: v.string(),
      use: v.string(),
    }),
  ),
});

/** `GET /healthz`. */
export const HealthSchema = v.object({
  status: v.picklist(['ok', 'misconfigured', 'store_unavailable']),
  /** Invalid settings and their problems, without values. */
  checks: v.array(v.object({ setting: v.string(), problem: v.string() })),
});
