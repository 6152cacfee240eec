/** How a call leaves the Worker. Mitto answers allow-listed addresses only, so there will be more ways than one. */
export interface Egress {
  call(request: OutboundRequest): Promise<OutboundAnswer>;
}

export interface OutboundRequest {
  url: string;
  method: 'GET' | 'POST';
  headers: Readonly<Record<string, string>>;
  body?: string;
}

export type OutboundAnswer =
  | { kind: 'answered'; status: number; retryAfter: string | null; text: string }
  /**
   * No whole answer came: whether the provider has acted on the request is not known. `late` when the deadline
   * passed, `broken` when the connection did.
   */
  | { kind: 'unanswered'; why: 'late' | 'broken' }
  /** An answer too large to be one. */
  | { kind: 'oversized'; status: number };
