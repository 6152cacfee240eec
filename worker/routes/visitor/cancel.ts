/** `POST /v1/cancel`: the visitor no longer wants the code. Idempotent. */
import { CancelRequestSchema } from '../../../shared/api/requests.ts';
import { requireOrigin } from '../../http/cors.ts';
import { readJson } from '../../http/read-body.ts';
import { noContent } from '../../http/responses.ts';
import { tellGuard } from '../../otp/send-guard.ts';
import { openSession } from '../../otp/session.ts';
import type { Context } from '../../request-context.ts';

export async function cancel(request: Request, context: Context): Promise<Response> {
  const { service, runtime, facts } = context;
  const { session: sealed } = await readJson(request, CancelRequestSchema);
  const site = requireOrigin(request, service.config.ALLOWED_ORIGINS);
  facts.site = site;
  const session = await openSession(sealed, {
    keyring: service.keyring,
    site,
    nowMs: runtime.now(),
  });
  await service.burst((await service.clientOf(request.headers)).hash);

  const gate = await service.gates(session.phone, session.gateKeysId);
  // Our record ends the session; the provider is called once.
  const connector = service.connectors.get(session.connector);
  if (await gate.cancel(session.id)) {
    context.waitUntil(tellGuard(session, 'cancelled', context));
    if (connector?.codes === 'provider') context.waitUntil(connector.cancel(session));
  }
  return noContent();
}
