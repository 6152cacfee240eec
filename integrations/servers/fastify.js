import formbody from '@fastify/formbody';
import fastify from 'fastify';
import { ProofError, verifyProof } from 'mitto-otp/server';

const { OTP_URL, SITE_URL, PORT } = process.env;

const app = fastify();
app.register(formbody);

app.post('/sign-up', async (request, reply) => {
  try {
    const proof = request.body?.['phone-proof'];
    const claims = await verifyProof(proof, { issuer: OTP_URL, audience: SITE_URL });
    return { phone: claims.phone_number };
  } catch (error) {
    if (!(error instanceof ProofError)) throw error;
    reply.status(error.code === 'keys_unavailable' ? 503 : 422);
    return { code: error.code };
  }
});

await app.listen({ port: Number(PORT) });
