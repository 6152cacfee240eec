/** `POST /v1/delivery`: what the provider says has become of a session's message, so that another way can be offered early. */
import { DeliveryRequestSchema } from '../../../shared/api/requests.ts';
import { json } from '../../http/responses.ts';
import type { Context } from '../../request-context.ts';
import { toPublicState } from '../../webhooks/public-state.ts';
import { admitClient, openVisitorSession, readVisitorRequest } from './visitor-request.ts';

export async function delivery(request: Request, context: Context): Promise<Response> {
  const { service } = context;
  const { body, site } = await readVisitorRequest(request, DeliveryRequestSchema, context);
  const session = await openVisitorSession(body.session, site, context);
  await admitClient(request, context);
  const gate = await service.gates(session.phone, session.gateKeysId);
  return json(toPublicState((await gate.delivery(session.id)) ?? 'pending'));
}
