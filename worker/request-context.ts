import { keyedHash } from './crypto/keyring.ts';
import type { Runtime, Services } from './services.ts';

/** What a route has at hand. */
export interface Context {
  service: Services;
  runtime: Runtime;
  /** When the request came, in milliseconds since 1970. */
  startedAtMs: number;
  /** Keeps work alive when the client disconnects. */
  waitUntil(promise: Promise<unknown>): void;
  /** What the log line of this request will say. Routes add to it; nothing here may name a person. */
  facts: LogFields;
}

export interface LogFields {
  site?: string;
  country?: string;
  channel?: string;
  /** Who carried the message. */
  connector?: string;
  /** What a provider has reported. */
  delivery?: string;
  /** What the guard said, where that was more than yes. */
  guard?: 'challenge' | 'block' | 'unavailable';
  /** The provider's code of why it did not arrive. */
  errorCode?: string;
  /** Connectors that failed before the fallback: `mitto-2fa provider_refused`. */
  passedOver?: string[];
  /** Short keyed hash: distinguishes two numbers in the log. */
  phone?: string;
}

/** The part of a phone number's hash that may be logged. */
export async function phoneFact(phone: string, { service }: Context): Promise<string> {
  return (await keyedHash(service.keyring.current, 'log', phone)).slice(0, 8);
}
