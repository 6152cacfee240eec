/** `POST /v1/verify`: a code for a proof. */
import { isOtpCode } from '../../shared/otp-code.ts';
import { VerifyRequestSchema } from '../../shared/requests.ts';
import { type Context, phoneFact } from '../context.ts';
import { requireOrigin } from '../http/cors.ts';
import { readJson } from '../http/read-body.ts';
import { json } from '../http/responses.ts';
import { checkCode } from '../otp/check.ts';
import { openSession } from '../otp/session.ts';
import { Refusal } from '../reason.ts';

export async function verify(request: Request, context: Context): Promise<Response> {
  const { service, runtime, facts } = context;
  const { session: sealed, code } = await readJson(request, VerifyRequestSchema);
  const site = requireOrigin(request, service.config.ALLOWED_ORIGINS);
  facts.site = site;
  if (!isOtpCode(code, service.config.CODE_LENGTH)) throw new Refusal({ kind: 'code_format' });
  const session = await openSession(sealed, {
    keyring: service.keyring,
    site,
    nowMs: runtime.now(),
  });
  facts.channel = session.channel;
  facts.country = session.country;

  const client = await service.clientOf(request.headers);
  await service.burst(client.hash);
  service.connector.requireUp('check');
  const place = await service.clientLimits.verify.take(
    client.hash,
    runtime.now(),
    client.formerHash,
  );
  facts.phone = await phoneFact(session.phone, context);
  const check = checkCode(session, code, place.keep, context).finally(() => place.release());
  // A client that hangs up must not leave an attempt that is neither right nor wrong.
  context.waitUntil(check);
  return json(await check);
}
