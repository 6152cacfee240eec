import { RequestError } from './errors.ts';
import type { Context } from './request-context.ts';
import { TimeoutError } from './util/with-timeout.ts';

/**
 * Each store has a deadline of its own; together they get this much. After it the provider is not called any more: a
 * visitor would have given up before it answers, and a message would come for nobody.
 */
const STORES_DEADLINE_MS = 6_000;

/** An answer is promised within nine, and one provider may take eight: a second one is asked in the first second only. */
const ANOTHER_DEADLINE_MS = 1_000;

export function hasTimeForAnother({ runtime, startedAtMs }: Context): boolean {
  return runtime.now() - startedAtMs <= ANOTHER_DEADLINE_MS;
}

/** The last look before what cannot be undone. @throws RequestError `store_unavailable` */
export function requireTimeLeft({ runtime, startedAtMs }: Context): void {
  if (runtime.now() - startedAtMs > STORES_DEADLINE_MS)
    throw new RequestError({
      kind: 'store_unavailable',
      cause: new TimeoutError(STORES_DEADLINE_MS),
    });
}
