import { equalSecrets } from '../crypto/timing-safe-equal.ts';
import { Refusal } from '../errors.ts';

/**
 * Bearer authentication (RFC 6750, 2.1).
 * @throws Refusal `unauthorized`
 */
async function requireBearer(request: Request, secret: string): Promise<void> {
  // Wider than a token of the standard: a secret that an operator has made up may have spaces in it.
  const token = /^Bearer (.+)$/i.exec(request.headers.get('Authorization') ?? '')?.[1];
  if (token === undefined || !(await equalSecrets(token, secret)))
    throw new Refusal({ kind: 'unauthorized' });
}

/**
 * For the site's own server.
 * @throws Refusal `misconfigured` where the deployment has no such secret, `unauthorized`
 */
export async function requireSiteServer(
  request: Request,
  siteSecret: string | undefined,
): Promise<void> {
  if (siteSecret === undefined)
    throw new Refusal({
      kind: 'misconfigured',
      problems: [{ setting: 'SITE_SECRET', problem: 'is missing' }],
    });
  await requireBearer(request, siteSecret);
}

/**
 * For operators.
 * @throws Refusal `no_such_route` where no token is set: the admin calls are off; `unauthorized`
 */
export async function requireOperator(
  request: Request,
  adminToken: string | undefined,
): Promise<void> {
  if (adminToken === undefined) throw new Refusal({ kind: 'no_such_route' });
  await requireBearer(request, adminToken);
}
