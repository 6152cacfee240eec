/** The claims of a proof, for the Worker that signs and the server that verifies it. */
import * as v from 'valibot';
import type { Channel } from './channel.ts';

/** The `typ` of a proof's header. It prevents confusion with other tokens (RFC 8725, 3.11). */
export const PROOF_TYPE = 'phone-proof+jwt';
export const PROOF_ALGORITHM = 'EdDSA';

/** RFC 8176: `sms` for a text message, `tel` for a call. */
export const AMR_OF_CHANNEL = { sms: 'sms', voice: 'tel' } as const satisfies Record<
  Channel,
  string
>;

const Timestamp = v.pipe(v.number(), v.integer());

/** The claims of a proof. Times are seconds since 1970. */
export const ProofClaimsSchema = v.object({
  iss: v.string(),
  /** Exactly one origin. A list is rejected, even if it contains the site. */
  aud: v.string(),
  /** Identifies the phone to this site only. */
  sub: v.string(),
  phone_number: v.pipe(v.string(), v.regex(/^\+[1-9]\d{4,14}$/)),
  phone_number_verified: v.literal(true),
  amr: v.strictTuple([v.picklist(['sms', 'tel'])]),
  /** When the code was verified; renewals do not change it. */
  auth_time: Timestamp,
  iat: Timestamp,
  exp: Timestamp,
  /** The part before its last dot is the same in all proofs of one verification. */
  jti: v.string(),
  nonce: v.optional(v.string()),
  /** When this number was first verified by this Worker, rounded down to the day; absent where that is not known. */
  first_verified_at: v.optional(Timestamp),
});

export type ProofClaims = v.InferOutput<typeof ProofClaimsSchema>;
