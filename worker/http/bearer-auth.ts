import { timingSafeEqual } from '../crypto/timing-safe-equal.ts';
import { RequestError } from '../errors.ts';

/**
 * Bearer authentication (RFC 6750, 2.1).
 * @throws RequestError `unauthorized`
 */
async function requireBearer(request: Request, secret: string): Promise<void> {
  // Wider than a token of the standard: a secret that an operator has made up may have spaces in it.
  const token = /^Bearer (.+)$/i.exec(request.headers.get('Authorization') ?? '')?.[1];
  if (token === undefined || !(await timingSafeEqual(token, secret)))
    throw new RequestError({ kind: 'unauthorized' });
}

/**
 * For the site's own server.
 * @throws RequestError `misconfigured` where the deployment has no such secret, `unauthorized`
 */
export async function requireSiteServer(
  request: Request,
  siteSecret: string | undefined,
): Promise<void> {
  if (siteSecret === undefined)
    throw new RequestError({
      kind: 'misconfigured',
      problems: [{ setting: 'SITE_SECRET', problem: 'is missing' }],
    });
  await requireBearer(request, siteSecret);
}

/**
 * For operators.
 * @throws RequestError `no_such_route` where no token is set: the admin calls are off; `unauthorized`
 */
export async function requireOperator(
  request: Request,
  adminToken: string | undefined,
): Promise<void> {
  if (adminToken === undefined) throw new RequestError({ kind: 'no_such_route' });
  await requireBearer(request, adminToken);
}
