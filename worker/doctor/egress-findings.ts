/**
 * Egress checks: whether calls leave, whether the providers accept them, and from which address. Calls only the relay and the
 * providers, and sends nothing to a phone.
 */

import type { Egress } from '../../providers/egress/egress.ts';
import { allFlows } from '../config/flow.ts';
import type { Config } from '../config/schema.ts';
import type { Connector } from '../connectors/connector.ts';
import { explainFailure } from '../connectors/explain-failure.ts';
import { createConnectors, createMitto2faOver, type Dependencies } from '../create-connectors.ts';
import type { ErrorReason } from '../errors.ts';
import type { Context } from '../request-context.ts';
import { type Finding, failed, found, ok, warning } from './finding.ts';
import { isOnCloudflare } from './host.ts';

/** What the command line compares the operator's address with. */
export interface WayOut {
  by: Config['EGRESS'];
  isOnCloudflare: boolean;
  /** URL of the relay, with `by: 'relay'`. */
  relay: string | undefined;
  /** Public addresses from which the relay has just called. */
  addresses: readonly string[];
}

export async function egressFindings({
  service,
  runtime,
}: Context): Promise<{ findings: Finding[]; egress: WayOut }> {
  const { config } = service;
  const { EGRESS: by, RELAY_URL: relay } = config;
  const addresses = new Set<string>();
  const egress: Egress = {
    async call(request) {
      const answer = await service.egress.call(request);
      if (answer.kind === 'answered' && answer.from) addresses.add(answer.from);
      return answer;
    },
  };
  const findings = [by === 'relay' ? await relayed(egress, relay) : straight(config)];
  // A broken egress would be reported once for each connector.
  if (findings[0]?.result !== 'failed') {
    const surroundings = { egress, now: runtime.now };
    const connectors = [...createConnectors(config, surroundings).values()];
    findings.push(
      ...(await Promise.all(connectors.map((one) => credentials(one, config, surroundings)))),
    );
  }
  return { findings, egress: { by, isOnCloudflare, relay, addresses: [...addresses] } };
}

const TRIED = 'egress to the providers';

function straight(config: Config): Finding {
  if (config.EGRESS === 'vpc')
    return ok('egress', TRIED, 'through your network, over a VPC binding');
  if (!isOnCloudflare) return ok('egress', TRIED, 'directly from this machine');
  const usesMitto = allFlows(config).some(({ connectors }) =>
    connectors.some((name) => name.startsWith('mitto')),
  );
  return usesMitto && !config.MITTO_2FA_BASE_URL.startsWith('http:')
    ? warning(
        'egress',
        TRIED,
        'directly from Cloudflare, whose addresses change',
        'Mitto accepts calls from allow-listed addresses only. Use EGRESS = "relay" or "vpc", or dedicated egress addresses.',
      )
    : ok('egress', TRIED, 'direct');
}

/** A name that never resolves (RFC 6761, 6.4): a relay with the same secret rejects it without a call. */
const NO_PROVIDER = { url: 'https://doctor.invalid/', method: 'GET', headers: {} } as const;

async function relayed(egress: Egress, url: string | undefined): Promise<Finding> {
  const answer = await egress.call(NO_PROVIDER);
  const word = answer.kind === 'refused_by_relay' ? answer.detail : 'no response';
  return word === 'target_not_allowed'
    ? ok('egress', TRIED, `relay ${url} accepts the signature`)
    : failed(
        'egress',
        TRIED,
        `relay ${url}: ${word}`,
        `Try curl ${url}/healthz. relay/README.md explains each outcome.`,
      );
}

function credentials(
  connector: Connector,
  config: Config,
  surroundings: Dependencies,
): Promise<Finding> {
  const { name } = connector;
  const check = `connector.${name}`;
  const tried = `credentials of ${name}`;
  const documents = 'See docs/connectors.';
  return found(
    check,
    tried,
    async () => {
      const answer = await connector.checkCredentials();
      if (answer.kind === 'accepted') return ok(check, tried, answer.detail);
      const { detail, mend = documents } = explainFailure(name, answer.reason);
      const isKnown =
        name === 'mitto-2fa' && (await isKeyKnown(answer.reason, config, surroundings));
      return failed(check, tried, detail, isKnown ? KEY_IS_KNOWN : mend);
    },
    documents,
  );
}

const KEY_IS_KNOWN =
  'The key is valid, because Mitto answers a made-up key differently. Have Mitto allow-list the address from which the calls come.';

/**
 * Mitto documents no difference between a wrong key and an address that is not allow-listed. Its response to a made-up key
 * may show one.
 */
async function isKeyKnown(reason: ErrorReason, config: Config, surroundings: Dependencies) {
  if (reason.kind !== 'provider_unauthorized') return false;
  const stranger = createMitto2faOver({ ...config, MITTO_API_KEY: 'made-up' }, surroundings);
  const other = await stranger?.checkCredentials();
  return (
    other?.kind === 'failed' &&
    other.reason.kind === reason.kind &&
    other.reason.detail !== reason.detail
  );
}
