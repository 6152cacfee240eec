/** `POST /v1/send`: cheap checks before dear ones, from the body to the provider. */

import { type SendRequest, sendRequestSchemaFor } from '../../../shared/api/requests.ts';
import type { SendAnswer } from '../../../shared/api/responses.ts';
import { connectorsFor, type Flow, flowOf } from '../../config/flow.ts';
import { requireAvailable } from '../../connectors/with-circuit-breaker.ts';
import { RequestError } from '../../errors.ts';
import { edgeSignalsOf } from '../../guard/keys.ts';
import { hashIdempotency, readIdempotencyKey } from '../../http/idempotency.ts';
import { json } from '../../http/responses.ts';
import type { SendCodeCommand } from '../../otp/order.ts';
import { parseDestination } from '../../otp/parse-destination.ts';
import { sendCode } from '../../otp/send-code.ts';
import { startSendGuard } from '../../otp/send-guard.ts';
import type { Place } from '../../rate-limit/client/client-limiter.ts';
import { type Context, phoneFact } from '../../request-context.ts';
import { admitClient, openVisitorSession, readVisitorRequest } from './visitor-request.ts';

export async function send(request: Request, context: Context): Promise<Response> {
  const { service, runtime, facts } = context;
  const { body, site } = await readVisitorRequest(request, sendRequestSchemaFor, context);
  const idempotency = await idempotencyOf(request, body, site, context);
  const asked = await readOrder(body, site, context);
  facts.channel = asked.channel;
  facts.country = asked.destination.country;

  const client = await admitClient(request, context);
  requireAvailable(asked.connectors, 'send');
  const place = await service.clientLimits.send.take(client.hash, runtime.now(), {
    formerClient: client.formerHash,
    policies: asked.flow.limits.send_per_ip,
  });
  const order: SendCodeCommand = {
    ...asked,
    site,
    idempotency,
    client: { hash: client.hash, address: request.headers.get('CF-Connecting-IP') ?? undefined },
    edge: edgeSignalsOf((request as { cf?: unknown }).cf),
  };
  const delivery = deliverWithin(place, order, body.challenge, context);
  // A client that hangs up cancels its request, but not this: a code that is sent is also written down.
  context.waitUntil(delivery);
  return json(await delivery);
}

async function idempotencyOf(
  request: Request,
  body: SendRequest,
  site: string,
  { service }: Context,
): Promise<SendCodeCommand['idempotency']> {
  const key = readIdempotencyKey(request);
  // Whichever challenge pays for it: each is taken once, so a gesture that comes again has to bring another one.
  const { challenge: _, ...asked } = body;
  return key ? await hashIdempotency(key, site, asked, service.keyring) : undefined;
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

/** What is asked for: to whom, by which flow, over what. */
async function readOrder(
  body: SendRequest,
  site: string,
  context: Context,
): Promise<Omit<SendCodeCommand, 'site' | 'idempotency' | 'client' | 'edge'>> {
  const { service, runtime } = context;

  if ('session' in body) {
    const resendOf = await openVisitorSession(body.session, site, context);
    const { phone, country, callingCode, locale, nonce } = resendOf;
    const flow = requireFlow(resendOf.flow, service);
    const channel = requireChannel(body.channel ?? resendOf.channel, flow);
    return {
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
    destination: parseDestination(body.phone, body.country, service.config.ALLOWED_COUNTRIES),
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
