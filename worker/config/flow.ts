/** A flow: the deployment's settings with what the flow sets for itself laid over them. */
import type { Channel } from '../../shared/api/channel.ts';
import { ABILITIES, type ConnectorName } from '../connectors/connector.ts';
import { isMessagingService, senderProblem } from '../connectors/sender-id.ts';
import type { GuardMode } from '../guard/types.ts';
import type { Limits } from '../rate-limit/limits-schema.ts';
import { longestWindowMs } from '../rate-limit/policy.ts';
import type { Config } from './schema.ts';

export type FlowName = string;

export interface Flow {
  /** `undefined` for what a page gets that names no flow. */
  name: FlowName | undefined;
  /** In the order in which they are tried. */
  connectors: readonly [ConnectorName, ...ConnectorName[]];
  channels: readonly [Channel, ...Channel[]];
  service: string;
  /** One of `TEMPLATES`; the texts that ship where it names none. */
  template: string | undefined;
  /** Digits. */
  codeLength: number;
  limits: Limits;
  /** The flow's own ceiling, besides the deployment's. */
  ceiling: Limits['send_total'] | undefined;
  challengeFromSend: number;
  guard: GuardMode;
}

type FlowConfig = Pick<
  Config,
  'FLOWS' | 'CONNECTOR' | 'CHANNELS' | 'SERVICE' | 'TEMPLATE' | 'CODE_LENGTH' | 'LIMITS'
> &
  Pick<Config, 'CHALLENGE_FROM_SEND' | 'GUARD'>;

/** `undefined` where no flow has that name. */
export function flowOf(config: FlowConfig, name: FlowName | undefined): Flow | undefined {
  const own =
    name === undefined ? {} : Object.hasOwn(config.FLOWS, name) ? config.FLOWS[name] : undefined;
  if (!own) return undefined;
  const limits = own.limits ?? {};
  return {
    name,
    connectors: (own.connector ?? config.CONNECTOR) as unknown as Flow['connectors'],
    channels: (own.channels ?? config.CHANNELS) as unknown as Flow['channels'],
    service: own.service ?? config.SERVICE,
    template: own.template ?? config.TEMPLATE,
    codeLength: own.code_length ?? config.CODE_LENGTH,
    limits: {
      ...config.LIMITS,
      send_per_ip: limits.send_per_ip ?? config.LIMITS.send_per_ip,
      verify_per_ip: limits.verify_per_ip ?? config.LIMITS.verify_per_ip,
      send_per_phone: limits.send_per_phone ?? config.LIMITS.send_per_phone,
      fail_per_phone: limits.fail_per_phone ?? config.LIMITS.fail_per_phone,
      cooldown: limits.cooldown ?? config.LIMITS.cooldown,
      codes_per_session: limits.codes_per_session ?? config.LIMITS.codes_per_session,
    },
    ceiling: limits.send_total,
    challengeFromSend: own.challenge_from_send ?? config.CHALLENGE_FROM_SEND,
    guard: own.guard ?? config.GUARD,
  };
}

/** The one that names no flow, and all that have names. */
export function allFlows(config: FlowConfig): Flow[] {
  return [undefined, ...Object.keys(config.FLOWS)].flatMap((name) => flowOf(config, name) ?? []);
}

/** Which of a flow's connectors can carry a channel, in the order in which they are tried. */
export function connectorsFor({ connectors }: Flow, channel: Channel): ConnectorName[] {
  return connectors.filter((name) => ABILITIES[name].channels.includes(channel));
}

type SenderConfig = Pick<Config, 'FLOWS' | 'SENDER' | 'TWILIO_FROM' | 'TWILIO_VOICE_FROM'>;

/** The sender of a connector's messages; `undefined` where none is set that it could send under. */
export function senderOf(
  config: SenderConfig,
  flow: Pick<Flow, 'name'>,
  connector: ConnectorName,
  channel: Channel,
): string | undefined {
  const sender = namedSenderOf(config, flow, connector, channel);
  return sender && !senderProblem(connector, channel, sender) ? sender : undefined;
}

/** What is set for it, good or not: the flow's, the connector's own, the deployment's. */
export function namedSenderOf(
  config: SenderConfig,
  { name }: Pick<Flow, 'name'>,
  connector: ConnectorName,
  channel: Channel,
): string | undefined {
  const own = name === undefined ? undefined : config.FLOWS[name]?.sender;
  const ofFlow = typeof own === 'string' ? own : own?.[connector];
  if (connector !== 'twilio') return ofFlow ?? config.SENDER;
  const from = config.TWILIO_FROM ?? config.SENDER;
  if (channel === 'sms') return ofFlow ?? from;
  // A messaging service makes no calls.
  const caller = (sender = '') => (isMessagingService(sender) ? undefined : sender || undefined);
  return caller(ofFlow) ?? config.TWILIO_VOICE_FROM ?? caller(from);
}

/**
 * How long the events of a phone and of a client are remembered: as long as any flow looks back, because the counts are
 * common to all.
 */
export function longestMemoryMs(
  config: FlowConfig,
  limit: 'send_per_ip' | 'verify_per_ip' | 'send_per_phone' | 'fail_per_phone',
): number {
  return Math.max(...allFlows(config).map(({ limits }) => longestWindowMs(limits[limit])));
}
