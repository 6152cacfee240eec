/** The nonces that a site's server has given to its pages and not yet got back. */

const NONCE_LIFETIME_MS = 60 * 60 * 1000;
/** Anyone may ask for nonces; past this many the oldest is forgotten. */
const MAX_NONCES = 1_000;

export interface NonceStore {
  /** A new nonce for a page of this visit. */
  give(visit: string): string;
  /** Whether this visit was given it and has not used it. It can be taken once. */
  take(visit: string, nonce: string): boolean;
}

/** In memory, which does for one process. With several, keep it where the sessions are kept. */
export function createNonceStore(now: () => number = Date.now): NonceStore {
  const given = new Map<string, { visit: string; expiresAtMs: number }>();
  return {
    give(visit) {
      const [oldest] = given.keys();
      if (given.size >= MAX_NONCES && oldest !== undefined) given.delete(oldest);
      const nonce = randomToken();
      given.set(nonce, { visit, expiresAtMs: now() + NONCE_LIFETIME_MS });
      return nonce;
    },
    take(visit, nonce) {
      const entry = given.get(nonce);
      if (entry?.visit !== visit) return false;
      given.delete(nonce);
      return entry.expiresAtMs > now();
    },
  };
}

/** 128 bits, URL-safe. */
export function randomToken(): string {
  return Buffer.from(crypto.getRandomValues(new Uint8Array(16))).toString('base64url');
}
