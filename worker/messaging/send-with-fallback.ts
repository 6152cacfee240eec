import type { SendResult } from '../connectors/connector.ts';
import { isRetryableElsewhere } from '../connectors/map-provider-error.ts';
import type { ConnectorWithCircuit } from '../connectors/with-circuit-breaker.ts';
import { RequestError } from '../errors.ts';
import type { Context } from '../request-context.ts';
import { hasTimeForAnother } from '../request-deadline.ts';

/** Asks one connector after the other, until one takes the message or may have taken it. */
export async function sendWithFallback(
  connectors: readonly ConnectorWithCircuit[],
  sendBy: (connector: ConnectorWithCircuit) => Promise<SendResult>,
  context: Context,
): Promise<{ connector: ConnectorWithCircuit; result: SendResult }> {
  const { facts } = context;
  const up = connectors.filter((connector) => connector.waitMs('send') === 0);
  const [first, ...others] = up.length > 0 ? up : connectors;
  if (!first) throw new RequestError({ kind: 'channel_not_offered' });
  let asked = { connector: first, result: await sendBy(first) };
  for (const connector of others) {
    const { result } = asked;
    if (result.kind === 'accepted') break;
    if (!isRetryableElsewhere(result.reason) || !hasTimeForAnother(context)) break;
    facts.passedOver = [
      ...(facts.passedOver ?? []),
      `${asked.connector.name} ${result.reason.kind}`,
    ];
    asked = { connector, result: await sendBy(connector) };
  }
  facts.connector = asked.connector.name;
  return asked;
}
