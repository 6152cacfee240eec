import express from 'express';
import { ProofError, verifyProof } from 'mitto-otp/server';

const { OTP_URL, SITE_URL, PORT } = process.env;

const app = express();
app.use(express.urlencoded());

app.post('/sign-up', async (request, response) => {
  try {
    const proof = request.body?.['phone-proof'];
    const claims = await verifyProof(proof, { issuer: OTP_URL, audience: SITE_URL });
    response.json({ phone: claims.phone_number });
  } catch (error) {
    if (!(error instanceof ProofError)) throw error;
    response.status(error.code === 'keys_unavailable' ? 503 : 422).json({ code: error.code });
  }
});

app.listen(PORT);
