/**
 * The delivery of one code, from the phone's leave to the sealed session. What stands above the connector's call
 * costs nothing; what stands below it cannot be undone, so whatever happens from the grant on is written down.
 */

import type { SendAnswer } from '../../shared/api/responses.ts';
import { maskPhone } from '../../shared/phone-number/e164.ts';
import { senderOf } from '../config/flow.ts';
import type { LimitSubject } from '../config/schema.ts';
import type { SendResult } from '../connectors/connector.ts';
import { isUncharged } from '../connectors/map-provider-error.ts';
import type { ConnectorWithCircuit } from '../connectors/with-circuit-breaker.ts';
import { seal } from '../crypto/seal.ts';
import { RequestError } from '../errors.ts';
import { type ChargedGrant, replayResponse, reserveBudgets } from '../messaging/reservation.ts';
import { sendWithFallback } from '../messaging/send-with-fallback.ts';
import type { GrantedSend } from '../rate-limit/phone/phone-limiter.ts';
import { CODE_LIFETIME_MS } from '../rate-limit/phone/phone-record.ts';
import type { Context } from '../request-context.ts';
import { codeMessage, withCode } from '../texts/otp-text.ts';
import type { CallbackSubject } from '../webhooks/callback-url.ts';
import { callbackUrlOf, hasReports } from '../webhooks/reports.ts';
import { generateCode, hashCode } from './generate-code.ts';
import type { SendCodeCommand } from './order.ts';
import { type SendGuard, tellGuard } from './send-guard.ts';
import { type Session, sealSession } from './session.ts';

/**
 * @param options.keepPlace counts the send for its client; the last thing before the provider is called
 * @throws RequestError
 */
export async function sendCode(
  order: SendCodeCommand,
  { keepPlace, guard }: { keepPlace: () => Promise<void>; guard: SendGuard },
  context: Context,
): Promise<SendAnswer> {
  const { service, runtime } = context;
  const { sessionId, resendOf, idempotency } = order;
  const { phone, country } = order.destination;
  const gateKeysId = resendOf?.gateKeysId ?? service.keyring.current.id;
  const gate = await service.gates(phone, gateKeysId, service.policiesOf(order.flow));
  const grantedAtMs = runtime.now();
  const grant = await gate.grantSend(
    { sessionId, resendOf: resendOf?.send, channel: order.channel, idempotency },
    grantedAtMs,
  );
  if (grant.kind !== 'granted') {
    context.waitUntil(guard.takeBack());
    return replayResponse(grant, context);
  }

  const { name, ceiling: policies } = order.flow;
  const ceiling = policies && name !== undefined ? { flow: name, policies } : undefined;
  const send = { phone, country, idempotency, ceiling };
  const charged = await reserveBudgets(
    grant,
    send,
    grantedAtMs,
    { firstLook: () => guard.requireLeave(grant.isKnown), lastLook: keepPlace },
    context,
  ).catch((refusal: unknown) => {
    context.waitUntil(guard.takeBack());
    throw refusal;
  });
  return transmit(
    { order, grant: { ...grant, ...charged }, guard, grantedAtMs, gateKeysId },
    context,
  );
}

interface GrantedOrder {
  order: SendCodeCommand;
  grant: GrantedSend & ChargedGrant;
  guard: SendGuard;
  grantedAtMs: number;
  gateKeysId: string;
}

