/**
 * Two versions side by side, as in a gradual roll-out or after a rollback: what one has written, the other reads. A later
 * version may have written more than this one knows, an earlier one less.
 */
import { listDurableObjectIds, runInDurableObject } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { describe, expect, it } from 'vitest';
import { deriveKeyring } from '../../worker/crypto/keyring.ts';
import { seal, unseal } from '../../worker/crypto/seal.ts';
import { codeOf, PHONE, proofOf, SETTINGS, startService } from '../support/worker/harness.ts';

type Members = Record<string, unknown>;

async function rewriteSession(session: string, change: (members: Members) => Members) {
  const keyring = await deriveKeyring(SETTINGS.OTP_SECRET, undefined);
  const text = (await unseal(session, 'session', keyring)) ?? '';
  return seal(JSON.stringify(change(JSON.parse(text) as Members)), 'session', keyring);
}

async function rewriteRecord(change: (ledger: Members) => Members): Promise<void> {
  const [id] = await listDurableObjectIds(env.PHONE_GATE);
  if (!id) throw new Error('no gate');
  await runInDurableObject(env.PHONE_GATE.get(id), (_gate, { storage }) => {
    storage.kv.put('ledger', change(storage.kv.get<Members>('ledger') ?? {}));
  });
}

describe('beside a later version', () => {
  it('a session with a member that is not known yet gives its proof', async () => {
    const service = startService();
    const { session } = await service.send();
    const later = await rewriteSession(session, (members) => ({ ...members, risk: 'low' }));
    await proofOf(await service.verify(later, service.codeOf()));
  });

  it('a record with a member that is not known yet counts on, and keeps it', async () => {
    const service = startService();
    const { session } = await service.send();
    await rewriteRecord((ledger) => ({ ...ledger, devices: { a: 1 } }));
    for (let nth = 1; nth <= 4; nth++)
      await service.verify(session, service.wrongCodeOf(PHONE, nth));
    expect(await codeOf(await service.verify(session, service.wrongCodeOf(PHONE, 5)))).toBe(
      'too_many_attempts',
    );
    await rewriteRecord((ledger) => {
      expect(ledger['devices']).toEqual({ a: 1 });
      return ledger;
    });
  });
});

describe('beside an earlier version', () => {
  it('a record that lacks what came later counts on', async () => {
    const service = startService();
    const { session } = await service.send();
    await rewriteRecord(({ messages: _, messagesMs: __, redeemed: ___, ...earlier }) => earlier);
    const { proof } = await proofOf(await service.verify(session, service.codeOf()));
    expect(await codeOf(await service.post('/v1/send', { phone: PHONE }))).toBe('rate_limited');
    const body = { secret: SETTINGS.SITE_SECRET, response: proof };
    const answer = await service.post('/v1/siteverify', body, { origin: null });
    expect(await answer.json()).toMatchObject({ success: true });
  });
});
