/**
 * `POST /v1/messages`: a site's server sends a message of its own, as text or by template; `GET /v1/messages/{id}` says
 * what became of it. The text never comes from a browser: a page that could choose it would send anything to anybody.
 */
import type { IRequest } from 'itty-router';
import { type MessageRequest, messageRequestSchemaFor } from '../../../shared/api/requests.ts';
import { RequestError } from '../../errors.ts';
import { requireSiteServer } from '../../http/bearer-auth.ts';
import { hashIdempotency, readIdempotencyKey } from '../../http/idempotency.ts';
import { readJson } from '../../http/read-body.ts';
import { json } from '../../http/responses.ts';
import { openMessageId } from '../../messaging/message-id.ts';
import { sendMessage } from '../../messaging/send-message.ts';
import { parseDestination } from '../../otp/parse-destination.ts';
import { type Context, phoneFact } from '../../request-context.ts';
import type { LocalText } from '../../texts/default-templates.ts';
import { fillIn, languageOfTag, placeholdersOf, textIn } from '../../texts/template.ts';
import { sendableText } from '../../texts/validate-text.ts';
import { toPublicState } from '../../webhooks/public-state.ts';

const DAY_MINUTES = 1_440;

export async function messages(request: Request, context: Context): Promise<Response> {
  const { service, facts } = context;
  await requireCaller(request, context);
  const body = await readJson(request, messageRequestSchemaFor);
  const idempotencyKey = readIdempotencyKey(request);
  const destination = parseDestination(body.to, undefined, service.config.ALLOWED_COUNTRIES);
  const channel = body.channel ?? 'sms';
  facts.channel = channel;
  facts.country = destination.country;
  facts.phone = await phoneFact(destination.phone, context);
  const sending = sendMessage(
    {
      destination,
      channel,
      connector: body.connector,
      validMinutes: DAY_MINUTES,
      ...wordsOf(body, channel, context),
      idempotency: idempotencyKey
        ? await hashIdempotency(idempotencyKey, 'messages', body, service.keyring)
        : undefined,
    },
    context,
  );
  // A caller that hangs up cancels its request, but not this: a message that is sent is also written down.
  context.waitUntil(sending);
  return json(await sending, { status: 202 });
}

export async function message(request: IRequest, context: Context): Promise<Response> {
  const { service } = context;
  await requireCaller(request as unknown as Request, context);
  const subject = await openMessageId(request.params?.['id'] ?? '', service.keyring);
  if (!subject) throw new RequestError({ kind: 'no_such_route' });
  const gate = await service.gates(subject.phone, subject.gateKeysId);
  const known = (await gate.messages())[subject.reference];
  if (!known) throw new RequestError({ kind: 'no_such_route' });
  const { connector, channel, state, errorCode, sentAtMs } = known;
  const sentAt = new Date(sentAtMs).toISOString();
  return json({ connector, channel, ...toPublicState(state), errorCode, sentAt });
}

/** Who guesses at the secret is slowed down; who has it is limited by what is sent. */
async function requireCaller(request: Request, { service }: Context): Promise<void> {
  try {
    await requireSiteServer(request, service.config.SITE_SECRET);
  } catch (refusal) {
    await service.burst((await service.clientOf(request.headers)).hash);
    throw refusal;
  }
}

function wordsOf(body: MessageRequest, channel: 'sms' | 'voice', { service }: Context): LocalText {
  const language = languageOfTag(body.locale);
  if ('text' in body) return { text: sendableText(body.text), language };
  const { TEMPLATES } = service.config;
  const texts = Object.hasOwn(TEMPLATES, body.template)
    ? TEMPLATES[body.template]?.[channel]
    : undefined;
  if (texts === undefined) throw malformed('template: there is none of that name for the channel');
  const own = textIn(texts, language);
  const missing = placeholdersOf(own.text).filter((name) => !Object.hasOwn(body.data, name));
  // The names are the operator's own; the values are not repeated.
  if (missing.length > 0) throw malformed(`data: ${missing.join(', ')} missing`);
  // Or a name that somebody typed could end in a line of its own, such as the one that phones fill codes in by.
  if (Object.values(body.data).some((value) => /[\r\n]/.test(value)))
    throw malformed('data: no line breaks');
  return { text: sendableText(fillIn(own.text, body.data)), language: own.language };
}

function malformed(detail: string): RequestError {
  return new RequestError({ kind: 'body_malformed', detail });
}
