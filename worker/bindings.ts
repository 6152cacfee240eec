/**
 * What the fetch handler is bound to, by the names of `wrangler.toml`: Cloudflare's own, or others of the same shape
 * (`mitto-otp/worker/node`). Only what is used of them stands here, so that either fits.
 */

/** `OTP_KV`. Nothing in it must be exact: it may show a write late. */
export interface KeyValueStore {
  get(key: string, type: 'json'): Promise<unknown>;
  /** @param options.expirationTtl seconds, 60 or more */
  put(key: string, value: string, options: { expirationTtl: number }): Promise<void>;
}

/**
 * `PHONE_GATE`, `SEND_LEDGER`, `CLIENT_GATE`, `GUARD_OBJECT`. One object for each name, the same one for everybody, whose methods run
 * one at a time and are written down before their answer leaves.
 */
export interface ObjectNamespace {
  /** What speaks for the object: every method of it, answering with a promise. */
  getByName(name: string): object;
}

/** `BURST`. */
export interface RateLimiter {
  limit(options: { key: string }): Promise<{ success: boolean }>;
}

/** `ASSETS`, `EGRESS_VPC`. */
export interface Fetches {
  fetch(request: Request): Promise<Response>;
}

/** Bindings, and the settings and secrets of docs/settings.md by their names. */
export interface Bindings {
  OTP_KV: KeyValueStore;
  PHONE_GATE: ObjectNamespace;
  SEND_LEDGER: ObjectNamespace;
  /** Asked only where `CLIENT_LIMITER` is `object`. */
  CLIENT_GATE?: ObjectNamespace;
  /** Of the guard and the operator's rules. Without it there are neither. */
  GUARD_OBJECT?: ObjectNamespace;
  BURST: RateLimiter;
  /** If the host supports it: fails when its stores reject writes. Called by `/healthz`. */
  checkStores?(): Promise<void>;
  /** The folder `dist/assets` of this package. */
  ASSETS: Fetches;
}
