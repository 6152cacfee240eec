// The limit per client, whatever keeps it: KV (kv-client-limiter.ts) or an object (object-client-limiter.ts).

import type { Policy } from '../policy.ts';

/** A reservation within the limit. Keep it when the request continues, or release it. */
export interface Place {
  /** The how manieth of this client it is within the longest window. */
  nth: number;
  /** Writes it down, for the other isolates. @throws RequestError when KV is not there: then nothing may go on. */
  keep(): Promise<void>;
  /** Gives it back, unless it was kept. */
  release(): Promise<void>;
}

export interface TakeDetails {
  /** During a rotation of the secret, the client's hash under the previous keys: counts go on. */
  formerClient?: string | undefined;
  /** Of the flow that the request is for, where they are not the deployment's. */
  policies?: readonly Policy[] | undefined;
}

export interface ClientLimiter {
  /**
   * @param client its keyed hash
   * @throws RequestError `client_limit` over the limit, `store_unavailable` when the store cannot be read
   */
  take(client: string, nowMs: number, details?: TakeDetails): Promise<Place>;
}
