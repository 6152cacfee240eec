/** `GET /.well-known/jwks.json`: the public keys of the proofs (RFC 7517). */

import { json } from '../../http/responses.ts';
import { publicKeys } from '../../otp/proof.ts';
import type { Context } from '../../request-context.ts';

/** Sites ask again for a key that they do not know; no copy on the way may hide it for longer than a proof lives. */
const CACHE_CONTROL = 'public, max-age=300';

export function jwks(_request: Request, { service }: Context): Response {
  return json(publicKeys(service.keyring), {
    headers: {
      'Content-Type': 'application/jwk-set+json',
      'Cache-Control': CACHE_CONTROL,
      'Access-Control-Allow-Origin': '*',
      'Cross-Origin-Resource-Policy': 'cross-origin',
    },
  });
}
