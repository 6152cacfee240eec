/** `POST /v1/cancel`: the visitor no longer wants the code. Idempotent. */
import { CancelRequestSchema } from '../../../shared/api/requests.ts';
import { noContent } from '../../http/responses.ts';
import { tellGuard } from '../../otp/send-guard.ts';
import type { Context } from '../../request-context.ts';
import { admitClient, openVisitorSession, readVisitorRequest } from './visitor-request.ts';

export async function cancel(request: Request, context: Context): Promise<Response> {
  const { service } = context;
  const { body, site } = await readVisitorRequest(request, CancelRequestSchema, context);
  const session = await openVisitorSession(body.session, site, context);
  await admitClient(request, context);

  const gate = await service.gates(session.phone, session.gateKeysId);
  // Our record ends the session; the provider is called once.
  const connector = service.connectors.get(session.connector);
  if (await gate.cancel(session.id)) {
    context.waitUntil(tellGuard(session, 'cancelled', context));
    if (connector?.codes === 'provider') context.waitUntil(connector.cancel(session));
  }
  return noContent();
}
