/**
 * `POST /v1/siteverify`: a site's server asks whether a proof is good, in the manner of the well-known captcha
 * services. A proof succeeds once, and so does the verification that it is of, whichever of its proofs is shown.
 */

import type { ProofClaims } from '../../../shared/api/proof-claims.ts';
import { SiteverifyRequestSchema } from '../../../shared/api/requests.ts';
import type { SiteverifyAnswer } from '../../../shared/api/responses.ts';
import type { E164 } from '../../../shared/phone-number/e164.ts';
import { ProofError, type ProofErrorCode, verifyProof } from '../../../shared/verify-proof.ts';
import { keysById } from '../../crypto/keyring.ts';
import { timingSafeEqual } from '../../crypto/timing-safe-equal.ts';
import { RequestError } from '../../errors.ts';
import { readJsonOrForm } from '../../http/read-body.ts';
import { json } from '../../http/responses.ts';
import { audienceOf, publicKeys, signingKeysOf } from '../../otp/proof.ts';
import { readProofId } from '../../otp/proof-id.ts';
import type { Context } from '../../request-context.ts';

export async function siteverify(request: Request, context: Context): Promise<Response> {
  const { service, runtime } = context;
  const { SITE_SECRET: siteSecret, PUBLIC_URL: issuer, ALLOWED_ORIGINS } = service.config;
  if (siteSecret === undefined)
    throw new RequestError({
      kind: 'misconfigured',
      problems: [{ setting: 'SITE_SECRET', problem: 'is missing' }],
    });
  const { secret, response: proof, nonce } = await readJsonOrForm(request, SiteverifyRequestSchema);
  await service.burst((await service.clientOf(request.headers)).hash);

  if (!secret) return failure('missing-input-secret');
  if (!(await timingSafeEqual(secret, siteSecret))) return failure('invalid-input-secret');
  if (!proof) return failure('missing-input-response');
  const audience = audienceOf(proof);
  if (audience === undefined || !ALLOWED_ORIGINS.includes(audience))
    return failure('invalid-input-response');

  try {
    const keys = publicKeys(service.keyring);
    const claims = await verifyProof(proof, {
      issuer,
      audience,
      keys,
      now: runtime.now(),
      ...(nonce === undefined ? {} : { nonce }),
    });
    context.facts.site = claims.aud;
    if (!(await redeem(proof, claims, context))) return failure('timeout-or-duplicate');
    return answer({
      success: true,
      phone: claims.phone_number,
      channel: claims.amr[0] === 'tel' ? 'voice' : 'sms',
      challenge_ts: new Date(claims.auth_time * 1000).toISOString(),
      hostname: new URL(claims.aud).hostname,
      ...(claims.nonce === undefined ? {} : { nonce: claims.nonce }),
      'error-codes': [],
    });
  } catch (error) {
    if (error instanceof ProofError) return failure(errorCodeOf(error.code));
    throw error;
  }
}

/**
 * Whether this is the first proof of its verification to be redeemed: one that was renewed is no second one to spend.
 * @throws ProofError for one whose phone's object was opened under a key that is known no more
 */
async function redeem(proof: string, claims: ProofClaims, { service }: Context): Promise<boolean> {
  const { config, keyring } = service;
  const named = readProofId(claims.jti);
  if (named && !keysById(keyring, named.gateKeysId)) throw new ProofError('unknown_key');
  const keysId = named?.gateKeysId ?? signingKeysOf(proof, keyring)?.id;
  const gate = await service.gates(claims.phone_number as E164, keysId);
  // Remembered until the last proof that the verification may have given is dead.
  const lastProofEndsAt = claims.auth_time + config.PROOF_RENEW_SECONDS + config.PROOF_SECONDS;
  return gate.redeem({
    id: named?.sessionId ?? claims.jti,
    expiresAtMs: Math.max(claims.exp, named ? lastProofEndsAt : 0) * 1000,
  });
}

function errorCodeOf(code: ProofErrorCode): string {
  if (code === 'expired') return 'timeout-or-duplicate';
  if (code === 'wrong_nonce') return 'nonce-mismatch';
  return 'invalid-input-response';
}

function failure(code: string): Response {
  return answer({ success: false, 'error-codes': [code] });
}

function answer(body: SiteverifyAnswer): Response {
  return json(body);
}