async function transmit(
  { order, grant, guard, grantedAtMs, gateKeysId }: GrantedOrder,
  context: Context,
): Promise<SendAnswer> {
  const { keyring } = context.service;
  const { site, destination, channel, flow, resendOf } = order;
  const code = generateCode(flow.codeLength, context.runtime.randomBytes);
  const reference = context.runtime.randomId();
  const subject = { phone: destination.phone, gateKeysId, reference };
  const { connector, result } = await sendWithFallback(
    order.connectors,
    (asked) => sendBy(asked, order, { code, subject }, context),
    context,
  );
  if (result.kind === 'failed') {
    await grant.settleFailure(result.reason);
    if (isUncharged(result.reason)) context.waitUntil(guard.takeBack());
    throw new RequestError(result.reason);
  }

  const mark = await guard.mark();
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
    codeLength: flow.codeLength,
    ...order.carried,
    ...(mark === undefined ? {} : { guard: mark }),
    expiresAtMs: grantedAtMs + CODE_LIFETIME_MS,
  };
  const answer: SendAnswer = {
    session: await sealSession(session, keyring),
    channel,
    channels: [...flow.channels],
    to: maskPhone(destination),
    codeLength: flow.codeLength,
    expiresIn: CODE_LIFETIME_MS / 1000,
    resendIn: Math.ceil(grant.resendInMs / 1000),
    reports: hasReports(connector.name, context.service.config),
  };
  const isOurs = connector.codes === 'ours';
  const isWritten = await grant.settle('accepted', {
    answer: await seal(JSON.stringify(answer), 'answer', keyring),
    codeHash: isOurs ? await hashCode(session, code, keyring) : undefined,
    message: {
      // Mitto's 2FA API takes no reference of ours: its own id is what its reports name.
      reference: isOurs ? reference : result.requestId,
      connector: connector.name,
      channel,
      providerId: result.requestId,
      sentAtMs: grantedAtMs,
      ...(mark === undefined ? {} : { guard: mark, country: destination.country }),
    },
  });
  // A self-issued code that is not stored could never be verified.
  if (isOurs && !isWritten) throw new RequestError({ kind: 'store_unavailable' });
  // Only now: had the new code not gone out, the earlier one would have to go on working.
  if (resendOf) {
    context.waitUntil(cancelAtProvider(resendOf, context));
    context.waitUntil(tellGuard(resendOf, 'superseded', context));
  }
  return answer;
}

async function sendBy(
  connector: ConnectorWithCircuit,
  order: SendCodeCommand,
  { code, subject }: { code: string; subject: CallbackSubject },
  { service }: Context,
): Promise<SendResult> {
  const { config } = service;
  const { site, destination, channel, flow, carried } = order;
  const { text, language } = codeMessage({
    site,
    channel,
    locale: carried.locale,
    template: flow.template === undefined ? undefined : config.TEMPLATES[flow.template],
    codeLength: flow.codeLength,
    hasAutofillLine: config.AUTOFILL_LINE,
  });
  const message = {
    to: destination.phone,
    channel,
    from: senderOf(config, flow, connector.name, channel) ?? '',
    language,
  };
  if (connector.codes === 'provider')
    return connector.sendCode({
      ...message,
      text,
      service: flow.service,
      limits: providerLimits(order, config.MITTO_LIMITS),
    });
  return connector.sendText({
    ...message,
    text: withCode(text, code, channel),
    reference: subject.reference,
    callbackUrl: await callbackUrlOf(connector.name, subject, service),
    validMinutes: CODE_LIFETIME_MS / 60_000,
  });
}

/** What Mitto's own limits are to count, under the names that the operator gave them there. */
function providerLimits(
  { destination, site, client }: SendCodeCommand,
  names: Readonly<Record<string, LimitSubject>>,
): Record<string, string> {
  const values: Record<LimitSubject, string | undefined> = {
    phone: destination.phone,
    country: destination.country,
    site: new URL(site).host,
    client: client.hash,
    ip: client.address,
  };
  return Object.fromEntries(
    Object.entries(names).flatMap(([name, subject]) => {
      const value = values[subject];
      return value === undefined ? [] : [[name, value]];
    }),
  );
}

/** Best effort: our own record has ended the earlier code already. */
async function cancelAtProvider(session: Session, { service }: Context): Promise<void> {
  const connector = service.connectors.get(session.connector);
  if (connector?.codes === 'provider') await connector.cancel(session);
}
