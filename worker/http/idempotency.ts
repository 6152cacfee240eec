/** The `Idempotency-Key` header: one key and one message per user action. */
import * as v from 'valibot';
import { IdempotencyKeySchema } from '../../shared/api/requests.ts';
import { type Keyring, type Keys, keyedHash } from '../crypto/keyring.ts';
import { RequestError } from '../errors.ts';
import type { Idempotency } from '../rate-limit/phone/idempotency.ts';

/** @throws RequestError `idempotency_key_malformed` */
export function readIdempotencyKey(request: Request): string | undefined {
  const header = request.headers.get('Idempotency-Key');
  if (header === null) return undefined;
  if (!v.is(IdempotencyKeySchema, header))
    throw new RequestError({ kind: 'idempotency_key_malformed' });
  return header;
}

/**
 * @param scope whose key it is: two callers may use the same
 * @param asked the request, whatever the order of its members, at any depth
 */
export async function hashIdempotency(
  header: string,
  scope: string,
  asked: Readonly<Record<string, unknown>>,
  { current, previous }: Keyring,
): Promise<Idempotency> {
  const canonical = JSON.stringify(asked, (_name, value: unknown) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  );
  const hash = async (keys: Keys) => ({
    key: await keyedHash(keys, 'idempotency', `key ${scope} ${header}`),
    fingerprint: await keyedHash(keys, 'idempotency', `body ${canonical}`),
  });
  return { ...(await hash(current)), former: previous && (await hash(previous)) };
}
