/**
 * As much of Hanko's API as its element needs to draw its first field and its code step: the states of its login flow,
 * in their order, whatever is typed.
 */
import { type Handler, json } from '../local-host.ts';

const BASE = '/hanko';

interface Input {
  name: string;
  type: string;
  required?: boolean;
  min_length?: number;
  max_length?: number;
}

export const hankoService: Handler = ({ url, method }) => {
  if (!url.pathname.startsWith(`${BASE}/`)) return undefined;
  const path = url.pathname.slice(BASE.length);
  if (path === '/sessions/validate') return json({ is_valid: false });
  if (method !== 'POST' || (path !== '/login' && path !== '/registration')) return undefined;
  const [action] = (url.searchParams.get('action') ?? '').split('@');
  switch (action) {
    case '':
      return state(
        path,
        'preflight',
        {},
        {
          register_client_capabilities: [
            { name: 'webauthn_available', type: 'boolean', required: true },
            { name: 'webauthn_conditional_mediation_available', type: 'boolean' },
            { name: 'webauthn_platform_authenticator_available', type: 'boolean' },
          ],
        },
      );
    case 'register_client_capabilities':
      return state(
        path,
        'login_init',
        {},
        {
          continue_with_login_identifier: [
            { name: 'email', type: 'email', required: true, max_length: 100 },
          ],
        },
      );
    case 'continue_with_login_identifier':
      return state(
        path,
        'passcode_confirmation',
        { passcode_resent: false, resend_after: 30 },
        {
          verify_passcode: [{ name: 'code', type: 'string', required: true }],
          resend_passcode: [],
          back: [],
        },
      );
    default:
      return undefined;
  }
};

function state(
  path: string,
  name: string,
  payload: object,
  actions: Record<string, readonly Input[]>,
) {
  return json({
    name,
    status: 200,
    payload,
    csrf_token: 'of-the-benchmark',
    actions: Object.fromEntries(
      Object.entries(actions).map(([action, inputs]) => [
        action,
        {
          action,
          href: `${path}?action=${action}%40benchmark`,
          inputs: Object.fromEntries(inputs.map((input) => [input.name, input])),
          description: '',
        },
      ]),
    ),
  });
}
