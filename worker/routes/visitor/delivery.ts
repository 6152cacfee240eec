/** `POST /v1/delivery`: what the provider says has become of a session's message, so that another way can be offered early. */
import { DeliveryRequestSchema } from '../../../shared/api/requests.ts';
import { requireOrigin } from '../../http/cors.ts';
import { readJson } from '../../http/read-body.ts';
import { json } from '../../http/responses.ts';
import { openSession } from '../../otp/session.ts';
import type { Context } from '../../request-context.ts';
import { toPublicState } from '../../webhooks/public-state.ts';

export async function delivery(request: Request, context: Context): Promise<Response> {
  const { service, runtime, facts } = context;
  const { session: sealed } = await readJson(request, DeliveryRequestSchema);
  const site = requireOrigin(request, service.config.ALLOWED_ORIGINS);
  facts.site = site;
  const session = await openSession(sealed, {
    keyring: service.keyring,
    site,
    nowMs: runtime.now(),
  });
  await service.burst((await service.clientOf(request.headers)).hash);
  const gate = await service.gates(session.phone, session.gateKeysId);
  return json(toPublicState((await gate.delivery(session.id)) ?? 'pending'));
}
