/** Every setting: its form, and its default. docs/settings.md explains each. */
import { isSupportedCountry } from 'libphonenumber-js/max';
import * as v from 'valibot';
import { FlowNameSchema } from '../../shared/api/requests.ts';
import { VERIFY_KEYS } from '../connectors/verify-keys.ts';
import { LimitsSchema } from '../rate-limit/limits-schema.ts';
import { TemplateSchema } from '../texts/template-schema.ts';
import { isPlaceholder, isPlaceholderSender } from '../util/placeholders.ts';
import {
  BaseUrlSchema,
  credential,
  FlagSchema,
  HeaderSecretSchema,
  list,
  NonEmptySchema,
  OriginSchema,
  SecretSchema,
  table,
  wholeNumber,
} from '../util/setting-schemas.ts';
import {
  ChallengeFromSendSchema,
  ChannelsSchema,
  CodeLengthSchema,
  ConnectorsSchema,
  FlowSchema,
  GuardModeSchema,
  ServiceNameSchema,
  TemplateNameSchema,
} from './flow-schema.ts';

/** The values of a send that Mitto's own limits can count. */
const LIMIT_SUBJECTS = ['phone', 'country', 'site', 'client', 'ip'] as const;

const TwilioSidSchema = (prefix: string) =>
  v.pipe(
    v.string(),
    v.check((text) => !isPlaceholder(text), `must be the real one, ${prefix} and 32 hex digits`),
    v.regex(new RegExp(`^${prefix}[0-9a-fA-F]{32}$`), `must be ${prefix} and 32 hex digits`),
  );

