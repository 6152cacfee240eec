import { ProofError, verifyProof } from 'mitto-otp/server';

const { OTP_URL = '', SITE_URL = '' } = process.env;

export async function POST(request: Request): Promise<Response> {
  try {
    const proof = (await request.formData()).get('phone-proof');
    const claims = await verifyProof(String(proof), { issuer: OTP_URL, audience: SITE_URL });
    return Response.json({ phone: claims.phone_number });
  } catch (error) {
    if (!(error instanceof ProofError)) throw error;
    const status = error.code === 'keys_unavailable' ? 503 : 422;
    return Response.json({ code: error.code }, { status });
  }
}
