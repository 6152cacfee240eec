import { readBasicAuth } from '../basic-auth.ts';
import { RequestError } from '../envelope.ts';

export interface Credentials {
  /** `AC` and 32 hex digits. */
  readonly accountId: string;
  readonly apiKey: string;
}

/**
 * HTTP Basic with the account as user and the key as password: documented. What a wrong key gets is not; 401 and
 * the envelope are assumed. The comparison may take its time: there is no secret here to guess.
 *
 * @throws RequestError
 */
export function requireCredentials(
  authorization: string | null,
  { accountId, apiKey }: Credentials,
): void {
  const given = readBasicAuth(authorization);
  if (given?.user === accountId && given.password === apiKey) return;
  throw new RequestError(401, 'Unauthorized', {
    'WWW-Authenticate': 'Basic realm="Mitto sandbox"',
  });
}
