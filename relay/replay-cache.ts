/**
 * Replay protection: the used nonces, for as long as their requests could be replayed. Bounded: when full, it evicts nothing
 * and rejects new requests. Only signed requests are stored, so a stranger cannot fill it.
 */
export interface ReplayCache {
  /** Whether the nonce is new; marks it as used. */
  spend(nonce: string, expiresAtMs: number, nowMs: number): 'fresh' | 'replayed' | 'full';
}

export function createReplayCache(max: number): ReplayCache {
  const expiries = new Map<string, number>();
  return {
    spend(nonce, expiresAtMs, nowMs) {
      // Nearly in order of expiry; one that a fast clock has dated ahead holds up the others for a minute at most.
      for (const [spent, expiryMs] of expiries) {
        if (expiryMs >= nowMs) break;
        expiries.delete(spent);
      }
      if (expiries.has(nonce)) return 'replayed';
      if (expiries.size >= max) return 'full';
      expiries.set(nonce, expiresAtMs);
      return 'fresh';
    },
  };
}
