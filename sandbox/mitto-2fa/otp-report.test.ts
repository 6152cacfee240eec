import { describe, expect, it } from 'vitest';
import { Harness, PHONE } from '../testing.ts';

const otpCallbackUrl = 'https://otp.example.com/v1/callbacks/mitto-2fa/token';

describe('a report of an OTP', () => {
  it('goes to the account’s URL as JSON, without the code', async () => {
    const harness = new Harness({ knobs: { otpCallbackUrl } });
    const { requestID, code } = await harness.send();
    await harness.sandbox.reports.send({ status: 'delivered' });
    const [report] = harness.received;
    expect(report).toMatchObject({ method: 'POST', url: otpCallbackUrl });
    expect(JSON.parse(report?.body ?? '')).toMatchObject({
      requestID,
      to: PHONE,
      channel: 'sms',
      status: 'delivered',
    });
    expect(report?.body).not.toContain(code);
  });

  it('is a query with the knob otpCallbackMethod', async () => {
    const harness = new Harness({ knobs: { otpCallbackUrl, otpCallbackMethod: 'GET' } });
    const { requestID } = await harness.send();
    await harness.sandbox.reports.send({ status: 'failed', errorCode: '5' });
    const [report] = harness.received;
    expect(report?.method).toBe('GET');
    expect(Object.fromEntries(new URL(report?.url ?? '').searchParams)).toMatchObject({
      requestID,
      status: 'failed',
      errorCode: '5',
    });
  });

  it('goes nowhere when the account has no URL', async () => {
    const harness = new Harness();
    await harness.send();
    await expect(harness.sandbox.reports.send({ status: 'delivered' })).rejects.toThrow(
      'Nobody asked',
    );
  });
});
