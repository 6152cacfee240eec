import { randomUUID } from 'node:crypto';
import cookieParser from 'cookie-parser';
import express from 'express';
import { ProofError, verifyProof } from 'mitto-otp/server';
import { nonceOf, signUpPage } from './sign-up-page.js';

const { OTP_URL, SITE_URL, PORT } = process.env;
if (!OTP_URL || !SITE_URL) throw new Error('OTP_URL and SITE_URL are not set');
const COOKIE = '__Host-visit';

const app = express();
app.use(cookieParser(), express.urlencoded());

app.get('/sign-up', (request, response) => {
  const visit = request.cookies[COOKIE] ?? randomUUID();
  response.cookie(COOKIE, visit, { path: '/', httpOnly: true, secure: true, sameSite: 'lax' });
  response.set('Cache-Control', 'no-store').send(signUpPage(nonceOf(visit)));
});

app.post('/sign-up', async (request, response) => {
  try {
    const proof = request.body?.['phone-proof'];
    const nonce = nonceOf(request.cookies[COOKIE]);
    const claims = await verifyProof(proof, { issuer: OTP_URL, audience: SITE_URL, nonce });
    response.json({ phone: claims.phone_number });
  } catch (error) {
    if (!(error instanceof ProofError)) throw error;
    response.status(error.code === 'keys_unavailable' ? 503 : 422).json({ code: error.code });
  }
});

app.listen(PORT);
