/**
 * The settings, parsed once a start into one typed object or a list of what is wrong with them. The rest of the
 * Worker never looks at `env` for a setting.
 */
import { isSupportedCountry } from 'libphonenumber-js/max';
import * as v from 'valibot';
import { ChannelSchema } from '../shared/channel.ts';
import { FlowNameSchema } from '../shared/requests.ts';
import { secureUrl } from '../shared/secure-url.ts';
import { PoliciesSchema } from './limits/policy.ts';

/** `https://www.example.com`: what a browser sends as `Origin`, letter for letter. Plain http for loopback only. */
const OriginSchema = v.pipe(
  v.string(),
  v.trim(),
  v.check(
    (text) => isSecureUrl(text) && new URL(text).origin === text && !text.includes('*'),
    'must be an origin as browsers write it: https, no path, no trailing slash, no wildcard (http for loopback only)',
  ),
);

const BaseUrlSchema = v.pipe(
  v.string(),
  v.check(
    (text) => isSecureUrl(text) && !/[?#]/.test(text),
    'must be an https URL without query (http for loopback only)',
  ),
  v.transform((text) => text.replace(/\/+$/, '')),
);

function isSecureUrl(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const url = secureUrl(text);
  return url !== null && url.username === '' && url.password === '';
}

/** A TOML array, or the same as a comma-separated string: `.dev.vars` and `--var` know strings only. */
function list<Item>(item: v.GenericSchema<string, Item>) {
  return v.pipe(
    v.union([v.array(v.union([v.string(), v.number()])), v.string()], 'must be a list'),
    v.transform((value) =>
      (typeof value === 'string' ? value.split(',') : value.map(String))
        .map((text) => text.trim())
        .filter(Boolean),
    ),
    v.array(item),
  );
}

/** A TOML table, or the same as a JSON string. */
function table<const Schema extends v.GenericSchema<unknown, unknown>>(schema: Schema) {
  return v.pipe(
    v.unknown(),
    v.transform((value) => {
      if (typeof value !== 'string') return value;
      try {
        return JSON.parse(value) as unknown;
      } catch {
        return value;
      }
    }),
    v.check(
      (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
      'must be a table, or one as JSON',
    ),
    schema,
  );
}

const FlagSchema = v.pipe(
  v.union([v.boolean(), v.picklist(['true', 'false'])], 'must be true or false'),
  v.transform((value) => value === true || value === 'true'),
);

function wholeNumberText(min: number, max: number) {
  return v.pipe(
    v.string(),
    v.regex(/^\d+$/, 'must be a whole number'),
    v.transform(Number),
    v.minValue(min, `must be at least ${min}`),
    v.maxValue(max, `must be at most ${max}`),
  );
}

function wholeNumber(min: number, max: number) {
  return v.pipe(
    v.union([v.number(), v.string()], 'must be a whole number'),
    v.transform(String),
    wholeNumberText(min, max),
  );
}

/** What a phone keeps is kept event by event, so its counts are held small. */
const PhonePoliciesSchema = v.pipe(
  PoliciesSchema,
  v.check(
    (policies) => policies.every(({ count }) => count <= 100),
    'must have counts of at most 100',
  ),
);

const LimitsSchema = v.strictObject({
  send_per_ip: v.optional(PhonePoliciesSchema, '10/1h'),
  verify_per_ip: v.optional(PhonePoliciesSchema, '30/10m'),
  send_per_phone: v.optional(PhonePoliciesSchema, '3/10m,10/1d'),
  fail_per_phone: v.optional(PhonePoliciesSchema, '10/1h'),
  send_per_prefix: v.optional(PoliciesSchema, '30/1h'),
  send_per_country: v.optional(PoliciesSchema),
  send_total: v.optional(PoliciesSchema, '1000/1d'),
  /** Seconds between a phone's sends: before the second, the third, …; the last value goes on. */
  cooldown: v.optional(
    v.pipe(list(wholeNumberText(1, 3600)), v.nonEmpty('must name at least one waiting time')),
    '30,60,120,300',
  ),
  codes_per_session: v.optional(wholeNumber(1, 5), 5),
});

const ChannelsSchema = v.pipe(
  list(ChannelSchema),
  v.nonEmpty('must name at least one channel'),
  v.check(
    (channels) => new Set(channels).size === channels.length,
    'must not name a channel twice',
  ),
);

/** A number (with or without plus) or an alphanumeric sender ID. */
const SenderSchema = v.pipe(
  v.string(),
  v.regex(
    /^(\+?\d{3,15}|(?=.*[A-Za-z])[A-Za-z0-9 ._-]{3,11})$/,
    'must be a number or 3 to 11 letters and digits',
  ),
);

/** Mitto's name of the service; how long it may be is not published. */
const ServiceNameSchema = v.pipe(
  v.string(),
  v.nonEmpty('must not be empty'),
  v.maxLength(64, 'must be at most 64 characters'),
);

const SecretSchema = v.pipe(
  v.string(),
  v.check((text) => new TextEncoder().encode(text).length >= 32, 'must be at least 32 bytes long'),
);

const VERIFY_KEYS = ['service', 'number', 'to', 'requestID', 'code'] as const;

const FlowSchema = v.strictObject({
  channels: v.optional(ChannelsSchema),
  sender: v.optional(SenderSchema),
  service: v.optional(ServiceNameSchema),
});

const SettingsSchema = v.object({
  PUBLIC_URL: OriginSchema,
  ALLOWED_ORIGINS: v.pipe(list(OriginSchema), v.nonEmpty('must name at least one origin')),
  ALLOWED_COUNTRIES: v.pipe(
    list(
      v.pipe(
        v.string(),
        v.check(
          (text) => isSupportedCountry(text),
          'must be an ISO 3166-1 code, as in "DE" or "GB"',
        ),
      ),
    ),
    v.nonEmpty('must name at least one country'),
  ),
  CONNECTOR: v.optional(v.picklist(['mitto-2fa'], 'must be "mitto-2fa"'), 'mitto-2fa'),
  SENDER: SenderSchema,
  SERVICE: v.optional(ServiceNameSchema, '2FA'),
  CHANNELS: v.optional(ChannelsSchema, 'sms'),
  VOICE: v.optional(v.picklist(['man', 'woman'], 'must be "man" or "woman"'), 'woman'),
  CODE_LENGTH: v.optional(wholeNumber(4, 10), 6),
  AUTOFILL_LINE: v.optional(FlagSchema, true),
  FLOWS: v.optional(table(v.record(FlowNameSchema, FlowSchema)), {}),
  LIMITS: v.optional(table(LimitsSchema), {}),
  PROOF_SECONDS: v.optional(wholeNumber(30, 3600), 300),
  MITTO_2FA_BASE_URL: v.optional(BaseUrlSchema, 'https://cpaas.mittoapi.com'),
  MITTO_SEND_EXTRA: v.optional(table(v.record(v.string(), v.unknown())), {}),
  MITTO_VERIFY_KEYS: v.optional(
    v.pipe(
      list(v.picklist(VERIFY_KEYS, `must be of ${VERIFY_KEYS.join(', ')}`)),
      v.includes('code', 'must contain "code"'),
    ),
    'service,number,code',
  ),
  OTP_SECRET: SecretSchema,
  OTP_SECRET_PREVIOUS: v.optional(SecretSchema),
  MITTO_ACCOUNT_ID: v.pipe(v.string(), v.nonEmpty('must be set')),
  MITTO_API_KEY: v.pipe(v.string(), v.nonEmpty('must be set')),
  SITE_SECRET: v.optional(SecretSchema),
  /** 0: no challenge; 1: before every send; n: from a client's n-th send on. */
  CHALLENGE_FROM_SEND: v.optional(wholeNumber(0, 100), 0),
  TURNSTILE_SITE_KEY: v.optional(v.pipe(v.string(), v.nonEmpty('must be set'))),
  TURNSTILE_SECRET: v.optional(v.pipe(v.string(), v.nonEmpty('must be set'))),
  TURNSTILE_BASE_URL: v.optional(BaseUrlSchema, 'https://challenges.cloudflare.com'),
  CLIENT_LIMITER: v.optional(v.picklist(['kv', 'object'], 'must be "kv" or "object"'), 'kv'),
});

export type Config = v.InferOutput<typeof SettingsSchema>;
export type FlowName = string;
export type VerifyKey = (typeof VERIFY_KEYS)[number];

/** What is wrong with a setting, in words that tell how to mend it. Never its value. */
export interface SettingProblem {
  setting: string;
  problem: string;
}

/** Bindings that the Worker cannot do without. */
const BINDINGS = ['OTP_KV', 'PHONE_GATE', 'SEND_LEDGER', 'BURST', 'ASSETS'] as const;

/** Two uses of one secret would let whoever holds the one forge the other. */
const MUST_DIFFER = ['OTP_SECRET', 'OTP_SECRET_PREVIOUS', 'SITE_SECRET', 'MITTO_API_KEY'] as const;

export type ParsedConfig = { ok: true; config: Config } | { ok: false; problems: SettingProblem[] };

export function parseConfig(env: Readonly<Record<string, unknown>>): ParsedConfig {
  const problems: SettingProblem[] = BINDINGS.filter((name) => typeof env[name] !== 'object').map(
    (setting) => ({
      setting,
      problem: 'is not bound: see wrangler.toml',
    }),
  );

  const parsed = v.safeParse(SettingsSchema, env, { abortPipeEarly: true });
  for (const issue of parsed.issues ?? []) {
    const [setting = '', ...inside] = (issue.path ?? []).map(({ key }) => String(key));
    const isMissing = inside.length === 0 && env[setting] === undefined;
    problems.push({
      setting: [setting, ...inside].join('.'),
      problem: isMissing ? 'is missing' : wordsFor(issue),
    });
  }

  for (const [index, name] of MUST_DIFFER.entries()) {
    for (const other of MUST_DIFFER.slice(index + 1)) {
      if (env[name] !== undefined && env[name] !== '' && env[name] === env[other])
        problems.push({ setting: other, problem: `must differ from ${name}` });
    }
  }
  if (parsed.success) problems.push(...contradictions(parsed.output, env));
  if (!parsed.success || problems.length > 0) return { ok: false, problems };
  return { ok: true, config: parsed.output };
}

/** Settings that are well-formed and do not fit together. */
function contradictions(config: Config, env: Readonly<Record<string, unknown>>): SettingProblem[] {
  const problems: SettingProblem[] = [];
  if (config.CHALLENGE_FROM_SEND > 0)
    for (const setting of ['TURNSTILE_SITE_KEY', 'TURNSTILE_SECRET'] as const)
      if (config[setting] === undefined)
        problems.push({
          setting,
          problem: 'is missing, and CHALLENGE_FROM_SEND asks for a challenge',
        });
  if (config.CLIENT_LIMITER === 'object' && typeof env['CLIENT_GATE'] !== 'object')
    problems.push({
      setting: 'CLIENT_GATE',
      problem: 'is not bound, and CLIENT_LIMITER is "object"',
    });
  return problems;
}

/** The library's own messages quote what was received, which may be a secret: only ours are shown. */
function wordsFor(issue: v.BaseIssue<unknown>): string {
  if (issue.message.startsWith('must ')) return issue.message;
  return issue.type === 'strict_object'
    ? 'is not a setting'
    : `must be ${issue.expected ?? 'of another form'}`;
}

/** A flow's settings, laid over the deployment's own. */
export interface Flow {
  channels: readonly [Config['CHANNELS'][number], ...Config['CHANNELS'][number][]];
  sender: string;
  service: string;
}

/** `undefined` where no flow has that name. */
export function flowOf(config: Config, name: FlowName | undefined): Flow | undefined {
  const overrides =
    name === undefined ? {} : Object.hasOwn(config.FLOWS, name) ? config.FLOWS[name] : undefined;
  if (!overrides) return undefined;
  return {
    channels: (overrides.channels ?? config.CHANNELS) as unknown as Flow['channels'],
    sender: overrides.sender ?? config.SENDER,
    service: overrides.service ?? config.SERVICE,
  };
}
