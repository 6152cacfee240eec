/**
 * The way out: whether it stands, whether the providers take who comes by it, and by which address it leaves. Nobody is
 * asked but the relay and the providers, and nothing is sent to a phone.
 */
import type { Config } from '../config/config.ts';
import { allFlows } from '../config/flow.ts';
import type { Connector } from '../connectors/connector.ts';
import { failureIn } from '../connectors/connector-test.ts';
import {
  createConnectors,
  createMitto2faOver,
  type Surroundings,
} from '../connectors/connectors.ts';
import type { Context } from '../context.ts';
import type { Egress } from '../egress/egress.ts';
import type { Reason } from '../reason.ts';
import { type Finding, failed, found, ok, warning } from './finding.ts';
import { isOnCloudflare } from './host.ts';

/** What of the way out is told, so that whoever runs the doctor can hold an address against it. */
export interface WayOut {
  by: Config['EGRESS'];
  isOnCloudflare: boolean;
  /** Where the relay is, with `by: 'relay'`. */
  relay: string | undefined;
  /** That the relay has left by, just now, as the outside sees it. */
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
  // A way that is shut would be told once for each connector.
  if (findings[0]?.result !== 'failed') {
    const surroundings = { egress, now: runtime.now };
    const connectors = [...createConnectors(config, surroundings).values()];
    findings.push(
      ...(await Promise.all(connectors.map((one) => credentials(one, config, surroundings)))),
    );
  }
  return { findings, egress: { by, isOnCloudflare, relay, addresses: [...addresses] } };
}

const TRIED = 'the way out to the providers';

function straight(config: Config): Finding {
  if (config.EGRESS === 'vpc') return ok('egress', TRIED, 'through your network, by a VPC binding');
  if (!isOnCloudflare) return ok('egress', TRIED, 'straight from this machine');
  const usesMitto = allFlows(config).some(({ connectors }) =>
    connectors.some((name) => name.startsWith('mitto')),
  );
  return usesMitto && !config.MITTO_2FA_BASE_URL.startsWith('http:')
    ? warning(
        'egress',
        TRIED,
        'straight from Cloudflare, whose addresses change',
        'Mitto answers allow-listed addresses only: use EGRESS = "relay" or "vpc", or dedicated egress addresses.',
      )
    : ok('egress', TRIED, 'straight from here');
}

/** A name that nobody has (RFC 6761, 6.4): a relay that knows our signature refuses it, and asks nobody. */
const NO_PROVIDER = { url: 'https://doctor.invalid/', method: 'GET', headers: {} } as const;

async function relayed(egress: Egress, url: string | undefined): Promise<Finding> {
  const answer = await egress.call(NO_PROVIDER);
  const word = answer.kind === 'refused_by_relay' ? answer.detail : 'no answer';
  return word === 'target_not_allowed'
    ? ok('egress', TRIED, `the relay ${url} takes what we sign`)
    : failed(
        'egress',
        TRIED,
        `the relay ${url}: ${word}`,
        `Try curl ${url}/healthz; relay/README.md tells each word.`,
      );
}

function credentials(
  connector: Connector,
  config: Config,
  surroundings: Surroundings,
): Promise<Finding> {
  const { name } = connector;
  const check = `connector.${name}`;
  const tried = `the credentials of ${name}, by a call that sends nothing`;
  const documents = 'See docs/connectors.';
  return found(
    check,
    tried,
    async () => {
      const answer = await connector.checkCredentials();
      if (answer.kind === 'accepted') return ok(check, tried, answer.detail);
      const { detail, mend = documents } = failureIn(name, answer.reason);
      const isKnown =
        name === 'mitto-2fa' && (await isKeyKnown(answer.reason, config, surroundings));
      return failed(check, tried, detail, isKnown ? KEY_IS_KNOWN : mend);
    },
    documents,
  );
}

const KEY_IS_KNOWN =
  'Mitto answers a made-up key otherwise, so it knows yours: have it allow-list the address that the calls come from.';

/**
 * Mitto publishes no difference between a wrong key and a foreign address. What it answers to a key that is certainly
 * wrong may show one.
 */
async function isKeyKnown(reason: Reason, config: Config, surroundings: Surroundings) {
  if (reason.kind !== 'provider_unauthorized') return false;
  const stranger = createMitto2faOver({ ...config, MITTO_API_KEY: 'made-up' }, surroundings);
  const other = await stranger?.checkCredentials();
  return (
    other?.kind === 'failed' &&
    other.reason.kind === reason.kind &&
    other.reason.detail !== reason.detail
  );
}
