/** `POST /v1/verify`: a code for a proof; the same code again for another one of the same verification. */

import { VerifyRequestSchema } from '../../../shared/api/requests.ts';
import { isOtpCode } from '../../../shared/otp-code.ts';
import { flowOf } from '../../config/flow.ts';
import { requireAvailable } from '../../connectors/with-circuit-breaker.ts';
import { RequestError } from '../../errors.ts';
import { json } from '../../http/responses.ts';
import { verifyCode } from '../../otp/verify-code.ts';
import { type Context, phoneFact } from '../../request-context.ts';
import { admitClient, openVisitorSession, readVisitorRequest } from './visitor-request.ts';

export async function verify(request: Request, context: Context): Promise<Response> {
  const { service, runtime, facts } = context;
  const { body, site } = await readVisitorRequest(request, VerifyRequestSchema, context);
  const { code } = body;
  if (!isOtpCode(code)) throw new RequestError({ kind: 'code_format' });
  const session = await openVisitorSession(body.session, site, context, {
    // For the code that has verified its session already; any other is dead, which is looked at below.
    afterlifeMs: service.config.PROOF_RENEW_SECONDS * 1000,
  });
  if (!isOtpCode(code, session.codeLength)) throw new RequestError({ kind: 'code_format' });
  const connector = service.connectors.get(session.connector);
  // It is set up no more: nobody can say whether the code is right.
  if (!connector) throw new RequestError({ kind: 'session_superseded' });
  const flow = flowOf(service.config, session.flow);
  facts.channel = session.channel;
  facts.connector = session.connector;
  facts.country = session.country;

  const client = await admitClient(request, context);
  requireAvailable([connector], 'check');
  const place = await service.clientLimits.verify.take(client.hash, runtime.now(), {
    formerClient: client.formerHash,
    policies: flow?.limits.verify_per_ip,
  });
  facts.phone = await phoneFact(session.phone, context);
  const policies = flow && service.policiesOf(flow);
  const check = verifyCode({ session, code, connector, policies }, place.keep, context).finally(
    () => place.release(),
  );
  // A client that hangs up must not leave an attempt that is neither right nor wrong.
  context.waitUntil(check);
  return json(await check);
}
