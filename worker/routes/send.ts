/** `POST /v1/send`: cheap checks before dear ones, from the body to the provider. */

import * as v from 'valibot';
import type { SendAnswer } from '../../shared/answers.ts';
import {
  IdempotencyKeySchema,
  type SendRequest,
  sendRequestSchemaFor,
} from '../../shared/requests.ts';
import { type Flow, flowOf } from '../config.ts';
import { type Context, phoneFact } from '../context.ts';
import { requireOrigin } from '../http/cors.ts';
import { readJson } from '../http/read-body.ts';
import { json } from '../http/responses.ts';
import { type Keyring, type Keys, keyedHash } from '../keys.ts';
import type { Place } from '../limits/client-limiter.ts';
import type { Idempotency } from '../limits/phone-sends.ts';
import { deliverCode, type Order } from '../otp/delivery.ts';
import { parseDestination } from '../otp/phone-number.ts';
import { openSession } from '../otp/session.ts';
import { Refusal } from '../reason.ts';

export async function send(request: Request, context: Context): Promise<Response> {
  const { service, runtime, facts } = context;
  const body = await readJson(request, sendRequestSchemaFor);
  const idempotencyKey = readIdempotencyKey(request);
  const site = requireOrigin(request, service.config.ALLOWED_ORIGINS);
  facts.site = site;
  const order = await readOrder(body, site, idempotencyKey, context);
  facts.channel = order.channel;
  facts.country = order.destination.country;

  const client = await service.clientOf(request.headers);
  await service.burst(client.hash);
  service.connector.requireUp('send');
  const place = await service.clientLimits.send.take(client.hash, runtime.now(), client.formerHash);
  const delivery = deliverWithin(place, order, body.challenge, context);
  // A client that hangs up cancels its request, but not this: a code that is sent is also written down.
  context.waitUntil(delivery);
  return json(await delivery);
}

/** What a client's place pays for. It is given back unless a message went out. */
async function deliverWithin(
  place: Place,
  order: Order,
  token: string | undefined,
  context: Context,
): Promise<SendAnswer> {
  try {
    context.facts.phone = await phoneFact(order.destination.phone, context);
    await context.service.challenge.require({ token, nthSend: place.nth, site: order.site });
    return await deliverCode(order, place.keep, context);
  } finally {
    await place.release();
  }
}

async function readOrder(
  body: SendRequest,
  site: string,
  idempotencyKey: string | undefined,
  { service, runtime }: Context,
): Promise<Order> {
  const { config, keyring } = service;
  const idempotency =
    idempotencyKey && (await hashIdempotency(idempotencyKey, site, body, keyring));
  const common = { site, idempotency: idempotency || undefined };

  if ('session' in body) {
    const resendOf = await openSession(body.session, { keyring, site, nowMs: runtime.now() });
    const { phone, country, callingCode, locale, nonce } = resendOf;
    const flow = requireFlow(resendOf.flow, service);
    return {
      ...common,
      destination: { phone, country, callingCode },
      flow,
      channel: requireChannel(body.channel ?? resendOf.channel, flow),
      sessionId: resendOf.id,
      resendOf,
      carried: { flow: resendOf.flow, locale, nonce },
    };
  }
  const flow = requireFlow(body.flow, service);
  return {
    ...common,
    destination: parseDestination(body.phone, body.country, config.ALLOWED_COUNTRIES),
    flow,
    channel: requireChannel(body.channel ?? flow.channels[0], flow),
    sessionId: runtime.randomId(),
    resendOf: undefined,
    carried: { flow: body.flow, locale: body.locale, nonce: body.nonce },
  };
}

function readIdempotencyKey(request: Request): string | undefined {
  const header = request.headers.get('Idempotency-Key');
  if (header === null) return undefined;
  if (!v.is(IdempotencyKeySchema, header)) throw new Refusal({ kind: 'idempotency_key_malformed' });
  return header;
}

function requireFlow(name: string | undefined, { config }: Context['service']): Flow {
  const flow = flowOf(config, name);
  if (!flow) throw new Refusal({ kind: 'unknown_flow' });
  return flow;
}

function requireChannel(channel: Order['channel'], { channels }: Flow): Order['channel'] {
  if (!channels.includes(channel)) throw new Refusal({ kind: 'channel_not_offered' });
  return channel;
}

async function hashIdempotency(
  header: string,
  site: string,
  body: SendRequest,
  { current, previous }: Keyring,
): Promise<Idempotency> {
  // The same request, whatever the order of its members, and whichever challenge pays for it: each is taken once, so
  // a gesture that comes again has to bring another one.
  const { challenge: _payment, ...asked } = body;
  const canonical = JSON.stringify(Object.entries(asked).sort(([a], [b]) => (a < b ? -1 : 1)));
  const hash = async (keys: Keys) => ({
    key: await keyedHash(keys, 'idempotency', `key ${site} ${header}`),
    fingerprint: await keyedHash(keys, 'idempotency', `body ${canonical}`),
  });
  return { ...(await hash(current)), former: previous && (await hash(previous)) };
}
