/** `GET /healthz`: whether the settings are whole, and which are not. Names of settings, never their values. */
import { json } from '../http/responses.ts';
import type { ServiceState } from '../service.ts';

export function healthz(state: ServiceState): Response {
  if (state.ok) return json({ status: 'ok', checks: [] });
  return json(
    { status: 'misconfigured', checks: state.problems },
    { status: 503, headers: { 'Retry-After': '30' } },
  );
}
