import type { Failure } from '../flow/state.ts';

/** How the page names its Worker. */
export interface EndpointSettings {
  endpoint: string;
  flow: string | undefined;
  /** Whether the page sets the endpoint. */
  isEndpointGiven: boolean;
}

export interface SetupFault extends Failure {
  status?: number | undefined;
  detail?: string | undefined;
  /** What is known of a call without a readable answer. */
  cause?: 'policy' | 'unreadable' | undefined;
}
