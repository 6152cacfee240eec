/**
 * `mitto-otp/server`: verifies a proof on a site's server. Runs wherever WebCrypto does: Node, Workers, Deno, Bun.
 */
import {
  base64url,
  createLocalJWKSet,
  createRemoteJWKSet,
  errors,
  type JSONWebKeySet,
  jwtVerify,
} from 'jose';
import * as v from 'valibot';
import {
  PROOF_ALGORITHM,
  PROOF_TYPE,
  type ProofClaims,
  ProofClaimsSchema,
} from './api/proof-claims.ts';

export type { ProofClaims };

/** Why a proof was rejected. */
export type ProofErrorCode =
  | 'malformed'
  | 'unknown_key'
  | 'bad_signature'
  | 'wrong_issuer'
  | 'wrong_audience'
  | 'wrong_nonce'
  | 'expired'
  | 'keys_unavailable';

export class ProofError extends Error {
  override readonly name = 'ProofError';
  readonly code: ProofErrorCode;

  constructor(code: ProofErrorCode, cause?: unknown) {
    super(`The proof was refused: ${code}`, { cause });
    this.code = code;
  }
}

export interface VerifyProofOptions {
  /** The Worker's `PUBLIC_URL`, `https://otp.example.com`. Keys are fetched from there unless `keys` is set. */
  issuer: string;
  /** The origin of your page, `https://www.example.com`. */
  audience: string;
  /**
   * The nonce that you put into the page: a proof without it, or with another one, is rejected. If the option is `undefined`
   * or empty, because a visit has lost its nonce, every proof is rejected; omit the option if you use no nonces.
   */
  nonce?: string;
  /** The Worker's JWKS, to avoid fetching it. */
  keys?: JSONWebKeySet;
  /** Milliseconds since 1970; for tests. */
  now?: number;
}

/**
 * Verifies signature, issuer, audience, expiry and nonce of a proof and returns its claims.
 *
 * It does not detect replays: store the part before the last dot of `jti`, which all proofs of one verification share, bind
 * proofs to a `nonce`, or call `/v1/siteverify`, which accepts one proof per verification.
 *
 * @throws ProofError
 * @throws TypeError if `issuer` or `audience` is missing, for example an unset environment variable: otherwise a proof of
 * any Worker, or for any site, would pass.
 */
export async function verifyProof(
  proof: string,
  options: VerifyProofOptions,
): Promise<ProofClaims> {
  for (const name of ['issuer', 'audience'] as const)
    if (typeof options[name] !== 'string' || options[name] === '')
      throw new TypeError(`mitto-otp: verifyProof needs ${name}, a text that is not empty`);
  const keys = options.keys ? createLocalJWKSet(options.keys) : remoteKeysOf(options.issuer);
  let payload: unknown;
  try {
    ({ payload } = await jwtVerify(proof, keys, {
      issuer: options.issuer,
      audience: options.audience,
      algorithms: [PROOF_ALGORITHM],
      typ: PROOF_TYPE,
      currentDate: new Date(options.now ?? Date.now()),
    }));
  } catch (cause) {
    throw new ProofError(codeOf(cause), cause);
  }
  // Base64 can encode one signature in several ways. Only one is accepted, so that a site that stores proofs by their text
  // detects replays.
  const signature = proof.slice(proof.lastIndexOf('.') + 1);
  if (base64url.encode(base64url.decode(signature)) !== signature)
    throw new ProofError('malformed');
  const claims = v.safeParse(ProofClaimsSchema, payload);
  if (!claims.success) throw new ProofError('malformed');
  if ('nonce' in options && (!options.nonce || claims.output.nonce !== options.nonce))
    throw new ProofError('wrong_nonce');
  return claims.output;
}

/** One key set per issuer: `jose` caches its keys and fetches again, rate-limited, for an unknown key id. */
const remoteKeys = new Map<string, ReturnType<typeof createRemoteJWKSet>>();

function remoteKeysOf(issuer: string): ReturnType<typeof createRemoteJWKSet> {
  let keys = remoteKeys.get(issuer);
  if (!keys) {
    keys = createRemoteJWKSet(new URL('/.well-known/jwks.json', issuer));
    remoteKeys.set(issuer, keys);
  }
  return keys;
}

function codeOf(cause: unknown): ProofErrorCode {
  if (cause instanceof errors.JWTExpired) return 'expired';
  if (cause instanceof errors.JWTClaimValidationFailed) {
    if (cause.claim === 'iss') return 'wrong_issuer';
    if (cause.claim === 'aud') return 'wrong_audience';
    return 'malformed';
  }
  if (cause instanceof errors.JWKSNoMatchingKey) return 'unknown_key';
  if (cause instanceof errors.JWSSignatureVerificationFailed) return 'bad_signature';
  if (cause instanceof errors.JWKSTimeout) return 'keys_unavailable';
  // A failed fetch, or a status other than 200, is a TypeError or a bare JOSEError.
  if (!(cause instanceof errors.JOSEError) || cause.code === 'ERR_JOSE_GENERIC')
    return 'keys_unavailable';
  return 'malformed';
}
