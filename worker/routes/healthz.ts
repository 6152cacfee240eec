/** `GET /healthz`: whether the settings are whole, and which are not. Names of settings, never their values. */
import type { SettingProblem } from '../config/config.ts';
import { json } from '../http/responses.ts';

/** What the router answers: it is reached only when there is nothing to say. */
export function healthz(): Response {
  return json({ status: 'ok', checks: [] });
}

export function unhealthy(problems: readonly SettingProblem[]): Response {
  return json(
    { status: 'misconfigured', checks: problems },
    { status: 503, headers: { 'Retry-After': '30' } },
  );
}
