/**
 * A message that a site's server sends: any text, over any connector that carries text. It goes the way of a code, with
 * limits of its own, and is charged to the same budgets.
 */

import { isSayable } from '../../providers/twilio/twiml.ts';
import type { Channel } from '../../shared/api/channel.ts';
import type { MessageAnswer } from '../../shared/api/responses.ts';
import type { Destination } from '../../shared/phone-number/e164.ts';
import { senderOf } from '../config/flow.ts';
import { ABILITIES, type ConnectorName, type SendResult } from '../connectors/connector.ts';
import { type ConnectorWithCircuit, requireAvailable } from '../connectors/with-circuit-breaker.ts';
import { seal } from '../crypto/seal.ts';
import { RequestError } from '../errors.ts';
import type { Idempotency } from '../rate-limit/phone/idempotency.ts';
import type { GrantedMessage } from '../rate-limit/phone/phone-limiter.ts';
import type { Context } from '../request-context.ts';
import { callbackUrlOf } from '../webhooks/reports.ts';
import { sealMessageId } from './message-id.ts';
import { type ChargedGrant, replayResponse, reserveBudgets } from './reservation.ts';
import { sendWithFallback } from './send-with-fallback.ts';

const NO_FLOW = { name: undefined };

export interface MessageOrder {
  destination: Destination;
  channel: Channel;
  /** The one that the caller wants; whichever can where it names none. */
  connector: ConnectorName | undefined;
  text: string;
  /** Primary language subtag. */
  language: string;
  /** Minutes after which the message is obsolete. */
  validMinutes: number;
  idempotency: Idempotency | undefined;
}

/** @throws RequestError */
export async function sendMessage(order: MessageOrder, context: Context): Promise<MessageAnswer> {
  const { service, runtime } = context;
  const { destination, idempotency } = order;
  const { phone, country } = destination;
  const connectors = connectorsFor(order, context);
  if (order.channel === 'voice' && !isSayable(order.text, order.language))
    throw new RequestError({
      kind: 'body_malformed',
      detail: 'text: too long for a call, which takes five characters for each & < >',
    });
  const gate = await service.gates(phone);
  const grantedAtMs = runtime.now();
  const grant = await gate.grantMessage({ idempotency }, grantedAtMs);
  if (grant.kind !== 'granted') return replayResponse(grant, context);

  const charged = await reserveBudgets(
    grant,
    { phone, country, idempotency },
    grantedAtMs,
    // Not sooner: what was sent under this key is told whatever became of its connector.
    { lastLook: () => requireAvailable(connectors, 'send') },
    context,
  );
  return transmit(order, connectors, { ...grant, ...charged }, context);
}

async function transmit(
  order: MessageOrder,
  connectors: readonly ConnectorWithCircuit[],
  grant: GrantedMessage & ChargedGrant,
  context: Context,
): Promise<MessageAnswer> {
  const { runtime } = context;
  const { keyring } = context.service;
  const { phone } = order.destination;
  const subject = { phone, gateKeysId: keyring.current.id, reference: runtime.randomId() };
  const { connector, result } = await sendWithFallback(
    connectors,
    (asked) => sendBy(asked, order, subject, context),
    context,
  );
  if (result.kind === 'failed') {
    await grant.settleFailure(result.reason);
    throw new RequestError(result.reason);
  }
  const answer: MessageAnswer = {
    id: await sealMessageId(subject, keyring),
    connector: connector.name,
    channel: order.channel,
  };
  await grant.settle('accepted', {
    answer: await seal(JSON.stringify(answer), 'answer', keyring),
    message: {
      reference: subject.reference,
      connector: connector.name,
      channel: order.channel,
      providerId: result.requestId,
      sentAtMs: runtime.now(),
    },
  });
  return answer;
}

async function sendBy(
  connector: ConnectorWithCircuit,
  { destination, channel, text, language, validMinutes }: MessageOrder,
  subject: { phone: Destination['phone']; gateKeysId: string; reference: string },
  { service }: Context,
): Promise<SendResult> {
  const from = senderOf(service.config, NO_FLOW, connector.name, channel);
  if (connector.codes !== 'ours' || from === undefined)
    return { kind: 'failed', reason: { kind: 'channel_not_offered' } };
  return connector.sendText({
    to: destination.phone,
    channel,
    from,
    text,
    language,
    reference: subject.reference,
    callbackUrl: await callbackUrlOf(connector.name, subject, service),
    validMinutes,
  });
}

/** Those that carry any text over this channel and have a sender: the deployment's own first. */
function connectorsFor(
  { channel, connector: wanted }: MessageOrder,
  { service }: Context,
): ConnectorWithCircuit[] {
  const { config, connectors } = service;
  const names = wanted ? [wanted] : [...new Set([...config.CONNECTOR, ...connectors.keys()])];
  const able = names.flatMap((name) => {
    const { codes, channels } = ABILITIES[name];
    const hasSender = senderOf(config, NO_FLOW, name, channel) !== undefined;
    const connector = connectors.get(name);
    return connector && codes === 'ours' && channels.includes(channel) && hasSender
      ? [connector]
      : [];
  });
  if (able.length > 0) return able;
  throw new RequestError({
    kind: 'body_malformed',
    detail: wanted
      ? 'connector: not set up for this channel'
      : 'channel: no connector is set up that carries a text over it (mitto-sms or twilio, with a sender)',
  });
}
