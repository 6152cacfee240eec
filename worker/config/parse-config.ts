import * as v from 'valibot';
import { SecretSchema } from '../util/setting-schemas.ts';
import { type Config, SettingsSchema } from './schema.ts';
import type { SettingProblem } from './setting-problem.ts';
import { validateConnectors } from './validate-connectors.ts';
import { validateTemplates } from './validate-templates.ts';

/** Required bindings. */
const BINDINGS = ['OTP_KV', 'PHONE_GATE', 'SEND_LEDGER', 'BURST', 'ASSETS'] as const;

/** A secret, an optional secret, or a secret with further checks. */
function isSecret(schema: { wrapped?: object; pipe?: readonly object[] }): boolean {
  const { wrapped, pipe = [] } = schema;
  return schema === SecretSchema || (wrapped ? isSecret(wrapped) : pipe.some(isSecret));
}

const OUR_SECRETS = Object.entries(SettingsSchema.entries)
  .filter(([, entry]) => isSecret(entry))
  .map(([name]) => name);
/** Own secrets first: of two equal values, the later setting is reported. */
const NAMES = [...new Set([...OUR_SECRETS, ...Object.keys(SettingsSchema.entries)])];

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

  // A party that knows another setting, such as a provider, could forge tokens if a secret had the same value.
  for (const [index, secret] of OUR_SECRETS.entries())
    for (const setting of NAMES.slice(index + 1))
      if (env[secret] && env[setting] === env[secret])
        problems.push({ setting, problem: `must differ from ${secret}` });
  if (parsed.success) problems.push(...crossFieldProblems(parsed.output, env));
  // Even if other settings are invalid, so that the operator gets the whole list at once.
  const told = new Set(problems.map(({ setting }) => setting));
  problems.push(...validateConnectors(env).filter(({ setting }) => !told.has(setting)));
  if (!parsed.success || problems.length > 0) return { ok: false, problems };
  return { ok: true, config: parsed.output };
}

/** The origins that may read the error of invalid settings. None if the list itself is invalid. */
export function allowedOriginsIn(env: Readonly<Record<string, unknown>>): readonly string[] {
  const origins = v.safeParse(SettingsSchema.entries.ALLOWED_ORIGINS, env['ALLOWED_ORIGINS']);
  return origins.success ? origins.output : [];
}

/** Conflicts between valid settings. */
function crossFieldProblems(
  config: Config,
  env: Readonly<Record<string, unknown>>,
): SettingProblem[] {
  const problems = validateTemplates(config);
  if (config.CLIENT_LIMITER === 'object' && typeof env['CLIENT_GATE'] !== 'object')
    problems.push({
      setting: 'CLIENT_GATE',
      problem: 'is not bound, but CLIENT_LIMITER is "object"',
    });
  const guards = [
    ['GUARD', config.GUARD],
    ...Object.entries(config.FLOWS).map(([name, { guard }]) => [`FLOWS.${name}.guard`, guard]),
  ] as const;
  for (const [setting, mode] of guards)
    if (mode === 'on' && typeof env['GUARD_OBJECT'] !== 'object')
      problems.push({
        setting: String(setting),
        problem: 'must not be "on" while GUARD_OBJECT is not bound: see wrangler.toml',
      });
  if (config.EGRESS === 'relay')
    for (const setting of ['RELAY_URL', 'RELAY_SECRET'] as const)
      if (config[setting] === undefined)
        problems.push({ setting, problem: 'is missing, but EGRESS is "relay"' });
  if (config.EGRESS === 'vpc' && typeof env['EGRESS_VPC'] !== 'object')
    problems.push({ setting: 'EGRESS_VPC', problem: 'is not bound, but EGRESS is "vpc"' });
  return problems;
}

/** The library's messages quote the received value, which may be a secret: only our own are shown. */
function wordsFor(issue: v.BaseIssue<unknown>): string {
  if (issue.message.startsWith('must ')) return issue.message;
  return issue.type === 'strict_object'
    ? 'is not a setting'
    : `must be ${issue.expected ?? 'of another form'}`;
}
