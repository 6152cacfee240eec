import { type Keyring, keyedHash } from '../../crypto/keyring.ts';
import { clientKeyOf } from './ip-address.ts';

/** The client of a request as the limits know it: a keyed hash and, during a rotation, the one under former keys. */
export interface Client {
  hash: string;
  formerHash: string | undefined;
}

/** Floods come from few addresses, so their hashes are cached. In memory only. */
const MAX_REMEMBERED = 1_000;

export function createClientHash(keyring: Keyring): (headers: Headers) => Promise<Client> {
  const remembered = new Map<string, Client>();
  return async (headers) => {
    const key = clientKeyOf(headers);
    const known = remembered.get(key);
    if (known) return known;
    const { current, previous } = keyring;
    const client = {
      hash: await keyedHash(current, 'client', key),
      formerHash: previous && (await keyedHash(previous, 'client', key)),
    };
    const [oldest] = remembered.keys();
    if (remembered.size >= MAX_REMEMBERED && oldest !== undefined) remembered.delete(oldest);
    remembered.set(key, client);
    return client;
  };
}
