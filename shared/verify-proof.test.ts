/** With the keys and the signature of the Worker, because what it signs is what a site has to be able to check. */
import * as fc from 'fast-check';
import { base64url, exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { deriveKeyring, type Keyring } from '../worker/crypto/keyring.ts';
import { publicKeys, signProof } from '../worker/otp/proof.ts';
import type { Session } from '../worker/otp/session.ts';
import type { E164 } from './phone-number/e164.ts';
import {
  type ProofClaims,
  ProofError,
  type ProofErrorCode,
  type VerifyProofOptions,
  verifyProof,
} from './verify-proof.ts';

const ISSUER = 'https://otp.example.com';
const SITE = 'https://www.example.com';
const VERIFIED_AT_MS = Date.parse('2026-11-20T12:00:00.750Z');
const VERIFIED_AT = Math.floor(VERIFIED_AT_MS / 1000);

const SESSION: Session = {
  id: 'session-1',
  site: SITE,
  phone: '+4915123456789' as E164,
  country: 'DE',
  callingCode: '49',
  connector: 'mitto-2fa',
  service: '2FA',
  requestId: 'OTP1',
  gateKeysId: 'key-1',
  send: 1,
  channel: 'sms',
  codeLength: 6,
  expiresAtMs: VERIFIED_AT_MS + 600_000,
};

let keyring: Keyring;
let proof: string;

beforeAll(async () => {
  keyring = await deriveKeyring('a secret of at least thirty-two bytes', undefined);
  proof = await signed();
});

function signed(session: Partial<Session> = {}, keys = keyring): Promise<string> {
  return signProof(
    { ...SESSION, ...session },
    {
      keyring: keys,
      issuer: ISSUER,
      lifetimeSeconds: 300,
      verifiedAtMs: VERIFIED_AT_MS,
      id: 'proof-1',
    },
  );
}

/** A token with our own key that is not quite a proof. */
function nearly(claims: JWTPayload = {}, header: object = {}): Promise<string> {
  return new SignJWT({ ...claimsOf(proof), ...claims })
    .setProtectedHeader({
      alg: 'EdDSA',
      typ: 'phone-proof+jwt',
      kid: keyring.current.proof.publicJwk.kid,
      ...header,
    })
    .sign(keyring.current.proof.privateKey);
}

function claimsOf(token: string): ProofClaims {
  return JSON.parse(new TextDecoder().decode(base64url.decode(token.split('.')[1] ?? '')));
}

function check(token: string, options: Partial<VerifyProofOptions> = {}): Promise<ProofClaims> {
  return verifyProof(token, {
    issuer: ISSUER,
    audience: SITE,
    keys: publicKeys(keyring),
    now: VERIFIED_AT_MS,
    ...options,
  });
}

async function refusal(
  token: string,
  options?: Partial<VerifyProofOptions>,
): Promise<ProofErrorCode> {
  const error = await check(token, options).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(ProofError);
  return (error as ProofError).code;
}

/** The token with one part put in place of another. */
function withPart(index: 0 | 1 | 2, part: string | Uint8Array): string {
  const parts = proof.split('.');
  parts[index] = typeof part === 'string' ? part : base64url.encode(part);
  return parts.join('.');
}

const encoded = (value: unknown) => base64url.encode(JSON.stringify(value));

describe('verifyProof', () => {
  it('gives the claims of a proof', async () => {
    expect(await check(proof)).toEqual({
      iss: ISSUER,
      aud: SITE,
      sub: expect.stringMatching(/^[\w-]{22}$/),
      phone_number: '+4915123456789',
      phone_number_verified: true,
      amr: ['sms'],
      auth_time: VERIFIED_AT,
      iat: VERIFIED_AT,
      exp: VERIFIED_AT + 300,
      jti: 'proof-1',
    });
  });

  it('tells a call from a text message', async () => {
    expect(await check(await signed({ channel: 'voice' }))).toMatchObject({ amr: ['tel'] });
  });

  it('names one phone differently to each site, and alike to one', async () => {
    const { sub } = await check(proof);
    const elsewhere = await signed({ site: 'https://shop.example.org' });
    expect(await check(elsewhere, { audience: 'https://shop.example.org' })).not.toMatchObject({
      sub,
    });
    expect(await check(await signed({ id: 'session-2' }))).toMatchObject({ sub });
    expect(sub).not.toContain('4915123456789');
  });

  it('takes a proof until its last second and not in it', async () => {
    const expiresAtMs = (VERIFIED_AT + 300) * 1000;
    expect(await check(proof, { now: expiresAtMs - 1 })).toBeTruthy();
    expect(await refusal(proof, { now: expiresAtMs })).toBe('expired');
  });

  it('takes a proof of the keys before, as long as they are published', async () => {
    const rotated = await deriveKeyring(
      'another secret of at least thirty-two bytes',
      'a secret of at least thirty-two bytes',
    );
    expect(await check(proof, { keys: publicKeys(rotated) })).toBeTruthy();
    expect(await check(await signed({}, rotated), { keys: publicKeys(rotated) })).toBeTruthy();
    const after = await deriveKeyring('another secret of at least thirty-two bytes', undefined);
    expect(await refusal(proof, { keys: publicKeys(after) })).toBe('unknown_key');
  });

  it('holds a proof to the nonce of the page', async () => {
    const bound = await signed({ nonce: 'page-1' });
    expect(await check(bound, { nonce: 'page-1' })).toMatchObject({ nonce: 'page-1' });
    expect(await refusal(bound, { nonce: 'page-2' })).toBe('wrong_nonce');
    expect(await refusal(bound, { nonce: '' })).toBe('wrong_nonce');
    expect(await refusal(proof, { nonce: 'page-1' })).toBe('wrong_nonce');
  });

  it('takes no proof for a visit that has lost its nonce', async () => {
    for (const nonce of [undefined, null, '']) {
      const lost = { nonce } as unknown as { nonce: string };
      expect(await refusal(proof, lost), String(nonce)).toBe('wrong_nonce');
      expect(await refusal(await signed({ nonce: '' }), lost), String(nonce)).toBe('wrong_nonce');
    }
  });

  it.each(['issuer', 'audience'])('rejects every proof without the %s', async (name) => {
    for (const nothing of [undefined, null, '', [], [ISSUER, SITE]])
      await expect(check(proof, { [name]: nothing }), String(nothing)).rejects.toThrow(
        new TypeError(`mitto-otp: verifyProof needs ${name}, a text that is not empty`),
      );
  });

  it('refuses a proof of another issuer or for another site', async () => {
    expect(await refusal(proof, { issuer: 'https://otp.example.org' })).toBe('wrong_issuer');
    expect(await refusal(proof, { issuer: `${ISSUER}/` })).toBe('wrong_issuer');
    expect(await refusal(proof, { audience: 'https://shop.example.org' })).toBe('wrong_audience');
    expect(await refusal(proof, { audience: 'http://www.example.com' })).toBe('wrong_audience');
    expect(await refusal(proof, { audience: `${SITE}/` })).toBe('wrong_audience');
  });

  it('refuses a proof of a key that it does not know', async () => {
    const stranger = await deriveKeyring('the secret of somebody else altogether', undefined);
    expect(await refusal(await signed({}, stranger))).toBe('unknown_key');
  });
});

describe('a forged proof is refused', () => {
  it('by every bit of its signature', async () => {
    const signature = base64url.decode(proof.split('.')[2] ?? '');
    expect(signature).toHaveLength(64);
    for (let bit = 0; bit < 512; bit += 1) {
      const flipped = signature.slice();
      flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      expect(await refusal(withPart(2, flipped)), `bit ${bit}`).toBe('bad_signature');
    }
  });

  it('by every bit of its text', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(proof.length - 1), fc.nat(6), async (at, bit) => {
        const character = String.fromCharCode(proof.charCodeAt(at) ^ (1 << bit));
        await refusal(proof.slice(0, at) + character + proof.slice(at + 1));
      }),
      { numRuns: 500 },
    );
  });

  it('by every character of its text that is another one', async () => {
    const characters = fc.constantFrom(
      ...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_+/=. \n',
    );
    await fc.assert(
      fc.asyncProperty(fc.nat(proof.length - 1), characters, async (at, character) => {
        fc.pre(character !== proof[at]);
        await refusal(proof.slice(0, at) + character + proof.slice(at + 1));
      }),
      { numRuns: 500 },
    );
  });

  it('when one signature is spelt in another way', async () => {
    const last = proof.at(-1) ?? '';
    const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
    const same = alphabet[alphabet.indexOf(last) + 1] ?? '';
    expect(base64url.decode(proof.slice(-86))).toEqual(
      base64url.decode(proof.slice(-86, -1) + same),
    );
    for (const other of [
      proof.slice(0, -1) + same,
      `${proof}=`,
      `${proof}==`,
      `${proof}\n`,
      `${proof} `,
    ])
      expect(await refusal(other), JSON.stringify(other.slice(-4))).toBe('malformed');
  });

  it('when the number in it is another one', async () => {
    const claims = { ...claimsOf(proof), phone_number: '+4915123456780' };
    expect(await refusal(withPart(1, encoded(claims)))).toBe('bad_signature');
  });

  it('when it is not signed', async () => {
    for (const alg of ['none', 'None', 'NONE', '']) {
      const header = encoded({ alg, typ: 'phone-proof+jwt' });
      expect(await refusal(`${header}.${proof.split('.')[1]}.`), alg).toBe('malformed');
    }
  });

  it('when it is signed with our public key as if that were a secret', async () => {
    const { publicJwk } = keyring.current.proof;
    for (const secret of [base64url.decode(publicJwk.x ?? ''), JSON.stringify(publicJwk)]) {
      const token = await new SignJWT({ ...claimsOf(proof) })
        .setProtectedHeader({ alg: 'HS256', typ: 'phone-proof+jwt', kid: publicJwk.kid })
        .sign(typeof secret === 'string' ? new TextEncoder().encode(secret) : secret);
      expect(await refusal(token)).toBe('malformed');
    }
  });

  it('when it is signed by another algorithm, even with a key that is published', async () => {
    const { privateKey, publicKey } = await generateKeyPair('ES256');
    const other = { ...(await exportJWK(publicKey)), kid: 'other', alg: 'ES256' };
    const token = await new SignJWT({ ...claimsOf(proof) })
      .setProtectedHeader({ alg: 'ES256', typ: 'phone-proof+jwt', kid: 'other' })
      .sign(privateKey);
    const keys = { keys: [...publicKeys(keyring).keys, other] };
    expect(await refusal(token, { keys })).toBe('malformed');
  });

  it('when it brings its own key along', async () => {
    const stranger = await deriveKeyring('the secret of somebody else altogether', undefined);
    const { privateKey, publicJwk } = stranger.current.proof;
    const token = await new SignJWT({ ...claimsOf(proof) })
      .setProtectedHeader({
        alg: 'EdDSA',
        typ: 'phone-proof+jwt',
        kid: keyring.current.proof.publicJwk.kid,
        jwk: publicJwk,
        jku: 'https://evil.example/jwks.json',
      })
      .sign(privateKey);
    expect(await refusal(token)).toBe('bad_signature');
  });
});

