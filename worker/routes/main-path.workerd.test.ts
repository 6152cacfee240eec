import { describe, expect, it } from 'vitest';
import { verifyProof } from '../../shared/verify-proof.ts';
import { PHONE, proofOf, SITE, startService, WORKER } from '../testing/harness.ts';

describe('the main path', () => {
  it('turns a phone number into a proof that the site checks by itself', async () => {
    const service = startService();
    const sent = await service.send({ phone: '+49 1512 3456789', nonce: 'page-1' });
    expect(sent).toMatchObject({
      channel: 'sms',
      channels: ['sms', 'voice'],
      codeLength: 6,
      expiresIn: 600,
    });
    expect(sent.to).toBe('+49 •••••••••89');

    const { proof, expiresIn } = await proofOf(
      await service.verify(sent.session, service.codeOf()),
    );
    expect(expiresIn).toBe(300);
    const keys = await (await service.get('/.well-known/jwks.json')).json();
    const claims = await verifyProof(proof, {
      issuer: WORKER,
      audience: SITE,
      nonce: 'page-1',
      keys: keys as never,
      now: service.now(),
    });
    expect(claims).toMatchObject({
      phone_number: PHONE,
      phone_number_verified: true,
      amr: ['sms'],
      nonce: 'page-1',
    });
  });
});
