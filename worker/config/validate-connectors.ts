/** Validates that every flow's connectors have their settings. Runs separately, so that its problems are listed with others. */
import * as v from 'valibot';
import { FlowNameSchema } from '../../shared/api/requests.ts';
import { ABILITIES, type ConnectorName } from '../connectors/connector.ts';
import { senderProblem } from '../connectors/sender-id.ts';
import { LimitsSchema } from '../rate-limit/limits-schema.ts';
import { table } from '../util/setting-schemas.ts';
import { allFlows, connectorsFor, type Flow, namedSenderOf } from './flow.ts';
import {
  ChallengeFromSendSchema,
  ChannelsSchema,
  ConnectorsSchema,
  FlowSchema,
  GuardModeSchema,
  TemplateNameSchema,
} from './flow-schema.ts';
import type { Config } from './schema.ts';
import type { SettingProblem } from './setting-problem.ts';

type Environment = Readonly<Record<string, unknown>>;

/** Required settings per connector, besides a sender. */
const NEEDS: Readonly<Record<ConnectorName, readonly string[]>> = {
  'mitto-2fa': ['MITTO_ACCOUNT_ID', 'MITTO_API_KEY'],
  'mitto-sms': ['MITTO_SMS_API_KEY'],
  twilio: ['TWILIO_ACCOUNT_SID'],
};

export function validateConnectors(env: Environment): SettingProblem[] {
  const flows = readFlows(env);
  const config = flowConfig(env);
  const used = new Set(flows.flatMap(({ connectors }) => connectors));
  return [
    ...[...used].flatMap((name) => missingOf(name, env)),
    ...(isSet(env, 'TWILIO_ACCOUNT_SID') || used.has('twilio') ? twilioAuthProblems(env) : []),
    // Flows with invalid connectors are already reported.
    ...flows
      .filter(({ connectors }) => connectors.length > 0)
      .flatMap((flow) => [
        ...channelProblems(flow),
        ...senderProblems(flow, config),
        ...validateTemplates(flow, env),
      ]),
    ...challengeProblems(flows, env),
  ].filter(isFirst);
}

/** An invalid setting is already reported; here it counts as not set. */
function flowConfig(env: Environment) {
  const read = <Schema extends v.GenericSchema>(schema: Schema, name: string) => {
    const parsed = v.safeParse(schema, env[name]);
    return parsed.success ? parsed.output : undefined;
  };
  const text = (name: string) => read(v.optional(v.string()), name) || undefined;
  return {
    CONNECTOR: read(v.optional(ConnectorsSchema, 'mitto-2fa'), 'CONNECTOR') ?? [],
    CHANNELS: read(v.optional(ChannelsSchema, 'sms'), 'CHANNELS') ?? [],
    FLOWS: read(v.optional(table(v.record(FlowNameSchema, FlowSchema)), {}), 'FLOWS') ?? {},
    CHALLENGE_FROM_SEND: read(v.optional(ChallengeFromSendSchema, 0), 'CHALLENGE_FROM_SEND') ?? 0,
    GUARD: read(v.optional(GuardModeSchema, 'shadow'), 'GUARD') ?? 'shadow',
    TEMPLATE: read(v.optional(TemplateNameSchema), 'TEMPLATE'),
    LIMITS: v.parse(LimitsSchema, {}),
    SERVICE: '',
    CODE_LENGTH: 0,
    SENDER: text('SENDER'),
    TWILIO_FROM: text('TWILIO_FROM'),
    TWILIO_VOICE_FROM: text('TWILIO_VOICE_FROM'),
  };
}

function readFlows(env: Environment): Flow[] {
  return allFlows(flowConfig(env));
}

function missingOf(connector: ConnectorName, env: Environment): SettingProblem[] {
  return NEEDS[connector]
    .filter((setting) => !isSet(env, setting))
    .map((setting) => ({ setting, problem: `is missing, but ${connector} needs it` }));
}