describe('a token of the same keys that is not a proof is refused', () => {
  it.each([
    ['of another type', {}, { typ: 'JWT' }],
    ['of no type', {}, { typ: undefined }],
    ['for a list of sites with ours in it', { aud: [SITE] }, {}],
    ['for two sites', { aud: [SITE, 'https://shop.example.org'] }, {}],
    ['of a number that was not verified', { phone_number_verified: false }, {}],
    ['of a number that is text', { phone_number_verified: 'true' }, {}],
    ['of something that is no number', { phone_number: '015123456789' }, {}],
    ['without a number', { phone_number: undefined }, {}],
    ['without an id', { jti: undefined }, {}],
    ['without an end', { exp: undefined }, {}],
    ['with an end that is text', { exp: '9999999999' }, {}],
    ['with no method', { amr: [] }, {}],
    ['with another method', { amr: ['pwd'] }, {}],
    ['with two methods', { amr: ['sms', 'tel'] }, {}],
    ['that is not valid yet', { nbf: VERIFIED_AT + 60 }, {}],
  ])('%s', async (_what, claims, header) => {
    expect(await refusal(await nearly(claims as JWTPayload, header))).toBe('malformed');
  });

  it.each([
    ['of no issuer', { iss: undefined }, 'wrong_issuer'],
    ['of a list of issuers', { iss: [ISSUER] }, 'wrong_issuer'],
    ['for no site', { aud: undefined }, 'wrong_audience'],
    ['for an empty list of sites', { aud: [] }, 'wrong_audience'],
    ['that has lapsed', { exp: VERIFIED_AT }, 'expired'],
  ])('%s', async (_what, claims, code) => {
    expect(await refusal(await nearly(claims as unknown as JWTPayload))).toBe(code);
  });

  it('and so is what is no token at all', async () => {
    for (const text of ['', '.', '..', 'a.b', 'a.b.c', 'a.b.c.d', '{}', 'null', proof.slice(0, -1)])
      expect(await refusal(text), JSON.stringify(text)).toMatch(/^(malformed|bad_signature)$/);
    for (const odd of [undefined, null, 1, {}, [proof]])
      expect(await refusal(odd as never), String(odd)).toBe('malformed');
  });
});

