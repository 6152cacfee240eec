import type { Reason } from '../reason.ts';
import { Refusal } from '../reason.ts';
import { type CircuitBreaker, createCircuitBreaker } from './circuit-breaker.ts';
import type { Connector } from './connector.ts';

/** A connector behind circuit breakers, one for sending and one for checking. */
export interface GuardedConnector extends Connector {
  /** Asked before anything is counted. @throws Refusal `provider_down` while the circuit is open */
  requireUp(operation: 'send' | 'check'): void;
}

export function guardConnector(connector: Connector, now: () => number): GuardedConnector {
  const breakers: Record<'send' | 'check', CircuitBreaker> = {
    send: createCircuitBreaker(now),
    check: createCircuitBreaker(now),
  };
  return {
    name: connector.name,
    requireUp(operation) {
      const waitMs = breakers[operation].waitMs();
      if (waitMs > 0) throw new Refusal({ kind: 'provider_down', waitMs });
    },
    send: (message) =>
      breakers.send.run(
        () => connector.send(message),
        (result) => result.kind === 'failed' && isOutage(result.reason),
      ),
    check: (check) =>
      breakers.check.run(
        () => connector.check(check),
        (result) => result.kind === 'not_evaluated' && isOutage(result.reason),
      ),
    cancel: (sent) => connector.cancel(sent),
  };
}

/** Silence and nonsense are an outage. A clear no, or a plea to wait, is an answer. */
function isOutage({ kind }: Reason): boolean {
  return (
    kind === 'delivery_unknown' || kind === 'provider_silent' || kind === 'provider_unintelligible'
  );
}