/** Either the auth token, or an API key and its secret: with both it would be unclear which one is used. */
function twilioAuthProblems(env: Environment): SettingProblem[] {
  const byToken = isSet(env, 'TWILIO_AUTH_TOKEN');
  const [byKey, bySecret] = [isSet(env, 'TWILIO_API_KEY'), isSet(env, 'TWILIO_API_SECRET')];
  if (byToken && (byKey || bySecret))
    return [
      {
        setting: 'TWILIO_AUTH_TOKEN',
        problem:
          'must not be set together with TWILIO_API_KEY; for delivery reports use TWILIO_SIGNATURE_TOKEN',
      },
    ];
  if (byToken || (byKey && bySecret)) return [];
  if (byKey)
    return [{ setting: 'TWILIO_API_SECRET', problem: 'is missing, but TWILIO_API_KEY needs it' }];
  if (bySecret)
    return [{ setting: 'TWILIO_API_KEY', problem: 'is missing, but TWILIO_API_SECRET needs it' }];
  return [
    {
      setting: 'TWILIO_AUTH_TOKEN',
      problem: 'is missing, and so is TWILIO_API_KEY: twilio needs one of them',
    },
  ];
}

function channelProblems(flow: Flow): SettingProblem[] {
  return flow.channels
    .filter((channel) => connectorsFor(flow, channel).length === 0)
    .map((channel) => ({
      setting: settingOf(flow, 'channels', 'CHANNELS'),
      problem: `has ${channel}, which ${flow.connectors.join(' and ')} cannot send`,
    }));
}

function senderProblems(
  flow: Flow,
  config: Pick<Config, 'FLOWS' | 'SENDER' | 'TWILIO_FROM' | 'TWILIO_VOICE_FROM'>,
): SettingProblem[] {
  const own = flow.name === undefined ? undefined : config.FLOWS[flow.name]?.sender;
  return flow.connectors.flatMap((connector) =>
    flow.channels
      .filter((channel) => ABILITIES[connector].channels.includes(channel))
      .flatMap((channel): SettingProblem[] => {
        const sender = namedSenderOf(config, flow, connector, channel);
        const setting = own === undefined ? senderSetting(connector, channel, config) : '';
        if (sender === undefined) {
          const missing = setting || senderSetting(connector, channel, config);
          return [{ setting: missing, problem: `is missing, but ${connector} needs it` }];
        }
        const problem = senderProblem(connector, channel, sender);
        return problem
          ? [
              {
                setting: setting || `FLOWS.${flow.name}.sender`,
                problem: `${problem} for ${connector}`,
              },
            ]
          : [];
      }),
  );
}

/** The setting of the sender, or the one that is missing. */
function senderSetting(
  connector: ConnectorName,
  channel: string,
  {
    TWILIO_FROM,
    TWILIO_VOICE_FROM,
    SENDER,
  }: Pick<Config, 'SENDER' | 'TWILIO_FROM' | 'TWILIO_VOICE_FROM'>,
): string {
  if (connector !== 'twilio') return 'SENDER';
  if (channel === 'voice' && (TWILIO_VOICE_FROM || TWILIO_FROM || SENDER))
    return 'TWILIO_VOICE_FROM';
  return TWILIO_FROM || !SENDER ? 'TWILIO_FROM' : 'SENDER';
}

function validateTemplates(flow: Flow, env: Environment): SettingProblem[] {
  if (flow.template === undefined) return [];
  const names = v.safeParse(table(v.record(v.string(), v.unknown())), env['TEMPLATES'] ?? {});
  if (names.success && Object.hasOwn(names.output, flow.template)) return [];
  return [
    {
      setting: settingOf(flow, 'template', 'TEMPLATE'),
      problem: 'must be one of TEMPLATES',
    },
  ];
}

function challengeProblems(flows: readonly Flow[], env: Environment): SettingProblem[] {
  const asking = flows.find(({ challengeFromSend }) => challengeFromSend > 0);
  if (!asking) return [];
  const asks = settingOf(asking, 'challenge_from_send', 'CHALLENGE_FROM_SEND');
  return ['TURNSTILE_SITE_KEY', 'TURNSTILE_SECRET']
    .filter((setting) => !isSet(env, setting))
    .map((setting) => ({ setting, problem: `is missing, but ${asks} requires a challenge` }));
}

function settingOf({ name }: Flow, own: string, common: string): string {
  return name === undefined ? common : `FLOWS.${name}.${own}`;
}

function isSet(env: Environment, name: string): boolean {
  return typeof env[name] === 'string' && env[name] !== '';
}

function isFirst(problem: SettingProblem, index: number, all: readonly SettingProblem[]): boolean {
  return all.findIndex(({ setting }) => setting === problem.setting) === index;
}
