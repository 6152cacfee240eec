import { describe, expect, it } from 'vitest';
import { Harness } from '../testing.ts';

function convert(harness: Harness, messageId: unknown) {
  const headers = { 'X-Mitto-API-Key': harness.sandbox.smsApiKey };
  return harness.call('POST', '/sms/converted', { messageId }, headers);
}

describe('a conversion', () => {
  it.each(['hex', 'guid'] as const)('is taken of a message with an id in %s', async (smsId) => {
    const harness = new Harness({ knobs: { smsId } });
    const { json } = await harness.sms();
    expect(await convert(harness, json['id'])).toMatchObject({ status: 200, json: 'OK' });
  });

  it('is taken whether the id has its dashes or not', async () => {
    const harness = new Harness({ knobs: { smsId: 'guid' } });
    const { json } = await harness.sms();
    expect((await convert(harness, String(json['id']).replaceAll('-', ''))).status).toBe(200);
  });

  it.each(['069d0e82a43747bcb1580f4065e83fce', '', 1, undefined])(
    'of a message %j that nobody sent is 404, and a JSON string',
    async (messageId) => {
      const { status, json } = await convert(new Harness(), messageId);
      expect(status).toBe(404);
      expect(json).toMatch(/^No convertible message/);
    },
  );

  it('of a test is 404', async () => {
    const harness = new Harness();
    const { json } = await harness.sms({ test: true });
    expect((await convert(harness, json['id'])).status).toBe(404);
  });

  it('is 400 or 429 with the knob smsConversions', async () => {
    const harness = new Harness({ knobs: { smsConversions: 'not_enabled' } });
    const { json } = await harness.sms();
    expect((await convert(harness, json['id'])).status).toBe(400);
    harness.sandbox.knobs.patch({ smsConversions: 'throttled', retryAfter: '7' });
    const throttled = await convert(harness, json['id']);
    expect(throttled.status).toBe(429);
    expect(throttled.headers.get('Retry-After')).toBe('7');
  });

  it('is recorded', async () => {
    const harness = new Harness();
    await convert(harness, 'x');
    expect(harness.sandbox.calls.list({ operation: 'sms_converted' })).toMatchObject([
      { body: { messageId: 'x' }, status: 404 },
    ]);
  });
});
