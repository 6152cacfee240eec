/** `POST /v1/send`: cheap checks before dear ones, from the body to the provider. */

import { type SendRequest, sendRequestSchemaFor } from '../../../shared/api/requests.ts';
import type { SendAnswer } from '../../../shared/api/responses.ts';
import { connectorsFor, type Flow, flowOf } from '../../config/flow.ts';
import { requireAvailable } from '../../connectors/with-circuit-breaker.ts';
import { RequestError } from '../../errors.ts';
import { edgeSignalsOf } from '../../guard/keys.ts';
import { requireOrigin } from '../../http/cors.ts';
import { hashIdempotency, readIdempotencyKey } from '../../http/idempotency.ts';
import { readJson } from '../../http/read-body.ts';
import { json } from '../../http/responses.ts';
import type { SendCodeCommand } from '../../otp/order.ts';
import { parseDestination } from '../../otp/parse-destination.ts';
import { sendCode } from '../../otp/send-code.ts';
import { startSendGuard } from '../../otp/send-guard.ts';
import { openSession } from '../../otp/session.ts';
import type { Place } from '../../rate-limit/client/client-limiter.ts';
import { type Context, phoneFact } from '../../request-context.ts';

export async function send(request: Request, context: Context): Promise<Response> {
  const { service, runtime, facts } = context;
  const body = await readJson(request, sendRequestSchemaFor);
  const idempotencyKey = readIdempotencyKey(request);
  const site = requireOrigin(request, service.config.ALLOWED_ORIGINS);
  facts.site = site;
  // Whichever challenge pays for it: each is taken once, so a gesture that comes again has to bring another one.
  const { challenge, ...asked } = body;
  const idempotency =
    idempotencyKey && (await hashIdempotency(idempotencyKey, site, asked, service.keyring));
  const client = await service.clientOf(request.headers);
  const order = await readOrder(
    body,
    {
      site,
      idempotency: idempotency || undefined,
      client: { hash: client.hash, address: request.headers.get('CF-Connecting-IP') ?? undefined },
      edge: edgeSignalsOf((request as { cf?: unknown }).cf),
    },
    context,
  );
  facts.channel = order.channel;
  facts.country = order.destination.country;

  await service.burst(client.hash);
  requireAvailable(order.connectors, 'send');
  const place = await service.clientLimits.send.take(client.hash, runtime.now(), {
    formerClient: client.formerHash,
    policies: order.flow.limits.send_per_ip,
  });
  const delivery = deliverWithin(place, order, challenge, context);
  // A client that hangs up cancels its request, but not this: a code that is sent is also written down.
  context.waitUntil(delivery);
  return json(await delivery);
}

/** What a client's place pays for. It is given back unless a message went out. */
async function deliverWithin(
  place: Place,
  order: SendCodeCommand,
  token: string | undefined,
  context: Context,
): Promise<SendAnswer> {
  try {
    context.facts.phone = await phoneFact(order.destination.phone, context);
    const challenge = context.service.challengeOf(order.flow);
    const isPassed = await challenge.require({ token, nthSend: place.nth, site: order.site });
    const guard = await startSendGuard(order, { token, isPassed }, context);
    try {
      return await sendCode(order, { keepPlace: place.keep, guard }, context);
    } finally {
      context.waitUntil(guard.release());
    }
  } finally {
    await place.release();
  }
}

async function readOrder(
  body: SendRequest,
  common: Pick<SendCodeCommand, 'site' | 'idempotency' | 'client' | 'edge'>,
  { service, runtime }: Context,
): Promise<SendCodeCommand> {
  const { config, keyring } = service;
  const { site } = common;

  if ('session' in body) {
    const resendOf = await openSession(body.session, { keyring, site, nowMs: runtime.now() });
    const { phone, country, callingCode, locale, nonce } = resendOf;
    const flow = requireFlow(resendOf.flow, service);
    const channel = requireChannel(body.channel ?? resendOf.channel, flow);
    return {
      ...common,
      destination: { phone, country, callingCode },
      flow,
      channel,
      connectors: connectorsOf(flow, channel, service),
      sessionId: resendOf.id,
      resendOf,
      carried: { flow: resendOf.flow, locale, nonce },
    };
  }
  const flow = requireFlow(body.flow, service);
  const channel = requireChannel(body.channel ?? flow.channels[0], flow);
  return {
    ...common,
    destination: parseDestination(body.phone, body.country, config.ALLOWED_COUNTRIES),
    flow,
    channel,
    connectors: connectorsOf(flow, channel, service),
    sessionId: runtime.randomId(),
    resendOf: undefined,
    carried: { flow: body.flow, locale: body.locale, nonce: body.nonce },
  };
}

function requireFlow(name: string | undefined, { config }: Context['service']): Flow {
  const flow = flowOf(config, name);
  if (!flow) throw new RequestError({ kind: 'unknown_flow' });
  return flow;
}

function requireChannel(
  channel: SendCodeCommand['channel'],
  { channels }: Flow,
): SendCodeCommand['channel'] {
  if (!channels.includes(channel)) throw new RequestError({ kind: 'channel_not_offered' });
  return channel;
}

function connectorsOf(
  flow: Flow,
  channel: SendCodeCommand['channel'],
  { connectors }: Context['service'],
): SendCodeCommand['connectors'] {
  return connectorsFor(flow, channel).flatMap((name) => connectors.get(name) ?? []);
}
