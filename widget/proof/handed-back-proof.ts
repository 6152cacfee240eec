import type { Channel } from '../../shared/api/channel.ts';

/** The unverified claims of a proof, for display: only the site's server verifies it. */
export interface HandedBackProof {
  proof: string;
  phone: string;
  channel: Channel;
  /** Milliseconds; of the wall clock until the flow has it, and then of its own. */
  expiresAt: number;
}

export interface ProofDemands {
  /** Of the page: a proof of another site is none here. */
  origin: string;
  nonce: string | undefined;
  now: number;
}

/** A proof as the Worker makes it, for this page, and not expired by the visitor's clock; or nothing. */
export function readProof(proof: string, wanted: ProofDemands): HandedBackProof | null {
  const parts = proof.split('.');
  if (parts.length !== 3 || !parts.every((part) => /^[\w-]+$/.test(part))) return null;
  const [header, claims] = parts.slice(0, 2).map(decoded);
  if (!header || !claims) return null;
  const { aud, exp, phone_number: phone, phone_number_verified: isVerified, amr } = claims;
  const expiresAt = typeof exp === 'number' ? exp * 1000 : 0;
  const isOurs = header['typ'] === 'phone-proof+jwt' && isVerified === true;
  const isForHere = aud === wanted.origin && (!wanted.nonce || claims['nonce'] === wanted.nonce);
  if (!isOurs || !isForHere || !(expiresAt > wanted.now)) return null;
  if (typeof phone !== 'string' || !/^\+[1-9]\d{6,14}$/.test(phone)) return null;
  const isCall = Array.isArray(amr) && amr.includes('tel');
  return { proof, phone, channel: isCall ? 'voice' : 'sms', expiresAt };
}

function decoded(part: string): Record<string, unknown> | null {
  try {
    const bytes = Uint8Array.from(atob(part.replaceAll('-', '+').replaceAll('_', '/')), (char) =>
      char.charCodeAt(0),
    );
    const value: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
    return isRecord(value) ? value : null;
  } catch {
    return null;
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
