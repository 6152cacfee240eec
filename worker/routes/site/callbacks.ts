/**
 * `GET|POST /v1/callbacks/{connector}/{token}`: a provider tells what became of a message. Told twice, late or in the
 * wrong order, it comes to the same; told by somebody else, it changes nothing.
 */
import type { IRequest } from 'itty-router';
import { type E164, isE164 } from '../../../shared/phone-number/e164.ts';
import { CONNECTOR_NAMES, type ConnectorName } from '../../connectors/connector.ts';
import { RequestError } from '../../errors.ts';
import { readCallbackBody } from '../../http/read-body.ts';
import { noContent } from '../../http/responses.ts';
import { tellGuard } from '../../otp/send-guard.ts';
import type { Context } from '../../request-context.ts';
import { type CallbackSubject, readCallbackToken } from '../../webhooks/callback-url.ts';
import { type ProviderReport, readMittoReports } from '../../webhooks/mitto.ts';
import { isSignedByTwilio, readTwilioReport } from '../../webhooks/twilio.ts';

export async function callback(request: IRequest, context: Context): Promise<Response> {
  const { service } = context;
  const connector = CONNECTOR_NAMES.find((name) => name === request.params?.['connector']);
  const token = request.params?.['token'] ?? '';
  const subject = connector && (await readCallbackToken(connector, token, service.keyring));
  if (!connector || !subject) {
    // Only who guesses is slowed down: a provider may tell of many messages at once.
    await service.burst((await service.clientOf(request.headers)).hash);
    throw new RequestError({ kind: 'no_such_route' });
  }
  // RFC 9110, 9.2.1: HEAD is safe. Link checkers send it.
  if (request.method === 'HEAD') return noContent();
  const reports = await readReports(connector, request as unknown as Request, context);
  for (const report of reports) await note(connector, subject, report, context);
  return noContent();
}

async function readReports(
  connector: ConnectorName,
  request: Request,
  { service, facts }: Context,
): Promise<ProviderReport[]> {
  facts.connector = connector;
  const body = await readCallbackBody(request);
  if (connector !== 'twilio') {
    const isJson = body.type === 'json';
    return readMittoReports(isJson ? body.value : Object.fromEntries(body.fields));
  }
  const { TWILIO_AUTH_TOKEN, TWILIO_SIGNATURE_TOKEN, PUBLIC_URL } = service.config;
  const authToken = TWILIO_SIGNATURE_TOKEN ?? TWILIO_AUTH_TOKEN;
  const { pathname, search } = new URL(request.url);
  const isGenuine =
    body.type === 'form' &&
    authToken !== undefined &&
    (await isSignedByTwilio(
      request.headers.get('X-Twilio-Signature') ?? '',
      // As Twilio was given it, whatever host the request was passed on by.
      `${PUBLIC_URL}${pathname}${search}`,
      request.method === 'POST' ? body.fields : new URLSearchParams(),
      authToken,
    ));
  if (!isGenuine) throw new RequestError({ kind: 'signature_wrong' });
  return [readTwilioReport(body.fields)];
}

async function note(
  connector: ConnectorName,
  subject: CallbackSubject | 'account',
  { reference, providerId, receiver, state, errorCode }: ProviderReport,
  context: Context,
): Promise<void> {
  const { service, runtime, facts } = context;
  if (state === undefined) return;
  const phone = subject === 'account' ? phoneOf(receiver) : subject.phone;
  if (phone === undefined) return;
  const isCertain = subject !== 'account';
  const report = {
    connector,
    state,
    errorCode,
    providerId,
    reference: isCertain ? subject.reference : reference,
    isCertain,
  };
  facts.delivery = state;
  // What is longer is no code, and may be anything.
  if (errorCode !== undefined && errorCode.length <= 6) facts.errorCode = errorCode;
  // During a rotation a message may be known under the previous keys.
  const { current, previous } = service.keyring;
  const keysIds = isCertain
    ? [subject.gateKeysId]
    : [current.id, ...(previous ? [previous.id] : [])];
  for (const keysId of keysIds) {
    const gate = await service.gates(phone, keysId);
    const noted = await gate.report(report, runtime.now());
    if (noted.kind === 'unknown_message') continue;
    if (noted.undelivered) context.waitUntil(tellGuard(noted.undelivered, 'undelivered', context));
    return;
  }
}

/** Mitto may leave the plus out. */
function phoneOf(receiver: string | undefined): E164 | undefined {
  const digits = receiver?.replace(/^(\+|00)/, '').trim();
  const phone = `+${digits ?? ''}`;
  return isE164(phone) ? phone : undefined;
}
