/**
 * Request schemas. Strict: unknown fields are rejected, so that a misspelt option is an error and not ignored.
 */
import * as v from 'valibot';
import { ChannelSchema } from './channel.ts';

/** Printable ASCII: safe in a header, a log or a JSON claim. */
const visibleAscii = v.regex(/^[\x21-\x7e]+$/);

/** A sealed session, opaque to the browser. Unsealing validates it; the schema only limits its size. */
const SessionSchema = v.pipe(v.string(), v.minLength(1), v.maxLength(2048));

/** The name of a flow in the setting `FLOWS`. */
export const FlowNameSchema = v.pipe(v.string(), v.regex(/^[a-z0-9][a-z0-9_-]{0,31}$/));

/** The site server's nonce: it binds the proof to one page view. */
const NonceSchema = v.pipe(v.string(), v.maxLength(128), visibleAscii);

/** The token of the challenge's widget (Turnstile: at most 2048 characters). */
const ChallengeSchema = v.pipe(v.string(), v.minLength(1), v.maxLength(2048));

/** `POST /v1/send`: the first code for a phone number. */
const StartRequestSchema = v.strictObject({
  /** As a person typed it; `+49…`, `0049…`, or national with `country`. */
  phone: v.pipe(v.string(), v.maxLength(64)),
  /** ISO 3166-1 alpha-2: the country of a number typed without its country code. */
  country: v.optional(v.pipe(v.string(), v.regex(/^[A-Z]{2}$/))),
  channel: v.optional(ChannelSchema),
  flow: v.optional(FlowNameSchema),
  /** BCP 47: the language of the message. */
  locale: v.optional(v.pipe(v.string(), v.regex(/^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8}){0,4}$/))),
  nonce: v.optional(NonceSchema),
  challenge: v.optional(ChallengeSchema),
});

/** `POST /v1/send`: another code in an open session. */
const ResendRequestSchema = v.strictObject({
  session: SessionSchema,
  channel: v.optional(ChannelSchema),
  challenge: v.optional(ChallengeSchema),
});

export const SendRequestSchema = v.union([StartRequestSchema, ResendRequestSchema]);

/** Which of the two schemas a body is meant for, so that an error can name the invalid field. */
export function sendRequestSchemaFor(
  body: unknown,
): typeof StartRequestSchema | typeof ResendRequestSchema {
  const isResend = typeof body === 'object' && body !== null && 'session' in body;
  return isResend ? ResendRequestSchema : StartRequestSchema;
}

/** `POST /v1/verify`. The format of the code is validated separately, because it has its own error code. */
export const VerifyRequestSchema = v.strictObject({
  session: SessionSchema,
  code: v.pipe(v.string(), v.maxLength(64)),
});

/** `POST /v1/renew`. */
export const RenewRequestSchema = v.strictObject({ session: SessionSchema });

/** `POST /v1/cancel`. */
export const CancelRequestSchema = v.strictObject({ session: SessionSchema });

/** `POST /v1/delivery`. */
export const DeliveryRequestSchema = v.strictObject({ session: SessionSchema });

/** E.164. */
export const PhoneSchema = v.pipe(v.string(), v.regex(/^\+[1-9]\d{4,14}$/));
const LocaleSchema = v.pipe(v.string(), v.regex(/^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8}){0,4}$/));

const messageEntries = {
  to: PhoneSchema,
  channel: v.optional(ChannelSchema),
  /** By default the first connector of the deployment that sends any text. */
  connector: v.optional(v.picklist(['mitto-sms', 'twilio'])),
  /** BCP 47: the language of the text, for the voice; with a template, selects its text. */
  locale: v.optional(LocaleSchema),
};

/** `POST /v1/messages` with a text. */
const TextMessageRequestSchema = v.strictObject({
  ...messageEntries,
  text: v.pipe(v.string(), v.nonEmpty(), v.maxLength(1000)),
});

/** `POST /v1/messages` with one of `TEMPLATES`, and the values of its placeholders. */
const TemplateMessageRequestSchema = v.strictObject({
  ...messageEntries,
  template: v.pipe(v.string(), v.regex(/^[a-z0-9][a-z0-9_-]{0,31}$/)),
  data: v.optional(
    v.record(
      v.pipe(v.string(), v.regex(/^[a-zA-Z][a-zA-Z0-9_]{0,31}$/)),
      v.pipe(v.union([v.string(), v.number()]), v.transform(String), v.maxLength(320)),
    ),
    {},
  ),
});

export const MessageRequestSchema = v.union([
  TextMessageRequestSchema,
  TemplateMessageRequestSchema,
]);

/** Which of the two schemas a body is meant for, so that an error can name the invalid field. */
export function messageRequestSchemaFor(
  body: unknown,
): typeof TextMessageRequestSchema | typeof TemplateMessageRequestSchema {
  const hasTemplate = typeof body === 'object' && body !== null && 'template' in body;
  return hasTemplate ? TemplateMessageRequestSchema : TextMessageRequestSchema;
}

const feedbackOutcome = { outcome: v.picklist(['genuine', 'fraud']) };

/** `POST /v1/feedback` on a proof. */
const FeedbackByProofSchema = v.strictObject({
  /** The claim of the proof. */
  jti: v.pipe(v.string(), v.minLength(1), v.maxLength(512), visibleAscii),
  ...feedbackOutcome,
});

/** `POST /v1/feedback` on a session, of which there is no proof. */
const FeedbackBySessionSchema = v.strictObject({ session: SessionSchema, ...feedbackOutcome });

export const FeedbackRequestSchema = v.union([FeedbackByProofSchema, FeedbackBySessionSchema]);
export type FeedbackRequest = v.InferOutput<typeof FeedbackRequestSchema>;

/** Which of the two a body is meant to be, so that an error can name the member that is wrong. */
export function feedbackRequestSchemaFor(
  body: unknown,
): typeof FeedbackByProofSchema | typeof FeedbackBySessionSchema {
  const isBySession = typeof body === 'object' && body !== null && 'session' in body;
  return isBySession ? FeedbackBySessionSchema : FeedbackByProofSchema;
}

/** `POST /v1/hooks/auth0/phone`: the request of the Actions in `integrations/auth0/`. */
export const Auth0PhoneRequestSchema = v.strictObject({
  recipient: PhoneSchema,
  /** Auth0's text, including its code. */
  text: v.pipe(v.string(), v.nonEmpty(), v.maxLength(1000)),
  delivery_method: v.optional(v.picklist(['text', 'voice']), 'text'),
  message_type: v.optional(v.pipe(v.string(), v.maxLength(64))),
  locale: v.optional(LocaleSchema),
});

export type MessageRequest = v.InferOutput<typeof MessageRequestSchema>;

/** `POST /v1/siteverify`, JSON or form, like the call of captcha services. */
export const SiteverifyRequestSchema = v.strictObject({
  secret: v.optional(v.pipe(v.string(), v.maxLength(512))),
  response: v.optional(v.pipe(v.string(), v.maxLength(4096))),
  nonce: v.optional(NonceSchema),
});

/** The `Idempotency-Key` header: one key per user action. */
export const IdempotencyKeySchema = v.pipe(v.string(), v.maxLength(128), visibleAscii);

export type SendRequest = v.InferOutput<typeof SendRequestSchema>;
