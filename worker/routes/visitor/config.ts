/** `GET /v1/config`: what the widget needs to know before the first keystroke. */
import { type CountryCode, getCountryCallingCode, isSupportedCountry } from 'libphonenumber-js/max';
import type { ConfigAnswer } from '../../../shared/api/responses.ts';
import { flowOf } from '../../config/flow.ts';
import { RequestError } from '../../errors.ts';
import { requireOrigin } from '../../http/cors.ts';
import { json } from '../../http/responses.ts';
import type { Context } from '../../request-context.ts';

export function config(request: Request, { service, facts }: Context): Response {
  const { config } = service;
  // A page of the Worker's own origin sends no `Origin` with a GET, and nothing else can read this answer.
  if (request.headers.has('Origin')) facts.site = requireOrigin(request, config.ALLOWED_ORIGINS);
  const flow = flowOf(config, new URL(request.url).searchParams.get('flow') ?? undefined);
  if (!flow) throw new RequestError({ kind: 'unknown_flow' });

  const countries = config.ALLOWED_COUNTRIES;
  // Cloudflare's edge says where the visitor is; other hosts do not.
  const visitorCountry = (request as { cf?: { country?: unknown } }).cf?.country;
  const answer: ConfigAnswer = {
    country:
      typeof visitorCountry === 'string' && countries.includes(visitorCountry)
        ? visitorCountry
        : null,
    countries,
    callingCodes: Object.fromEntries(
      countries
        .filter((country): country is CountryCode => isSupportedCountry(country))
        .map((country) => [country, getCountryCallingCode(country)]),
    ),
    channels: [...flow.channels],
    codeLength: flow.codeLength,
    challenge: service.challengeOf(flow).config,
  };
  return json(answer);
}
