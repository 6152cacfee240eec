import { type ErrorReason, RequestError } from '../errors.ts';
import { type CircuitBreaker, createCircuitBreaker } from './circuit-breaker.ts';
import type { CodeConnector, Connector, SendResult, TextConnector } from './connector.ts';

/** What a circuit breaker adds to a connector: one for sending and one for checking. */
interface Guard {
  /** Milliseconds until it can be called; 0 if now. */
  waitMs(operation: 'send' | 'check'): number;
}

export type ConnectorWithCircuit = (CodeConnector & Guard) | (TextConnector & Guard);

export function withCircuitBreaker(connector: Connector, now: () => number): ConnectorWithCircuit {
  const send = createCircuitBreaker(now);
  const hasFailed = (result: { kind: string; reason?: ErrorReason }) =>
    result.reason !== undefined && isOutage(result.reason);
  /** It was up when the request came, and is not any more; or somebody else is trying it. */
  const down = (breaker: CircuitBreaker): ErrorReason => ({
    kind: 'provider_down',
    waitMs: Math.max(1_000, breaker.waitMs()),
  });
  const guardSend = async (call: () => Promise<SendResult>): Promise<SendResult> =>
    (await send.run(call, hasFailed)) ?? { kind: 'failed', reason: down(send) };
  if (connector.codes === 'ours')
    return {
      ...connector,
      // The Worker verifies self-issued codes: no provider is involved.
      waitMs: (operation) => (operation === 'send' ? send.waitMs() : 0),
      sendText: (message) => guardSend(() => connector.sendText(message)),
    };

  const check = createCircuitBreaker(now);
  return {
    ...connector,
    waitMs: (operation) => (operation === 'send' ? send : check).waitMs(),
    sendCode: (message) => guardSend(() => connector.sendCode(message)),
    check: async (asked) =>
      (await check.run(() => connector.check(asked), hasFailed)) ?? {
        kind: 'not_evaluated',
        reason: down(check),
      },
  };
}

/**
 * Asked before anything is counted.
 * @throws RequestError `provider_down` while the circuits of all of them are open
 */
export function requireAvailable(
  connectors: readonly ConnectorWithCircuit[],
  operation: 'send' | 'check',
): void {
  const waitMs = Math.min(...connectors.map((connector) => connector.waitMs(operation)));
  if (waitMs > 0) throw new RequestError({ kind: 'provider_down', waitMs });
}

/** Silence and nonsense are an outage. A clear no, or a plea to wait, is an answer. */
function isOutage({ kind }: ErrorReason): boolean {
  return (
    kind === 'delivery_unknown' ||
    kind === 'provider_silent' ||
    kind === 'provider_failed' ||
    kind === 'provider_unreached' ||
    kind === 'provider_unintelligible'
  );
}
