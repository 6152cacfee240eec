/**
 * The delivery of one code, from the phone's leave to the sealed session. What stands above the connector's call
 * costs nothing; what stands below it cannot be undone, so whatever happens from the grant on is written down.
 */
import type { SendAnswer } from '../../shared/answers.ts';
import type { Channel } from '../../shared/channel.ts';
import type { Flow } from '../config.ts';
import type { Context } from '../context.ts';
import type { GrantedSend } from '../limits/phone-gates.ts';
import { CODE_LIFETIME_MS } from '../limits/phone-ledger.ts';
import type { SendRequest } from '../limits/phone-sends.ts';
import { type Reason, Refusal } from '../reason.ts';
import { seal, unseal } from '../seal.ts';
import { messageText } from './message.ts';
import { type Destination, maskPhone } from './phone-number.ts';
import { type Session, sealSession } from './session.ts';
import { requireTimeLeft } from './time-left.ts';

/** A request for a code that is understood: to whom, how, for which site and in which session. */
export interface Order {
  site: string;
  destination: Destination;
  channel: Channel;
  flow: Flow;
  sessionId: string;
  /** The session that asks for another code. */
  resendOf: Session | undefined;
  /** What the session carries on. */
  carried: Pick<Session, 'flow' | 'locale' | 'nonce'>;
  idempotency: SendRequest['idempotency'];
}

/**
 * @param keepPlace counts the send for its client; the last thing before the provider is called
 * @throws Refusal
 */
export async function deliverCode(
  order: Order,
  keepPlace: () => Promise<void>,
  context: Context,
): Promise<SendAnswer> {
  const { service, runtime } = context;
  const { sessionId, resendOf, idempotency } = order;
  const { phone, country } = order.destination;
  const gateKeysId = resendOf?.gateKeysId ?? service.keyring.current.id;
  const gate = await service.gates(phone, gateKeysId);
  const grantedAtMs = runtime.now();
  const grant = await gate.grantSend(
    { sessionId, resendOf: resendOf?.send, idempotency },
    grantedAtMs,
  );
  if (grant.kind === 'replayed') return replay(grant.answer, context);
  if (grant.kind === 'abandoned')
    throw new Refusal({
      kind: 'delivery_unknown',
      detail: 'the first request with this key was cut off',
    });
  if (grant.kind !== 'granted') throw new Refusal(grant);

  try {
    const refund = await service.budgets.charge({ phone, country, idempotency }, grantedAtMs);
    try {
      await keepPlace();
      requireTimeLeft(context);
    } catch (refusal) {
      await refund();
      throw refusal;
    }
  } catch (refusal) {
    await grant.settle('not_sent');
    throw refusal;
  }
  return transmit({ order, grant, grantedAtMs, gateKeysId }, context);
}

interface GrantedOrder {
  order: Order;
  grant: GrantedSend;
  grantedAtMs: number;
  gateKeysId: string;
}

async function transmit(
  { order, grant, grantedAtMs, gateKeysId }: GrantedOrder,
  context: Context,
): Promise<SendAnswer> {
  const { config, connector, keyring } = context.service;
  const { site, destination, channel, flow, resendOf } = order;
  const result = await connector.send({
    to: destination.phone,
    channel,
    from: flow.sender,
    service: flow.service,
    ...messageText(site, channel, order.carried.locale, config.AUTOFILL_LINE),
  });
  if (result.kind === 'failed') {
    await grant.settle(
      'not_accepted',
      await seal(JSON.stringify(result.reason), 'answer', keyring),
    );
    throw new Refusal(result.reason);
  }

  const session: Session = {
    id: order.sessionId,
    site,
    ...destination,
    service: flow.service,
    connector: connector.name,
    requestId: result.requestId,
    gateKeysId,
    send: grant.send,
    channel,
    ...order.carried,
    expiresAtMs: grantedAtMs + CODE_LIFETIME_MS,
  };
  const answer: SendAnswer = {
    session: await sealSession(session, keyring),
    channel,
    channels: [...flow.channels],
    to: maskPhone(destination),
    codeLength: config.CODE_LENGTH,
    expiresIn: CODE_LIFETIME_MS / 1000,
    resendIn: Math.ceil(grant.resendInMs / 1000),
  };
  await grant.settle('accepted', await seal(JSON.stringify(answer), 'answer', keyring));
  // Only now: had the new code not gone out, the earlier one would have to go on working.
  if (resendOf) context.waitUntil(connector.cancel(resendOf));
  return answer;
}

/** What the first request with this key got, or why it got nothing. */
async function replay(sealedAnswer: string, { service }: Context): Promise<SendAnswer> {
  const text = await unseal(sealedAnswer, 'answer', service.keyring);
  if (text === undefined)
    throw new Refusal({ kind: 'delivery_unknown', detail: 'sealed under a lost key' });
  const stored = JSON.parse(text) as SendAnswer | Reason;
  if ('kind' in stored) throw new Refusal(stored);
  return stored;
}
