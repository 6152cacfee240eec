/**
 * `POST /v1/feedback`: a site says what has become of a visitor, by the `jti` of a proof or by the session. Said again, it
 * is as good as said once. The guard learns from it after the answer.
 */
import { type FeedbackRequest, feedbackRequestSchemaFor } from '../../../shared/api/requests.ts';
import type { E164 } from '../../../shared/phone-number/e164.ts';
import { RequestError } from '../../errors.ts';
import { requireSiteServer } from '../../http/bearer-auth.ts';
import { readJson } from '../../http/read-body.ts';
import { noContent } from '../../http/responses.ts';
import { phoneOfProofId, readProofId } from '../../otp/proof-id.ts';
import { tellGuard } from '../../otp/send-guard.ts';
import { openAnySession } from '../../otp/session.ts';
import type { Context } from '../../request-context.ts';

interface Subject {
  phone: E164;
  gateKeysId: string;
  sessionId: string;
}

export async function feedback(request: Request, context: Context): Promise<Response> {
  const { service } = context;
  try {
    await requireSiteServer(request, service.config.SITE_SECRET);
  } catch (refusal) {
    // Who guesses at the secret is slowed down.
    await service.burst((await service.clientOf(request.headers)).hash);
    throw refusal;
  }
  const body = await readJson(request, feedbackRequestSchemaFor);
  const { phone, gateKeysId, sessionId } = await subjectOf(body, context);
  const gate = await service.gates(phone, gateKeysId);
  const noted = await gate.feedback(sessionId, body.outcome);
  if (noted.kind === 'noted' && noted.sent)
    context.waitUntil(tellGuard(noted.sent, body.outcome, context));
  return noContent();
}

/** @throws RequestError `session_unreadable` for what is neither a session nor the id of a proof of ours */
async function subjectOf(body: FeedbackRequest, { service }: Context): Promise<Subject> {
  const { keyring } = service;
  if (!('jti' in body)) {
    const { phone, gateKeysId, id } = await openAnySession(body.session, keyring);
    return { phone, gateKeysId, sessionId: id };
  }
  const named = readProofId(body.jti);
  const phone = await phoneOfProofId(body.jti, keyring);
  if (!named || phone === undefined) throw new RequestError({ kind: 'session_unreadable' });
  return { phone, ...named };
}
