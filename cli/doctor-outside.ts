/** What a deployment looks like to a page, a visitor and a site's server. */
import { type Finding, failed, found, ok, warning } from '../worker/doctor/finding.ts';

const DEADLINE_MS = 10_000;

export async function outsideFindings(url: string, origin: string | undefined): Promise<Finding[]> {
  const health = await healthOf(url);
  // Where nobody answers, there is nothing more to ask.
  if (health.some(({ check, result }) => check === 'reach' && result === 'failed')) return health;
  return [
    ...health,
    await widget(url),
    await keys(url),
    ...(origin ? [await site(url, origin)] : []),
  ];
}

const ask = (url: string, headers: Record<string, string> = {}) =>
  fetch(url, { headers, redirect: 'error', signal: AbortSignal.timeout(DEADLINE_MS) });

async function healthOf(url: string): Promise<Finding[]> {
  const tried = `to reach ${url}`;
  let response: Response;
  try {
    response = await ask(`${url}/healthz`);
  } catch {
    const mend = 'Check the address, and that `npm run deploy` went through.';
    return [failed('reach', tried, 'no answer', mend)];
  }
  const answer = (await response.json().catch(() => null)) as {
    status?: string;
    checks?: { setting: string; problem: string }[];
  } | null;
  if (!answer || answer.status === undefined)
    return [
      failed('reach', tried, 'something else answers there', 'Check the address and its routes.'),
    ];
  const reached = ok('reach', tried, `HTTP ${response.status}`);
  if (response.ok) return [reached, ok('settings', 'the settings', 'whole')];
  if (answer.status === 'store_unavailable') {
    const mend = 'See its log for the cause: a full disk, or a file that another program holds.';
    return [reached, failed('stores', 'its stores', 'they take no write', mend)];
  }
  return [
    reached,
    ...(answer.checks ?? []).map(({ setting, problem }) =>
      failed(
        'settings',
        'the settings',
        `${setting} ${problem}`,
        'docs/settings.md says what it takes.',
      ),
    ),
  ];
}

function widget(url: string): Promise<Finding> {
  const tried = 'the script of the widget';
  const mend = 'Deploy with `npm run deploy`, which builds it.';
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
