import { createHash, randomUUID } from 'node:crypto';
import { ProofError, verifyProof } from 'mitto-otp/server';
import { cookies } from 'next/headers';

const { OTP_URL = '', SITE_URL = '' } = process.env;
const COOKIE = '__Host-visit';

/** Without a cookie the nonce is empty, which matches no proof. */
const nonceOf = (visit = '') => visit && createHash('sha256').update(visit).digest('base64url');

/** The page requests the nonce before it loads the element. */
export async function GET(): Promise<Response> {
  const jar = await cookies();
  const visit = jar.get(COOKIE)?.value ?? randomUUID();
  jar.set(COOKIE, visit, { path: '/', httpOnly: true, secure: true, sameSite: 'lax' });
  return Response.json({ nonce: nonceOf(visit) }, { headers: { 'Cache-Control': 'no-store' } });
}

export async function POST(request: Request): Promise<Response> {
  try {
    const form = await request.formData().catch(() => undefined);
    const nonce = nonceOf((await cookies()).get(COOKIE)?.value);
    const options = { issuer: OTP_URL, audience: SITE_URL, nonce };
    const claims = await verifyProof(String(form?.get('phone-proof')), options);
    return Response.json({ phone: claims.phone_number });
  } catch (error) {
    if (!(error instanceof ProofError)) throw error;
    const status = error.code === 'keys_unavailable' ? 503 : 422;
    return Response.json({ code: error.code }, { status });
  }
}
