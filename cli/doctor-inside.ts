/** The checks from inside the Worker, and what of its answer only the outside can judge. */
import type { WayOut } from '../worker/doctor/egress-findings.ts';
import { type Finding, failed, found, ok } from '../worker/doctor/finding.ts';
import { addressFindings } from './doctor-egress.ts';
import { ask } from './doctor-outside.ts';

interface Inside {
  findings: Finding[];
  issuer: string;
  egress: WayOut;
}

/** Each provider is asked within eight seconds, twice at most; the stores beside them. */
const DEADLINE_MS = 40_000;

/** @param given the address that should be the one that calls leave by */
export async function insideFindings(
  url: string,
  token: string,
  given: string | undefined,
): Promise<Finding[]> {
  const tried = 'the checks from inside the Worker';
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
    return [failed('inside', tried, 'no answer', 'See the log of the Worker.')];
  }
  if (!response.ok)
    return [failed('inside', tried, `HTTP ${response.status}`, mendOf(response.status))];
  const { findings, issuer, egress } = (await response.json()) as Inside;
  const ofMitto = findings.filter(({ check }) => check.startsWith('connector.mitto'));
  const isAnswered = ofMitto.some(({ result }) => result === 'ok');
  return [
    ...findings,
    // Who sends by others needs no address, unless somebody asks for it.
    ...(ofMitto.length > 0 || given !== undefined
      ? await addressFindings(egress, { url, given, isAnswered })
      : []),
    await issuerFinding(url, issuer),
  ];
}

/** A proof is checked by the keys at the address that it names: they have to be those of this deployment. */
function issuerFinding(url: string, issuer: string): Promise<Finding> {
  const tried = 'the address that proofs name';
  if (issuer === url) return Promise.resolve(ok('issuer', tried, issuer));
  const mend = `No server of yours will take a proof: set PUBLIC_URL = "${url}" and deploy again, or give the deployment the address ${issuer}.`;
  const keysAt = async (base: string) => (await ask(`${base}/.well-known/jwks.json`)).text();
  return found(
    'issuer',
    tried,
    async () => {
      const [there, here] = await Promise.all(
        [issuer, url].map((base) => keysAt(base).catch(() => undefined)),
      );
      if (there !== undefined && there === here)
        return ok('issuer', tried, `${issuer}, where the keys of this deployment are too`);
      const detail = there === undefined ? 'does not answer' : 'does not have the keys of this one';
      return failed('issuer', tried, `${issuer}, which ${detail}, reached at ${url}`, mend);
    },
    mend,
  );
}

function mendOf(status: number): string {
  switch (status) {
    case 401:
      return 'This is not the ADMIN_TOKEN of the deployment.';
    case 404:
      return 'No ADMIN_TOKEN is set: `npx wrangler secret put ADMIN_TOKEN`, at least 32 bytes.';
    case 429:
      return 'Too many tries: wait ten seconds.';
    default:
      return 'See the log of the Worker.';
  }
}
