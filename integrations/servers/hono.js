import { serve } from '@hono/node-server';
import { Hono } from 'hono';
import { ProofError, verifyProof } from 'mitto-otp/server';

const { OTP_URL, SITE_URL, PORT } = process.env;

const app = new Hono();

app.post('/sign-up', async (context) => {
  try {
    const { 'phone-proof': proof } = await context.req.parseBody();
    const claims = await verifyProof(proof, { issuer: OTP_URL, audience: SITE_URL });
    return context.json({ phone: claims.phone_number });
  } catch (error) {
    if (!(error instanceof ProofError)) throw error;
    return context.json({ code: error.code }, error.code === 'keys_unavailable' ? 503 : 422);
  }
});

serve({ fetch: app.fetch, port: Number(PORT) });
