/**
 * The origin rule: a page of a listed origin, letter for letter, may call and read the answer. No other page gets
 * either, and no credentials are ever involved.
 */
import { Refusal } from '../reason.ts';

/** A day at most in Firefox, two hours in Chromium. */
const PREFLIGHT_SECONDS = 7200;

/** @throws Refusal for an absent origin too: what is not a page of a listed site has no business here. */
export function requireOrigin(request: Request, allowedOrigins: readonly string[]): string {
  const origin = request.headers.get('Origin');
  if (origin === null || !allowedOrigins.includes(origin))
    throw new Refusal({ kind: 'origin_not_listed' });
  return origin;
}

/** @throws Refusal for an origin that is not listed */
export function preflight(
  request: Request,
  allowedOrigins: readonly string[],
  methods: readonly string[],
): Response {
  requireOrigin(request, allowedOrigins);
  return new Response(null, {
    status: 204,
    headers: {
      'Access-Control-Allow-Methods': methods.join(', '),
      'Access-Control-Allow-Headers': 'Content-Type, Idempotency-Key',
      'Access-Control-Max-Age': String(PREFLIGHT_SECONDS),
    },
  });
}

/** Lets a page of a listed origin read the answer, errors too. `Vary` stands on every answer of these routes. */
export function setCorsHeaders(
  { headers }: Response,
  request: Request,
  allowedOrigins: readonly string[],
): void {
  headers.append('Vary', 'Origin');
  const origin = request.headers.get('Origin');
  if (origin === null || !allowedOrigins.includes(origin)) return;
  headers.set('Access-Control-Allow-Origin', origin);
  headers.set('Access-Control-Expose-Headers', 'Retry-After, RateLimit, RateLimit-Policy');
}
