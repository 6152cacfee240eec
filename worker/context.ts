import { keyedHash } from './keys.ts';
import { clientKeyOf } from './limits/client-address.ts';
import type { Runtime, Service } from './service.ts';

/** What a route has at hand. */
export interface Context {
  service: Service;
  runtime: Runtime;
  /** Keeps work alive when the client hangs up. */
  waitUntil(promise: Promise<unknown>): void;
  /** What the log line of this request will say. Routes add to it; nothing here may name a person. */
  facts: RequestFacts;
}

export interface RequestFacts {
  site?: string;
  country?: string;
  channel?: string;
  /** Keyed, short: tells two numbers apart in the log and nothing more. */
  phone?: string;
}

/** The client of a request as the limits know it: a keyed hash and, during a rotation, the one under former keys. */
export interface Client {
  hash: string;
  formerHash: string | undefined;
}

export async function clientOf(request: Request, { service }: Context): Promise<Client> {
  const { current, previous } = service.keyring;
  const key = clientKeyOf(request.headers);
  const hash = await keyedHash(current, 'client', key);
  return { hash, formerHash: previous && (await keyedHash(previous, 'client', key)) };
}

/** What of a phone number may stand in the log. */
export async function phoneFact(phone: string, { service }: Context): Promise<string> {
  return (await keyedHash(service.keyring.current, 'log', phone)).slice(0, 8);
}
