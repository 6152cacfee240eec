/**
 * `POST /v1/renew`: another proof for a session that is verified, so that a proof lives as long as the form that it is
 * for. No message is sent, no provider is asked and nothing is written; a client that has used up its checks gets none.
 */
import { RenewRequestSchema } from '../../../shared/api/requests.ts';
import { flowOf } from '../../config/flow.ts';
import { json } from '../../http/responses.ts';
import { renewSession } from '../../otp/renewal.ts';
import { type Context, phoneFact } from '../../request-context.ts';
import { admitClient, openVisitorSession, readVisitorRequest } from './visitor-request.ts';

export async function renew(request: Request, context: Context): Promise<Response> {
  const { service, runtime, facts } = context;
  const { body, site } = await readVisitorRequest(request, RenewRequestSchema, context);
  const session = await openVisitorSession(body.session, site, context, {
    // The last of them was verified with the last breath of its code.
    afterlifeMs: service.config.PROOF_RENEW_SECONDS * 1000,
  });
  const flow = flowOf(service.config, session.flow);
  facts.channel = session.channel;
  facts.connector = session.connector;
  facts.country = session.country;

  const client = await admitClient(request, context);
  const place = await service.clientLimits.verify.take(client.hash, runtime.now(), {
    formerClient: client.formerHash,
    policies: flow?.limits.verify_per_ip,
  });
  try {
    facts.phone = await phoneFact(session.phone, context);
    return json(await renewSession(session, flow && service.policiesOf(flow), context));
  } finally {
    // It was no guess, so it does not count as one.
    await place.release();
  }
}
