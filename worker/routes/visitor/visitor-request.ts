/**
 * How each call of the widget begins: the body, the origin, the session, the burst limit. Nothing here costs the
 * deployment a message or a write.
 */
import type * as v from 'valibot';
import { requireOrigin } from '../../http/cors.ts';
import { readJson } from '../../http/read-body.ts';
import { openSession, type Session } from '../../otp/session.ts';
import type { Client } from '../../rate-limit/client/client-id.ts';
import type { Context } from '../../request-context.ts';

/** @throws RequestError `body_malformed` and its like, or `origin_not_listed` */
export async function readVisitorRequest<const Schema extends v.GenericSchema>(
  request: Request,
  schema: Schema | ((body: unknown) => Schema),
  { service, facts }: Context,
): Promise<{ body: v.InferOutput<Schema>; site: string }> {
  const body = await readJson(request, schema);
  const site = requireOrigin(request, service.config.ALLOWED_ORIGINS);
  facts.site = site;
  return { body, site };
}

/**
 * The session of a body, for the site that it was made for.
 *
 * @param options.afterlifeMs how long after its end it is still read
 * @throws RequestError `session_unreadable`, `session_of_other_site` or `session_expired`
 */
export function openVisitorSession(
  sealed: string,
  site: string,
  { service, runtime }: Context,
  options: { afterlifeMs?: number } = {},
): Promise<Session> {
  return openSession(sealed, { keyring: service.keyring, site, nowMs: runtime.now(), ...options });
}

/** Who calls. @throws RequestError `burst` */
export async function admitClient(request: Request, { service }: Context): Promise<Client> {
  const client = await service.clientOf(request.headers);
  await service.burst(client.hash);
  return client;
}