describe('the keys, when they are not given', () => {
  afterEach(() => vi.unstubAllGlobals());

  /** Each test asks another issuer, because the keys of one are kept. */
  function published(answer: () => Response | Promise<Response>): { asked: string[] } {
    const asked: string[] = [];
    vi.stubGlobal('fetch', async (url: string) => {
      asked.push(String(url));
      return await answer();
    });
    return { asked };
  }

  async function checkAt(issuer: string): Promise<ProofClaims> {
    const token = await nearly({ iss: issuer });
    return verifyProof(token, { issuer, audience: SITE, now: VERIFIED_AT_MS });
  }

  it('are read from the issuer, and once', async () => {
    const { asked } = published(() => Response.json(publicKeys(keyring)));
    expect(await checkAt('https://one.example')).toMatchObject({ phone_number: SESSION.phone });
    await checkAt('https://one.example');
    expect(asked).toEqual(['https://one.example/.well-known/jwks.json']);
  });

  it.each<[string, () => Response | Promise<Response>]>([
    ['cannot be reached', () => Promise.reject(new TypeError('fetch failed'))],
    ['is down', () => new Response('no', { status: 503 })],
    ['answers with a page', () => new Response('<html>')],
    ['answers too late', () => Promise.reject(new DOMException('late', 'TimeoutError'))],
  ])('are unavailable when the issuer %s', async (what, answer) => {
    published(answer);
    const issuer = `https://${what.replaceAll(' ', '-')}.example`;
    await expect(checkAt(issuer)).rejects.toMatchObject({ code: 'keys_unavailable' });
  });

  it('are not asked for by a token that is no proof', async () => {
    const { asked } = published(() => Response.json(publicKeys(keyring)));
    const options = { issuer: 'https://two.example', audience: SITE };
    await expect(verifyProof('a.b.c', options)).rejects.toMatchObject({ code: 'malformed' });
    expect(asked).toEqual([]);
  });
});
