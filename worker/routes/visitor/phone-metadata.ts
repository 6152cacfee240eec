/** `GET /v1/phone-metadata/{country}`: what the widget formats and judges a number by while it is typed. */
import metadata from 'libphonenumber-js/max/metadata';
import { RequestError } from '../../errors.ts';
import { requireOrigin } from '../../http/cors.ts';
import { json } from '../../http/responses.ts';
import { cutToCallingCode } from '../../otp/country-metadata.ts';
import type { Context } from '../../request-context.ts';

/** The same until the next deployment, and a day late it only formats as it did yesterday. */
const CACHE_CONTROL = 'public, max-age=86400';

export function phoneMetadata(request: Request, { service, facts }: Context): Response {
  const { ALLOWED_COUNTRIES, ALLOWED_ORIGINS } = service.config;
  // As with `/v1/config`: a page of the Worker's own origin sends no `Origin` with a GET.
  if (request.headers.has('Origin')) facts.site = requireOrigin(request, ALLOWED_ORIGINS);
  const country = new URL(request.url).pathname.split('/').at(-1) ?? '';
  const cut = ALLOWED_COUNTRIES.includes(country) ? cutToCallingCode(country, metadata) : null;
  if (!cut) throw new RequestError({ kind: 'no_such_route' });
  return json(cut, { headers: { 'Cache-Control': CACHE_CONTROL } });
}
