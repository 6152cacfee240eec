// The limit per client, whatever keeps it: KV (kv-client-limiter.ts) or an object (object-client-limiter.ts).

/** A place within the limit. Keep it when the request goes on, or release it. */
export interface Place {
  /** The how manieth of this client it is within the longest window. */
  nth: number;
  /** Writes it down, for the other isolates. @throws Refusal when KV is not there: then nothing may go on. */
  keep(): Promise<void>;
  /** Gives it back, unless it was kept. */
  release(): Promise<void>;
}

export interface ClientLimiter {
  /**
   * @param client its keyed hash
   * @param formerClient during a rotation of the secret, its hash under the previous keys: counts go on
   * @throws Refusal `client_limit` over the limit, `store_unavailable` when the store cannot be read
   */
  take(client: string, nowMs: number, formerClient?: string): Promise<Place>;
}
