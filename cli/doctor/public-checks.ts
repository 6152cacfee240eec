/** The checks from outside: what a page, a visitor and a site's server see of a deployment. */
import { type Finding, failed, found, ok, warning } from '../../worker/doctor/finding.ts';

const DEADLINE_MS = 10_000;

/** @returns with `isUp: false` if the Worker does not respond, or reports invalid settings */
export async function publicChecks(
  url: string,
  origin: string | undefined,
): Promise<{ findings: Finding[]; isUp: boolean }> {
  const findings = await healthOf(url);
  const isUp = findings.every(({ result }) => result === 'ok');
  if (isUp)
    findings.push(
      await widget(url),
      await keys(url),
      ...(origin === undefined ? [] : [await site(url, origin)]),
    );
  return { findings, isUp };
}

export const ask = (url: string, headers: Record<string, string> = {}) =>
  fetch(url, { headers, redirect: 'error', signal: AbortSignal.timeout(DEADLINE_MS) });

async function healthOf(url: string): Promise<Finding[]> {
  const tried = `reachability of ${url}`;
  let response: Response;
  try {
    response = await ask(`${url}/healthz`);
  } catch {
    const mend = 'Check the URL, and that the deployment succeeded.';
    return [failed('reach', tried, 'no response', mend)];
  }
  const answer = (await response.json().catch(() => null)) as {
    status?: string;
    checks?: { setting: string; problem: string }[];
  } | null;
  const { status, checks = [] } = answer ?? {};
  const reached = ok('reach', tried, `HTTP ${response.status}`);
  if (status === 'store_unavailable') {
    const mend = 'See its log for the cause: a full disk, or a file locked by another program.';
    return [reached, failed('stores', 'stores', 'writes fail', mend)];
  }
  if (status === undefined || (!response.ok && checks.length === 0))
    return [
      failed(
        'reach',
        tried,
        'the response is not from a mitto-otp Worker',
        'Check the URL and its routes.',
      ),
    ];
  if (response.ok) return [reached, ok('settings', 'settings', 'valid')];
  return [
    reached,
    ...checks.map(({ setting, problem }) =>
      failed('settings', 'settings', `${setting} ${problem}`, settingMend(setting)),
    ),
  ];
}

/** Secrets, which `wrangler.toml` must not contain. */
const SECRET =
  /^(OTP_SECRET(_PREVIOUS)?|SITE_SECRET|ADMIN_TOKEN|RELAY_SECRET|TURNSTILE_SECRET|MITTO_ACCOUNT_ID|MITTO_(SMS_)?API_KEY|TWILIO_\w*(TOKEN|SECRET))$/;

function settingMend(setting: string): string {
  return SECRET.test(setting)
    ? `Set it with npx wrangler secret put ${setting}.`
    : 'Fix it in wrangler.toml, and deploy again. docs/settings.md lists the valid values.';
}

function widget(url: string): Promise<Finding> {
  const tried = 'widget script';
  const mend = 'Build the widget, and deploy again.';
  return found(
    'script',
    tried,
    async () => {
      const response = await ask(`${url}/mitto-otp.js`);
      await response.body?.cancel();
      const type = response.headers.get('Content-Type') ?? '';
      return response.ok && type.includes('javascript')
        ? ok('script', tried, `/mitto-otp.js, ${type}`)
        : failed('script', tried, `HTTP ${response.status}, ${type || 'no content type'}`, mend);
    },
    mend,
  );
}

function keys(url: string): Promise<Finding> {
  const tried = 'public keys (JWKS)';
  const mend = 'Check the log of the Worker.';
  return found(
    'keys',
    tried,
    async () => {
      const response = await ask(`${url}/.well-known/jwks.json`);
      const { keys: published = [] } = (await response.json()) as { keys?: unknown[] };
      return published.length > 0
        ? ok('keys', tried, `${published.length} published`)
        : failed('keys', tried, `HTTP ${response.status}`, mend);
    },
    mend,
  );
}

function site(url: string, origin: string): Promise<Finding> {
  const tried = `origin ${origin}`;
  const mend = `Add "${origin}" to ALLOWED_ORIGINS.`;
  return found(
    'site',
    tried,
    async () => {
      const response = await ask(`${url}/v1/config`, { Origin: origin });
      const allowed = response.headers.get('Access-Control-Allow-Origin') === origin;
      await response.body?.cancel();
      if (response.ok && allowed) return ok('site', tried, 'allowed');
      return response.status === 403
        ? failed('site', tried, 'not allowed', mend)
        : warning('site', tried, `HTTP ${response.status}`, 'See the lines above.');
    },
    mend,
  );
}
