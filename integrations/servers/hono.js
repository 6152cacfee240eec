import { randomUUID } from 'node:crypto';
import { serve } from '@hono/node-server';
import { Hono } from 'hono';
import { getCookie, setCookie } from 'hono/cookie';
import { ProofError, verifyProof } from 'mitto-otp/server';
import { nonceOf, signUpPage } from './sign-up-page.js';

const { OTP_URL, SITE_URL, PORT } = process.env;
if (!OTP_URL || !SITE_URL) throw new Error('OTP_URL and SITE_URL are not set');
const COOKIE = '__Host-visit';

const app = new Hono();

app.get('/sign-up', (context) => {
  const visit = getCookie(context, COOKIE) ?? randomUUID();
  setCookie(context, COOKIE, visit, { path: '/', httpOnly: true, secure: true, sameSite: 'Lax' });
  context.header('Cache-Control', 'no-store');
  return context.html(signUpPage(nonceOf(visit)));
});

app.post('/sign-up', async (context) => {
  try {
    const { 'phone-proof': proof } = await context.req.parseBody().catch(() => ({}));
    const nonce = nonceOf(getCookie(context, COOKIE));
    const claims = await verifyProof(proof, { issuer: OTP_URL, audience: SITE_URL, nonce });
    return context.json({ phone: claims.phone_number });
  } catch (error) {
    if (!(error instanceof ProofError)) throw error;
    return context.json({ code: error.code }, error.code === 'keys_unavailable' ? 503 : 422);
  }
});

serve({ fetch: app.fetch, port: Number(PORT) });
