import { randomUUID } from 'node:crypto';
import cookie from '@fastify/cookie';
import formbody from '@fastify/formbody';
import fastify from 'fastify';
import { ProofError, verifyProof } from 'mitto-otp/server';
import { nonceOf, signUpPage } from './sign-up-page.js';

const { OTP_URL, SITE_URL, PORT } = process.env;
if (!OTP_URL || !SITE_URL) throw new Error('OTP_URL and SITE_URL are not set');
const COOKIE = '__Host-visit';

const app = fastify();
app.register(cookie);
app.register(formbody);

app.get('/sign-up', async (request, reply) => {
  const visit = request.cookies[COOKIE] ?? randomUUID();
  reply.setCookie(COOKIE, visit, { path: '/', httpOnly: true, secure: true, sameSite: 'lax' });
  reply.header('Cache-Control', 'no-store').type('text/html');
  return signUpPage(nonceOf(visit));
});

app.post('/sign-up', async (request, reply) => {
  try {
    const proof = request.body?.['phone-proof'];
    const nonce = nonceOf(request.cookies[COOKIE]);
    const claims = await verifyProof(proof, { issuer: OTP_URL, audience: SITE_URL, nonce });
    return { phone: claims.phone_number };
  } catch (error) {
    if (!(error instanceof ProofError)) throw error;
    reply.status(error.code === 'keys_unavailable' ? 503 : 422);
    return { code: error.code };
  }
});

await app.listen({ port: Number(PORT) });
