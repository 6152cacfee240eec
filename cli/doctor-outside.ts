/** What a deployment looks like to a page, a visitor and a site's server. */
import { type Finding, failed, found, ok, warning } from '../worker/doctor/finding.ts';

const DEADLINE_MS = 10_000;

/** @returns with `isUp: false` where nobody answers, or only to say that a setting is wrong */
export async function outsideFindings(
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
  const tried = `to reach ${url}`;
  let response: Response;
  try {
    response = await ask(`${url}/healthz`);
  } catch {
    const mend = 'Check the address, and that the deployment went through.';
    return [failed('reach', tried, 'no answer', mend)];
  }
  const answer = (await response.json().catch(() => null)) as {
    status?: string;
    checks?: { setting: string; problem: string }[];
  } | null;
  const { status, checks = [] } = answer ?? {};
  const reached = ok('reach', tried, `HTTP ${response.status}`);
  if (status === 'store_unavailable') {
    const mend = 'See its log for the cause: a full disk, or a file that another program holds.';
    return [reached, failed('stores', 'its stores', 'they take no write', mend)];
  }
  if (status === undefined || (!response.ok && checks.length === 0))
    return [
      failed('reach', tried, 'something else answers there', 'Check the address and its routes.'),
    ];
  if (response.ok) return [reached, ok('settings', 'the settings', 'whole')];
  return [
    reached,
    ...checks.map(({ setting, problem }) =>
      failed('settings', 'the settings', `${setting} ${problem}`, settingMend(setting)),
    ),
  ];
}

/** Those that `wrangler.toml` does not hold, because others can read it. */
const SECRET =
  /^(OTP_SECRET(_PREVIOUS)?|SITE_SECRET|ADMIN_TOKEN|RELAY_SECRET|TURNSTILE_SECRET|MITTO_ACCOUNT_ID|MITTO_(SMS_)?API_KEY|TWILIO_\w*(TOKEN|SECRET))$/;

function settingMend(setting: string): string {
  return SECRET.test(setting)
    ? `npx wrangler secret put ${setting}`
    : 'Mend it in wrangler.toml, and deploy again; docs/settings.md says what it takes.';
}

function widget(url: string): Promise<Finding> {
  const tried = 'the script of the widget';
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
        : failed('script', tried, `HTTP ${response.status}, ${type || 'no type'}`, mend);
    },
    mend,
  );
}

function keys(url: string): Promise<Finding> {
  const tried = 'the public keys of the proofs';
  const mend = 'See the log of the Worker.';
  return found(
    'keys',
    tried,
    async () => {
      const response = await ask(`${url}/.well-known/jwks.json`);
      const { keys: published = [] } = (await response.json()) as { keys?: unknown[] };
      return published.length > 0
        ? ok('keys', tried, `${published.length}`)
        : failed('keys', tried, `HTTP ${response.status}`, mend);
    },
    mend,
  );
}

function site(url: string, origin: string): Promise<Finding> {
  const tried = `whether ${origin} may use it`;
  const mend = `Add "${origin}" to ALLOWED_ORIGINS, exactly as browsers write it.`;
  return found(
    'site',
    tried,
    async () => {
      const response = await ask(`${url}/v1/config`, { Origin: origin });
      const allowed = response.headers.get('Access-Control-Allow-Origin') === origin;
      await response.body?.cancel();
      if (response.ok && allowed) return ok('site', tried, 'it may');
      return response.status === 403
        ? failed('site', tried, 'it may not', mend)
        : warning('site', tried, `HTTP ${response.status}`, 'See the lines above.');
    },
    mend,
  );
}
