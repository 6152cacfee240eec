import { type Reason, Refusal } from '../reason.ts';
import { createCircuitBreaker } from './circuit-breaker.ts';
import type { CodeConnector, Connector, TextConnector } from './connector.ts';

/** What a circuit breaker adds to a connector: one for sending and one for checking. */
interface Guard {
  /** Milliseconds until it may be asked; 0 when it may now. */
  waitMs(operation: 'send' | 'check'): number;
}

export type GuardedConnector = (CodeConnector & Guard) | (TextConnector & Guard);

export function guardConnector(connector: Connector, now: () => number): GuardedConnector {
  const send = createCircuitBreaker(now);
  const hasFailed = (result: { kind: string; reason?: Reason }) =>
    result.reason !== undefined && isOutage(result.reason);
  if (connector.codes === 'ours')
    return {
      ...connector,
      // A code of ours is checked here: there is nobody to be down.
      waitMs: (operation) => (operation === 'send' ? send.waitMs() : 0),
      sendText: (message) => send.run(() => connector.sendText(message), hasFailed),
    };

  const check = createCircuitBreaker(now);
  return {
    ...connector,
    waitMs: (operation) => (operation === 'send' ? send : check).waitMs(),
    sendCode: (message) => send.run(() => connector.sendCode(message), hasFailed),
    check: (asked) => check.run(() => connector.check(asked), hasFailed),
  };
}

/**
 * Asked before anything is counted.
 * @throws Refusal `provider_down` while the circuits of all of them are open
 */
export function requireOneUp(
  connectors: readonly GuardedConnector[],
  operation: 'send' | 'check',
): void {
  const waitMs = Math.min(...connectors.map((connector) => connector.waitMs(operation)));
  if (waitMs > 0) throw new Refusal({ kind: 'provider_down', waitMs });
}

/** Silence and nonsense are an outage. A clear no, or a plea to wait, is an answer. */
function isOutage({ kind }: Reason): boolean {
  return (
    kind === 'delivery_unknown' ||
    kind === 'provider_silent' ||
    kind === 'provider_failed' ||
    kind === 'provider_unreached' ||
    kind === 'provider_unintelligible'
  );
}
