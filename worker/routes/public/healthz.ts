/**
 * `GET /healthz`: whether the settings are whole, and which are not; and where the host can tell, whether its stores
 * take a write. Names of settings, never their values.
 */

import type { ErrorReason } from '../../errors.ts';
import { json } from '../../http/responses.ts';
import type { Context } from '../../request-context.ts';

/** @throws RequestError `store_unavailable` */
export async function healthz(_request: Request, { service }: Context): Promise<Response> {
  await service.checkStores();
  return json({ status: 'ok', checks: [] });
}

/** What it answers where it is not well; `undefined` where another thing is wrong with the request. */
export function unhealthy(reason: ErrorReason): Response | undefined {
  if (reason.kind !== 'misconfigured' && reason.kind !== 'store_unavailable') return undefined;
  const checks = reason.kind === 'misconfigured' ? reason.problems : [];
  return json({ status: reason.kind, checks }, { status: 503, headers: { 'Retry-After': '30' } });
}
