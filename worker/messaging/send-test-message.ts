/** A message that only shows that a connector works. Its code opens nothing: it belongs to no session. */
import type { Channel } from '../../shared/api/channel.ts';
import type { Destination } from '../../shared/phone-number/e164.ts';
import { senderOf } from '../config/flow.ts';
import { ABILITIES } from '../connectors/connector.ts';
import { type ConnectorTestResult, explainFailure } from '../connectors/explain-failure.ts';
import type { ConnectorWithCircuit } from '../connectors/with-circuit-breaker.ts';
import type { Context } from '../request-context.ts';
import { codeMessage, withCode } from '../texts/otp-text.ts';
import { callbackUrlOf } from '../webhooks/reports.ts';
import { replayResponse, reserveBudgets } from './reservation.ts';

const VALID_MINUTES = 10;

/**
 * It counts like a message of the site's, and what becomes of it can be looked up like that of any other.
 *
 * @throws RequestError if a limit or a store rejects the send
 */
export async function sendTestMessage(
  connector: ConnectorWithCircuit,
  destination: Destination,
  { channel, dryRun }: { channel: Channel; dryRun: boolean },
  context: Context,
): Promise<Omit<ConnectorTestResult, 'connector' | 'took'>> {
  const { service, runtime } = context;
  const { config } = service;
  const { phone } = destination;
  const tried = { tried: 'message', channel } as const;
  const from = senderOf(config, { name: undefined }, connector.name, channel);
  if (!ABILITIES[connector.name].channels.includes(channel))
    return { ...tried, outcome: 'failed', detail: `it carries no ${channel}` };
  if (from === undefined)
    return {
      ...tried,
      outcome: 'failed',
      detail: 'it has no sender',
      mend: 'Set SENDER; for Twilio TWILIO_FROM, or TWILIO_VOICE_FROM for calls.',
    };
  if (dryRun && connector.name !== 'mitto-sms')
    return { ...tried, outcome: 'failed', detail: 'only mitto-sms can try without delivering' };

  const { grant, charged, grantedAtMs, text, language } = await grantTestMessage(
    destination,
    channel,
    context,
  );
  const reference = runtime.randomId();
  const subject = { phone, gateKeysId: service.keyring.current.id, reference };
  const message = { to: phone, channel, from, language };
  const result =
    connector.codes === 'provider'
      ? await connector.sendCode({ ...message, text, service: config.SERVICE, limits: {} })
      : await connector.sendText({
          ...message,
          text: withCode(text, '0'.repeat(config.CODE_LENGTH), channel),
          reference,
          callbackUrl: await callbackUrlOf(connector.name, subject, service),
          validMinutes: VALID_MINUTES,
          isTest: dryRun,
        });
  if (result.kind === 'failed') {
    await charged.settleFailure(result.reason);
    return { ...tried, ...explainFailure(connector.name, result.reason) };
  }
  const { requestId } = result;
  const sent = {
    reference: connector.codes === 'ours' ? reference : requestId,
    connector: connector.name,
    channel,
    providerId: requestId,
    sentAtMs: grantedAtMs,
  };
  await grant.settle('accepted', dryRun ? {} : { message: sent });
  // Nobody is to type the code of a test.
  if (connector.codes === 'provider') await connector.cancel({ requestId });
  return {
    ...tried,
    outcome: 'passed',
    detail: dryRun ? 'the provider would have sent it' : 'the provider took it',
    messageId: requestId,
  };
}

/**
 * Grants and charges it, and words it as a visitor would get it.
 *
 * @throws RequestError if a limit or a store rejects the send
 */
export async function grantTestMessage(
  { phone, country }: Destination,
  channel: Channel,
  context: Context,
) {
  const { service, runtime } = context;
  const { config } = service;
  const gate = await service.gates(phone);
  const grantedAtMs = runtime.now();
  const grant = await gate.grantMessage({}, grantedAtMs);
  // Without an Idempotency-Key there is no earlier answer to give.
  if (grant.kind !== 'granted') return replayResponse<never>(grant, context);
  const send = { phone, country, idempotency: undefined };
  const charged = await reserveBudgets(grant, send, grantedAtMs, { lastLook: () => {} }, context);
  const words = codeMessage({
    site: config.ALLOWED_ORIGINS[0] ?? config.PUBLIC_URL,
    channel,
    locale: undefined,
    template: config.TEMPLATE === undefined ? undefined : config.TEMPLATES[config.TEMPLATE],
    codeLength: config.CODE_LENGTH,
    hasAutofillLine: config.AUTOFILL_LINE,
  });
  return { grant, charged, grantedAtMs, ...words };
}
