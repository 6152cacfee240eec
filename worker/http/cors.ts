/**
 * The origin rule. A page of a listed origin, letter for letter, may call and read every answer. A page of any other
 * origin gets one answer, the refusal `origin_not_allowed`, and may read that one, so that its developer learns what is
 * wrong: without it a browser reports the same network error as for a Worker that is down. No credentials are ever
 * involved.
 */
import { RequestError } from '../errors.ts';

/** A day at most in Firefox, two hours in Chromium. */
const PREFLIGHT_SECONDS = 7200;

/** An origin as browsers write it, those of packaged apps included, or the `null` of a sandboxed frame or a file. */
const SERIALIZED_ORIGIN = /^(?:null|[a-z][a-z\d+.-]*:\/\/[^\s/?#@,"'\\]+)$/;

/** @throws RequestError for an absent origin too: what is not a page of a listed site has no business here. */
export function requireOrigin(request: Request, allowedOrigins: readonly string[]): string {
  const origin = request.headers.get('Origin');
  if (origin === null || !allowedOrigins.includes(origin))
    throw new RequestError({ kind: 'origin_not_listed' });
  return origin;
}

/**
 * Runs before anything else of a route for browsers: before the body is read, a limit is counted or a store is asked.
 * What comes without an `Origin` is for the route to judge.
 *
 * @throws RequestError for an origin that is not listed
 */
export function refuseForeignPage(request: Request, allowedOrigins: readonly string[]): void {
  if (request.method !== 'OPTIONS' && request.headers.has('Origin'))
    requireOrigin(request, allowedOrigins);
}

/**
 * Lets the browser make the call. That of an origin that is not listed is let through as well, only to be refused in
 * an answer that its page can read.
 *
 * @throws RequestError for what no browser sends
 */
export function preflight(
  request: Request,
  allowedOrigins: readonly string[],
  methods: readonly string[],
): Response {
  const origin = request.headers.get('Origin');
  if (!isForeignPage(origin)) requireOrigin(request, allowedOrigins);
  return new Response(null, {
    status: 204,
    headers: {
      'Access-Control-Allow-Origin': origin ?? '',
      'Access-Control-Allow-Methods': methods.join(', '),
      'Access-Control-Allow-Headers': 'Content-Type, Idempotency-Key',
      'Access-Control-Max-Age': String(PREFLIGHT_SECONDS),
    },
  });
}

/** Lets a page of a listed origin read the response, errors too. Every response of these routes has `Vary`. */
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

/** The only response that a page of an unlisted origin can read: the error, which is always the same. */
export function letForeignPageRead({ headers }: Response, request: Request): void {
  const origin = request.headers.get('Origin');
  if (isForeignPage(origin)) headers.set('Access-Control-Allow-Origin', origin);
}

function isForeignPage(origin: string | null): origin is string {
  return origin !== null && SERIALIZED_ORIGIN.test(origin);
}
