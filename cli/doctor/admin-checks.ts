/** The checks from inside the Worker, and those that compare its response with what is visible from outside. */
import type { WayOut } from '../../worker/doctor/egress-findings.ts';
import { type Finding, failed, found, ok } from '../../worker/doctor/finding.ts';
import { addressFindings } from './egress-address.ts';
import { ask } from './public-checks.ts';

interface Inside {
  findings: Finding[];
  issuer: string;
  egress: WayOut;
}

/** Each provider call takes up to eight seconds, at most two calls each; the stores are checked in parallel. */
const DEADLINE_MS = 40_000;

/** @param given the address from which outbound calls should leave */
export async function adminChecks(
  url: string,
  token: string,
  given: string | undefined,
): Promise<Finding[]> {
  const tried = 'checks from inside the Worker';
  let response: Response;
  try {
    response = await fetch(`${url}/v1/admin/doctor`, {
      method: 'POST',
      headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' },
      body: JSON.stringify({ now: Date.now() }),
      redirect: 'error',
      signal: AbortSignal.timeout(DEADLINE_MS),
    });
  } catch {
    return [failed('inside', tried, 'no response', 'Check the log of the Worker.')];
  }
  if (!response.ok)
    return [failed('inside', tried, `HTTP ${response.status}`, mendOf(response.status))];
  const { findings, issuer, egress } = (await response.json()) as Inside;
  const ofMitto = findings.filter(({ check }) => check.startsWith('connector.mitto'));
  const isAnswered = ofMitto.some(({ result }) => result === 'ok');
  return [
    ...findings,
    // Only Mitto needs an allow-listed address.
    ...(ofMitto.length > 0 || given !== undefined
      ? await addressFindings(egress, { url, given, isAnswered })
      : []),
    await issuerFinding(url, issuer),
  ];
}

/** Servers fetch the keys from the issuer's URL: they have to be those of this deployment. */
function issuerFinding(url: string, issuer: string): Promise<Finding> {
  const tried = 'issuer of the proofs';
  if (issuer === url) return Promise.resolve(ok('issuer', tried, issuer));
  const mend = `Your servers will reject every proof. Set PUBLIC_URL = "${url}" and deploy again, or serve the deployment at ${issuer}.`;
  const keysAt = async (base: string) => (await ask(`${base}/.well-known/jwks.json`)).text();
  return found(
    'issuer',
    tried,
    async () => {
      const [there, here] = await Promise.all(
        [issuer, url].map((base) => keysAt(base).catch(() => undefined)),
      );
      if (there !== undefined && there === here)
        return ok('issuer', tried, `${issuer}, with the keys of this deployment`);
      const detail = there === undefined ? 'does not respond' : 'has other keys';
      return failed('issuer', tried, `${issuer} ${detail}; this deployment is at ${url}`, mend);
    },
    mend,
  );
}

function mendOf(status: number): string {
  switch (status) {
    case 401:
      return 'The token is not the ADMIN_TOKEN of this deployment. Check MITTO_OTP_ADMIN_TOKEN.';
    case 404:
      return 'The deployment has no ADMIN_TOKEN. Set one of at least 32 bytes with `npx wrangler secret put ADMIN_TOKEN`.';
    case 429:
      return 'Too many attempts. Wait ten seconds.';
    default:
      return 'Check the log of the Worker.';
  }
}
