/**
 * `POST /v1/hooks/auth0/phone`: behind the Actions of `integrations/auth0/`. Auth0 makes the code and the words itself,
 * so what goes out is its text, over a connector that carries any.
 */
import { Auth0PhoneRequestSchema } from '../../../shared/api/requests.ts';
import { requireSiteServer } from '../../http/bearer-auth.ts';
import { hashIdempotency, readIdempotencyKey } from '../../http/idempotency.ts';
import { readJson } from '../../http/read-body.ts';
import { json } from '../../http/responses.ts';
import { sendMessage } from '../../messaging/send-message.ts';
import { parseDestination } from '../../otp/parse-destination.ts';
import { type Context, phoneFact } from '../../request-context.ts';
import { languageOfTag } from '../../texts/template.ts';
import { sendableText } from '../../texts/validate-text.ts';

/** A code that comes late is a dead one. */
const CODE_MINUTES = 10;
const DAY_MINUTES = 1_440;
/** Kinds of message of Auth0's, by the phone provider and by MFA. */
const isCode = (type = '') => /^(otp_.*|enrollment|second-factor-authentication)$/.test(type);

export async function auth0Phone(request: Request, context: Context): Promise<Response> {
  const { service, facts } = context;
  try {
    await requireSiteServer(request, service.config.SITE_SECRET);
  } catch (refusal) {
    await service.burst((await service.clientOf(request.headers)).hash);
    throw refusal;
  }
  const body = await readJson(request, Auth0PhoneRequestSchema);
  const idempotencyKey = readIdempotencyKey(request);
  const destination = parseDestination(body.recipient, undefined, service.config.ALLOWED_COUNTRIES);
  const text = sendableText(body.text);
  const channel = body.delivery_method === 'voice' ? 'voice' : 'sms';
  facts.channel = channel;
  facts.country = destination.country;
  facts.phone = await phoneFact(destination.phone, context);
  const sending = sendMessage(
    {
      destination,
      channel,
      connector: undefined,
      text,
      language: languageOfTag(body.locale),
      validMinutes: isCode(body.message_type) ? CODE_MINUTES : DAY_MINUTES,
      // Auth0 tries again what it was told to retry, with the same words.
      idempotency: idempotencyKey
        ? await hashIdempotency(idempotencyKey, 'auth0', body, service.keyring)
        : undefined,
    },
    context,
  );
  context.waitUntil(sending);
  const { id } = await sending;
  return json({ id }, { status: 202 });
}
