/**
 * `GET /v1/admin/connectors`: what is set up, and every message of a code as it will arrive.
 * `POST /v1/admin/connectors/{name}/test`: the test of one, by its credentials or by a message.
 */
import type { IRequest } from 'itty-router';
import { TestRequestSchema } from '../../../shared/api/admin-requests.ts';
import { allFlows, senderOf } from '../../config/flow.ts';
import { previewMessages } from '../../config/preview-messages.ts';
import { ABILITIES, CONNECTOR_NAMES, type ConnectorName } from '../../connectors/connector.ts';
import { type ConnectorTestResult, explainFailure } from '../../connectors/explain-failure.ts';
import type { ConnectorWithCircuit } from '../../connectors/with-circuit-breaker.ts';
import { RequestError } from '../../errors.ts';
import { readJson } from '../../http/read-body.ts';
import { json } from '../../http/responses.ts';
import { sendTestMessage } from '../../messaging/send-test-message.ts';
import { parseDestination } from '../../otp/parse-destination.ts';
import type { Context } from '../../request-context.ts';
import { accountCallbackUrl } from '../../webhooks/callback-url.ts';
import { hasReports } from '../../webhooks/reports.ts';
import type { Route } from '../route.ts';
import { forOperator } from './require-operator.ts';

export const CONNECTOR_ROUTES: readonly Route[] = [
  {
    path: '/v1/admin/connectors',
    handlers: { GET: forOperator(listConnectors) },
    cors: false,
  },
  {
    path: '/v1/admin/connectors/:name/test',
    handlers: { POST: forOperator(testConnector) },
    cors: false,
  },
];

async function listConnectors(_request: IRequest, { service }: Context): Promise<Response> {
  const { config, connectors } = service;
  const list = CONNECTOR_NAMES.map(async (name) => {
    const connector = connectors.get(name);
    return {
      name,
      ...ABILITIES[name],
      isSetUp: connector !== undefined,
      /** Seconds until the circuit breaker closes, after several failures in a row. */
      pausedFor: Math.ceil((connector?.waitMs('send') ?? 0) / 1000),
      reports: hasReports(name, config),
      // Twilio is told with each message; Mitto can be given one URL for the account.
      ...(name === 'twilio' ? {} : { callbackUrl: await accountCallbackUrl(name, service) }),
    };
  });
  return json({
    connectors: await Promise.all(list),
    flows: allFlows(config).map((flow) => ({
      name: flow.name ?? 'default',
      connectors: flow.connectors,
      channels: flow.channels,
      codeLength: flow.codeLength,
      senders: Object.fromEntries(
        flow.connectors.map((name) => [
          name,
          Object.fromEntries(
            flow.channels.map((channel) => [channel, senderOf(config, flow, name, channel)]),
          ),
        ]),
      ),
    })),
    messages: previewMessages(config),
  });
}

async function testConnector(request: IRequest, context: Context): Promise<Response> {
  const { service, runtime } = context;
  const body = await readJson(request as unknown as Request, TestRequestSchema);
  const name = CONNECTOR_NAMES.find((known) => known === request.params?.['name']);
  if (!name) throw new RequestError({ kind: 'no_such_route' });
  const connector = service.connectors.get(name);
  if (!connector)
    return json({ connector: name, tried: 'credentials', ...notSetUp(name), took: 0 });
  const startedAtMs = runtime.now();
  const test = body.to
    ? sendTestMessage(
        connector,
        parseDestination(body.to, undefined, service.config.ALLOWED_COUNTRIES),
        { channel: body.channel ?? 'sms', dryRun: body.dryRun },
        context,
      )
    : checkCredentials(connector);
  // An operator who closes the page leaves no code behind that lives.
  context.waitUntil(test);
  const result = await test;
  return json({ connector: name, ...result, took: runtime.now() - startedAtMs });
}

type Outcome = Omit<ConnectorTestResult, 'connector' | 'took'>;

function notSetUp(name: ConnectorName): Pick<ConnectorTestResult, 'outcome' | 'detail' | 'mend'> {
  return {
    outcome: 'failed',
    detail: 'it has no credentials',
    mend: `Set what docs/connectors/${name}.md lists.`,
  };
}

async function checkCredentials(connector: ConnectorWithCircuit): Promise<Outcome> {
  const check = await connector.checkCredentials();
  if (check.kind === 'accepted')
    return { tried: 'credentials', outcome: 'passed', detail: check.detail };
  return { tried: 'credentials', ...explainFailure(connector.name, check.reason) };
}
