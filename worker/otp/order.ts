import type { Channel } from '../../shared/api/channel.ts';
import type { Destination } from '../../shared/phone-number/e164.ts';
import type { Flow } from '../config/flow.ts';
import type { ConnectorWithCircuit } from '../connectors/with-circuit-breaker.ts';
import type { EdgeSignals } from '../guard/types.ts';
import type { SendRequest } from '../rate-limit/phone/send-transitions.ts';
import type { Session } from './session.ts';

/** A request for a code that is understood: to whom, how, for which site and in which session. */
export interface SendCodeCommand {
  site: string;
  destination: Destination;
  channel: Channel;
  flow: Flow;
  /** Of the flow, those that carry the channel, in the order in which they are tried. */
  connectors: readonly ConnectorWithCircuit[];
  client: { hash: string; address: string | undefined };
  edge: EdgeSignals;
  sessionId: string;
  /** The session that asks for another code. */
  resendOf: Session | undefined;
  /** What the session carries on. */
  carried: Pick<Session, 'flow' | 'locale' | 'nonce'>;
  idempotency: SendRequest['idempotency'];
}
