import type { SendResult } from '../connectors/connector.ts';
import { mayAskNext } from '../connectors/map-provider-error.ts';
import type { GuardedConnector } from '../connectors/with-circuit-breaker.ts';
import { Refusal } from '../errors.ts';
import type { Context } from '../request-context.ts';
import { hasTimeForAnother } from '../request-deadline.ts';

/** Asks one connector after the other, until one takes the message or may have taken it. */
export async function sendInTurn(
  connectors: readonly GuardedConnector[],
  sendBy: (connector: GuardedConnector) => Promise<SendResult>,
  context: Context,
): Promise<{ connector: GuardedConnector; result: SendResult }> {
  const { facts } = context;
  const up = connectors.filter((connector) => connector.waitMs('send') === 0);
  const [first, ...others] = up.length > 0 ? up : connectors;
  if (!first) throw new Refusal({ kind: 'channel_not_offered' });
  let asked = { connector: first, result: await sendBy(first) };
  for (const connector of others) {
    const { result } = asked;
    if (result.kind === 'accepted' || !mayAskNext(result.reason) || !hasTimeForAnother(context))
      break;
    facts.passedOver = [
      ...(facts.passedOver ?? []),
      `${asked.connector.name} ${result.reason.kind}`,
    ];
    asked = { connector, result: await sendBy(connector) };
  }
  facts.connector = asked.connector.name;
  return asked;
}