export const SettingsSchema = v.object({
  PUBLIC_URL: OriginSchema,
  ALLOWED_ORIGINS: v.pipe(list(OriginSchema), v.nonEmpty('must name at least one origin')),
  ALLOWED_COUNTRIES: v.pipe(
    list(
      v.pipe(
        v.string(),
        v.check(
          (text) => isSupportedCountry(text),
          'must be an ISO 3166-1 code such as "DE", or "GB" for the United Kingdom',
        ),
      ),
    ),
    v.nonEmpty('must name at least one country'),
  ),
  /** Connectors for codes; the later ones are fallbacks. */
  CONNECTOR: v.optional(ConnectorsSchema, 'mitto-2fa'),
  /** For Mitto's connectors, and for Twilio unless it has its own. */
  SENDER: v.optional(
    v.pipe(
      v.string(),
      v.check(
        (text) => text === '' || !isPlaceholderSender(text),
        'must be your own number or sender ID, got a placeholder',
      ),
      // Empty by default: Twilio does not need it, and other connectors report that it is missing.
      v.transform((text) => text || undefined),
    ),
  ),
  SERVICE: v.optional(ServiceNameSchema, '2FA'),
  CHANNELS: v.optional(ChannelsSchema, 'sms'),
  VOICE: v.optional(v.picklist(['man', 'woman'], 'must be "man" or "woman"'), 'woman'),
  CODE_LENGTH: v.optional(CodeLengthSchema, 6),
  TEMPLATE: v.optional(TemplateNameSchema),
  TEMPLATES: v.optional(table(v.record(TemplateNameSchema, TemplateSchema)), {}),
  AUTOFILL_LINE: v.optional(FlagSchema, true),
  FLOWS: v.optional(table(v.record(FlowNameSchema, FlowSchema)), {}),
  LIMITS: v.optional(table(LimitsSchema), {}),
  PROOF_SECONDS: v.optional(wholeNumber(30, 3600), 300),
  /** How long after the code a proof can be renewed without another message; 0 for never. */
  PROOF_RENEW_SECONDS: v.optional(wholeNumber(0, 86_400), 1800),
  MITTO_2FA_BASE_URL: v.optional(BaseUrlSchema, 'https://cpaas.mittoapi.com'),
  MITTO_SEND_EXTRA: v.optional(table(v.record(v.string(), v.unknown())), {}),
  MITTO_VERIFY_KEYS: v.optional(
    v.pipe(
      list(v.picklist(VERIFY_KEYS, `must be of ${VERIFY_KEYS.join(', ')}`)),
      v.includes('code', 'must contain "code"'),
    ),
    'service,number,code',
  ),
  /** Names of limits at Mitto, and what of a send each counts. */
  MITTO_LIMITS: v.optional(
    table(
      v.record(v.string(), v.picklist(LIMIT_SUBJECTS, `must be of ${LIMIT_SUBJECTS.join(', ')}`)),
    ),
    {},
  ),
  MITTO_ACCOUNT_ID: v.optional(
    v.pipe(
      NonEmptySchema,
      // It precedes the colon of Basic auth (RFC 7617, 2).
      v.regex(/^[^:\p{Cc}]+$/u, 'must not contain a colon or control characters'),
      credential('MITTO_ACCOUNT_ID'),
      // Mitto's samples have this form. Whether there are others is not documented, so they are accepted.
      v.check(
        (text) => !/^ac[0-9a-f]*$/i.test(text) || /^AC[0-9a-fA-F]{32}$/.test(text),
        'must be the whole account id: AC and 32 hex digits',
      ),
      v.check(
        (text) => !/^(SK|MG|SM|CA)[0-9a-fA-F]{32}$/.test(text),
        'must be the account id, AC and 32 hex digits, got an id of another kind',
      ),
    ),
  ),
  MITTO_API_KEY: v.optional(
    v.pipe(
      NonEmptySchema,
      v.regex(/^\P{Cc}+$/u, 'must not contain control characters'),
      credential('MITTO_API_KEY'),
    ),
  ),
  MITTO_SMS_BASE_URL: v.optional(BaseUrlSchema, 'https://rest.mittoapi.com'),
  MITTO_SMS_API_KEY: v.optional(
    v.pipe(
      credential('MITTO_SMS_API_KEY'),
      v.regex(/^[\x21-\x7e]+$/, 'must be plain ASCII without spaces'),
    ),
  ),
  /** The account has conversions: used codes are reported to Mitto. */
  MITTO_SMS_CONVERSIONS: v.optional(FlagSchema, false),
  TWILIO_BASE_URL: v.optional(BaseUrlSchema, 'https://api.twilio.com'),
  TWILIO_ACCOUNT_SID: v.optional(TwilioSidSchema('AC')),
  TWILIO_AUTH_TOKEN: v.optional(credential('TWILIO_AUTH_TOKEN')),
  TWILIO_API_KEY: v.optional(TwilioSidSchema('SK')),
  TWILIO_API_SECRET: v.optional(credential('TWILIO_API_SECRET')),
  /** The account's auth token, to verify delivery reports when calls use an API key. */
  TWILIO_SIGNATURE_TOKEN: v.optional(credential('TWILIO_SIGNATURE_TOKEN')),
  TWILIO_FROM: v.optional(NonEmptySchema),
  TWILIO_VOICE_FROM: v.optional(NonEmptySchema),
  /** Request delivery reports from providers. */
  DELIVERY_REPORTS: v.optional(FlagSchema, true),
  OTP_SECRET: SecretSchema,
  OTP_SECRET_PREVIOUS: v.optional(SecretSchema),
  SITE_SECRET: v.optional(HeaderSecretSchema),
  ADMIN_TOKEN: v.optional(HeaderSecretSchema),
  /** How outbound calls leave. */
  EGRESS: v.optional(
    v.picklist(['direct', 'relay', 'vpc'], 'must be "direct", "relay" or "vpc"'),
    'direct',
  ),
  /** Where the relay is: `https://relay.example.com`. */
  RELAY_URL: v.optional(BaseUrlSchema),
  RELAY_SECRET: v.optional(SecretSchema),
  CHALLENGE_FROM_SEND: v.optional(ChallengeFromSendSchema, 0),
  TURNSTILE_SITE_KEY: v.optional(credential('TURNSTILE_SITE_KEY')),
  TURNSTILE_SECRET: v.optional(credential('TURNSTILE_SECRET')),
  TURNSTILE_BASE_URL: v.optional(BaseUrlSchema, 'https://challenges.cloudflare.com'),
  /** Whether the guard is asked, and acted on. */
  GUARD: v.optional(GuardModeSchema, 'shadow'),
  CLIENT_LIMITER: v.optional(v.picklist(['kv', 'object'], 'must be "kv" or "object"'), 'kv'),
});

export type Config = v.InferOutput<typeof SettingsSchema>;
export type LimitSubject = (typeof LIMIT_SUBJECTS)[number];
