import { RequestError } from '../errors.ts';
import { withTimeout } from '../util/with-timeout.ts';

const OBJECT_DEADLINE_MS = 3_000;

/**
 * A call of a Durable Object, bounded. Down, overloaded, reset or hanging is all one: a store that is not there
 * closes the door. The answer's type is named by the caller, because the types of RPC take a union apart.
 *
 * @throws RequestError `store_unavailable`
 */
export async function callDurableObject<Answer>(call: PromiseLike<unknown>): Promise<Answer> {
  try {
    return (await withTimeout(call, OBJECT_DEADLINE_MS)) as Answer;
  } catch (cause) {
    throw new RequestError({ kind: 'store_unavailable', cause });
  }
}
