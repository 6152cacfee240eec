/** Every answer of the Worker is made here, so that none lacks a header. */
import { ERROR_CODES } from '../../shared/api/error-codes.ts';
import type { Problem } from '../../shared/api/problem-details.ts';
import type { PublicProblem } from '../errors.ts';

/** Default headers of every response. No response is a page: it may load nothing and may not be framed. */
const STANDARD_HEADERS = {
  'Cache-Control': 'no-store',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'",
  'Strict-Transport-Security': 'max-age=31536000',
} as const;

/** Adds what is not there yet. All our answers are made in this Worker, so their headers can be written. */
export function setStandardHeaders({ headers }: Response): void {
  for (const [name, value] of Object.entries(STANDARD_HEADERS))
    if (!headers.has(name)) headers.set(name, value);
}

export function json(
  body: object,
  init: { status?: number; headers?: Record<string, string> } = {},
): Response {
  return new Response(JSON.stringify(body), {
    status: init.status ?? 200,
    headers: { 'Content-Type': 'application/json', ...init.headers },
  });
}

export function noContent(): Response {
  return new Response(null, { status: 204 });
}

/** The advertised policy of the call, the same whichever limit rejected the request. */
export interface AdvertisedPolicy {
  name: string;
  count: number;
  windowMs: number;
}

export function problemResponse(
  problem: PublicProblem,
  policy: AdvertisedPolicy | undefined,
): Response {
  const { waitMs = 0, allow, ...told } = problem;
  const { status, title } = ERROR_CODES[told.code];
  const body: Problem = { type: `urn:mitto-otp:problem:${told.code}`, title, status, ...told };
  const headers = new Headers({ 'Content-Type': 'application/problem+json' });
  if (allow) headers.set('Allow', allow.join(', '));
  // RFC 9110, 15.5.2: a 401 names what it wants.
  if (status === 401) headers.set('WWW-Authenticate', 'Bearer');
  if (status === 429 || status === 503) {
    const seconds = Math.max(1, Math.ceil(waitMs / 1000));
    headers.set('Retry-After', String(seconds));
    // draft-ietf-httpapi-ratelimit-headers: quota, window and, of what is left, nothing until `t` seconds are over.
    if (policy && (status === 429 || told.code === 'capacity')) {
      const { name, count, windowMs } = policy;
      headers.set('RateLimit-Policy', `"${name}";q=${count};w=${Math.ceil(windowMs / 1000)}`);
      headers.set('RateLimit', `"${name}";r=0;t=${seconds}`);
    }
  }
  return new Response(JSON.stringify(body), { status, headers });
}
