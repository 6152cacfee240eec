/**
 * `mitto-otp/server`: how a site's server checks a proof by itself. Runs wherever WebCrypto does: Node, Workers,
 * Deno, Bun.
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
} from './proof-claims.ts';

export type { ProofClaims };

/** Why a proof was refused. */
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
  /** The Worker's `PUBLIC_URL`, `https://otp.example.com`. The keys are read from there unless `keys` are given. */
  issuer: string;
  /** The origin of your own page, `https://www.example.com`. */
  audience: string;
  /**
   * The nonce that you gave to the page, if you gave one: a proof without it, or with another, is refused. Where this
   * is `undefined` or empty, because a visit has lost its own, every proof is; leave it out where you give none.
   */
  nonce?: string;
  /** The Worker's JWKS, when you would rather not fetch it. */
  keys?: JSONWebKeySet;
  /** Milliseconds since 1970; for tests. */
  now?: number;
}

/**
 * Checks signature, issuer, audience, lifetime and nonce of a proof and returns its claims.
 *
 * It does not know whether the proof was used before, or was renewed: remember what stands before the last dot of the
 * `jti` of the proofs that you took, which all proofs of one verification share, bind them to a `nonce`, or ask
 * `/v1/siteverify`, which takes one proof of a verification.
 *
 * @throws ProofError
 * @throws TypeError where `issuer` or `audience` is missing, as a variable of the environment may be: a proof of any
 * Worker, or for any site, would do.
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
  // Base64 can spell one signature in several ways. Only one is taken, so that a site that remembers the proofs that
  // it has seen by their text sees each once.
  const signature = proof.slice(proof.lastIndexOf('.') + 1);
  if (base64url.encode(base64url.decode(signature)) !== signature)
    throw new ProofError('malformed');
  const claims = v.safeParse(ProofClaimsSchema, payload);
  if (!claims.success) throw new ProofError('malformed');
  if ('nonce' in options && (!options.nonce || claims.output.nonce !== options.nonce))
    throw new ProofError('wrong_nonce');
  return claims.output;
}

/** One key set an issuer: `jose` caches the keys in it and asks again, seldom, for a key id that it does not know. */
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
  // A fetch that failed, or an answer other than 200, reaches us as a TypeError or a bare JOSEError.
  if (!(cause instanceof errors.JOSEError) || cause.code === 'ERR_JOSE_GENERIC')
    return 'keys_unavailable';
  return 'malformed';
}
