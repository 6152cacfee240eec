/**
 * `GET /mitto-otp.js`: the built widget, for a `<script type="module">` on any site, and `/mitto-otp/…`, what it loads
 * later and the licences of what is inside. That the script loads says nothing about who may send: the origin rule is on the calls.
 */

import { RequestError } from '../../errors.ts';
import type { Context } from '../../request-context.ts';

/**
 * Under one name for ever, so it is asked for again soon; the `ETag` makes that a 304. It names the later files, which
 * a next deployment replaces: an old copy must not be shown for long.
 */
const CACHE_CONTROL = 'public, max-age=300';
/** The later scripts carry a hash of what is in them in their names. */
const CACHE_CONTROL_OF_HASHED = 'public, max-age=31536000, immutable';

export async function widget(request: Request, { service }: Context): Promise<Response> {
  const asset = await service.assets.fetch(request);
  if (asset.status !== 200 && asset.status !== 304)
    throw new RequestError({ kind: 'no_such_route' });
  const headers = new Headers(asset.headers);
  const isHashed = /^\/mitto-otp\/.*\.js$/.test(new URL(request.url).pathname);
  headers.set('Cache-Control', isHashed ? CACHE_CONTROL_OF_HASHED : CACHE_CONTROL);
  headers.set('Access-Control-Allow-Origin', '*');
  headers.set('Cross-Origin-Resource-Policy', 'cross-origin');
  return new Response(asset.body, { status: asset.status, headers });
}
