import { describe, expect, it } from 'vitest';
import { Harness, PHONE, wrongFor } from '../../testing.ts';

const OTHER_PHONE = '+4915187654321';

async function statuses(harness: Harness): Promise<unknown[]> {
  const { json } = await harness.call('GET', '/2fa/search');
  const records = json['sessionDetailRecords'] as Record<string, unknown>[];
  return records.map((record) => record['status']);
}

describe('session detail records', () => {
  it('tell what became of each OTP, and never its code', async () => {
    const harness = new Harness({ knobs: { attemptsPerOtp: 1 } });
    const expired = await harness.send();
    harness.advance(600);
    const verified = await harness.send();
    await harness.verify(verified.code);
    const cancelled = await harness.send();
    await harness.call('POST', '/2fa/cancel', { requestID: cancelled.requestID });
    const exhausted = await harness.send();
    await harness.verify(wrongFor(exhausted.code));
    const open = await harness.send();

    expect(await statuses(harness)).toEqual([
      'expired',
      'verified',
      'cancelled',
      'exhausted',
      'open',
    ]);
    for (const { requestID, code } of [expired, open]) {
      const { json } = await harness.call('GET', `/2fa/search/${requestID}`);
      expect(json).toMatchObject({ sid: requestID, service: '2FA', to: PHONE, channel: 'sms' });
      expect(Object.values(json)).not.toContain(code);
    }
  });

  it('can be filtered, by query and by body', async () => {
    const harness = new Harness();
    await harness.send();
    harness.advance(86_400);
    const call = await harness.send({ to: OTHER_PHONE, channel: 'call' });
    for (const filter of [
      { channel: 'call' },
      { to: OTHER_PHONE.slice(1) },
      { status: 'open' },
      { startDate: '2026-01-16' },
      { startDate: '2026-01-16', endDate: '2026-01-16', service: '2FA' },
    ]) {
      const byQuery = await harness.call('GET', `/2fa/search?${new URLSearchParams(filter)}`);
      const byBody = await harness.call('POST', '/2fa/search', filter);
      expect(byQuery.json).toMatchObject({ sessionDetailRecords: [{ sid: call.requestID }] });
      expect(byBody.json).toEqual(byQuery.json);
    }
    expect((await harness.call('POST', '/2fa/search', { from: 'Nobody' })).json).toEqual({
      sessionDetailRecords: [],
    });
    expect((await harness.call('GET', '/2fa/search?startDate=16.01.2026')).status).toBe(400);
  });

  it('come as a bare array with the knob listShape', async () => {
    const harness = new Harness({ knobs: { listShape: 'array' } });
    await harness.send();
    for (const path of ['/2fa/search', '/2fa/limits/search', '/2fa/workflows/search'])
      expect((await harness.call('GET', path)).json).toBeInstanceOf(Array);
  });

  it('of an unknown OTP are 404', async () => {
    expect((await new Harness().call('GET', '/2fa/search/OTP0')).status).toBe(404);
  });
});
