/** Reads a proof from its input and writes the number. */
import { text } from 'node:stream/consumers';
import { ProofError, verifyProof } from 'mitto-otp/server';

const { OTP_URL = '', SITE_URL = '' } = process.env;

try {
  const proof = (await text(process.stdin)).trim();
  const claims = await verifyProof(proof, { issuer: OTP_URL, audience: SITE_URL });
  process.stdout.write(`${claims.phone_number}\n`);
} catch (error) {
  if (!(error instanceof ProofError)) throw error;
  process.stderr.write(`${error.code}\n`);
  process.exitCode = 1;
}
