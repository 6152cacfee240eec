/**
 * `GET /console/`: the page of the operators, and the few files that it loads. They hold nothing of the deployment: all
 * that it shows comes from `/v1/admin/`, behind the token that is typed into it.
 */
import type { IRequest } from 'itty-router';
import { RequestError } from '../../errors.ts';
import type { Context } from '../../request-context.ts';

/** Scripts, sheets and calls of this origin alone, no form that posts, no frame around it, and one policy for Lit. */
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "connect-src 'self'",
  "img-src 'self' data:",
  "form-action 'none'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  'trusted-types lit-html',
].join('; ');

/** Under the same names after each deployment, so they are asked for each time; the `ETag` makes that a 304. */
const CACHE_CONTROL = 'no-cache';

export async function operatorConsole(request: IRequest, { service }: Context): Promise<Response> {
  // Where no operator can come in, nobody is to find the door.
  if (service.config.ADMIN_TOKEN === undefined) throw new RequestError({ kind: 'no_such_route' });
  const { pathname } = new URL(request.url);
  // The page names its files from where it stands.
  if (pathname === '/console')
    return new Response(null, { status: 308, headers: { Location: '/console/' } });
  const asset = await service.assets.fetch(request as unknown as Request);
  if (asset.status !== 200 && asset.status !== 304)
    throw new RequestError({ kind: 'no_such_route' });
  const headers = new Headers(asset.headers);
  headers.set('Cache-Control', CACHE_CONTROL);
  headers.set('Content-Security-Policy', CONTENT_SECURITY_POLICY);
  headers.set('Cross-Origin-Opener-Policy', 'same-origin');
  headers.set('X-Robots-Tag', 'noindex');
  return new Response(asset.body, { status: asset.status, headers });
}
